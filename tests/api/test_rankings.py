# ruff: noqa: E501  (queries and cases stand on one line)

from __future__ import annotations

import threading
from typing import Any

import pytest

from api.asking import ask, code, data, error
from api.fakes import FakeGraph
from xaikg.config import Settings
from xaikg.tables.store import EntityStore
from xaikg_api.global_ids import global_id
from xaikg_api.rankings import DEPTH

SEARCH = """query($text: String!, $kinds: [Kind!], $mode: SearchMode, $filter: PaperFilter, $first: Int, $after: String) {
    search(text: $text, kinds: $kinds, mode: $mode, filter: $filter, first: $first, after: $after) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      edges { cursor score highlights node { __typename ... on Entity { label } } } } }"""


def search(graph: FakeGraph, text: str, **more: Any) -> dict[str, Any]:
    found = data(graph, SEARCH, {"text": text, **more})["search"]
    assert isinstance(found, dict)
    return found


def test_search_gives_entities_of_all_kinds_best_first_with_highlights(graph: FakeGraph) -> None:
    found = search(graph, "saliency maps", first=100)
    scores = [edge["score"] for edge in found["edges"]]
    assert scores == sorted(scores, reverse=True)
    assert {edge["node"]["__typename"] for edge in found["edges"]} == {"Paper", "Method"}
    assert all(edge["highlights"] == [edge["node"]["label"]] for edge in found["edges"])
    assert found["totalCount"] == len(found["edges"])
    assert found["pageInfo"]["hasNextPage"] is False


def test_search_is_walked_by_cursor_to_its_end(crowd: FakeGraph) -> None:
    seen: list[str] = []
    after = None
    while True:
        shown = search(crowd, "explaining network method", first=90, after=after)
        assert shown["pageInfo"]["hasPreviousPage"] == bool(seen)
        seen += [edge["cursor"] for edge in shown["edges"]]
        after = shown["pageInfo"]["endCursor"]
        if not shown["pageInfo"]["hasNextPage"]:
            break
    assert len(seen) == len(set(seen)) == shown["totalCount"]


def test_total_is_unknown_where_a_ranking_is_not_read_to_its_end(crowd: FakeGraph) -> None:
    found = search(crowd, "anything", mode="SEMANTIC", first=1)
    assert found["totalCount"] is None
    assert DEPTH == 500


@pytest.mark.parametrize(
    ("more", "kinds"),
    [
        ({"kinds": ["METHOD"]}, {"Method"}),
        ({"kinds": ["AUTHOR", "VENUE"]}, set()),
        ({"kinds": None, "mode": None, "first": None}, {"Paper", "Method"}),
        ({"filter": {"year": {"gte": 2000}}}, {"Paper"}),
        ({"filter": {"or": []}}, set()),
        ({"filter": {}}, {"Paper", "Method"}),
    ],
)
def test_search_keeps_to_kinds_and_filter(graph: FakeGraph, more: dict[str, Any], kinds: set[str]) -> None:
    assert {edge["node"]["__typename"] for edge in search(graph, "saliency", **more)["edges"]} == kinds


@pytest.mark.parametrize(
    "more",
    [
        {"text": ""},
        {"text": "  \n"},
        {"kinds": []},
        {"kinds": ["LIST"]},
        {"first": 0},
        {"first": 101},
        {"after": "garbage"},
        {"mode": "PSYCHIC"},
    ],
)
def test_search_refuses_what_makes_no_sense(graph: FakeGraph, more: dict[str, Any]) -> None:
    assert code(graph, SEARCH, {"text": "saliency", **more}) == "BAD_USER_INPUT"


def test_search_text_is_bounded(graph: FakeGraph) -> None:
    assert code(graph, SEARCH, {"text": "x" * 2001}) == "LIMIT_EXCEEDED"


@pytest.mark.parametrize(
    "more", [{"text": "maps"}, {"kinds": ["PAPER"]}, {"mode": "LEXICAL"}, {"filter": {"hasCode": True}}]
)
def test_cursor_of_another_search_is_refused(graph: FakeGraph, more: dict[str, Any]) -> None:
    cursor = search(graph, "saliency", first=1)["pageInfo"]["endCursor"]
    assert code(graph, SEARCH, {"text": "saliency", "after": cursor, **more}) == "BAD_USER_INPUT"


def test_search_goes_on_by_score_where_a_hit_has_gone(graph: FakeGraph) -> None:
    from xaikg_api.paging import cursor
    from xaikg_api.rankings import _Asked

    asked = {"text": "saliency maps", "first": 5}
    everything = search(graph, "saliency maps", first=5)
    gone = cursor(_Asked(asked).mark, (everything["edges"][0]["score"], "paper"), "gone")
    rest = search(graph, "saliency maps", first=5, after=gone)
    assert all(edge["score"] < everything["edges"][0]["score"] for edge in rest["edges"])


# --------------------------------------------------------------------------- related work

RELATED = """query($seeds: [ID!], $text: String, $signals: [Signal!], $filter: PaperFilter, $first: Int) {
    relatedWork(seeds: $seeds, text: $text, signals: $signals, filter: $filter, first: $first) {
      edges { node { id title } score parts { signal score why } } } }"""
SEED = global_id("paper", "1810.03292")


def test_related_work_never_gives_a_seed_and_says_why(graph: FakeGraph) -> None:
    edges = data(graph, RELATED, {"seeds": [SEED], "first": 3})["relatedWork"]["edges"]
    assert len(edges) == 3
    assert SEED not in [edge["node"]["id"] for edge in edges]
    for edge in edges:
        assert sum(part["score"] for part in edge["parts"]) == pytest.approx(edge["score"], abs=1e-6)
        assert all(part["why"] for part in edge["parts"])


def test_related_of_a_paper_is_related_work_with_that_seed(graph: FakeGraph) -> None:
    query = """{ paper(arxiv: "1810.03292") { related(first: 3, filter: {hasCode: true}) {
        edges { node { id title } score parts { signal score why } } } } }"""
    other = data(graph, RELATED, {"seeds": [SEED], "first": 3, "filter": {"hasCode": True}})["relatedWork"]
    assert data(graph, query)["paper"]["related"] == other


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "BAD_USER_INPUT"),
        ({"seeds": []}, "BAD_USER_INPUT"),
        ({"text": "  "}, "BAD_USER_INPUT"),
        ({"seeds": [SEED], "signals": []}, "BAD_USER_INPUT"),
        ({"seeds": [SEED], "first": 0}, "BAD_USER_INPUT"),
        ({"seeds": [global_id("venue", "iccv")]}, "BAD_USER_INPUT"),
        ({"seeds": ["x"]}, "BAD_USER_INPUT"),
        ({"seeds": [global_id("paper", "unknown")]}, "NOT_FOUND"),
        ({"seeds": [SEED, global_id("method", "unknown")]}, "NOT_FOUND"),
        ({"seeds": [SEED] * 101}, "LIMIT_EXCEEDED"),
        ({"text": "x" * 3000}, "LIMIT_EXCEEDED"),
    ],
)
def test_related_work_refuses_what_makes_no_sense(graph: FakeGraph, asked: dict[str, Any], expected: str) -> None:
    assert code(graph, RELATED, asked) == expected


# --------------------------------------------------------------------------- warm-up


def test_search_waits_for_the_model_and_no_longer_than_the_request_may(toy_store: EntityStore) -> None:
    loaded = threading.Event()
    graph = FakeGraph(toy_store, loading=lambda: assert_set(loaded))
    try:
        found = error(graph, SEARCH, {"text": "saliency"}, settings=Settings(time_limit=0.05))
        assert found["extensions"]["code"] == "TIMEOUT"
    finally:
        loaded.set()


def assert_set(event: threading.Event) -> None:
    assert event.wait(30)


def test_fault_of_the_model_is_masked_and_the_rest_is_answered(
    toy_store: EntityStore, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken(FakeGraph):
        def search(self, text: str, **options: Any) -> Any:
            raise OSError("/secret/path/model.onnx cannot be read")

    body = ask(Broken(toy_store), '{ search(text: "x") { edges { score } } dataset { version } }')
    (told,) = body["errors"]
    assert told["extensions"]["code"] == "INTERNAL"
    assert told["path"] == ["search"]
    assert "secret" not in str(body)
    assert "model.onnx" in caplog.text
