"""The toy graph and a larger one, in real columns, behind a graph whose rankings can be foretold."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from api.asking import Client
from api.fakes import FakeGraph
from toy.many import many
from xaikg.config import Settings
from xaikg.rdf.triples import quads
from xaikg.tables import build_tables, open_columns
from xaikg.tables.store import EntityStore
from xaikg_api.app import create_app


@pytest.fixture(scope="session")
def toy_store(toy_quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> EntityStore:
    folder = tmp_path_factory.mktemp("toy") / "columns"
    build_tables(toy_quads, folder)
    return open_columns(folder)


@pytest.fixture(scope="session")
def many_store(tmp_path_factory: pytest.TempPathFactory) -> EntityStore:
    """Return a store of 300 papers with four authors each, and relations from every second."""
    folder = tmp_path_factory.mktemp("many") / "columns"
    build_tables(quads(*many(300)), folder)
    return open_columns(folder)


@pytest.fixture
def graph(toy_store: EntityStore) -> FakeGraph:
    return FakeGraph(toy_store)


@pytest.fixture
def crowd(many_store: EntityStore) -> FakeGraph:
    return FakeGraph(many_store)


@pytest.fixture
def served(graph: FakeGraph, tmp_path: Path) -> Iterator[Callable[..., Client]]:
    """Return a function that starts the application with some settings and gives a client to it."""
    started: list[Client] = []

    def start(served_graph: FakeGraph = graph, **settings: object) -> Client:
        app = create_app(Settings(home=tmp_path, **settings), opener=lambda _home: served_graph)  # type: ignore[arg-type]
        started.append(Client(app).__enter__())
        return started[-1]

    yield start
    for client in started:
        client.__exit__(None, None, None)


@pytest.fixture
def client(served: Callable[..., Client]) -> Client:
    return served()


@pytest.fixture(scope="session")
def graph_of_session(toy_store: EntityStore) -> FakeGraph:
    """Return the toy graph for tests that draw many examples and change nothing."""
    return FakeGraph(toy_store)
