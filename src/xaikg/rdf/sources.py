"""Which line of which list or curated file a node of the graph comes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Store

from xaikg.rdf.namespaces import GRAPH, term

__all__ = ["sources"]

_SHOWN = 5
_FARTHEST = 3
_WIDEST = 50

_STATED_IN, _DERIVED_FROM = term("xai:statedIn"), term("prov:wasDerivedFrom")
_IN_LIST, _LIST_KEY, _START, _ORDINAL = (
    term("xai:inList"),
    term("xai:listKey"),
    term("xai:lineStart"),
    term("xai:ordinal"),
)
_RECORD_LINE = term("xai:recordLine")
_CARRIED_BY = {
    *(term("schema:item"), term("xai:hasAuthorship"), term("xai:author"), term("dcterms:creator")),
    *(term("dcterms:isPartOf"), term("owl:sameAs"), term("xai:hasEvidence"), term("prov:wasAttributedTo")),
}
"""From what a source names to what only that tells of: an entry to its paper, a paper to its author."""

Term = NamedNode | BlankNode | Literal


def sources(store: Store, node: Term) -> str:
    """Return where a node was stated: ``list:line`` and ``curated/file#line``, the first five, separated by commas.

    A node that says nothing of itself (an authorship, a person, an identifier) is looked up by way of the nodes
    that lead to it; where no line is known, the named graphs that speak of it are given.
    """
    near: list[Term] = [node]
    for _ in range(_FARTHEST):
        found = sorted({where for each in near for where in _stated(store, each)})
        if found:
            return ", ".join(found[:_SHOWN])
        near = list(islice(dict.fromkeys(_leading_to(store, near)), _WIDEST))
    return ", ".join(sorted(_graphs(store, node))[:_SHOWN])


def _stated(store: Store, node: Term) -> Iterator[str]:
    """Yield the lines that a node itself names."""
    if isinstance(node, Literal):
        return
    yield from _texts(store, node, _STATED_IN)
    for quad in store.quads_for_pattern(node, _DERIVED_FROM, None):
        if isinstance(quad.object, NamedNode):
            yield from _texts(store, quad.object, _STATED_IN)
    for line in _texts(store, node, _RECORD_LINE):
        yield f"curated/facts.jsonl#{line}"
    for listed in store.quads_for_pattern(node, _IN_LIST, None):
        for key in _texts(store, listed.object, _LIST_KEY):
            ordinals = [f".{each}" for each in _texts(store, node, _ORDINAL) if each != "1"]
            yield from (f"{key}:{line}{''.join(ordinals)}" for line in _texts(store, node, _START))


def _texts(store: Store, node: object, predicate: NamedNode) -> Iterator[str]:
    if isinstance(node, NamedNode | BlankNode):
        for quad in store.quads_for_pattern(node, predicate, None):
            if isinstance(quad.object, Literal):
                yield quad.object.value


def _leading_to(store: Store, nodes: Iterable[Term]) -> Iterator[Term]:
    for node in nodes:
        for quad in store.quads_for_pattern(None, None, node):
            carried = quad.predicate in _CARRIED_BY or isinstance(node, Literal)
            if carried and isinstance(quad.subject, NamedNode | BlankNode):
                yield quad.subject


def _graphs(store: Store, node: Term) -> set[str]:
    """Return the names of the graphs in which a node is a subject, else an object."""
    subject = None if isinstance(node, Literal) else node
    found = {str(quad.graph_name) for quad in store.quads_for_pattern(subject, None, None)} if subject else set()
    found = found or {str(quad.graph_name) for quad in store.quads_for_pattern(None, None, node)}
    return {name.strip("<>").removeprefix(GRAPH) for name in found}
