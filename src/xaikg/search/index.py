"""The ``SearchIndex`` port: words, vectors or both, under a filter, giving ids and scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from xaikg.search.encoder import Vectors
from xaikg.tables.store import Filter, Kind

Mode = Literal["hybrid", "semantic", "lexical"]


@dataclass(frozen=True, slots=True)
class Document:
    """One entity as the index sees it: what is embedded and tokenised, and what is filtered by.

    ``names`` are the exact names that must win (title, method name, aliases, acronyms); ``text`` is what is
    embedded. Papers also carry the fields that :class:`~xaikg.tables.store.Filter` asks for, and the ``sections``
    they are listed in: list key, then headings from the outermost in.
    """

    kind: Kind
    key: str
    text: str
    names: tuple[str, ...]
    year: int | None = None
    citations: int | None = None
    venue: str | None = None
    authors: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    work_type: str | None = None
    has_code: bool = False
    sections: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that was found; scores of one answer are comparable, larger is better."""

    kind: Kind
    key: str
    score: float


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a list with all papers that are listed in it, sorted by key."""

    list: str
    path: tuple[str, ...]
    papers: tuple[str, ...]


class SearchIndex(Protocol):
    """Search under a filter tree; ties are broken by kind and key, so that an answer is repeatable."""

    def search(
        self,
        text: str,
        vector: Vectors | None,
        *,
        mode: Mode = "hybrid",
        kinds: Sequence[Kind] | None = None,
        where: Filter | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """Return the best hits, best first. ``vector`` has shape ``(dimensions,)``; lexical needs none."""
        ...

    def vectors(self, kind: Kind, keys: Sequence[str]) -> Vectors:
        """Return the stored vectors of entities that exist, in the order asked for."""
        ...

    def sections(self, papers: Sequence[str]) -> list[tuple[Section, ...]]:
        """Return for each paper the sections that it is listed in, sorted; a paper in none has none."""
        ...

    def close(self) -> None:
        """Release the files."""
        ...
