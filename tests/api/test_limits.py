# ruff: noqa: E501  (queries and cases stand on one line)

from __future__ import annotations

import random
import sys
import threading
from typing import Any

import pytest
from graphql import get_introspection_query, parse
from hypothesis import given, settings
from hypothesis import strategies as st

from api.asking import ask, code
from api.fakes import FakeGraph
from xaikg.config import Settings
from xaikg_api.binding import graphql_schema
from xaikg_api.documents import REMEMBERED, Documents
from xaikg_api.errors import LimitExceeded
from xaikg_api.global_ids import global_id
from xaikg_api.limits import STEPS, Limits, Meter

SETTINGS = Settings()
METER = Meter(graphql_schema(), Limits.of(SETTINGS))
ROOMY = Meter(graphql_schema(), Limits(1000, 10**6, 10**6, 10**6, 10**6, 10**12))


def cost(query: str, variables: dict[str, Any] | None = None, meter: Meter = ROOMY) -> int:
    return meter.measure(parse(query), None, variables or {}).cost


@pytest.mark.parametrize(
    ("query", "objects"),
    [
        ("{ __typename }", 0),
        ("{ dataset { version } }", 1),
        ('{ paper(arxiv: "1") { title } }', 1),
        ('{ paper(arxiv: "1") { venue { name } } }', 2),
        ("{ papers { nodes { title } } }", 1 + 25),
        ("{ papers(first: 50) { nodes { title } } }", 1 + 50),
        ("{ papers(last: 7) { nodes { title } } }", 1 + 7),
        ("{ papers(first: null) { nodes { title } } }", 1 + 25),
        ("{ papers(first: 50) { edges { cursor node { title } } } }", 1 + 50 * 2),
        ("{ papers(first: 50) { totalCount pageInfo { hasNextPage } } }", 2),
        ("{ papers(first: 10) { nodes { authors { author { name } } } } }", 1 + 10 * (1 + 8 * 2)),
        ("{ papers(first: 10) { nodes { listings { list { key } } } } }", 1 + 10 * (1 + 5 * 2)),
        ("{ papers(first: 2) { nodes { relations(first: 3) { nodes { source { ... on Paper { title } } } } } } }", 1 + 2 * (2 + 3 * 2)),
        ("{ papers(first: 2) { nodes { relations { nodes { id } } } } }", 1 + 2 * (2 + 25)),
        ("{ lists { key papers(first: 2) { nodes { id } } } }", 10 * (2 + 2)),
        ('{ search(text: "x") { edges { node { ... on Paper { authors { position } } ... on Venue { name } } } } }', 1 + 10 * (2 + 8)),
        ('{ relatedWork(text: "x") { edges { node { title } parts { why } } } }', 1 + 10 * (2 + 3) + 30),
        ('{ nodes(ids: ["a", "b", "c"]) { id } }', 3),
        ('{ lineage(root: "x") { nodes { node { ... on Method { name } } } edges { id } } }', 1 + 200 * 2 + 200),
        ('{ lineage(root: "x", maxNodes: 10) { nodes { depth } } }', 1 + 10),
        ('{ author(name: "x") { coauthors { author { name } } } }', 1 + 20 * 2),
        ("{ a: papers(first: 5) { nodes { id } } b: papers(first: 5) { nodes { id } } }", 12),
        ("{ papers(first: 5) { nodes { id } ...F } } fragment F on PaperConnection { nodes { title } }", 6),
        ("{ papers(first: 100) @skip(if: true) { nodes { id } } }", 0),
        ("{ papers(first: 100) @include(if: false) { nodes { id } } dataset { version } }", 1),
    ],
)  # fmt: skip
def test_cost_is_the_number_of_objects_of_a_full_answer(query: str, objects: int) -> None:
    assert cost(query) == objects


def test_variables_and_their_defaults_count(graph: FakeGraph) -> None:
    query = "query($n: Int = 7, $yes: Boolean = true) { papers(first: $n) @include(if: $yes) { nodes { id } } }"
    assert cost(query) == 8
    assert cost(query, {"n": 50}) == 51
    assert cost(query, {"n": 50, "yes": False}) == 0
    assert cost(query, {"n": "many", "yes": 3}) == 26
    ids = "query($ids: [ID!]!) { nodes(ids: $ids) { id } }"
    assert cost(ids, {"ids": ["a", "b"]}) == 2


@pytest.mark.parametrize(
    "query", ["{ papers(first: 100) { nodes { id } } }", "{ dataset { version } }", "{ nope }", "{"]
)
def test_cost_is_told_with_every_answer(graph: FakeGraph, query: str) -> None:
    told = ask(graph, query, settings=SETTINGS)["extensions"]["cost"]
    assert told["limit"] == 3000
    assert told["requested"] == (101 if "papers" in query else 1 if "dataset" in query else 0)


def test_cost_beyond_the_limit_is_refused_with_the_cost_told(graph: FakeGraph) -> None:
    body = ask(graph, "{ papers(first: 100) { nodes { authors { author { papers(first: 2) { nodes { id } } } } } } }")
    assert "errors" not in body
    body = ask(
        graph,
        "{ papers(first: 100) { nodes { authors { author { papers(first: 2) { nodes { id } } } } } } }",
        settings=SETTINGS,
    )
    assert body["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert body["extensions"]["cost"] == {"requested": 1 + 100 * (1 + 8 * (2 + 1 + 2)), "limit": 3000}
    assert "data" not in body


def _deep(levels: int) -> str:
    opening = "relations { nodes { source { ... on Paper { " * levels
    return f'{{ paper(arxiv: "1") {{ {opening} id {"} } } } " * levels} }} }}'


DOUBLED = " ".join(
    f"fragment F{n} on Paper {{ a: venue {{ papers(first: 1) {{ nodes {{ ...F{n + 1} }} }} }} "
    f"b: venue {{ papers(first: 1) {{ nodes {{ ...F{n + 1} ...F{n + 1} }} }} }} }}"
    for n in range(20)
)
SPREAD = " ".join(
    f"fragment F{n} on Paper {{ ...F{n + 1} ...F{n + 1} ... on Paper {{ ...F{n + 1} }} }}" for n in range(40)
)

REFUSED = {
    "depth": _deep(5),
    "depth, far beyond what a parser can recurse": "{" + "a{" * 3000 + "b" + "}" * 3001,
    "aliases": "{" + " ".join(f"a{n}: __typename" for n in range(101)) + "}",
    "ten thousand aliases": "{" + " ".join(f"a{n}: __typename" for n in range(10_000)) + "}",
    "definitions": "{ ...F0 } " + " ".join(f"fragment F{n} on Query {{ __typename }}" for n in range(50)),
    "directives": "{" + " ".join(["__typename @skip(if: false)"] * 101) + "}",
    "directives on one field": "{ __typename" + " @skip(if: false)" * 101 + "}",
    "directives on variables": "query(" + " ".join(f"$v{n}: Int @x" for n in range(101)) + ") { __typename }",
    "tokens": "{" + " __typename" * 5000 + "}",
    "comments": "#\n" * 5000 + "{ __typename }",
    "repeats": "{" + " __typename" * 1000 + "}",
    "doubling fragments": "{ papers(first: 1) { nodes { ...F0 } } } " + DOUBLED + " fragment F20 on Paper { id }",
    "nested value": "{ papers(filter: " + "{not: " * 2000 + "{}" + "}" * 2000 + ") { totalCount } }",
    "literal ids": "{ nodes(ids: [" + '"x" ' * 101 + "]) { id } }",
    "seeds": '{ relatedWork(seeds: [' + '"x" ' * 101 + "]) { edges { score } } }",
    "introspection twice over": "{ a: __schema { types { name } } "
    + " ".join(f"b{n}: __schema {{ types {{ fields {{ args {{ type {{ name }} }} }} }} }}" for n in range(9))
    + "}",
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(REFUSED))
def test_what_asks_for_too_much_is_refused_before_it_runs(graph: FakeGraph, what: str) -> None:
    body = ask(graph, REFUSED[what], settings=SETTINGS)
    assert [each["extensions"]["code"] for each in body["errors"]] == ["LIMIT_EXCEEDED"]
    assert "data" not in body
    assert ask(graph, "{ __typename }", settings=SETTINGS)["data"] == {"__typename": "Query"}


def test_walk_gives_up_where_fragments_overlap_in_ever_new_ways() -> None:
    draw = random.Random(1)
    levels, width = 8, 16
    parts = ["{ papers(first: 1) { nodes { ...F0_0 } } }"]
    for level in range(levels):
        for number in range(width):
            spreads = [" ".join(f"...F{level + 1}_{n}" for n in draw.sample(range(width), 2)) for _ in range(4)]
            fields = " ".join(
                f"{name}: relations(first: 1) {{ nodes {{ target {{ {spread} }} }} }}"
                for name, spread in zip("abcd", spreads, strict=True)
            )
            parts.append(f"fragment F{level}_{number} on Paper {{ {fields} }}")
    parts += [f"fragment F{levels}_{number} on Paper {{ id }}" for number in range(width)]
    with pytest.raises(LimitExceeded, match="overlap"):
        cost(" ".join(parts))
    assert 4 * SETTINGS.max_tokens <= STEPS


def test_fragments_spread_many_times_cost_what_they_give() -> None:
    query = "{ papers(first: 1) { nodes { ...F0 } } } " + SPREAD + " fragment F40 on Paper { venue { name } }"
    assert cost(query) == 3


@pytest.mark.parametrize(
    "query", ["{ ...F } fragment F on Query { ...F }", "{ ...A } fragment A on Query { node { ...A } }"]
)
def test_fragment_cycles_are_left_to_validation(graph: FakeGraph, query: str) -> None:
    told = ask(graph, query, settings=SETTINGS)["errors"]
    assert {each["extensions"]["code"] for each in told} == {"BAD_USER_INPUT"}
    assert any("within itself" in each["message"] for each in told)


def test_introspection_is_within_the_limits_and_can_be_turned_off(graph: FakeGraph) -> None:
    body = ask(graph, get_introspection_query(), settings=SETTINGS)
    assert "errors" not in body
    assert body["extensions"]["cost"]["requested"] < 2000
    off = Settings(introspection=False)
    told = ask(graph, get_introspection_query(), settings=off)["errors"]
    assert {each["extensions"]["code"] for each in told} == {"BAD_USER_INPUT"}
    assert ask(graph, "{ __typename }", settings=off)["data"] == {"__typename": "Query"}
    assert "Did you mean" not in str(ask(graph, "{ papr { id } }", settings=off))


NESTED_TYPES = "{ __schema { types { fields { type { fields { type { fields { name } } } } } } } }"


def test_introspection_cannot_be_nested_into_itself(graph: FakeGraph) -> None:
    body = ask(graph, NESTED_TYPES, settings=Settings(max_cost=10**9))
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["{", "}", "(", ")", "...", "on", "Paper", "Query", "F", "fragment", "query", "a:", "papers", "nodes",
                         "first:", "1", "$x", ":", "Int", "!", "[", "]", "@skip", "if:", "true", '"s"', '"""', "#", "é", "\\u"]),
        max_size=40,
    ).map(" ".join)
)  # fmt: skip
def test_no_text_is_a_fault_of_the_server(graph_of_session: FakeGraph, text: str) -> None:
    for each in ask(graph_of_session, text, settings=SETTINGS).get("errors", []):
        assert each["extensions"]["code"] in ("BAD_USER_INPUT", "LIMIT_EXCEEDED")


def test_measuring_is_linear_in_the_text() -> None:
    """Counted in steps of the interpreter and not in seconds: twice the text takes about twice the steps."""

    def steps(levels: int) -> int:
        document = parse(
            "{ papers(first: 1) { nodes { ...F0 } } } "
            + " ".join(f"fragment F{n} on Paper {{ ...F{n + 1} ...F{n + 1} id title year }}" for n in range(levels))
            + f" fragment F{levels} on Paper {{ id }}"
        )
        seen = 0

        def trace(*_: object) -> None:
            nonlocal seen
            seen += 1

        sys.setprofile(trace)
        try:
            ROOMY.count(document)
            ROOMY.measure(document, None, {})
        finally:
            sys.setprofile(None)
        return seen

    assert threading.current_thread() is threading.main_thread()
    assert steps(40) < 2.5 * steps(20)


def test_ids_of_seeds_are_bounded_in_variables_too(graph: FakeGraph) -> None:
    query = "query($s: [ID!]) { relatedWork(seeds: $s) { edges { score } } }"
    assert code(graph, query, {"s": [global_id("paper", "x")] * 101}, settings=SETTINGS) == "LIMIT_EXCEEDED"


def test_documents_are_remembered_up_to_a_size_and_no_further() -> None:
    documents = Documents(graphql_schema(), Limits.of(SETTINGS), introspection=True)
    texts = [f"{{ a{n}: __typename }} # {'x' * 50_000}" for n in range(8)]
    made = [documents.document(text) for text in texts]
    assert [documents.known(text) for text in texts] == [False] * 4 + [True] * 4
    assert documents.document(texts[-1]) is made[-1]
    assert documents.document(texts[0]) is not made[0]
    assert sum(map(len, texts[4:])) <= REMEMBERED < sum(map(len, texts[3:]))
