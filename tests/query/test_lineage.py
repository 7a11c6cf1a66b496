"""Ancestors and descendants: what is shown, how deep, which relations, what was cut."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from query.graphs import LINEAGE, end, random_world, store
from tables.naive import NaiveStore
from tables.worlds import World, quads
from xaikg.errors import NotFoundError, UsageError
from xaikg.model import AssertionMethod, RelationStatus, RelationType
from xaikg.query.lineage import Lineage, lineage
from xaikg.tables import build_tables, open_columns
from xaikg.tables.counting import CountingStore

EXTENDS, USES, CRITIQUES, REPLIES_TO, EVALUATES = (
    RelationType[name] for name in ("EXTENDS", "USES", "CRITIQUES", "REPLIES_TO", "EVALUATES")
)


def depths(answer: Lineage) -> dict[str, int]:
    return {("m:" if node.kind == "method" else "") + node.key: node.depth for node in answer.nodes}


# ----------------------------------------------------------------- single cases

CHAIN = ("e EXTENDS d", "d EXTENDS c", "c GENERALIZES b", "b USES a")


@pytest.mark.parametrize(
    ("direction", "shown"),
    [
        ("ancestors", {"c": 0, "b": -1, "a": -2}),
        ("descendants", {"c": 0, "d": 1, "e": 2}),
        ("both", {"c": 0, "b": -1, "a": -2, "d": 1, "e": 2}),
    ],
)
def test_depth_is_negative_for_ancestors_and_positive_for_descendants(direction: str, shown: dict[str, int]) -> None:
    answer = lineage(store(*CHAIN), end("c"), direction)
    assert depths(answer) == shown
    assert not answer.truncated


def test_the_root_comes_first_and_then_the_nearest() -> None:
    answer = lineage(store(*CHAIN), end("c"))
    assert [node.key for node in answer.nodes] == ["c", "b", "d", "a", "e"]


@pytest.mark.parametrize(
    ("depth", "shown", "truncated"), [(0, "c", True), (1, "bcd", True), (2, "abcde", False), (9, "abcde", False)]
)
def test_max_depth_cuts_and_says_so(depth: int, shown: str, truncated: bool) -> None:
    answer = lineage(store(*CHAIN), end("c"), max_depth=depth)
    assert set(depths(answer)) == set(shown)
    assert answer.truncated is truncated


@pytest.mark.parametrize(("most", "shown"), [(1, "c"), (2, "bc"), (3, "bcd"), (4, "abcd"), (5, "abcde")])
def test_max_nodes_keeps_the_nearest_ancestors_first_and_says_so(most: int, shown: str) -> None:
    answer = lineage(store(*CHAIN), end("c"), max_nodes=most)
    assert set(depths(answer)) == set(shown)
    assert answer.truncated is (most < 5)


def test_of_equally_near_nodes_the_cap_keeps_those_of_the_stronger_relation() -> None:
    graph = store("r USES a", "r EXTENDS z 0.5", "r EXTENDS y 0.9", "r EXTENDS b 1 ACCEPTED DERIVED")
    found = [set(depths(lineage(graph, end("r"), max_nodes=most))) for most in (2, 3, 4, 5)]
    # The strongest of several relations counts, wherever it stands.
    several = store("r EXTENDS b 0.9", "r USES b 1", "r USES a 1")
    assert set(depths(lineage(several, end("r"), max_nodes=2))) == {"r", "b"}
    assert found == [{"r", "y"}, {"r", "y", "z"}, {"r", "y", "z", "b"}, {"r", "y", "z", "b", "a"}]


def test_a_paper_root_walks_papers_and_a_method_root_walks_methods() -> None:
    graph = store("b EXTENDS a", "m:y EXTENDS m:x", "b EXTENDS m:x", "c EVALUATES m:x")
    assert set(depths(lineage(graph, end("b")))) == {"b", "a"}
    assert set(depths(lineage(graph, end("m:x")))) == {"m:x", "m:y"}


def test_other_types_are_shown_only_when_asked_for_and_never_extend_the_walk() -> None:
    graph = store("b EXTENDS a", "k CRITIQUES a", "l EXTENDS k", "m CRITIQUES k", "n REPLIES_TO b", "b CRITIQUES o")
    assert set(depths(lineage(graph, end("b")))) == {"a", "b"}
    asked = lineage(graph, end("b"), types=(*LINEAGE, CRITIQUES))
    assert depths(asked) == {"b": 0, "a": -1, "k": -1, "o": -1}
    assert asked.edges == ("r0", "r1", "r5")
    assert not asked.truncated
    alone = lineage(graph, end("b"), types=(REPLIES_TO,))
    assert (depths(alone), alone.edges) == ({"b": 0, "n": 1}, ("r4",))


def test_a_paper_that_disputes_a_method_stands_beside_it() -> None:
    graph = store("m:y EXTENDS m:x", "p CRITIQUES m:x", "q EXTENDS p", "p REPLIES_TO q")
    answer = lineage(graph, end("m:y"), types=(*LINEAGE, CRITIQUES))
    assert depths(answer) == {"m:y": 0, "m:x": -1, "p": -1}


def test_the_cap_keeps_what_stands_beside_the_nearest_nodes() -> None:
    graph = store("r EXTENDS a", "a EXTENDS o", "k CRITIQUES o", "l CRITIQUES r 0.5", "z CRITIQUES o")
    answer = lineage(graph, end("r"), types=(EXTENDS, CRITIQUES), max_nodes=4)
    assert (depths(answer), answer.truncated) == ({"r": 0, "a": -1, "o": -2, "l": 1}, True)


def test_relations_among_what_stands_beside_are_shown_too() -> None:
    graph = store("a EXTENDS r", "k CRITIQUES r", "l CRITIQUES r", "l REPLIES_TO k", "z REPLIES_TO l", "m CRITIQUES l")
    answer = lineage(graph, end("r"), types=(EXTENDS, CRITIQUES, REPLIES_TO))
    assert answer.edges == ("r0", "r1", "r2", "r3")


@pytest.mark.parametrize("direction", ["ancestors", "descendants"])
def test_in_a_walk_of_one_direction_no_depth_has_the_other_sign(direction: str) -> None:
    graph = store("k CRITIQUES r", "r CRITIQUES o", "r EXTENDS a", "b EXTENDS r")
    answer = lineage(graph, end("r"), direction, (EXTENDS, CRITIQUES))
    sign = -1 if direction == "ancestors" else 1
    assert {sign * node.depth for node in answer.nodes} == {0, 1}


def test_a_node_reached_both_ways_has_the_smaller_depth_and_of_equal_ones_the_ancestors() -> None:
    near = lineage(store("r EXTENDS a", "a EXTENDS b", "b EXTENDS r"), end("r"))
    assert depths(near) == {"r": 0, "a": -1, "b": 1}
    equal = lineage(store("r EXTENDS a", "a USES r"), end("r"))
    assert depths(equal) == {"r": 0, "a": -1}


def test_only_accepted_relations_of_enough_confidence_count() -> None:
    graph = store(
        "r EXTENDS a 0.5", "r EXTENDS b 0.49", "r USES c 1 REJECTED", "r USES d 1 PROPOSED", "r USES e 1 RETRACTED"
    )
    assert set(depths(lineage(graph, end("r"), min_confidence=0.5))) == {"r", "a"}
    assert set(depths(lineage(graph, end("r")))) == {"r", "a", "b"}


def test_years_leave_out_nodes_and_what_lies_behind_them_but_never_the_root() -> None:
    graph = store(*CHAIN, years={"a": 2001, "b": 2002, "c": 2003, "d": 2004})
    assert set(depths(lineage(graph, end("c"), years=(2002, 2004)))) == set("bcd")
    assert set(depths(lineage(graph, end("c"), years=(None, 2003)))) == set("abc")
    assert set(depths(lineage(graph, end("c"), years=(2010, None)))) == set("c")
    assert set(depths(lineage(graph, end("c"), years=(None, None)))) == set("abcde")
    assert not lineage(graph, end("c"), years=(2002, 2004)).truncated


def test_a_derived_relation_is_left_out_where_an_asserted_one_of_its_type_joins_the_pair() -> None:
    graph = store("r EXTENDS a 1 ACCEPTED DERIVED", "r EXTENDS a 0.3", "r USES a 1 ACCEPTED DERIVED", "r EXTENDS a 0.9")
    assert lineage(graph, end("r")).edges == ("r1", "r2", "r3")
    assert lineage(graph, end("r"), min_confidence=0.95).edges == ("r0", "r2")


def test_circles_are_survived_and_told_from_their_smallest_node_on() -> None:
    graph = store(
        "b EXTENDS a", "c EXTENDS b", "a EXTENDS c", "d EXTENDS c", "d USES d", "e CRITIQUES d", "d CRITIQUES e"
    )
    answer = lineage(graph, end("b"), types=(*LINEAGE, CRITIQUES))
    assert answer.cycles == ((end("a"), end("b"), end("c")), (end("d"),))
    assert set(depths(answer)) == set("abcde")


def test_a_root_without_relations_is_a_lineage_of_one() -> None:
    answer = lineage(store(only=("a",), years={"a": 2001}), end("a"))
    assert (len(answer.nodes), answer.edges, answer.truncated, answer.cycles, answer.main_path) == (
        1,
        (),
        False,
        (),
        (),
    )
    assert (answer.nodes[0].year, answer.nodes[0].layer, answer.nodes[0].depth) == (2001, 0, 0)


def test_the_main_path_runs_along_lineage_relations_alone_and_oldest_first() -> None:
    graph = store("b EXTENDS a", "c USES b", "d CRITIQUES c", "c EXTENDS x 1 REJECTED", "d EVALUATES a")
    answer = lineage(graph, end("b"), types=tuple(RelationType))
    assert answer.main_path == (end("a"), end("b"), end("c"))


@pytest.mark.parametrize(
    ("root", "options", "error", "part"),
    [
        (("paper", "nope"), {}, NotFoundError, "no paper named 'nope'"),
        (("method", "a"), {}, NotFoundError, "no method named 'a'"),
        (("author", "a"), {}, UsageError, "'author' is neither"),
        (
            ("paper", "a"),
            {"direction": "up"},
            UsageError,
            "direction is 'up'; it is one of ancestors, descendants, both",
        ),
        (("paper", "a"), {"max_depth": -1}, UsageError, "max_depth is -1"),
        (("paper", "a"), {"max_nodes": 0}, UsageError, "max_nodes is 0"),
    ],
)
def test_a_question_that_makes_no_sense_is_refused_in_words(
    root: Any, options: dict[str, Any], error: type[Exception], part: str
) -> None:
    with pytest.raises(error, match=part):
        lineage(store(only=("a",)), root, **options)


def test_a_level_takes_the_same_number_of_reads_whatever_its_width() -> None:
    def reads(width: int) -> int:
        counting = CountingStore(
            store(*(f"r EXTENDS a{n}" for n in range(width)), *(f"a{n} USES z" for n in range(width)))
        )
        lineage(counting, end("r"), "ancestors")
        return counting.total

    assert reads(1) == reads(3) == reads(60)


# ----------------------------------------------------------------- random graphs

SEEDS = st.integers(0, 10_000)
QUESTIONS = st.fixed_dictionaries(
    {
        "direction": st.sampled_from(["ancestors", "descendants", "both"]),
        "types": st.sampled_from(
            [LINEAGE, (EXTENDS,), (*LINEAGE, CRITIQUES), tuple(RelationType), (CRITIQUES, EVALUATES), ()]
        ),
        "max_depth": st.integers(0, 4),
        "min_confidence": st.sampled_from([0.0, 0.5, 0.9]),
        "years": st.sampled_from([None, (2011, None), (2011, 2013)]),
        "max_nodes": st.integers(1, 9),
    }
)


def asked(seed: int, options: dict[str, Any]) -> tuple[World, Lineage]:
    world = random_world(seed)
    ends = sorted({("paper", paper.key) for paper in world.papers} | {("method", each.key) for each in world.methods})
    return world, lineage(NaiveStore(world), random.Random(seed).choice(ends), **options)  # type: ignore[arg-type]


def sound(world: World, options: dict[str, Any]) -> list[Any]:
    """Return the relations that may be shown at all."""
    types = {each.value for each in options["types"]}
    return [
        each
        for each in world.relations
        if each.type in types
        and each.status == RelationStatus.ACCEPTED
        and float(each.confidence) >= options["min_confidence"]
    ]


@settings(deadline=None, max_examples=300)
@given(SEEDS, QUESTIONS)
def test_edges_join_shown_nodes_each_once_and_all_that_may_be_shown(seed: int, options: dict[str, Any]) -> None:
    world, answer = asked(seed, options)
    shown = {(node.kind, node.key) for node in answer.nodes}
    assert len(shown) == len(answer.nodes) <= options["max_nodes"]
    assert len(set(answer.edges)) == len(answer.edges)
    known = {each.key: each for each in sound(world, options)}
    assert set(answer.edges) <= set(known)
    pairs = {(each.type, each.source, each.target) for each in map(known.get, answer.edges) if each}
    for each in known.values():
        inside = {each.source, each.target} <= shown
        assert ((each.type, each.source, each.target) in pairs) == inside
        if inside and each.method != AssertionMethod.DERIVED:
            assert each.key in answer.edges


def distances(world: World, root: Any, options: dict[str, Any], sign: int) -> dict[Any, int]:
    """Return how many lineage relations away each node is, in one direction and without limits."""
    graph: Any = nx.DiGraph()
    graph.add_node(root)
    naive = NaiveStore(world)
    years = options["years"]
    for each in sound(world, options):
        older, newer = (each.target, each.source)
        if each.type in {kind.value for kind in LINEAGE} and older[0] == newer[0] == root[0]:
            graph.add_edge(newer, older) if sign < 0 else graph.add_edge(older, newer)
    if years:
        for node in list(graph):
            year = naive._value(node[0], node[1], "year")
            if node != root and (year is None or year < years[0] or year > (years[1] or 9999)):
                graph.remove_node(node)
    return dict(nx.single_source_shortest_path_length(graph, root))


@settings(deadline=None, max_examples=300)
@given(SEEDS, QUESTIONS)
def test_depths_are_distances_and_truncated_tells_whether_more_can_be_reached(
    seed: int, options: dict[str, Any]
) -> None:
    options["types"] = tuple(each for each in options["types"] if each in LINEAGE)
    world, answer = asked(seed, options)
    away = {
        sign: distances(world, answer.root, options, sign)
        if options["direction"] in (name, "both")
        else {answer.root: 0}
        for sign, name in ((-1, "ancestors"), (1, "descendants"))
    }
    reachable = set(away[-1]) | set(away[1])
    shown = {(node.kind, node.key): node.depth for node in answer.nodes}
    assert set(shown) <= reachable
    assert answer.truncated == (set(shown) != reachable)
    for node, depth in shown.items():
        up, down = (away[sign].get(node, 99) for sign in (-1, 1))
        assert depth == (-up if up <= down else down)
        assert abs(depth) <= options["max_depth"]
    if len(shown) < options["max_nodes"]:
        near = {node for node in reachable if min(away[sign].get(node, 99) for sign in (-1, 1)) <= options["max_depth"]}
        assert set(shown) == near


@settings(deadline=None, max_examples=200)
@given(SEEDS, QUESTIONS)
def test_what_stands_beside_touches_what_was_walked_and_nothing_that_touches_it_is_missing(
    seed: int, options: dict[str, Any]
) -> None:
    options |= {"years": None, "max_nodes": 99}
    world, answer = asked(seed, options)
    only = {**options, "types": tuple(each for each in options["types"] if each in LINEAGE)}
    walked = {(node.kind, node.key): node.depth for node in asked(seed, only)[1].nodes}
    touching: dict[Any, set[int]] = {}
    for each in sound(world, options):
        if each.type not in {kind.value for kind in LINEAGE}:
            for here, there in ((each.source, each.target), (each.target, each.source)):
                if here in walked and there not in walked:
                    touching.setdefault(there, set()).add(abs(walked[here]) or 1)
    shown = {(node.kind, node.key): node.depth for node in answer.nodes}
    assert set(shown) == set(walked) | set(touching)
    for node, depth in shown.items():
        assert depth == walked[node] if node in walked else abs(depth) == min(touching[node])
    signs = {"ancestors": {-1, 0}, "descendants": {0, 1}, "both": {-1, 0, 1}}[options["direction"]]
    assert {(depth > 0) - (depth < 0) for depth in shown.values()} <= signs
    assert [node for node, depth in shown.items() if depth == 0] == [answer.root]


@settings(deadline=None, max_examples=100)
@given(SEEDS, QUESTIONS, st.randoms(use_true_random=False))
def test_the_answer_does_not_depend_on_the_order_of_the_data(
    seed: int, options: dict[str, Any], chance: random.Random
) -> None:
    world, answer = asked(seed, options)
    shuffled = replace(
        world,
        relations=tuple(chance.sample(world.relations, len(world.relations))),
        papers=tuple(chance.sample(world.papers, len(world.papers))),
    )
    assert lineage(NaiveStore(shuffled), answer.root, **options) == answer


@settings(deadline=None, max_examples=200)
@given(SEEDS, QUESTIONS)
def test_layers_follow_years_and_inside_a_year_the_relations(seed: int, options: dict[str, Any]) -> None:
    world, answer = asked(seed, options)
    layer = {(node.kind, node.key): node.layer for node in answer.nodes}
    dated = sorted((node.year, node.layer) for node in answer.nodes if node.year is not None)
    for (year, row), (later, below) in pairwise(dated):
        assert year == later or row < below
    assert set(layer.values()) == set(range(len(set(layer.values()))))
    years = {(node.kind, node.key): node.year for node in answer.nodes}
    circles = {node for circle in nx.simple_cycles(_arcs(world, answer)) for node in circle}
    for older, newer in _arcs(world, answer).edges:
        if years[older] == years[newer] is not None and not {older, newer} & circles:
            assert layer[older] < layer[newer]


def _arcs(world: World, answer: Lineage) -> Any:
    shown = {each.key: each for each in world.relations}
    return nx.DiGraph((shown[key].target, shown[key].source) for key in answer.edges)


@settings(deadline=None, max_examples=200)
@given(SEEDS, QUESTIONS)
def test_circles_and_main_path_are_ways_along_shown_lineage_relations(seed: int, options: dict[str, Any]) -> None:
    world, answer = asked(seed, options)
    shown = {
        each.key: each for each in world.relations if each.key in answer.edges and RelationType(each.type) in LINEAGE
    }
    arcs = {(each.target, each.source) for each in shown.values()}
    for circle in answer.cycles:
        assert set(zip(circle, (*circle[1:], circle[0]), strict=True)) <= arcs
        assert len(set(circle)) == len(circle)
    on_circles = {node for circle in nx.simple_cycles(nx.DiGraph(arcs)) for node in circle}
    assert {node for circle in answer.cycles for node in circle} == on_circles
    assert set(pairwise(answer.main_path)) <= arcs
    assert len(set(answer.main_path)) == len(answer.main_path)


@pytest.mark.parametrize("seed", range(6))
def test_columns_give_the_lineage_that_the_naive_store_gives(seed: int, tmp_path: Path) -> None:
    world = random_world(seed)
    build_tables(quads(world), tmp_path)
    for root in [end(paper.key) for paper in world.papers]:
        for types in (LINEAGE, tuple(RelationType)):
            assert lineage(open_columns(tmp_path), root, types=types) == lineage(NaiveStore(world), root, types=types)
