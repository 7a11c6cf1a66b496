from __future__ import annotations

import pytest
from owlrl import DeductiveClosure, OWLRL_Semantics  # type: ignore[import-untyped]
from pyoxigraph import NamedNode, Quad
from rdflib import OWL, RDF, Graph, URIRef

from ontology.vocabulary import graph
from rdf.mutations import node
from xaikg.rdf.namespaces import term
from xaikg.rdf.toolkit import rdflib_graph

ERRORS = URIRef("http://www.daml.org/2002/03/agents/agent-ont#ErrorMessage")


def closure(quads: list[Quad]) -> Graph:
    """Return the OWL 2 RL closure of a graph with the ontology."""
    whole = Graph()
    for triple in (*graph("xai.ttl"), *graph("taxonomy.ttl"), *rdflib_graph(quads)):
        whole.add(triple)
    DeductiveClosure(OWLRL_Semantics).expand(whole)
    return whole


def errors(whole: Graph) -> list[str]:
    return [str(whole.value(s, None)) for s in whole.subjects(RDF.type, ERRORS)]


@pytest.fixture(scope="module")
def part(toy_quads: list[Quad]) -> list[Quad]:
    """Return what the toy graph says of a few works, with their authors, entries and relations."""
    names = ("1512.04150", "1610.02391", "1710.11063", "grad-cam", "cam", "/list/", "/venue/", "/agent/")
    return [quad for quad in toy_quads if any(name in str(quad.subject) for name in names)]


@pytest.fixture(scope="module")
def closed(toy_quads: list[Quad]) -> Graph:
    return closure(toy_quads)


def test_the_toy_graph_and_the_ontology_are_consistent(closed: Graph) -> None:
    assert errors(closed) == []
    assert not any(closed.subjects(RDF.type, OWL.Nothing))


def test_what_the_ontology_says_follows(closed: Graph) -> None:
    grad_cam, cam = (URIRef(node(f"paper/{key}").value) for key in ("1610.02391", "1512.04150"))
    assert (grad_cam, URIRef(term("cito:extends").value), cam) in closed
    pp, older = (URIRef(node(f"method/{key}").value) for key in ("grad-cam-plus-plus", "grad-cam"))
    assert (pp, URIRef(term("prov:wasDerivedFrom").value), older) in closed
    assert (grad_cam, RDF.type, URIRef(term("fabio:ScholarlyWork").value)) in closed


@pytest.mark.parametrize(
    "wrong",
    [
        ("paper/1512.04150", "rdf:type", "xai:Method"),
        ("method/cam", "xai:introducedIn", "venue/cvpr"),
        ("paper/1512.04150", "xai:extendsMethod", "method/cam"),
        ("listing/bullets-7", "xai:inList", "paper/1512.04150"),
    ],
)
def test_a_thing_of_two_disjoint_kinds_is_inconsistent(part: list[Quad], wrong: tuple[str, str, str]) -> None:
    subject, predicate, target = wrong
    small = [quad for quad in part if quad.predicate == term("rdf:type")]
    assert errors(closure([*small, Quad(node(subject), term(predicate), node(target), NamedNode("x:g"))]))
