# ruff: noqa: E501  (queries and cases stand on one line)

from __future__ import annotations

from typing import Any

import pytest

from api.asking import code, data
from api.fakes import FakeGraph
from xaikg_api.global_ids import global_id

RELATIONS = """query($filter: RelationFilter, $first: Int, $after: String, $last: Int, $before: String) {
    relations(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
      totalCount edges { cursor } nodes { id type status } pageInfo { hasNextPage hasPreviousPage endCursor startCursor } } }"""


def test_relation_tells_who_said_what_and_where_it_can_be_checked(graph: FakeGraph) -> None:
    found = data(
        graph,
        """{ method(name: "Grad-CAM++") { relations { nodes {
               iri type confidence status assertionMethod assertedBy assertedAt evidence { statement source locator }
               source { __typename ... on Method { name } } target { __typename ... on Method { name } } } } } }""",
    )["method"]["relations"]["nodes"]
    assert len(found) == 1
    assert found[0]["iri"].startswith("https://w3id.org/xaikg/id/relation/")
    assert (found[0]["type"], found[0]["confidence"], found[0]["status"]) == ("EXTENDS", 0.95, "ACCEPTED")
    assert (found[0]["assertionMethod"], found[0]["assertedAt"]) == ("CURATED", "2026-11-22T00:00:00+00:00")
    assert [each["locator"] for each in found[0]["evidence"]] == ["abstract", "title"]
    assert found[0]["source"] == {"__typename": "Method", "name": "Grad-CAM++"}
    assert found[0]["target"] == {"__typename": "Method", "name": "Grad-CAM"}


@pytest.mark.parametrize(
    ("arguments", "types"),
    [
        ("", ["GENERALIZES"]),
        ("(direction: null)", ["GENERALIZES"]),
        ("(direction: IN)", ["EVALUATES", "EXTENDS"]),
        ("(direction: BOTH)", ["EVALUATES", "EXTENDS", "GENERALIZES"]),
        ("(direction: BOTH, filter: {types: [EXTENDS]})", ["EXTENDS"]),
        ("(direction: BOTH, filter: {minConfidence: 0.96})", ["GENERALIZES"]),
        ("(direction: IN, filter: {status: [PROPOSED]})", ["CRITIQUES"]),
        ("(direction: IN, filter: {status: null, types: null})", ["EVALUATES", "EXTENDS"]),
        ("(direction: IN, filter: {status: []})", []),
        ("(direction: IN, filter: {assertionMethod: [MODEL]})", []),
    ],
)
def test_only_accepted_relations_of_the_direction_and_filter_are_returned(
    graph: FakeGraph, arguments: str, types: list[str]
) -> None:
    found = data(graph, f'{{ method(name: "Grad-CAM") {{ relations{arguments} {{ totalCount nodes {{ type }} }} }} }}')
    relations = found["method"]["relations"]
    assert sorted({each["type"] for each in relations["nodes"]}) == types
    assert relations["totalCount"] == len(relations["nodes"])


def test_all_relations_are_walked_in_order_of_their_ids(graph: FakeGraph) -> None:
    seen: list[str] = []
    after: str | None = None
    while True:
        shown = data(graph, RELATIONS, {"first": 4, "after": after})["relations"]
        seen += [each["id"] for each in shown["nodes"]]
        after = shown["pageInfo"]["endCursor"]
        if not shown["pageInfo"]["hasNextPage"]:
            break
    everything = data(graph, RELATIONS, {"first": 100})["relations"]
    assert seen == [each["id"] for each in everything["nodes"]]
    assert everything["totalCount"] == len(set(seen))
    last = data(graph, RELATIONS, {"last": 3})["relations"]
    assert [each["id"] for each in last["nodes"]] == seen[-3:]
    before = data(graph, RELATIONS, {"last": 3, "before": last["pageInfo"]["startCursor"]})["relations"]
    assert [each["id"] for each in before["nodes"]] == seen[-6:-3]
    assert {each["status"] for each in everything["nodes"]} == {"ACCEPTED"}


@pytest.mark.parametrize(
    ("condition", "count"),
    [
        ({"source": global_id("method", "grad-cam-plus-plus")}, 1),
        ({"target": global_id("paper", "1902.10186")}, 2),
        ({"target": global_id("paper", "1902.10186"), "types": ["REPLIES_TO"]}, 1),
        ({"target": global_id("paper", "1902.10186"), "source": global_id("paper", "1908.04626")}, 2),
        ({"target": global_id("paper", "unknown")}, 0),
        ({"target": global_id("paper", "grad-cam")}, 0),
        ({"status": ["REJECTED"]}, 1),
    ],
)
def test_relations_are_filtered_by_their_ends(graph: FakeGraph, condition: dict[str, Any], count: int) -> None:
    assert data(graph, RELATIONS, {"filter": condition, "first": 100})["relations"]["totalCount"] == count


def test_filter_by_the_other_end_holds_within_an_entity(graph: FakeGraph) -> None:
    query = """query($target: ID) { paper(arxiv: "1810.03292") {
        relations(filter: {target: $target}) { nodes { target { ... on Entity { label } } } } } }"""
    found = data(graph, query, {"target": global_id("method", "gradient-saliency")})
    assert found["paper"]["relations"]["nodes"] == [{"target": {"label": "Gradient Saliency"}}]


def test_end_of_a_relation_is_a_paper_or_a_method(graph: FakeGraph) -> None:
    assert code(graph, RELATIONS, {"filter": {"source": global_id("venue", "iccv")}}) == "BAD_USER_INPUT"


def test_cursor_of_one_paper_is_foreign_to_the_relations_of_another(graph: FakeGraph) -> None:
    query = "query($x: String, $c: String) { paper(arxiv: $x) { relations(after: $c) { edges { cursor } } } }"
    edges = data(graph, query, {"x": "1810.03292"})["paper"]["relations"]["edges"]
    assert code(graph, query, {"x": "1908.04626", "c": edges[0]["cursor"]}) == "BAD_USER_INPUT"
