"""The loaders of entities' own fields: each fills one field for all objects of a level, in a fixed number of reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from xaikg.tables.store import Kind
from xaikg_api import entities
from xaikg_api.filters import Arguments
from xaikg_api.pages import papers_of
from xaikg_api.paging import size
from xaikg_api.plan import loads
from xaikg_api.session import Session
from xaikg_api.types import Author, Authorship, CoauthorCount, FieldSource, Listing, Method, Paper, Relation, Venue

ENDS: tuple[Kind, ...] = ("paper", "method")
"""What stands at the ends of relations."""
COAUTHORS = 20
"""How many coauthors are shown where the client does not say."""


@loads("Paper", "authors")
def _authors(_session: Session, papers: Sequence[Paper], _arguments: Arguments) -> list[list[Authorship]]:
    return [entities.authorships(paper.row) for paper in papers]


@loads("Authorship", "author")
def _author(session: Session, authorships: Sequence[Authorship], _arguments: Arguments) -> list[Author]:
    return session.objects("author", (each.author_key for each in authorships))


@loads("Paper", "venue")
def _venue(session: Session, papers: Sequence[Paper], _arguments: Arguments) -> list[Venue | None]:
    found = session.grouped("venue", ([paper.row.venue] if paper.row.venue else [] for paper in papers))
    return [each[0] if each else None for each in found]


@loads("Paper", "introduces")
def _introduces(session: Session, papers: Sequence[Paper], _arguments: Arguments) -> list[list[Method]]:
    return session.grouped("method", (paper.row.introduces for paper in papers))


@loads("Method", "introducedIn")
def _introduced_in(session: Session, methods: Sequence[Method], _arguments: Arguments) -> list[list[Paper]]:
    return session.grouped("paper", (method.row.introduced_in for method in methods))


@loads("Paper", "listings")
def _listings(_session: Session, papers: Sequence[Paper], _arguments: Arguments) -> list[list[Listing]]:
    return [entities.listings(paper.row) for paper in papers]


@loads("Listing", "list")
def _list(session: Session, listings: Sequence[Listing], _arguments: Arguments) -> list[Any]:
    return session.objects("list", (each.list_key for each in listings))


@loads("Paper", "fieldSources")
def _field_sources(_session: Session, papers: Sequence[Paper], _arguments: Arguments) -> list[list[FieldSource]]:
    return [entities.field_sources(paper.row) for paper in papers]


def _end(side: str) -> Callable[[Session, Sequence[Any], Arguments], list[Any]]:
    def load(session: Session, relations: Sequence[Relation], _arguments: Arguments) -> list[Any]:
        return session.mixed((getattr(relation.row, side) for relation in relations), ENDS)

    return load


loads("Relation", "source")(_end("source"))
loads("Relation", "target")(_end("target"))


@loads("Author", "coauthors")
def _coauthors(session: Session, authors: Sequence[Author], arguments: Arguments) -> list[list[CoauthorCount]]:
    most = size(arguments, "first", COAUTHORS)
    papers = papers_of(session, "author", [author.key for author in authors], None, ())
    shared = [_shared(session, author.key, papers[author.key][0])[:most] for author in authors]
    people = session.grouped("author", ([key for key, _ in counts] for counts in shared))
    return [
        [CoauthorCount(author=author, papers=number) for author, (_, number) in zip(each, counts, strict=True)]
        for each, counts in zip(people, shared, strict=True)
    ]


def _shared(session: Session, author: str, papers: Sequence[str]) -> list[tuple[str, int]]:
    """Return with whom an author wrote how many of these papers, most first, then by key."""
    counts = Counter(
        key
        for row in (session.row("paper", paper) for paper in papers)
        for key in {each.author for each in row.authors} - {author}
    )
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
