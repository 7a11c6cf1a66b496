"""The toy graph, ready to be searched."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from fakes import HashEncoder
from xaikg.search.edge import QdrantEdgeIndex
from xaikg.tables import ColumnStore


@dataclass(frozen=True)
class Toy:
    """The toy graph, ready to be searched; ``folder`` holds ``columns`` and ``index``."""

    folder: Path
    store: ColumnStore
    encoder: HashEncoder
    index: QdrantEdgeIndex

    def paper(self, title: str) -> str:
        """Return the key of the only paper whose title begins like this."""
        rows = [row for row in self.store.papers(self.store.keys("paper")) if row and row.title.startswith(title)]
        assert len(rows) == 1, title
        return rows[0].key

    def title(self, key: str) -> str:
        row = self.store.papers([key])[0]
        assert row is not None
        return row.title
