"""Every operation that people are shown is run, and finds something."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from graphql import GraphQLObjectType

from api.asking import ask
from api.fakes import FakeGraph
from xaikg.config import Settings
from xaikg_api import errors, limits
from xaikg_api.binding import graphql_schema
from xaikg_api.global_ids import global_id

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "api" / "examples").glob("*.graphql"))
PAGE, SERVER = (ROOT / "docs" / name for name in ("graphql.md", "server.md"))
BLOCKS = re.findall(r"```graphql\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
VARIABLES = {"compare-lists": {"a": global_id("list", "bullets"), "b": global_id("list", "table")}}


def found_something(graph: FakeGraph, query: str, variables: dict[str, Any] | None = None) -> dict[str, Any]:
    """Return data of an answer under the default limits, in which no root field is empty."""
    body = ask(graph, query, variables, settings=Settings())
    assert "errors" not in body, body["errors"]
    for name, value in body["data"].items():
        assert value, name
        for part in ("nodes", "edges"):
            assert not isinstance(value, dict) or value.get(part) != [], name
    found = body["data"]
    assert isinstance(found, dict)
    return found


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example_answers_the_question_it_begins_with(graph: FakeGraph, path: Path) -> None:
    text = path.read_text("utf-8")
    assert re.match(r"# .+\?", text)
    found_something(graph, text, VARIABLES.get(path.stem))


def test_there_are_examples_and_blocks() -> None:
    assert len(EXAMPLES) >= 10
    assert len(BLOCKS) >= 12


@pytest.mark.parametrize("block", BLOCKS)
def test_query_of_the_page_works(graph: FakeGraph, block: str) -> None:
    found_something(graph, block, VARIABLES["compare-lists"] if "$a: ID!" in block else None)


def test_every_root_field_and_every_named_argument_of_the_page_exists() -> None:
    root = graphql_schema().query_type
    assert isinstance(root, GraphQLObjectType)
    page = PAGE.read_text("utf-8")
    assert [name for name in root.fields if not re.search(rf"\b{name}\b", page)] == []


def test_server_page_tells_every_code_limit_and_size() -> None:
    page = SERVER.read_text("utf-8")
    codes = {getattr(errors, name) for name in errors.__all__ if name.isupper()}
    assert len(codes) == 6
    assert {code for code in codes if f"`{code}`" not in page} == set()
    for name in ("max_cost", "max_depth", "max_aliases", "max_definitions", "max_directives", "max_tokens", "max_body"):
        assert re.search(rf"`XAIKG_{name.upper()}` \| {getattr(Settings(), name)} \|", page), name
    for (of, field), number in limits.LISTS.items():
        assert re.search(rf"`{of}\.{field}` \| {number} \|", page), field
    assert f"counts {limits.RANKING} more" in page
    bounds = limits.BOUNDS
    assert f"| {bounds['maxNodes']}, {bounds['maxDepth']}, {bounds['k']} |" in page
