"""The main path of a lineage, and its circles: graph algorithms on what is shown.

Arcs run from the older to the newer work, as knowledge flows. Circles, which a citation network should not have and a
real one does, are contracted for the count and told.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import networkx as nx

from xaikg.query.relations import Node

__all__ = ["Arc", "cycles", "main_path"]

Arc = tuple[Node, Node]
"""Older and newer node."""


def cycles(arcs: Iterable[Arc]) -> tuple[tuple[Node, ...], ...]:
    """Return circles such that each node that lies on one is told of: short ones, each from its smallest node on.

    >>> cycles([(("paper", "a"), ("paper", "b")), (("paper", "b"), ("paper", "a")), (("paper", "b"), ("paper", "c"))])
    ((('paper', 'a'), ('paper', 'b')),)
    """
    graph = _graph(arcs)
    found: set[tuple[Node, ...]] = {(node,) for node in graph if graph.has_edge(node, node)}
    for members in nx.strongly_connected_components(graph):
        inner = _graph(arc for arc in graph.edges if arc[0] in members and arc[1] in members and arc[0] != arc[1])
        told: set[Node] = set()
        for node in sorted(inner):
            if node not in told:
                circle = _shortest_circle(inner, node)
                told.update(circle)
                start = circle.index(min(circle))
                found.add((*circle[start:], *circle[:start]))
    return tuple(sorted(found))


def _shortest_circle(graph: Any, node: Node) -> list[Node]:
    """Return a shortest way from a node of a strongly connected graph back to itself."""
    back = nx.single_target_shortest_path(graph, node)
    return min(([node, *back[after][:-1]] for after in sorted(graph.successors(node))), key=len)


def main_path(arcs: Iterable[Arc]) -> tuple[Node, ...]:
    """Return the main path by search path count, oldest first; no arcs, no path.

    An arc's count is the number of ways from any source to any sink that pass through it. The path starts at the
    source with the arc of the highest count and follows the highest count to a sink (Hummon and Doreian 1989; counts
    as in Batagelj 2003, on the acyclic condensation). Of equal counts the arc counts that leads to the larger total,
    then the smaller key.

    >>> a, b, c, d, e = (("paper", key) for key in "abcde")
    >>> [key for _, key in main_path([(a, c), (b, c), (c, d), (d, e), (b, e)])]
    ['a', 'c', 'd', 'e']
    """
    graph = _graph(arc for arc in arcs if arc[0] != arc[1])
    if not graph.edges:
        return ()
    names, joints = _condensed(graph)
    flow = _graph(joints)
    if not flow.edges:
        return ()
    counts, totals = _counts(flow)

    def choice(arc: Arc) -> tuple[int, int, Arc]:
        return (-counts[arc], -totals[arc], arc)

    arc = min((each for each in flow.edges if flow.in_degree(each[0]) == 0), key=choice)
    path = [arc]
    while flow.out_degree(arc[1]):
        arc = min(flow.out_edges(arc[1]), key=choice)
        path.append(arc)
    return tuple(_spelled(graph, names, [joints[each] for each in path]))


def _graph(arcs: Iterable[Arc]) -> Any:
    """Return a graph whose nodes and neighbours stand in order, so that every walk over it is repeatable."""
    graph: Any = nx.DiGraph()
    listed = sorted(arcs)
    graph.add_nodes_from(sorted({node for arc in listed for node in arc}))
    graph.add_edges_from(listed)
    return graph


def _condensed(graph: Any) -> tuple[dict[Node, Node], dict[Arc, Arc]]:
    """Return the name of each node's circle (its smallest node), and for each arc between circles a real one."""
    names = {node: min(members) for members in nx.strongly_connected_components(graph) for node in members}
    joints: dict[Arc, Arc] = {}
    for older, newer in sorted(graph.edges):
        if names[older] != names[newer]:
            joints.setdefault((names[older], names[newer]), (older, newer))
    return names, joints


def _counts(graph: Any) -> tuple[dict[Arc, int], dict[Arc, int]]:
    """Return the search path count of each arc, and the largest sum of counts from the arc to a sink."""
    order = list(nx.topological_sort(graph))
    into: dict[Node, int] = {}
    out: dict[Node, int] = {}
    best: dict[Node, int] = {}
    for node in order:
        into[node] = sum(into[older] for older in graph.predecessors(node)) or 1
    for node in reversed(order):
        out[node] = sum(out[newer] for newer in graph.successors(node)) or 1
    counts = {(older, newer): into[older] * out[newer] for older, newer in graph.edges}
    for node in reversed(order):
        best[node] = max((counts[node, newer] + best[newer] for newer in graph.successors(node)), default=0)
    return counts, {arc: counts[arc] + best[arc[1]] for arc in counts}


def _spelled(graph: Any, names: dict[Node, Node], path: list[Arc]) -> Iterable[Node]:
    """Yield the nodes of a path of real arcs; inside a circle, the shortest way from its entry to its exit."""
    yield path[0][0]
    for place, (_, entered) in enumerate(path):
        left = path[place + 1][0] if place + 1 < len(path) else entered
        members = {node for node, name in names.items() if name == names[entered]}
        inner = _graph(arc for arc in graph.edges if arc[0] in members and arc[1] in members)
        yield from nx.shortest_path(inner, entered, left) if entered != left else (entered,)
