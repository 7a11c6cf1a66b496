"""A store of a hundred papers, built once."""

from __future__ import annotations

from pathlib import Path

import pytest

from tables.worlds import many_papers, quads
from xaikg.tables import build_tables


@pytest.fixture(scope="session")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a store in which every kind has several rows."""
    folder = tmp_path_factory.mktemp("many")
    build_tables(quads(many_papers()), folder)
    return folder
