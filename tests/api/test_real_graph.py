"""The same questions over a snapshot's own columns and search index, opened as the server opens them."""

# ruff: noqa: E501  (queries and cases stand on one line)

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pyoxigraph import Quad

from api.asking import ask, data
from fakes import HashEncoder
from xaikg.kg import KnowledgeGraph
from xaikg.search import build_index, documents, vectors_for
from xaikg.snapshot import Snapshot
from xaikg.tables import build_tables, open_columns
from xaikg_api.global_ids import global_id


@pytest.fixture(scope="module")
def real(toy_quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeGraph]:
    folder, encoder = tmp_path_factory.mktemp("snapshot"), HashEncoder()
    build_tables(toy_quads, folder / "columns")
    found = list(documents(open_columns(folder / "columns")))
    build_index(folder / "index", found, vectors_for(found, encoder)[0], encoder.digest)
    graph = KnowledgeGraph(Snapshot(folder, "a" * 64, "2026-11-22T10:00:00+00:00", "hash", 1, {}, {}, {}))
    graph.__dict__["encoder"] = encoder  # a model that needs no weights
    with graph:
        yield graph


@pytest.mark.parametrize("mode", ["HYBRID", "SEMANTIC", "LEXICAL"])
def test_search_finds_by_words_and_by_vectors_and_is_walked_by_cursor(real: KnowledgeGraph, mode: str) -> None:
    query = """query($mode: SearchMode, $first: Int, $after: String) {
        search(text: "sanity checks for saliency maps", mode: $mode, first: $first, after: $after) {
          edges { cursor score highlights node { ... on Entity { id label } } } pageInfo { hasNextPage endCursor } } }"""
    everything = data(real, query, {"mode": mode, "first": 100})["search"]
    assert everything["edges"][0]["node"]["label"] == "Sanity Checks for Saliency Maps"
    assert [edge["score"] for edge in everything["edges"]] == sorted(
        (edge["score"] for edge in everything["edges"]), reverse=True
    )
    walked: list[Any] = []
    after, more = None, True
    while more and len(walked) < 100:
        shown = data(real, query, {"mode": mode, "first": 3, "after": after})["search"]
        walked += shown["edges"]
        after, more = shown["pageInfo"]["endCursor"], shown["pageInfo"]["hasNextPage"]
    assert walked[:100] == everything["edges"]


def test_search_under_a_filter_finds_papers_of_that_filter(real: KnowledgeGraph) -> None:
    query = """{ search(text: "explanations", filter: {year: {gte: 2018}}, first: 50) { edges { node { ... on Paper { year } } } } }"""
    years = [edge["node"]["year"] for edge in data(real, query)["search"]["edges"]]
    assert years
    assert min(years) >= 2018


def test_related_work_ranks_and_its_parts_add_up(real: KnowledgeGraph) -> None:
    query = """query($seeds: [ID!], $text: String, $signals: [Signal!]) {
        relatedWork(seeds: $seeds, text: $text, signals: $signals, first: 20) {
          edges { node { id title } score parts { signal score why } } } }"""
    seeds = [global_id("paper", "1908.04626"), global_id("method", "lime")]
    lime_paper = global_id("paper", "1602.04938")
    for asked, never in (
        ({"seeds": seeds[:1]}, {seeds[0]}),
        ({"seeds": seeds}, {seeds[0], lime_paper}),
        ({"seeds": seeds, "text": "heat maps"}, {seeds[0], lime_paper}),
        ({"text": "heat maps"}, set()),
        ({"seeds": seeds, "signals": ["RELATIONS"]}, {seeds[0], lime_paper}),
    ):
        edges = data(real, query, asked)["relatedWork"]["edges"]
        assert edges
        assert not {edge["node"]["id"] for edge in edges} & never
        for edge in edges:
            assert sum(part["score"] for part in edge["parts"]) == pytest.approx(edge["score"], abs=1e-6)
            assert all(part["why"] for part in edge["parts"])
    first = data(real, query, {"seeds": seeds[:1]})["relatedWork"]["edges"][0]
    assert first["node"]["title"] == "Attention is not Explanation"
    assert {"RELATIONS", "LISTS"} <= {part["signal"] for part in first["parts"]}


def test_related_of_papers_on_a_page_is_that_of_each_alone(real: KnowledgeGraph) -> None:
    query = "{ papers(first: 5) { nodes { id related(first: 2) { edges { node { id } score } } } } }"
    for node in data(real, query)["papers"]["nodes"]:
        alone = "query($s: [ID!]) { relatedWork(seeds: $s, first: 2) { edges { node { id } score } } }"
        assert node["related"] == data(real, alone, {"s": [node["id"]]})["relatedWork"]


def test_text_alone_needs_the_text_signal(real: KnowledgeGraph) -> None:
    body = ask(real, '{ relatedWork(text: "maps", signals: [AUTHORS]) { edges { score } } }')
    assert body["errors"][0]["extensions"]["code"] == "BAD_USER_INPUT"
