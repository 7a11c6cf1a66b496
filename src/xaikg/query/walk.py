"""Which nodes a lineage shows: level by level from the root, both ways, with what stands beside them.

Each level takes a fixed number of reads. Nearer nodes come first, ancestors before descendants, stronger relations
before weaker ones, so that a cap cuts what matters least, and the same things whatever the order of the data.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from xaikg.model import LINEAGE_TYPES
from xaikg.query.relations import Node, Step, steps, strength, within
from xaikg.tables.store import Direction, EntityStore, RelationFilter

__all__ = ["Walk", "walked"]

ANCESTORS, DESCENDANTS = -1, 1

_WAYS: dict[int, Direction] = {ANCESTORS: "out", DESCENDANTS: "in"}
"""A relation runs from the newer to the older side, so ancestors are found along it."""


@dataclass
class Walk:
    """The nodes found so far with their depths, and whether a limit kept one out."""

    root: Node
    max_nodes: int
    depths: dict[Node, int] = field(default_factory=dict)
    cut: bool = False

    def show(self, node: Node, depth: int, *, allowed: bool = True) -> bool:
        """Return whether a node is shown, now or already; one that limits keep out marks the walk as cut."""
        if node in self.depths:
            return True
        if not allowed or len(self.depths) >= self.max_nodes:
            self.cut = True
            return False
        self.depths[node] = depth
        return True

    @property
    def full(self) -> bool:
        """Return whether no node can be added."""
        return len(self.depths) >= self.max_nodes


def walked(
    store: EntityStore,
    root: Node,
    signs: Sequence[int],
    where: RelationFilter,
    *,
    max_depth: int,
    max_nodes: int,
    years: tuple[int | None, int | None] | None,
) -> Walk:
    """Return the nodes that lineage relations reach, and those that other asked-for relations put beside them."""
    walk = Walk(root, max_nodes, {root: 0})
    types = where.types or ()
    along = replace(where, types=tuple(each for each in types if each in LINEAGE_TYPES))
    _along(store, walk, signs, along, max_depth, years)
    beside = replace(where, types=tuple(each for each in types if each not in LINEAGE_TYPES))
    if beside.types:
        _beside(store, walk, signs, beside, years)
    return walk


def _along(
    store: EntityStore,
    walk: Walk,
    signs: Sequence[int],
    where: RelationFilter,
    max_depth: int,
    years: tuple[int | None, int | None] | None,
) -> None:
    """Walk level by level; beyond the limits go on through shown nodes alone, until one is seen to be left out."""
    frontiers: dict[int, list[Node]] = {sign: [walk.root] for sign in signs}
    seen = {sign: {walk.root} for sign in signs}
    depth = 0
    while any(frontiers.values()):
        depth += 1
        for sign in signs:
            found = steps(store, frontiers[sign], _WAYS[sign], where)
            ends = _ordered(step for step in found if step.end[0] == walk.root[0] and step.end not in seen[sign])
            fit = within(store, ends, years) if ends else set()
            new = [node for node in ends if node in fit]
            seen[sign].update(new)
            frontiers[sign] = [node for node in new if walk.show(node, sign * depth, allowed=depth <= max_depth)]
        if walk.cut and (walk.full or depth > max_depth):
            return


def _ordered(found: Iterable[Step]) -> list[Node]:
    """Return the ends of steps, those of the strongest relations first."""
    best: dict[Node, tuple[int, bool, float]] = {}
    for step in found:
        rank = strength(step)[:3]
        best[step.end] = min(rank, best.get(step.end, rank))
    return sorted(best, key=lambda node: (best[node], node))


def _beside(
    store: EntityStore,
    walk: Walk,
    signs: Sequence[int],
    where: RelationFilter,
    years: tuple[int | None, int | None] | None,
) -> None:
    """Show what disputes, answers, evaluates … the shown nodes, at the depth of the node that it speaks of."""
    found = [step for step in steps(store, walk.depths, "both", where) if step.end not in walk.depths]
    fit = within(store, {step.end for step in found}, years) if found else set()
    placed = [(_depth_beside(walk, step, signs), step) for step in found if step.end in fit]
    for depth, step in sorted(placed, key=lambda each: (abs(each[0]), each[0], strength(each[1])[:3], each[1].end)):
        walk.show(step.end, depth)


def _depth_beside(walk: Walk, step: Step, signs: Sequence[int]) -> int:
    """Return the depth of the node that a step starts from; beside the root, 1 to the side on which it lies in time."""
    depth = walk.depths[step.start]
    if depth:
        return depth
    side = DESCENDANTS if step.relation.target == walk.root else ANCESTORS
    return side if side in signs else signs[0]
