"""The stage on one screen: lists and curated knowledge in, works, persons and venues out."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from xaikg.errors import UsageError
from xaikg.model import Authorship, ReadingList, Resolution, Work
from xaikg.resolve.authority import Authority
from xaikg.resolve.authors import credits_of, people
from xaikg.resolve.corpus import Corpus, corpus_of
from xaikg.resolve.keys import Keys, Known, assign
from xaikg.resolve.merge import Clustering, cluster
from xaikg.resolve.records import Record, records_of
from xaikg.resolve.refs import RefIndex
from xaikg.resolve.venues import VenueBook
from xaikg.resolve.works import Draft, Identifiers, draft, field_sources, identifiers, links_of

__all__ = ["Resolved", "resolve", "resolved"]


@dataclass(frozen=True, slots=True)
class Resolved:
    """Records, their groups and the venues on the way to a resolution: what an explanation looks at."""

    corpus: Corpus
    clustering: Clustering
    book: VenueBook


def resolve(lists: Sequence[ReadingList], authority: Authority, context: Collection[str] = ()) -> Resolution:
    """Return the works that the lists name, and those that ``context`` names and the authority file knows.

    ``context`` holds refs (``arxiv:…``, ``doi:…``, ``title:…``) of works that curated knowledge speaks of. A
    fact that neither a list nor the context names is no work. The result does not depend on the order of
    lists or mentions. Raises :class:`UsageError` where two lists have one key.
    """
    with _uncollected():
        return _resolution(lists, authority, context)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Let the cycle collector rest: resolution makes millions of values that live to its end, and no cycles."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _resolution(lists: Sequence[ReadingList], authority: Authority, context: Collection[str]) -> Resolution:
    found = resolved(lists, authority)
    works = _works(found, context)
    drafts = [draft(records, found.book) for records in works]
    own = identifiers(works, authority.facts)
    keys = assign([_known(w[0], d, i) for w, d, i in zip(works, drafts, own, strict=True)], authority.ids)
    named = [credits_of(records) for records in works]
    refs = [frozenset(f"arxiv:{x}" for x in (i.arxiv, *i.other_arxiv) if x) | {f"doi:{i.doi}"} for i in own]
    authorships, persons = people([(k.key, c, r) for k, c, r in zip(keys, named, refs, strict=True)], authority.persons)
    made = [_work(k, d, i, authorships[k.key], found.book) for k, d, i in zip(keys, drafts, own, strict=True)]
    venues = {d.venue.key: d.venue for d in drafts if d.venue}
    decided = (*found.clustering.joined.values(), *found.clustering.refused.values())
    return Resolution(
        tuple(sorted(made, key=lambda w: w.key)),
        persons,
        tuple(venues[key] for key in sorted(venues)),
        tuple(sorted(decided, key=lambda j: (j.left, j.right))),
    )


def resolved(lists: Sequence[ReadingList], authority: Authority) -> Resolved:
    """Return records, groups and venues: everything that is decided before values are chosen."""
    keys = Counter(each.key for each in lists)
    if doubles := sorted(key for key, count in keys.items() if count > 1):
        raise UsageError(f"two reading lists have the key {doubles[0]!r}; give each list a key of its own")
    book = VenueBook(authority.venues)
    corpus = corpus_of(records_of(lists, authority.facts, book))
    return Resolved(corpus, cluster(corpus, authority.judgements), book)


def _works(found: Resolved, context: Collection[str]) -> list[list[Record]]:
    """Return the records of each work: facts first, then mentions; groups of a fact alone only where called."""
    records, groups = found.corpus.records, found.clustering.groups
    index = RefIndex([r for r in records if r.is_fact])
    called = {number for ref in context for number in index.numbers(ref)}
    works = []
    for root in sorted(groups.members, key=lambda r: min(groups.members[r])):
        members = sorted(groups.members[root])
        if not all(records[n].is_fact for n in members) or called & set(members):
            works.append([records[n] for n in members])
    return works


def _known(first: Record, values: Draft, own: Identifiers) -> Known:
    ids = tuple(x for x in (own.arxiv, *own.other_arxiv) if x)
    return Known(values.title, (values.title, *values.other_titles), first.ref, ids, own.doi)


def _work(keys: Keys, values: Draft, own: Identifiers, authors: tuple[Authorship, ...], book: VenueBook) -> Work:
    urls, code_urls = links_of(values.mentions, own.foreign)
    return Work(
        key=keys.key,
        title=values.title,
        other_titles=values.other_titles,
        year=values.year,
        venue=values.venue.key if values.venue else None,
        authorships=authors,
        arxiv=own.arxiv,
        other_arxiv=own.other_arxiv,
        doi=own.doi,
        form=values.form,
        urls=urls,
        code_urls=code_urls,
        citations=values.citations,
        aliases=values.aliases,
        mentions=values.mentions,
        fact=values.fact,
        field_sources=field_sources(values, own, authors, book),
        former_keys=keys.former,
    )
