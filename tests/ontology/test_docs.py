from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from pyoxigraph import Quad, QuerySolutions
from rdflib import RDFS, URIRef

from ontology.vocabulary import XAI, graph, minted
from xaikg.describe.relations import ENDS
from xaikg.rdf.derive import rules
from xaikg.rdf.namespaces import METHOD_PREDICATES, PAPER_PREDICATES, term
from xaikg.rdf.store import build_store, open_store
from xaikg.resources import ontology_dir

DOCS = Path(__file__).parents[2] / "docs"
PAGE = (DOCS / "ontology.md").read_text("utf-8")
RDF_PAGE = (DOCS / "rdf.md").read_text("utf-8")


@pytest.mark.parametrize("name", sorted(minted()))
def test_the_page_says_of_a_term_what_the_ontology_says(name: str) -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith(f"| `xai:{name}` |")]
    assert len(rows) == 1
    assert str(graph("xai.ttl").value(URIRef(XAI + name), RDFS.comment)) in rows[0]


def test_the_page_names_every_file_and_rule() -> None:
    names = [path.name for path in ontology_dir().iterdir() if path.is_file()] + [path.name for path in rules()]
    assert [name for name in names if f"`{name}`" not in PAGE] == []


def test_the_table_of_relations_is_that_of_the_code() -> None:
    rows = {}
    for line in PAGE.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) == 5 and cells[0] in PAPER_PREDICATES:
            rows[cells[0]] = cells[1:4]
    expected = {}
    for said, ends in ENDS.items():
        method = METHOD_PREDICATES.get(said)
        expected[said.value] = [
            PAPER_PREDICATES[said],
            method if ("method", "method") in ends else None,
            method if ("paper", "method") in ends else None,
        ]
    assert {k: [term(c.strip("`")) if c else None for c in cells] for k, cells in rows.items()} == expected


def test_the_example_of_curated_files_can_be_read() -> None:
    example = re.findall(r"```toml\n(.*?)```", RDF_PAGE, re.DOTALL)[0]
    assert set(tomllib.loads(example)) == {"method", "relation"}


def test_the_query_of_the_page_answers(tmp_path: Path, toy_quads: list[Quad]) -> None:
    build_store(tmp_path / "s", toy_quads)
    answer = open_store(tmp_path / "s").query(re.findall(r"```sparql\n(.*?)```", RDF_PAGE, re.DOTALL)[0])
    assert isinstance(answer, QuerySolutions)
    assert {row["older"].value for row in answer} == {"Grad-CAM", "CAM"}
