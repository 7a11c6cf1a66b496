"""Search path counts against counting the paths one by one, and the path that follows them."""

from __future__ import annotations

import random
from collections import Counter
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.query.mainpath import _counts, _graph, cycles, main_path
from xaikg.query.relations import Node


def arcs(*pairs: str) -> list[tuple[Node, Node]]:
    return [(("paper", pair[0]), ("paper", pair[1])) for pair in pairs]


def keys(nodes: tuple[Node, ...]) -> str:
    return "".join(key for _, key in nodes)


@pytest.mark.parametrize(
    ("pairs", "path"),
    [
        ((), ""),
        (("ab",), "ab"),
        (("ab", "bc", "ac"), "abc"),
        (("ad", "bd", "cd", "de", "df", "cg"), "ade"),  # de and df carry three paths each; d is entered from a first
        (("ab", "bz", "ay", "yx", "xz"), "ayxz"),  # equal counts: the larger total
        (("ab", "bz", "ac", "cz"), "abz"),  # equal totals: the smaller key
        (("ab", "ba", "bc"), "bc"),  # the circle counts as one node
        (("xa", "ab", "ba", "bc"), "xabc"),  # a circle is crossed from where it is entered to where it is left
        (("ab", "ba"), ""),
        (("aa",), ""),
        (("aa", "ab"), "ab"),
    ],
)
def test_the_main_path_follows_the_highest_counts(pairs: tuple[str, ...], path: str) -> None:
    assert keys(main_path(arcs(*pairs))) == path


def test_the_order_and_repetition_of_arcs_do_not_matter() -> None:
    listed = arcs("ad", "bd", "cd", "de", "df", "cg", "gh")
    assert main_path(listed) == main_path([*reversed(listed), *listed])


@pytest.mark.parametrize(
    ("pairs", "told"),
    [
        ((), ()),
        (("ab", "bc"), ()),
        (("aa",), ("a",)),
        (("ba", "ab"), ("ab",)),
        (("ca", "ab", "bc", "bd", "db"), ("abc", "bd")),
        (("ab", "ba", "cd", "dc"), ("ab", "cd")),
    ],
)
def test_circles_are_told_so_that_no_node_on_one_is_left_out(pairs: tuple[str, ...], told: tuple[str, ...]) -> None:
    assert tuple(keys(circle) for circle in cycles(arcs(*pairs))) == told


@given(st.integers(0, 10_000))
def test_a_count_is_the_number_of_paths_from_sources_to_sinks_through_the_arc(seed: int) -> None:
    chance = random.Random(seed)
    pairs = [tuple(sorted(chance.sample("abcdefg", 2))) for _ in range(chance.randint(1, 12))]
    graph = _graph(arcs(*("".join(pair) for pair in pairs)))
    counts, totals = _counts(graph)
    through: Counter[Any] = Counter()
    ways = [way for source in graph if not graph.in_degree(source) for way in _to_sinks(graph, source)]
    for way in ways:
        through.update(pairwise(way))
    assert counts == through
    for arc in graph.edges:
        rest = _to_sinks(graph, arc[1])
        assert totals[arc] == counts[arc] + max(sum(counts[step] for step in pairwise(way)) for way in rest)


def _to_sinks(graph: Any, node: Node) -> list[list[Node]]:
    found = [[node]] if not graph.out_degree(node) else []
    return found + [[node, *rest] for newer in graph.successors(node) for rest in _to_sinks(graph, newer)]


@given(st.integers(0, 10_000))
def test_a_main_path_leads_from_a_beginning_to_an_end_and_takes_the_best_arc_at_each_step(seed: int) -> None:
    chance = random.Random(seed)
    listed = arcs(*("".join(sorted(chance.sample("abcdefgh", 2))) for _ in range(chance.randint(1, 14))))
    graph = nx.DiGraph(listed)
    counts, _ = _counts(_graph(listed))
    path = main_path(listed)
    assert not graph.in_degree(path[0])
    assert not graph.out_degree(path[-1])
    starts = [counts[arc] for arc in graph.edges if not graph.in_degree(arc[0])]
    assert counts[path[0], path[1]] == max(starts)
    for older, newer in pairwise(path[1:]):
        assert counts[older, newer] == max(counts[arc] for arc in graph.out_edges(older))


def test_a_ladder_with_more_paths_than_a_machine_word_holds_is_counted() -> None:
    def node(step: int, side: str) -> Node:
        return ("paper", f"{step:03}{side}")

    rungs = [(node(n, one), node(n + 1, other)) for n in range(100) for one in "ab" for other in "ab"]
    assert len(main_path(rungs)) == 101
