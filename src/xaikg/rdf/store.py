"""The ``TripleStore`` port, and Oxigraph behind it: built once in bulk, opened read-only by any number of processes."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, Store

from xaikg.errors import DamagedError, SnapshotError, UsageError
from xaikg.rdf.namespaces import PREFIXES

if TYPE_CHECKING:
    from rdflib import Dataset

__all__ = ["Answer", "OxigraphStore", "TripleStore", "build_store", "load_rate", "open_store"]

Answer = QuerySolutions | QueryBoolean | QueryTriples
"""Rows of a SELECT, the truth of an ASK, the triples of a CONSTRUCT or DESCRIBE."""


class TripleStore(Protocol):
    """SPARQL 1.1 over one graph; a pattern outside ``GRAPH`` reads all named graphs together."""

    def query(self, sparql: str) -> Answer:
        """Return the answer to a query; the prefixes of the vocabulary need no declaration.

        Raises UsageError where the text is no SPARQL query.
        """
        ...

    def __len__(self) -> int:
        """Return the number of quads."""
        ...

    def close(self) -> None:
        """Release the files; the store answers no more."""
        ...


class OxigraphStore:
    """An Oxigraph store as a :class:`TripleStore`."""

    def __init__(self, store: Store) -> None:
        self._store: Store | None = store

    def query(self, sparql: str) -> Answer:
        """Return the answer to a query."""
        try:
            return self._open().query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise UsageError(f"not a SPARQL query: {error.msg}") from error

    def rdflib(self) -> Dataset:
        """Return the graph as an rdflib dataset over the same store, for work with rdflib's own tools.

        Its default graph is the union of the named graphs, as in :meth:`query`.
        """
        import oxrdflib  # rdflib takes a while to load, and most who open a store never need it
        from rdflib import Dataset

        return Dataset(store=oxrdflib.OxigraphStore(store=self._open()), default_union=True)

    def __len__(self) -> int:
        """Return the number of quads."""
        return len(self._open())

    def close(self) -> None:
        """Release the files; closing twice does no harm."""
        self._store = None

    def _open(self) -> Store:
        if self._store is None:
            raise UsageError("this triple store is closed; open it again")
        return self._store


def build_store(path: Path, quads: Sequence[Quad]) -> int:
    """Write a new store that holds these quads, compacted and flushed; return their number without doubles."""
    if path.exists():
        raise SnapshotError(f"{path} exists already; a store is always written to a new folder")
    store = Store(str(path))
    store.bulk_extend(quads)
    store.optimize()
    store.flush()
    return len(store)


def open_store(path: Path) -> OxigraphStore:
    """Return a store opened for reading; raises DamagedError where the folder holds none that can be read."""
    try:
        return OxigraphStore(Store.read_only(str(path)))
    except (OSError, RuntimeError) as error:
        raise DamagedError(path, f"cannot be opened as a triple store ({error})") from error


def load_rate(quads: Sequence[Quad], path: Path) -> float:
    """Return how many quads a second :func:`build_store` writes to a new folder."""
    start = time.perf_counter()
    build_store(path, quads)
    return len(quads) / (time.perf_counter() - start)
