from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store
from rdflib import RDF, SH, Literal, URIRef

from xaikg.model import AssertionMethod, RelationStatus, RelationType
from xaikg.rdf.shapes import checks, shapes_graph

HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
SHAPE = 'x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property x:P . x:P sh:path x:p ; sh:message "m" ; '


def translate(folder: Path, text: str) -> None:
    path = folder / "shapes.ttl"
    path.write_text(HEAD + text, "utf-8")
    checks(path)


def test_every_check_has_an_iri_a_message_a_severity_and_queries_that_parse() -> None:
    store = Store()
    for check in checks():
        assert check.shape.startswith("https://w3id.org/xaikg/shapes#")
        assert check.message == check.message.strip() != ""
        assert check.severity in ("Violation", "Warning")
        assert check.queries
        for query in check.queries:
            assert list(store.query(query)) == []  # type: ignore[arg-type]
    assert len({check.shape for check in checks()}) == len(checks())


def test_every_property_shape_belongs_to_a_node_shape() -> None:
    graph = shapes_graph()
    held = set(graph.objects(None, SH.property))
    assert set(graph.subjects(SH.path, None)) == held
    assert all(isinstance(shape, URIRef) for shape in held)


@pytest.mark.parametrize(
    ("shape", "names"),
    [
        ("RelationType", list(RelationType)),
        ("RelationStatus", list(RelationStatus)),
        ("RelationAssertion", list(AssertionMethod)),
    ],
)
def test_the_names_that_a_shape_allows_are_those_of_the_model(shape: str, names: list[str]) -> None:
    graph = shapes_graph()
    allowed = graph.collection(graph.value(URIRef(f"https://w3id.org/xaikg/shapes#{shape}"), SH["in"]))  # type: ignore[arg-type]
    assert [str(each) for each in allowed] == [str(name) for name in names]


def test_the_lineage_of_a_warning_is_that_of_the_model() -> None:
    graph = shapes_graph()
    warning = {
        str(graph.value(constraint, SH.select))
        for shape in graph.subjects(SH.severity, SH.Warning)
        if (shape, SH.targetClass, None) in graph
        for constraint in graph.objects(shape, SH.sparql)
    }
    assert len(warning) == 2
    assert all(f'?type = "{name}"' in text for text in warning for name in ("EXTENDS", "GENERALIZES", "USES"))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (SHAPE + "sh:minCount 2 .", "only sh:minCount 1"),
        (SHAPE + "sh:maxCount 3 .", "only sh:maxCount 1"),
        (SHAPE + "sh:nodeKind sh:Literal .", "only sh:nodeKind sh:IRI"),
        (SHAPE + "sh:uniqueLang true .", "uniqueLang is not translated"),
        (SHAPE + 'sh:pattern "a" ; sh:flags "i" .', "flags is not translated"),
        (SHAPE + "sh:or ( [ sh:datatype xsd:string ] ) .", "sh:or is translated between single sh:class"),
        (SHAPE + "sh:minInclusive [ ] .", "neither a literal nor an IRI"),
        ("x:S a sh:NodeShape ; sh:targetNode x:n .", "has 0 targets"),
        ("x:S a sh:NodeShape ; sh:targetClass x:C, x:D .", "has 2 targets"),
        ("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:closed true .", "closed is not translated"),
        ("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property x:P . x:P sh:message \"m\" .", "has no"),
        ("x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property x:P . x:P sh:path x:p .", "has no"),
        (
            'x:S a sh:NodeShape ; sh:targetClass x:C ; sh:property x:P . x:P sh:path ( x:p x:q ) ; sh:message "m" .',
            "neither a predicate nor the inverse of one",
        ),
    ],
)  # fmt: skip
def test_a_constraint_that_the_queries_would_miss_is_an_error(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        translate(tmp_path, text)


def test_the_shapes_name_no_blank_shape_and_no_literal_target() -> None:
    graph = shapes_graph()
    assert all(isinstance(shape, URIRef) for shape in graph.subjects(RDF.type, SH.NodeShape))
    assert not any(isinstance(each, Literal) for each in graph.objects(None, SH.targetClass))
