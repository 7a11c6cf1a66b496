"""The shortest ways between two nodes, held to trying every way."""

from __future__ import annotations

import random
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query.graphs import end, random_world, store
from tables.naive import NaiveStore
from xaikg.errors import NotFoundError, UsageError
from xaikg.model import RelationType
from xaikg.query.lineage import paths
from xaikg.tables.counting import CountingStore


def told(found: Any) -> list[str]:
    return ["".join(key for _, key in path.nodes) for path in found]


def test_relations_are_followed_whichever_way_they_run_shortest_first() -> None:
    graph = store("b EXTENDS a", "b EXTENDS c", "d CRITIQUES a", "d USES c", "c USES e", "e USES f", "f USES a")
    assert told(paths(graph, end("a"), end("c"))) == ["abc", "adc", "afec"]
    assert told(paths(graph, end("a"), end("c"), k=1)) == ["abc"]
    assert told(paths(graph, end("c"), end("a"), types=(RelationType.USES,))) == ["cefa"]


def test_each_step_names_the_strongest_relation_of_its_pair() -> None:
    graph = store(
        "b USES a", "b EXTENDS a 0.9 ACCEPTED DERIVED", "b EXTENDS a 0.5", "b EXTENDS a 1 REJECTED", "a EXTENDS b 0.4"
    )
    assert [path.edges for path in paths(graph, end("a"), end("b"))] == [("r2",)]
    assert [path.edges for path in paths(graph, end("a"), end("b"), types=(RelationType.USES,))] == [("r0",)]


def test_two_methods_are_joined_by_a_paper_that_evaluates_both() -> None:
    found = paths(store("p EVALUATES m:x", "p EVALUATES m:y"), end("m:x"), end("m:y"))
    assert [path.nodes for path in found] == [(("method", "x"), ("paper", "p"), ("method", "y"))]
    assert found[0].length == 2


def test_there_is_no_way_to_oneself_nor_to_what_is_not_joined() -> None:
    graph = store("b EXTENDS a", only=("z",))
    assert paths(graph, end("a"), end("a")) == ()
    assert paths(graph, end("a"), end("z")) == ()
    assert paths(graph, end("z"), end("a"), types=()) == ()


@pytest.mark.parametrize(
    ("start", "finish", "k", "error", "part"),
    [
        ("nope", "a", 3, NotFoundError, "no paper named 'nope'"),
        ("a", "m:nope", 3, NotFoundError, "no method named 'nope'"),
        ("a", "b", 0, UsageError, "k is 0"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(
    start: str, finish: str, k: int, error: type[Exception], part: str
) -> None:
    with pytest.raises(error, match=part):
        paths(store("b EXTENDS a"), end(start), end(finish), k=k)


@settings(deadline=None, max_examples=200)
@given(st.integers(0, 10_000), st.integers(1, 5))
def test_the_ways_are_the_shortest_of_all(seed: int, k: int) -> None:
    world = random_world(seed)
    nodes = sorted({("paper", each.key) for each in world.papers} | {("method", each.key) for each in world.methods})
    start, finish = random.Random(seed).sample(nodes, 2)
    graph: Any = nx.Graph()
    graph.add_nodes_from(nodes)
    accepted = [each for each in world.relations if each.status == "ACCEPTED"]
    graph.add_edges_from((each.source, each.target) for each in accepted)
    every = sorted(len(way) - 1 for way in nx.all_simple_paths(graph, start, finish))
    found = paths(NaiveStore(world), start, finish, k=k)  # type: ignore[arg-type]
    assert [path.length for path in found] == every[:k]
    assert len({path.nodes for path in found}) == len(found)
    ends = {each.key: {each.source, each.target} for each in accepted}
    for path in found:
        assert (path.nodes[0], path.nodes[-1]) == (start, finish)
        assert len(set(path.nodes)) == len(path.nodes)
        for place, edge in enumerate(path.edges):
            assert ends[edge] == {path.nodes[place], path.nodes[place + 1]}


@settings(deadline=None, max_examples=60)
@given(st.integers(0, 10_000), st.integers(1, 12))
def test_ways_through_a_grid_with_holes_are_the_shortest_of_all(seed: int, k: int) -> None:
    chance = random.Random(seed)
    grid: Any = nx.convert_node_labels_to_integers(nx.grid_2d_graph(4, 4))
    grid.remove_edges_from(chance.sample(sorted(grid.edges), 5))
    start, finish = chance.sample(range(16), 2)
    every = sorted(len(way) - 1 for way in nx.all_simple_paths(grid, start, finish))
    graph = store(*(f"{one} USES {other}" for one, other in grid.edges), only=[str(node) for node in grid])
    assert [path.length for path in paths(graph, end(str(start)), end(str(finish)), k=k)] == every[:k]


def test_a_level_takes_the_same_number_of_reads_whatever_its_width() -> None:
    def reads(width: int) -> int:
        ways = [f"{side} USES {n}{side}" for side in "ab" for n in range(width)]
        counting = CountingStore(
            store(*ways, *(f"{n}a EXTENDS m{n}" for n in range(width)), *(f"m{n} USES {n}b" for n in range(width)))
        )
        assert paths(counting, end("a"), end("b"), k=1)[0].length == 4
        return counting.total

    assert reads(2) == reads(5) == reads(40)
