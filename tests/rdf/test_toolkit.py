from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple
from rdflib import BNode, URIRef
from rdflib import Literal as RdflibLiteral

from xaikg.rdf.namespaces import term
from xaikg.rdf.toolkit import rdflib_graph

X = NamedNode("https://example.org/x")


def test_statements_of_all_graphs_stand_in_one(toy_quads: list[Quad]) -> None:
    graph = rdflib_graph(toy_quads)
    assert len(graph) == len({quad.triple for quad in toy_quads})
    assert len(graph.query("SELECT ?m WHERE { ?m a <https://w3id.org/xaikg/ontology#Method> }")) == 11


def test_the_text_of_a_literal_is_kept_even_where_its_type_has_another_form() -> None:
    graph = rdflib_graph([Triple(X, X, Literal("0.950", datatype=term("xsd:decimal")))])
    assert [str(each) for each in graph.objects()] == ["0.950"]


def test_each_kind_of_term_becomes_its_like() -> None:
    graph = rdflib_graph(
        [
            Triple(BlankNode("b"), X, Literal("a", language="en")),
            Triple(X, X, Literal("a")),
            Triple(X, X, Literal("1", datatype=term("xsd:integer"))),
            Triple(X, X, X),
        ]
    )
    x = URIRef("https://example.org/x")
    integer = URIRef("http://www.w3.org/2001/XMLSchema#integer")
    assert set(graph) == {
        (BNode("b"), x, RdflibLiteral("a", lang="en")),
        (x, x, RdflibLiteral("a")),
        (x, x, RdflibLiteral("1", datatype=integer)),
        (x, x, x),
    }


def test_a_query_that_was_prepared_answers_for_each_graph_and_binding() -> None:
    query = "SELECT ?o WHERE { ?s ?p ?o }"
    y = NamedNode("https://example.org/y")
    assert [len(rdflib_graph(quads).query(query)) for quads in ([], [Triple(X, X, X)])] == [0, 1]
    two = rdflib_graph([Triple(X, X, X), Triple(y, X, X)])
    assert len(two.query(query, initBindings={"s": URIRef(y.value)})) == 1
