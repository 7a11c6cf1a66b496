"""Ancestors and descendants of a paper or a method along typed relations.

A paper root walks papers, a method root walks methods, along EXTENDS, GENERALIZES and USES, or those of them that are
asked for. Every other type that is asked for (CRITIQUES, REPLIES_TO, EVALUATES …) is shown beside the nodes that the
walk found and never extends it: the other end of such a relation is shown too, be it a paper beside a method, at the
depth of the node that it speaks of (beside the root: −1 if it is older, 1 if it is newer).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xaikg.errors import UsageError
from xaikg.model import LINEAGE_TYPES, AssertionMethod, RelationType
from xaikg.query.layers import layers
from xaikg.query.mainpath import cycles, main_path
from xaikg.query.paths import Path, paths
from xaikg.query.relations import Node, present, steps, years_of
from xaikg.query.walk import ANCESTORS, DESCENDANTS, walked
from xaikg.tables.store import EntityStore, Kind, RelationEdge, RelationFilter

__all__ = ["Lineage", "LineageNode", "Path", "lineage", "paths"]

_SIGNS = {"ancestors": (ANCESTORS,), "descendants": (DESCENDANTS,), "both": (ANCESTORS, DESCENDANTS)}


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A paper or a method of a lineage.

    ``depth`` is the number of relations from the root, negative for ancestors, positive for descendants; a node that
    is reached both ways has the smaller number, of equal ones the ancestor's. ``layer`` is the drawing row: oldest
    first, one a year, more where relations run inside a year.
    """

    kind: Kind
    key: str
    depth: int
    layer: int
    year: int | None


@dataclass(frozen=True, slots=True)
class Lineage:
    """What was found. ``nodes`` stand by distance, the root first; ``edges`` are keys of relations, sorted.

    ``truncated`` says whether ``max_nodes`` or ``max_depth`` kept a node out. ``cycles`` and ``main_path`` are
    nodes, oldest first, along the lineage relations of the answer.
    """

    root: Node
    nodes: tuple[LineageNode, ...]
    edges: tuple[str, ...]
    truncated: bool
    cycles: tuple[tuple[Node, ...], ...]
    main_path: tuple[Node, ...]


def lineage(
    store: EntityStore,
    root: Node,
    direction: str = "both",
    types: Sequence[RelationType] = LINEAGE_TYPES,
    max_depth: int = 4,
    min_confidence: float = 0.0,
    years: tuple[int | None, int | None] | None = None,
    max_nodes: int = 200,
) -> Lineage:
    """Return ancestors (``ancestors``), descendants (``descendants``) or both of a paper or a method.

    Only accepted relations count, of at least this confidence. ``years`` (from, to; ends included, None is open)
    leaves out other nodes and what is reached through them alone; the root always stays. Edges are all relations of
    the types asked for between the nodes shown, each once; a derived one is left out where an asserted one of its
    type joins the same pair. An unknown root is a :class:`~xaikg.errors.NotFoundError`.
    """
    signs = _checked(direction, max_depth, max_nodes)
    present(store, root)
    where = RelationFilter(types=tuple(types), min_confidence=min_confidence)
    walk = walked(store, root, signs, where, max_depth=max_depth, max_nodes=max_nodes, years=years)
    rows = _edges(store, walk.depths, where)
    arcs = sorted({(row.target, row.source) for row in rows})
    flow = sorted({(row.target, row.source) for row in rows if row.type in LINEAGE_TYPES})
    dates = years_of(store, walk.depths)
    drawn = layers(dates, arcs)
    order = sorted(walk.depths.items(), key=lambda each: (abs(each[1]), each[1], each[0]))
    return Lineage(
        root,
        tuple(LineageNode(*node, depth, drawn[node], dates[node]) for node, depth in order),
        tuple(row.key for row in rows),
        walk.cut,
        cycles(flow),
        main_path(flow),
    )


def _checked(direction: str, max_depth: int, max_nodes: int) -> tuple[int, ...]:
    """Return the directions to walk, or refuse arguments that make no sense."""
    if direction not in _SIGNS:
        raise UsageError(f"direction is {direction!r}; it is one of {', '.join(_SIGNS)}")
    if max_depth < 0:
        raise UsageError(f"max_depth is {max_depth}; it must be 0 or more")
    if max_nodes < 1:
        raise UsageError(f"max_nodes is {max_nodes}; it must be 1 or more")
    return _SIGNS[direction]


def _edges(store: EntityStore, shown: Iterable[Node], where: RelationFilter) -> list[RelationEdge]:
    """Return the relations between shown nodes, by key, without derived ones that an asserted one makes needless."""
    nodes = set(shown)
    rows = [step.relation for step in steps(store, nodes, "out", where) if step.end in nodes]
    asserted = {_joined(row) for row in rows if row.assertion_method is not AssertionMethod.DERIVED}
    kept = (row for row in rows if row.assertion_method is not AssertionMethod.DERIVED or _joined(row) not in asserted)
    return sorted(kept, key=lambda row: row.key)


def _joined(row: RelationEdge) -> tuple[RelationType, Node, Node]:
    return row.type, row.source, row.target
