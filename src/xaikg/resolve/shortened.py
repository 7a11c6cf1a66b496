"""Entries that give a name alone ("grad cam++") or a title without its subtitle: which work they mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Protocol

from xaikg.model import Judgement
from xaikg.resolve.corpus import Corpus
from xaikg.resolve.judge import judge, total_of
from xaikg.resolve.near import near_pairs
from xaikg.resolve.records import Record

__all__ = ["shortened"]

_CROWD, _EACH = 8, 4
_NEAR_HEAD = 84.0
_SUPPORT = frozenset({"same_authors", "same_first_author", "shared_author", "same_arxiv", "same_doi", "same_link"})


class _Groups(Protocol):
    members: dict[int, list[int]]

    def root(self, number: int) -> int: ...


def shortened(corpus: Corpus, groups: _Groups) -> list[tuple[float, int, int]]:
    """Return scores and pairs of a short entry and the record whose work it means, or might: the strongest first.

    A short entry means a work if only one work can be meant, or if its authors or identifiers fit only one.
    """
    holders = _holders(corpus.records, groups)
    meant: dict[int, set[int]] = {}
    for number, record in enumerate(corpus.records):
        works = {w for key in _short_keys(record) for w in holders.get(key, ())}
        if works and groups.root(number) not in works:
            meant[number] = works
    meant.update(_mistyped(corpus, groups, holders, {groups.root(n) for n in meant}))
    found = [item for number in sorted(meant) for item in _meant(number, sorted(meant[number]), corpus, groups)]
    return sorted(found, key=lambda item: (-item[0], item[1], item[2]))


def _mistyped(corpus: Corpus, groups: _Groups, holders: dict[str, set[int]], settled: set[int]) -> dict[int, set[int]]:
    """Return the works that an entry alone in its group can mean if its short title has a slip of the pen."""
    alone = [m[0] for root, m in groups.members.items() if len(m) == 1 and root not in settled]
    by_key: dict[str, list[int]] = defaultdict(list)
    for number in sorted(alone):
        if not corpus.records[number].is_fact:
            by_key[corpus.records[number].title.key].append(number)
    heads = {key.removeprefix("head:") for key in holders if key.startswith("head:")} - set(by_key)
    texts = [*sorted(by_key), *sorted(heads)]
    found: dict[int, set[int]] = {}
    for one, other in near_pairs(texts, _NEAR_HEAD):
        if one < len(by_key) <= other:
            for number in by_key[texts[one]]:
                found.setdefault(number, set()).update(holders[f"head:{texts[other]}"] - {groups.root(number)})
    return found


def _holders(records: list[Record], groups: _Groups) -> dict[str, set[int]]:
    """Return the works by the names and the beginnings of titles that their records give."""
    holders: dict[str, set[int]] = defaultdict(set)
    for number, record in enumerate(records):
        for key in _given_keys(record):
            holders[key].add(groups.root(number))
    return holders


def _given_keys(record: Record) -> Iterator[str]:
    yield from (f"name:{name}" for name in record.names)
    for title in record.titles:
        yield from (f"head:{head}" for head in title.heads)
        if title.bare is not None:
            yield from (f"head:{head}" for head in title.bare.heads)


def _short_keys(record: Record) -> set[str]:
    if record.is_fact:
        return set()
    title = record.title
    bare = {f"head:{title.bare.key}"} if title.bare is not None and title.named else set()
    return {f"name:{''.join(title.tokens)}", f"head:{title.key}"} | bare


def _meant(number: int, works: list[int], corpus: Corpus, groups: _Groups) -> Iterable[tuple[float, int, int]]:
    if len(works) > _CROWD:
        return []
    best = [_nearest(number, work, corpus, groups, alone=True) for work in works]
    possible = [j for j in best if j[1].same]
    if len(possible) > 1:
        supported = [j for j in possible if any(r.evidence in _SUPPORT for r in j[1].reasons)]
        possible = supported if len(supported) == 1 else []
    if len(possible) == 1:
        other, found = possible[0]
        return [_item(number, other, found)]
    unsure = [_nearest(number, work, corpus, groups, alone=False) for work in works]
    return [_item(number, other, found) for other, found in unsure if not found.same]


def _item(number: int, other: int, found: Judgement) -> tuple[float, int, int]:
    return (total_of(found.reasons), min(number, other), max(number, other))


def _nearest(number: int, work: int, corpus: Corpus, groups: _Groups, alone: bool) -> tuple[int, Judgement]:
    """Return the record of a work that fits a short entry best, with its judgement."""
    records = corpus.records
    keys = _short_keys(records[number])
    members = sorted(groups.members[work])
    fitting = [n for n in members if keys & set(_given_keys(records[n]))] or [
        n for n in members if any(_given_keys(records[n]))
    ]
    fitting = fitting[:_EACH]
    judged = [(n, judge(records[min(n, number)], records[max(n, number)], corpus, alone)) for n in fitting]
    return max(judged, key=lambda item: (total_of(item[1].reasons), -item[0]))
