"""The rows that a lineage is drawn in: one a year, and more where relations run inside a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import networkx as nx

from xaikg.query.mainpath import Arc
from xaikg.query.relations import Node

__all__ = ["layers"]


def layers(years: Mapping[Node, int | None], arcs: Sequence[Arc]) -> dict[Node, int]:
    """Return the row of each node, 0 for the oldest; arcs run from older to newer.

    A node without a year stands where its relations put it: not before what it builds on, else with what builds on
    it, else at the end. Inside a year each node stands below what it relates to; nodes on a circle stand side by side.

    >>> a, b, c = (("paper", key) for key in "abc")
    >>> rows = layers({a: 2016, b: 2017, c: 2017}, [(a, b), (b, c)])
    >>> rows[a], rows[b], rows[c]
    (0, 1, 2)
    """
    dated = _dated(years, arcs)
    band = {node: dated.get(node, float("inf")) for node in years}
    bands: dict[float, list[Node]] = defaultdict(list)
    for node in sorted(years):
        bands[band[node]].append(node)
    inside: dict[float, list[Arc]] = defaultdict(list)
    for older, newer in arcs:
        if band[older] == band[newer] and older != newer:
            inside[band[older]].append((older, newer))
    rows: dict[Node, int] = {}
    first = 0
    for year in sorted(bands):
        levels = _levels(bands[year], inside[year])
        rows |= {node: first + level for node, level in levels.items()}
        first += max(levels.values()) + 1
    return rows


def _dated(years: Mapping[Node, int | None], arcs: Sequence[Arc]) -> dict[Node, int]:
    """Return years, those that are missing taken from neighbours, and theirs from theirs in turn."""
    dated = {node: year for node, year in years.items() if year is not None}
    older, newer = defaultdict(list), defaultdict(list)
    for one, other in arcs:
        older[other].append(one)
        newer[one].append(other)
    while True:
        found: dict[Node, int] = {}
        for node in years.keys() - dated.keys():
            before = [dated[each] for each in older[node] if each in dated]
            after = [dated[each] for each in newer[node] if each in dated]
            if before or after:
                found[node] = max(before) if before else min(after)
        if not found:
            return dated
        dated |= found


def _levels(nodes: Iterable[Node], arcs: Sequence[Arc]) -> dict[Node, int]:
    """Return for each node the length of the longest chain of arcs that leads to it, circles contracted."""
    graph: Any = nx.DiGraph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from(arcs)
    condensed = nx.condensation(graph)
    level: dict[int, int] = {}
    for circle in nx.topological_sort(condensed):
        level[circle] = max((level[older] + 1 for older in condensed.predecessors(circle)), default=0)
    return {node: level[circle] for node, circle in condensed.graph["mapping"].items()}
