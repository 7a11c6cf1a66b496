"""A build's quads as an rdflib graph: for the ontology, SHACL and users' own work, never for serving."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, Triple
from rdflib import BNode, Graph, URIRef
from rdflib import Literal as RdflibLiteral
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

__all__ = ["PreparedGraph", "rdflib_graph"]

_STRING = "http://www.w3.org/2001/XMLSchema#string"


class PreparedGraph(Graph):
    """An rdflib graph that parses a query once: a SHACL validator asks the same one for every node.

    Queries declare their own prefixes.
    """

    def query(self, query_object: str | Query, *args: Any, **kwargs: Any) -> Result:
        """Return the result of a query."""
        prepared = _prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(prepared, *args, **kwargs)


@lru_cache(maxsize=64)
def _prepared(query: str) -> Query:
    return prepareQuery(query)


def rdflib_graph(quads: Iterable[Quad | Triple]) -> PreparedGraph:
    """Return all statements, of whatever named graph, in one rdflib graph; the text of literals is kept as it is."""
    graph = PreparedGraph()
    names: dict[str, URIRef] = {}
    for quad in quads:
        graph.add(
            (
                _node(quad.subject, names),
                _node(quad.predicate, names),
                _literal(quad.object) if isinstance(quad.object, Literal) else _node(quad.object, names),
            )
        )
    return graph


def _node(term: object, names: dict[str, URIRef]) -> Node:
    """Return an IRI (one object for each) or a blank node."""
    if not isinstance(term, NamedNode):
        return BNode(str(term).removeprefix("_:"))
    name = term.value
    if name not in names:
        names[name] = URIRef(name)
    return names[name]


def _literal(term: Literal) -> RdflibLiteral:
    if term.language:
        return RdflibLiteral(term.value, lang=term.language)
    datatype = term.datatype.value
    if datatype == _STRING:
        return RdflibLiteral(term.value)
    return RdflibLiteral(term.value, datatype=URIRef(datatype), normalize=False)
