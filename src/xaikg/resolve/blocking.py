"""Which pairs of records are worth a judgement: those that share a key or have near titles.

The number of pairs grows with the number of records, not with its square: a crowded block is sorted by content
and each record meets its next neighbours alone, so that the pairs never depend on the order of the input.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from xaikg.resolve.corpus import Corpus
from xaikg.resolve.near import near_pairs
from xaikg.resolve.records import Record

__all__ = ["candidate_pairs", "forms", "twins"]

_CROWD, _NEIGHBOURS = 16, 6
_NEAR = 76.0
_LINKED = 6


def candidate_pairs(corpus: Corpus) -> list[tuple[int, int]]:
    """Return pairs of record numbers to judge, lower first, sorted; equal records are chained, not paired all."""
    records = corpus.records
    chains, firsts = twins(corpus)
    pairs = set(chains)
    by_form: dict[str, list[int]] = defaultdict(list)
    blocks: dict[str, list[int]] = defaultdict(list)
    for number in firsts:
        record = records[number]
        for form in forms(record):
            by_form[form].append(number)
        for key in _keys(record, corpus.busy):
            blocks[key].append(number)
    for block in (*by_form.values(), *blocks.values()):
        pairs.update(_within(block, corpus))
    texts = sorted(by_form)
    for one, other in near_pairs(texts, _NEAR):
        pairs.update(_between(by_form[texts[one]], by_form[texts[other]], corpus))
    return sorted(p for p in pairs if not (records[p[0]].is_fact and records[p[1]].is_fact))


def forms(record: Record) -> set[str]:
    """Return the keys of a record's titles, with and without the name before the colon."""
    found = {t.key for t in record.titles} | {t.bare.key for t in record.titles if t.bare is not None}
    return {key for key in found if key}


def twins(corpus: Corpus) -> tuple[list[tuple[int, int]], list[int]]:
    """Return pairs that chain records of one signature, and the first record of each signature."""
    last: dict[int, int] = {}
    chains, firsts = [], []
    for number, (record, rank) in enumerate(zip(corpus.records, corpus.ranks, strict=True)):
        if rank in last and not record.is_fact:
            chains.append((last[rank], number))
        else:
            firsts.append(number)
        last[rank] = number
    return chains, firsts


def _keys(record: Record, busy: frozenset[str]) -> Iterator[str]:
    yield from (f"arxiv:{x}" for x in record.arxiv)
    yield from (f"doi:{x}" for x in record.doi)
    yield from (f"link:{x}" for x in record.links - busy)


def _within(block: list[int], corpus: Corpus) -> Iterator[tuple[int, int]]:
    crowded = len(block) > _CROWD
    if crowded:
        block = sorted(block, key=lambda n: (corpus.ranks[n], n))
    for position, one in enumerate(block):
        last = position + 1 + _NEIGHBOURS if crowded else len(block)
        for other in block[position + 1 : last]:
            yield (one, other) if one < other else (other, one)


def _between(left: Iterable[int], right: Iterable[int], corpus: Corpus) -> Iterator[tuple[int, int]]:
    """Return pairs across two blocks of near titles, a few of each where they are crowded."""
    for one in _telling(left, corpus):
        for other in _telling(right, corpus):
            if one != other:
                yield (one, other) if one < other else (other, one)


def _telling(block: Iterable[int], corpus: Corpus) -> list[int]:
    """Return the records that say most, at most a few."""
    listed = list(block)
    if len(listed) <= _LINKED:
        return listed

    def says(number: int) -> tuple[object, ...]:
        record = corpus.records[number]
        told = bool(record.arxiv) + bool(record.doi) + bool(record.authors) + bool(record.year)
        return (not record.is_fact, -told, corpus.ranks[number], number)

    return sorted(listed, key=says)[:_LINKED]
