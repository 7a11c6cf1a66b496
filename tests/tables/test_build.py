"""What a graph must have to become tables, and what becomes of values that are written oddly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from tables.worlds import GRAPH, Listed, Named, Paper, Related, World, many_papers, quads, say
from xaikg.errors import InvalidGraphError
from xaikg.rdf.namespaces import term
from xaikg.tables import ColumnStore, build_tables, open_columns

SMALL = many_papers(3)


def store(folder: Path, world: World) -> ColumnStore:
    build_tables(quads(world), folder)
    return open_columns(folder)


@pytest.mark.parametrize(
    ("curie", "message"),
    [
        ("dcterms:title", "has no dcterms:title"),
        ("foaf:name", "has no foaf:name"),
        ("skos:prefLabel", "has no skos:prefLabel"),
        ("xai:creditedName", "has no xai:creditedName"),
        ("xai:position", "has no xai:position"),
        ("schema:item", "has no schema:item"),
        ("xai:inList", "has no xai:inList"),
        ("xai:lineStart", "has no xai:lineStart"),
        ("xai:contentHash", "has no xai:contentHash"),
        ("xai:source", "has no xai:source"),
        ("xai:status", "has no xai:status"),
        ("xai:confidence", "has no xai:confidence"),
        ("prov:wasAttributedTo", "has no prov:wasAttributedTo"),
        ("xai:statement", "has no xai:statement"),
    ],
)
def test_a_node_without_what_it_must_have_is_named(tmp_path: Path, curie: str, message: str) -> None:
    statements = [quad for quad in quads(SMALL) if quad.predicate != term(curie)]
    with pytest.raises(InvalidGraphError, match=message) as raised:
        build_tables(statements, tmp_path)
    assert "https://w3id.org/xaikg/id/" in raised.value.violations[0]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"relations": (Related("r", "EXTENDS", ("paper", "p000"), ("paper", "gone")),)}, "no paper and no method"),
        ({"relations": (Related("r", "LIKES", ("paper", "p000"), ("paper", "p001")),)}, "'LIKES' is no value of"),
        ({"relations": (Related("r", "USES", ("paper", "p000"), ("paper", "p001"), "x"),)}, "no decimal number"),
        ({"papers": (Paper("p000", venue="gone"),)}, "dcterms:isPartOf of .*/p000 is .*/gone, no venue"),
        ({"papers": (Paper("p000", introduces=("gone",)),)}, "xai:introduces of .*/p000 is .*/gone, no method"),
        ({"listings": (Listed("e", "gone", "p000"),)}, "xai:inList of .*/e is .*/gone, no list"),
    ],
)
def test_a_statement_about_nothing_is_refused(tmp_path: Path, change: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidGraphError, match=message):
        build_tables(quads(replace(World(papers=(Paper("p000"), Paper("p001"))), **change)), tmp_path)  # type: ignore[arg-type]


def test_a_node_of_another_base_is_refused(tmp_path: Path) -> None:
    stranger = Quad(NamedNode("https://example.org/p"), term("rdf:type"), term("xai:Paper"), GRAPH)
    with pytest.raises(InvalidGraphError, match=r"example\.org/p does not stand under"):
        build_tables([stranger], tmp_path)


def test_what_is_not_of_the_vocabulary_is_passed_over(tmp_path: Path) -> None:
    node = BlankNode("b")
    odd = (
        Quad(node, term("rdf:type"), NamedNode("https://example.org/Thing"), GRAPH),
        Quad(node, NamedNode("https://example.org/says"), Triple(node, term("rdf:type"), node), GRAPH),
        Quad(node, term("dcterms:title"), Literal("a title of something else"), GRAPH),
    )
    assert store(tmp_path, replace(SMALL, extra=odd)).count("paper") == 3


def test_years_and_numbers_are_read_in_every_lexical_form(tmp_path: Path) -> None:
    forms = {
        "a": ("2016", "+5"),
        "b": ("2016Z", "1,024"),
        "c": ("2016+01:00", " 7 "),
        "d": ("-0044", "0"),
        "e": ("soon", "many"),
    }
    extra = tuple(
        say("paper", key, curie, value)
        for key, (year, count) in forms.items()
        for curie, value in (("fabio:hasPublicationYear", year), ("xai:citationCount", count))
    )
    papers = store(tmp_path, World(papers=tuple(map(Paper, forms)), extra=extra)).papers(list(forms))
    assert [(paper.year, paper.citations) for paper in papers if paper] == [
        (2016, 5),
        (2016, 1024),
        (2016, 7),
        (-44, 0),
        (None, None),
    ]


def test_of_several_values_of_one_field_the_first_in_order_is_taken(tmp_path: Path) -> None:
    extra = (say("paper", "p", "dcterms:title", "A"), say("paper", "p", "fabio:hasPublicationYear", "1999"))
    row = store(tmp_path, World(papers=(Paper("p", "B", year=2000),), extra=extra)).papers(["p"])[0]
    assert row is not None
    assert (row.title, row.year) == ("A", 1999)


def test_a_method_is_introduced_whichever_end_says_so(tmp_path: Path) -> None:
    world = World(
        papers=(Paper("old", year=2001), Paper("new", year=2003, introduces=("m",)), Paper("undated")),
        methods=(Named("m", "M"),),
        extra=(
            say("method", "m", "xai:introducedIn", ("paper", "old")),
            say("method", "m", "xai:introducedIn", ("paper", "undated")),
        ),
    )
    columns = store(tmp_path, world)
    method = columns.methods(["m"])[0]
    assert method is not None
    assert (method.introduced_in, method.year) == (("old", "new", "undated"), 2001)
    assert [paper and paper.introduces for paper in columns.papers(["old", "undated"])] == [("m",), ("m",)]


def test_authors_stand_in_their_positions_even_beyond_nine(tmp_path: Path) -> None:
    people = tuple((f"Name {n}", f"a{n}") for n in range(1, 13))
    world = World(papers=(Paper("p", authors=people),), authors=tuple(Named(key, name) for name, key in people))
    row = store(tmp_path, world).papers(["p"])[0]
    assert row is not None
    assert [(each.position, each.author) for each in row.authors] == [(n, f"a{n}") for n in range(1, 13)]


def test_evidence_stands_in_its_order_and_sources_without_an_address_are_read_as_words(tmp_path: Path) -> None:
    evidence: list[tuple[str, str, str | None]] = [
        (f"Statement {n}.", f"https://example.org/{n}", f"section {n}") for n in range(1, 12)
    ]
    evidence.append(("The last.", "urn:xaikg:source:A%20book%2C%20page%204", None))
    relation = Related("r", "USES", ("paper", "a"), ("paper", "b"), evidence=tuple(evidence))
    row = store(tmp_path, World(papers=(Paper("a"), Paper("b")), relations=(relation,))).relations(["r"])[0]
    assert row is not None
    assert [each.statement for each in row.evidence] == [each[0] for each in evidence]
    assert (row.evidence[-1].source, row.evidence[-1].locator) == ("A book, page 4", None)
    assert row.asserted_by == "the curators"


def test_texts_of_any_script_and_length_come_back_as_they_were(tmp_path: Path) -> None:
    titles = ["可解释性 综述", "عنوان", "🦊" * 700, "a\nb\tc", '"quoted" \\ back', "x" * 5000, " "]
    papers = tuple(Paper(f"p{n}", title) for n, title in enumerate(titles))
    rows = store(tmp_path, World(papers=papers)).papers([paper.key for paper in papers])
    assert [row and row.title for row in rows] == titles
