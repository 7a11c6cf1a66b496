"""The toy graph as columns and as an index, with a model that needs no weights."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from fakes import HashEncoder
from search.toy_index import Toy
from xaikg.search import build_index, documents, open_index, vectors_for
from xaikg.tables import build_tables, open_columns

if TYPE_CHECKING:
    from pyoxigraph import Quad


@pytest.fixture(scope="session")
def toy(toy_quads: list[Quad], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Toy]:
    folder, encoder = tmp_path_factory.mktemp("search"), HashEncoder()
    build_tables(toy_quads, folder / "columns")
    store = open_columns(folder / "columns")
    found = list(documents(store))
    build_index(folder / "index", found, vectors_for(found, encoder)[0], encoder.digest)
    index = open_index(folder / "index", store)
    yield Toy(folder, store, encoder, index)
    index.close()
