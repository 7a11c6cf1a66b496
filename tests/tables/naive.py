"""The port as its documentation says it, over plain values and without any cleverness: what the columns must equal."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cmp_to_key, partial
from typing import Any

from tables.worlds import Named, Paper, Related, World
from xaikg.ids import BASE, fold
from xaikg.model import AssertionMethod, RelationStatus, RelationType
from xaikg.tables.store import (
    AuthorRow,
    AuthorshipRow,
    EvidenceRow,
    Filter,
    IntFilter,
    Kind,
    ListingRow,
    ListRow,
    MethodRow,
    Order,
    Page,
    PaperRow,
    Position,
    RelationEdge,
    RelationFilter,
    RelationRow,
    StringFilter,
    VenueRow,
)
from xaikg.tables.text import ordered, plain


class NaiveStore:
    def __init__(self, world: World) -> None:
        self.world = world
        self.nodes: dict[str, dict[str, Any]] = {
            "paper": {paper.key: paper for paper in world.papers},
            "method": {method.key: method for method in world.methods},
            "author": {author.key: author for author in world.authors},
            "venue": {venue.key: venue for venue in world.venues},
            "list": {key: key for key in world.lists},
            "relation": {relation.key: relation for relation in world.relations},
        }

    # ------------------------------------------------------------- rows

    def papers(self, keys: Sequence[str]) -> list[PaperRow | None]:
        return [self._paper(self.nodes["paper"].get(key)) for key in keys]

    def methods(self, keys: Sequence[str]) -> list[MethodRow | None]:
        return [self._method(self.nodes["method"].get(key)) for key in keys]

    def authors(self, keys: Sequence[str]) -> list[AuthorRow | None]:
        return [self._author(self.nodes["author"].get(key)) for key in keys]

    def venues(self, keys: Sequence[str]) -> list[VenueRow | None]:
        return [self._venue(self.nodes["venue"].get(key)) for key in keys]

    def lists(self, keys: Sequence[str]) -> list[ListRow | None]:
        return [self._list(self.nodes["list"].get(key)) for key in keys]

    def relations(self, keys: Sequence[str]) -> list[RelationRow | None]:
        return [self._relation(self.nodes["relation"].get(key)) for key in keys]

    def edges(self, keys: Sequence[str]) -> list[RelationEdge | None]:
        def edge(row: RelationRow | None) -> RelationEdge | None:
            if row is None:
                return None
            return RelationEdge(row.key, row.type, row.source, row.target, row.confidence, row.assertion_method)

        return [edge(row) for row in self.relations(keys)]

    def _paper(self, paper: Paper | None) -> PaperRow | None:
        if paper is None:
            return None
        listings = sorted(
            (each for each in self.world.listings if each.paper == paper.key),
            key=lambda each: (each.list, each.line, each.ordinal, each.key),
        )
        return PaperRow(
            key=paper.key,
            iri=f"{BASE}paper/{paper.key}",
            title=paper.title,
            year=paper.year,
            work_type=paper.work_type,
            doi=paper.doi,
            arxiv=paper.arxiv,
            urls=tuple(sorted(paper.urls)),
            code_urls=tuple(sorted(paper.codes)),
            citations=paper.citations,
            venue=paper.venue,
            authors=tuple(AuthorshipRow(n, name, key) for n, (name, key) in enumerate(paper.authors, 1)),
            introduces=tuple(sorted(paper.introduces)),
            listings=tuple(
                ListingRow(each.key, each.list, each.section, each.line, each.line + 1, each.title) for each in listings
            ),
            field_sources=(),
        )

    def _introducers(self, key: str) -> list[Paper]:
        papers = [paper for paper in self.world.papers if key in paper.introduces]
        return sorted(papers, key=lambda paper: (paper.year is None, paper.year or 0, paper.key))

    def _method(self, method: Named | None) -> MethodRow | None:
        if method is None:
            return None
        papers = self._introducers(method.key)
        aliases = tuple(sorted(method.aliases))
        keys = tuple(paper.key for paper in papers)
        return MethodRow(
            method.key,
            f"{BASE}method/{method.key}",
            method.name,
            aliases,
            keys,
            self._value("method", method.key, "year"),
        )

    def _author(self, author: Named | None) -> AuthorRow | None:
        if author is None:
            return None
        iri = f"{BASE}person/{author.key}"
        count = self._value("author", author.key, "count")
        return AuthorRow(author.key, iri, author.name, tuple(sorted(author.aliases)), author.orcid, count)

    def _venue(self, venue: Named | None) -> VenueRow | None:
        if venue is None:
            return None
        aliases = tuple(sorted(venue.aliases))
        count = self._value("venue", venue.key, "count")
        return VenueRow(venue.key, f"{BASE}venue/{venue.key}", venue.name, venue.acronym, aliases, venue.kind, count)

    def _list(self, key: str | None) -> ListRow | None:
        if key is None:
            return None
        entries = sum(each.list == key for each in self.world.listings)
        count = self._value("list", key, "count")
        return ListRow(key, f"{BASE}list/{key}", f"List {key}", None, "0" * 64, entries, count, 2)

    def _relation(self, relation: Related | None) -> RelationRow | None:
        if relation is None:
            return None
        return RelationRow(
            relation.key,
            f"{BASE}relation/{relation.key}",
            RelationType(relation.type),
            relation.source,  # type: ignore[arg-type]
            relation.target,  # type: ignore[arg-type]
            float(relation.confidence),
            RelationStatus(relation.status),
            AssertionMethod(relation.method),
            "the curators",
            "2020-01-02",
            tuple(EvidenceRow(*each) for each in relation.evidence),
        )

    # ------------------------------------------------------------- questions

    def relations_of(
        self, kind: Kind, keys: Sequence[str], direction: str, where: RelationFilter | None = None
    ) -> list[tuple[str, ...]]:
        return [self._relations_of((kind, key), direction, where or RelationFilter()) for key in keys]

    def _relations_of(self, end: tuple[str, str], direction: str, where: RelationFilter) -> tuple[str, ...]:
        return tuple(
            sorted(
                each.key
                for each in self.world.relations
                if (direction in ("out", "both") and each.source == end)
                or (direction in ("in", "both") and each.target == end)
                if where.types is None or each.type in where.types
                if float(each.confidence) >= where.min_confidence
                if where.status is None or each.status in where.status
                if where.assertion_method is None or each.method in where.assertion_method
                if where.source is None or each.source[1] == where.source
                if where.target is None or each.target[1] == where.target
            )
        )

    def keys(self, kind: Kind) -> tuple[str, ...]:
        return tuple(sorted(self.nodes[kind]))

    def count(self, kind: Kind, where: Filter | None = None) -> int:
        return len(self.matching(kind, where))

    def matching(self, kind: Kind, where: Filter | None = None) -> tuple[str, ...]:
        return tuple(key for key in self.keys(kind) if where is None or self._meets(kind, key, where))

    def page(
        self,
        kind: Kind,
        where: Filter | None = None,
        order: tuple[Order, ...] = (),
        *,
        first: int | None = None,
        after: Position | None = None,
        last: int | None = None,
        before: Position | None = None,
    ) -> Page:
        def side(row: Position, position: Position | None) -> int:
            return 0 if position is None else _compare(row, position, order)

        rows: list[Position] = [
            (tuple(self._value(kind, key, each.field) for each in order), key) for key in self.matching(kind, where)
        ]
        rows.sort(key=cmp_to_key(partial(_compare, order=order)))
        window = [row for row in rows if after is None or side(row, after) > 0]
        window = [row for row in window if before is None or side(row, before) < 0]
        start = window if first is None else window[:first]
        shown = start if last is None else start[max(len(start) - last, 0) :]
        return Page(
            tuple(key for _, key in shown),
            tuple(values for values, _ in shown),
            has_next=len(window) > len(start) or any(before is not None and side(row, before) >= 0 for row in rows),
            has_previous=len(start) > len(shown) or any(after is not None and side(row, after) <= 0 for row in rows),
        )

    def lookup(self, kind: Kind, field: str, value: str) -> tuple[str, ...]:
        assert field == "name"
        names = {key: self.names(kind, key) for key in self.keys(kind)}
        return tuple(key for key in names if fold(value) and fold(value) in map(fold, names[key]))

    def nearest(self, kind: Kind, name: str, limit: int = 5) -> tuple[str, ...]:
        raise NotImplementedError

    def names(self, kind: Kind, key: str) -> tuple[str, ...]:
        node = self.nodes[kind][key]
        if kind == "list":
            return (f"List {key}", key)
        if kind == "paper":
            return (node.title, *node.alternatives)
        return (node.name, *node.aliases, *([node.acronym] if node.acronym else []))

    def _value(self, kind: Kind, key: str, field: str) -> Any:
        """Return the value that a field orders by."""
        node = self.nodes[kind][key]
        if field == "text":
            return None if kind == "relation" else ordered(self.names(kind, key)[0])
        if field == "year" and kind == "method":
            years = [paper.year for paper in self._introducers(key) if paper.year is not None]
            return min(years, default=None)
        if field in ("year", "citations") and kind == "paper":
            return getattr(node, field)
        if field == "count" and kind in ("author", "venue", "list"):
            return len(self._papers_of(kind, key))
        return None

    def _papers_of(self, kind: str, key: str) -> set[str]:
        return {
            "author": {paper.key for paper in self.world.papers if key in [author for _, author in paper.authors]},
            "venue": {paper.key for paper in self.world.papers if key == paper.venue},
            "list": {each.paper for each in self.world.listings if each.list == key},
            "method": {paper.key for paper in self.world.papers if key in paper.introduces},
        }[kind]

    def _meets(self, kind: Kind, key: str, where: Filter) -> bool:
        node = self.nodes[kind][key]
        checks = [all(self._meets(kind, key, part) for part in where.and_ or ())]
        if where.or_ is not None:
            checks.append(any(self._meets(kind, key, part) for part in where.or_))
        if where.not_ is not None:
            checks.append(not self._meets(kind, key, where.not_))
        if where.keys is not None:
            checks.append(key in where.keys)
        if where.text is not None:
            checks.append(_text_meets(None if kind == "relation" else self.names(kind, key)[0], where.text))
        for field in ("year", "citations", "count"):
            condition = getattr(where, field)
            if condition is not None:
                checks.append(_number_meets(self._value(kind, key, field), condition))
        if where.work_type is not None:
            checks.append(kind == "paper" and node.work_type in where.work_type)
        for other in ("author", "venue", "list", "method"):
            wanted = getattr(where, other)
            if wanted is not None:
                checks.append(kind == "paper" and any(key in self._papers_of(other, each) for each in wanted))
        if where.has_code is not None:
            checks.append(kind == "paper" and bool(node.codes) == where.has_code)
        return all(checks)


def _compare(one: Position, other: Position, order: tuple[Order, ...]) -> int:
    """Return −1, 0 or 1: sort values first, nulls last in either direction, then the key."""
    for each, left, right in zip(order, one[0], other[0], strict=True):
        if left == right:
            continue
        if left is None or right is None:
            return 1 if left is None else -1
        smaller = left < right  # type: ignore[operator]
        return -1 if smaller != each.descending else 1
    return (one[1] > other[1]) - (one[1] < other[1])


def _text_meets(text: str | None, condition: StringFilter) -> bool:
    if condition == StringFilter():
        return True
    if text is None:
        return False
    bare = plain(text)
    return (
        (condition.eq is None or bare == plain(condition.eq))
        and (condition.in_ is None or bare in map(plain, condition.in_))
        and (condition.contains is None or plain(condition.contains) in bare)
        and (condition.starts_with is None or bare.startswith(plain(condition.starts_with)))
    )


def _number_meets(value: int | None, condition: IntFilter) -> bool:
    if value is None:
        return condition in (IntFilter(), IntFilter(is_null=True))
    return (
        condition.is_null is not True
        and (condition.eq is None or value == condition.eq)
        and (condition.in_ is None or value in condition.in_)
        and (condition.gte is None or value >= condition.gte)
        and (condition.lte is None or value <= condition.lte)
    )
