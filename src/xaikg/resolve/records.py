"""Mentions and facts in one form, made for comparison."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from xaikg.model import Fact, LinkRole, Mention, ReadingList, Venue
from xaikg.resolve.links import paper_link
from xaikg.resolve.names import Name, of_fact, read_name
from xaikg.resolve.titles import Title, name_key, read_title
from xaikg.resolve.venues import VenueBook

__all__ = ["Record", "records_of", "signature"]


@dataclass(frozen=True, slots=True, eq=False)
class Record:
    """A mention or a fact, ready to be compared.

    ``titles`` holds ``title`` first, then others that the source gives; ``names`` keys of methods' names;
    ``links`` addresses of papers that hold no identifier. ``complete`` says that ``authors`` is the whole list.
    """

    ref: str
    title: Title
    titles: tuple[Title, ...]
    names: frozenset[str] = frozenset()
    authors: tuple[Name, ...] = ()
    complete: bool = True
    year: int | None = None
    venue: Venue | None = None
    arxiv: frozenset[str] = frozenset()
    doi: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    source: Mention | Fact | None = None
    is_fact: bool = False


def signature(record: Record) -> tuple[object, ...]:
    """Return all that a comparison looks at: two records with one signature cannot be told apart."""
    return (
        tuple([t.key for t in record.titles]),
        tuple(sorted(record.names)),
        tuple([n.key for n in record.authors]),
        record.complete,
        record.year or 0,
        record.venue.key if record.venue else "",
        tuple(sorted(record.arxiv)),
        tuple(sorted(record.doi)),
        tuple(sorted(record.links)),
    )


def records_of(lists: Sequence[ReadingList], facts: Iterable[Fact], book: VenueBook) -> list[Record]:
    """Return all mentions and facts as records, sorted by list, line and ordinal, facts first."""
    titles: dict[str, Title] = {}

    def read(written: str) -> Title:
        if written not in titles:
            titles[written] = read_title(written)
        return titles[written]

    mentions = sorted(
        (m for each in lists for m in each.mentions), key=lambda m: (m.place.list, m.place.first, m.place.ordinal)
    )
    found = [_of_fact(fact, book, read) for fact in facts]
    found.extend(_of_mention(mention, book, read) for mention in mentions)
    return found


def _of_fact(fact: Fact, book: VenueBook, read: Callable[[str], Title]) -> Record:
    titles = tuple(read(t) for t in (fact.title, *fact.other_titles))
    return Record(
        fact.ref,
        titles[0],
        titles,
        frozenset(name for t in titles for name in t.names),
        tuple(of_fact(a) for a in fact.authors),
        True,
        fact.year,
        book.find(fact.venue),
        frozenset(x for x in (fact.arxiv, *fact.other_arxiv) if x),
        frozenset({fact.doi}) if fact.doi else frozenset(),
        source=fact,
        is_fact=True,
    )


def _of_mention(mention: Mention, book: VenueBook, read: Callable[[str], Title]) -> Record:
    title = read(mention.title)
    with_alias = (read(f"{alias}: {mention.title}") for alias in mention.aliases if name_key(alias) not in title.names)
    titles = (title, *(t for t in with_alias if t.bare is not None))
    names = {name_key(a) for a in mention.aliases} | {name for t in titles for name in t.names}
    curies = [curie.partition(":") for curie in mention.identifiers]
    links = (paper_link(link.url) for link in mention.links if link.role is LinkRole.PAPER)
    return Record(
        mention.place.ref,
        title,
        titles,
        frozenset(names - {""}),
        tuple(n for n in map(read_name, mention.authors) if n.family),
        mention.authors_complete and bool(mention.authors),
        mention.year,
        book.find(mention.venue),
        frozenset(value for kind, _, value in curies if kind == "arxiv"),
        frozenset(value.lower() for kind, _, value in curies if kind == "doi"),
        frozenset(link for link in links if link),
        mention,
    )
