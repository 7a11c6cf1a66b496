"""The shortest ways from one paper or method to another along relations, whichever way these run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any

import networkx as nx

from xaikg.errors import UsageError
from xaikg.model import RelationType
from xaikg.query.relations import Node, Step, present, steps, strength
from xaikg.tables.store import EntityStore, RelationFilter

__all__ = ["Path", "paths"]

MAX_SEEN = 20_000
"""Nodes that are looked at; beyond them the ways that are known by then are the answer."""


@dataclass(frozen=True, slots=True)
class Path:
    """Nodes from one end to the other, and the key of one relation between each two: the strongest."""

    nodes: tuple[Node, ...]
    edges: tuple[str, ...]

    @property
    def length(self) -> int:
        """Return the number of relations."""
        return len(self.edges)


def paths(
    store: EntityStore, start: Node, end: Node, types: Sequence[RelationType] | None = None, k: int = 3
) -> tuple[Path, ...]:
    """Return the ``k`` shortest ways without a repeated node (Yen 1971), shortest first; none from a node to itself.

    Accepted relations of the types asked for (None: all) count, in either direction.
    """
    if k < 1:
        raise UsageError(f"k is {k}; it must be 1 or more")
    present(store, start)
    present(store, end)
    if start == end:
        return ()
    where = RelationFilter(types=None if types is None else tuple(types))
    graph = _between(store, start, end, where, k)
    return tuple(_told(graph, nodes) for nodes in islice(_ways(graph, start, end), k))


def _between(store: EntityStore, start: Node, end: Node, where: RelationFilter, k: int) -> Any:
    """Return a graph around both ends that holds the ``k`` shortest ways.

    The smaller of two balls grows by a level until there are enough ways, so that each level takes a fixed number of
    reads: with balls of radius r and s, every way of at most r + s relations is in the graph.
    """
    graph: Any = nx.Graph()
    graph.add_nodes_from((start, end))
    seen = {start: {start}, end: {end}}
    frontiers = {start: [start], end: [end]}
    reach = 0
    while all(frontiers.values()) and len(graph) <= MAX_SEEN:
        if len(list(islice(_ways(graph, start, end, reach), k))) == k:
            return graph
        ball = min(frontiers, key=lambda each: (len(frontiers[each]), each))
        found = steps(store, frontiers[ball], "both", where)
        _add(graph, found)
        frontiers[ball] = sorted({step.end for step in found} - seen[ball])
        seen[ball].update(frontiers[ball])
        reach += 1
    return graph


def _add(graph: Any, found: Sequence[Step]) -> None:
    """Add steps, keeping the strongest relation of each pair."""
    for step in sorted(found, key=lambda step: (*sorted((step.start, step.end)), strength(step))):
        if step.start != step.end and not graph.has_edge(step.start, step.end):
            graph.add_edge(step.start, step.end, relation=step.relation.key)


def _ways(graph: Any, start: Node, end: Node, longest: int | None = None) -> Iterator[list[Node]]:
    """Yield ways without a repeated node, shortest first, up to a length."""
    try:
        for nodes in nx.shortest_simple_paths(graph, start, end):
            if longest is not None and len(nodes) - 1 > longest:
                return
            yield nodes
    except nx.NetworkXNoPath:
        return


def _told(graph: Any, nodes: Sequence[Node]) -> Path:
    edges = (graph.edges[pair]["relation"] for pair in pairwise(nodes))
    return Path(tuple(nodes), tuple(edges))
