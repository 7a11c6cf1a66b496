from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, RDFS, SH, SKOS, URIRef

from ontology.vocabulary import KINDS, XAI, expanded, graph, kinds, minted, named_in_code
from xaikg.rdf.namespaces import METHOD_PREDICATES, PAPER_PREDICATES, PREFIXES, term

XAI_TTL = graph("xai.ttl")
SCHEMA_WORDS = {str(OWL), str(RDF), str(RDFS), str(SH), PREFIXES["xsd"]}
SOURCE = URIRef("http://purl.org/dc/terms/source")


def test_every_minted_term_is_used_by_the_code_and_every_used_one_is_minted() -> None:
    used = {name.removeprefix("xai:") for name in named_in_code() if name.startswith("xai:")}
    assert used == minted()


@pytest.mark.parametrize("name", sorted(minted()))
def test_a_minted_term_is_labelled_commented_sourced_and_near_to_an_established_one(name: str) -> None:
    iri = URIRef(XAI + name)
    labels, comments = list(XAI_TTL.objects(iri, RDFS.label)), list(XAI_TTL.objects(iri, RDFS.comment))
    assert [getattr(each, "language", None) for each in (*labels, *comments)] == ["en", "en"]
    assert str(comments[0]).endswith(".")
    assert list(XAI_TTL.objects(iri, RDFS.isDefinedBy)) == [URIRef("https://w3id.org/xaikg/ontology")]
    assert (iri, SOURCE, None) in XAI_TTL
    whole = graph()
    near = [
        each
        for predicate in (RDFS.subClassOf, RDFS.subPropertyOf, SKOS.closeMatch, SKOS.broadMatch)
        for each in whole.objects(iri, predicate)
    ]
    assert near
    assert not any(str(each).startswith(XAI) for each in near)


def test_labels_tell_minted_terms_apart() -> None:
    labels = [str(o) for s, o in XAI_TTL.subject_objects(RDFS.label) if str(s).startswith(XAI)]
    assert len(labels) == len(set(labels))


def test_no_term_is_of_two_kinds() -> None:
    terms = {s for kind in KINDS for s in XAI_TTL.subjects(RDF.type, kind)}
    assert {term: kinds(term) for term in terms if len(kinds(term)) > 1 and isinstance(term, URIRef)} == {}


def test_every_property_has_one_range_and_what_domain_it_has_is_declared() -> None:
    for kind in (OWL.ObjectProperty, OWL.DatatypeProperty):
        for term_ in XAI_TTL.subjects(RDF.type, kind):
            if not str(term_).startswith(XAI):
                continue
            ranges = list(XAI_TTL.objects(term_, RDFS.range))
            assert len(ranges) == 1, term_
            for each in (*ranges, *XAI_TTL.objects(term_, RDFS.domain)):
                declared = (each, RDF.type, OWL.Class) in XAI_TTL or str(each).startswith(PREFIXES["xsd"])
                assert declared, (term_, each)


def test_a_sub_property_is_of_the_kind_of_its_super_property() -> None:
    pairs = list(XAI_TTL.subject_objects(RDFS.subPropertyOf))
    assert pairs
    assert all(kinds(one) == kinds(other) for one, other in pairs)


def test_every_term_that_the_ontology_speaks_of_is_declared() -> None:
    """Also what it uses of others: no class, property or annotation is left to guessing."""
    predicates = {p for p in XAI_TTL.predicates() if not any(str(p).startswith(ns) for ns in SCHEMA_WORDS)}
    classes = {o for p in (RDFS.subClassOf, RDFS.domain) for o in XAI_TTL.objects(None, p) if isinstance(o, URIRef)}
    types = {o for o in XAI_TTL.objects(None, RDF.type) if not any(str(o).startswith(ns) for ns in SCHEMA_WORDS)}
    assert {each for each in predicates | classes | types if not kinds(each)} == set()


def test_every_term_of_the_toy_graph_is_declared_and_used_as_what_it_is(toy_quads: list[Quad]) -> None:
    for quad in toy_quads:
        if quad.predicate == term("rdf:type"):
            assert kinds(URIRef(quad.object.value)) == {OWL.Class}, quad.object  # type: ignore[union-attr]
            continue
        kind = kinds(URIRef(quad.predicate.value))
        if quad.predicate != term("owl:sameAs"):
            wanted = OWL.DatatypeProperty if isinstance(quad.object, Literal) else OWL.ObjectProperty
            assert kind in ({wanted}, {OWL.AnnotationProperty}), quad.predicate


def test_every_name_in_the_code_has_a_meaning_somewhere() -> None:
    unknown = {
        name
        for name in named_in_code()
        if not kinds(expanded(name)) and name.partition(":")[0] not in ("owl", "rdf", "rdfs", "xsd", "sh")
    }
    assert unknown == set()


def test_the_literals_of_the_toy_graph_have_the_types_of_their_ranges(toy_quads: list[Quad]) -> None:
    for quad in toy_quads:
        if isinstance(quad.object, Literal):
            ranges = {str(each) for each in XAI_TTL.objects(URIRef(quad.predicate.value), RDFS.range)}
            assert ranges <= {quad.object.datatype.value}, quad


def test_the_plain_triples_of_relations_are_object_properties_between_papers_or_methods() -> None:
    for predicate in (*PAPER_PREDICATES.values(), *METHOD_PREDICATES.values()):
        assert kinds(URIRef(predicate.value)) == {OWL.ObjectProperty}


@pytest.mark.parametrize(
    ("name", "above"),
    [
        ("extendsMethod", "prov:wasDerivedFrom"),
        ("generalizesMethod", "prov:wasDerivedFrom"),
        ("usesMethod", "prov:wasDerivedFrom"),
        ("generalizes", "cito:extends"),
        ("comparesWith", "cito:discusses"),
        ("evaluates", "cito:discusses"),
        ("arxiv", "fabio:hasArXivId"),
    ],
)
def test_a_relation_is_below_the_established_one(name: str, above: str) -> None:
    assert (URIRef(XAI + name), RDFS.subPropertyOf, expanded(above)) in XAI_TTL


def test_shapes_and_rules_name_only_declared_terms() -> None:
    shapes = graph("shapes.ttl")
    named = {o for p in (SH.path, SH.inversePath, SH["class"], SH.targetClass) for o in shapes.objects(None, p)}
    named |= {o for p in (SH.targetSubjectsOf, SH.targetObjectsOf) for o in shapes.objects(None, p)}
    named = {each for each in named if isinstance(each, URIRef) and each != OWL.sameAs}
    assert {each for each in named if not kinds(each)} == set()
    assert NamedNode(XAI + "Paper").value in {str(each) for each in named}
