"""What follows from what was stated: the SPARQL rules of ``ontology/rules``, run over asserted quads.

A rule sees assertions alone, never what another rule derived, so that their order does not matter; its
triples stand in the graph ``derived``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Quad, QueryTriples, Store

from xaikg.rdf.namespaces import graph_name
from xaikg.resources import ontology_dir

__all__ = ["DERIVED", "derived", "rules"]

DERIVED = graph_name("derived")


def rules(folder: Path | None = None) -> tuple[Path, ...]:
    """Return the rule files, sorted by name."""
    return tuple(sorted((folder or ontology_dir() / "rules").glob("*.rq")))


def derived(asserted: Iterable[Quad], folder: Path | None = None) -> list[Quad]:
    """Return the quads that the rules add, without doubles, in the graph ``derived``, whose own quads are not read."""
    store = Store()
    store.extend(quad for quad in asserted if quad.graph_name != DERIVED)
    return list(dict.fromkeys(quad for rule in rules(folder) for quad in _added(store, rule)))


def _added(store: Store, rule: Path) -> Iterator[Quad]:
    found = store.query(rule.read_text("utf-8"), use_default_graph_as_union=True)
    assert isinstance(found, QueryTriples), f"{rule.name} is no CONSTRUCT"
    for triple in found:
        yield Quad(triple.subject, triple.predicate, triple.object, DERIVED)
