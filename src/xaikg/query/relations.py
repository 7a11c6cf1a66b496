"""Relations of many nodes at a time, as steps from one node to another: two reads, however many nodes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from xaikg.errors import NotFoundError, UsageError
from xaikg.model import AssertionMethod, RelationType
from xaikg.tables.store import Direction, EntityStore, Filter, IntFilter, Kind, Order, RelationEdge, RelationFilter

__all__ = ["KINDS", "Node", "Step", "present", "steps", "strength", "within", "years_of"]

Node = tuple[Kind, str]
"""A paper or a method: kind and key."""

KINDS: tuple[Kind, ...] = ("method", "paper")
"""The kinds of nodes that relations join."""

_TYPES = {each: place for place, each in enumerate(RelationType)}


class Step(NamedTuple):
    """A relation seen from one of its ends."""

    start: Node
    end: Node
    relation: RelationEdge


def steps(store: EntityStore, nodes: Iterable[Node], direction: Direction, where: RelationFilter) -> list[Step]:
    """Return the relations that leave (``out``), reach (``in``) or touch nodes, by node and then by key."""
    found: list[Step] = []
    for kind, keys in _by_kind(nodes):
        relations = store.relations_of(kind, keys, direction, where)
        wanted = list(dict.fromkeys(each for of_one in relations for each in of_one))
        rows = {row.key: row for row in store.edges(wanted) if row}
        for key, of_one in zip(keys, relations, strict=True):
            start: Node = (kind, key)
            found += (Step(start, _other(rows[each], start), rows[each]) for each in of_one)
    return found


def strength(step: Step) -> tuple[int, bool, float, str]:
    """Return what sorts relations between the same nodes: by type, asserted before derived, surest first."""
    row = step.relation
    return (_TYPES[row.type], row.assertion_method is AssertionMethod.DERIVED, -row.confidence, row.key)


def present(store: EntityStore, node: Node) -> None:
    """Raise an error in words if there is no such paper or method."""
    kind, key = node
    if kind not in KINDS:
        raise UsageError(f"relations join papers and methods; {kind!r} is neither")
    if not store.matching(kind, Filter(keys=(key,))):
        raise NotFoundError(kind, key)


def within(store: EntityStore, nodes: Iterable[Node], years: tuple[int | None, int | None] | None) -> set[Node]:
    """Return the nodes of these years, ends included; a node without a year is of none."""
    if years is None or years == (None, None):
        return set(nodes)
    condition = IntFilter(gte=years[0], lte=years[1])
    return {
        (kind, key)
        for kind, keys in _by_kind(nodes)
        for key in store.matching(kind, Filter(keys=tuple(keys), year=condition))
    }


def years_of(store: EntityStore, nodes: Iterable[Node]) -> dict[Node, int | None]:
    """Return the year of each node; one read a kind, and of nothing but years."""
    years: dict[Node, int | None] = {}
    for kind, keys in _by_kind(nodes):
        page = store.page(kind, Filter(keys=tuple(keys)), (Order("year"),))
        for key, (year,) in zip(page.keys, page.values, strict=True):
            years[kind, key] = year if isinstance(year, int) else None
    return years


def _by_kind(nodes: Iterable[Node]) -> list[tuple[Kind, Sequence[str]]]:
    """Return the kinds that occur, each with its keys in the order given."""
    keys: dict[Kind, dict[str, None]] = {kind: {} for kind in KINDS}
    for kind, key in nodes:
        keys[kind][key] = None
    return [(kind, list(of_kind)) for kind, of_kind in keys.items() if of_kind]


def _other(row: RelationEdge, node: Node) -> Node:
    return row.target if row.source == node else row.source
