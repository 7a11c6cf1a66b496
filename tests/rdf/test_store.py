from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples

from xaikg.errors import DamagedError, SnapshotError, UsageError
from xaikg.rdf.store import TripleStore, build_store, load_rate, open_store


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, toy_quads: list[Quad]) -> Path:
    path = tmp_path_factory.mktemp("store") / "oxigraph"
    assert build_store(path, [*toy_quads, *toy_quads[:10]]) == len(set(toy_quads))
    return path


@pytest.fixture
def store(folder: Path) -> Iterator[TripleStore]:
    opened = open_store(folder)
    yield opened
    opened.close()


def test_a_store_holds_every_quad(store: TripleStore, toy_quads: list[Quad]) -> None:
    assert len(store) == len(set(toy_quads))


def test_a_select_reads_all_graphs_together_with_known_prefixes(store: TripleStore) -> None:
    answer = store.query(
        "SELECT ?name WHERE { ?m skos:prefLabel ?name ; xai:introducedIn/dcterms:creator/foaf:name 'Su-In Lee' }"
    )
    assert isinstance(answer, QuerySolutions)
    assert {row["name"].value for row in answer} == {"SHAP", "Kernel SHAP"}


def test_one_property_path_walks_a_lineage(store: TripleStore) -> None:
    answer = store.query(
        "SELECT DISTINCT ?name WHERE { ?m skos:prefLabel 'Grad-CAM++' ."
        " ?m (xai:extendsMethod|xai:generalizesMethod)+ ?older . ?older skos:prefLabel ?name }"
    )
    assert isinstance(answer, QuerySolutions)
    assert {row["name"].value for row in answer} == {"Grad-CAM", "CAM"}


def test_an_ask_is_true_or_false(store: TripleStore) -> None:
    for name, known in (("LIME", True), ("LEMON", False)):
        answer = store.query(f"ASK {{ ?m skos:prefLabel '{name}' }}")
        assert isinstance(answer, QueryBoolean)
        assert bool(answer) is known


def test_a_construct_gives_triples(store: TripleStore) -> None:
    answer = store.query("CONSTRUCT { ?m a skos:Concept } WHERE { ?m a xai:Method }")
    assert isinstance(answer, QueryTriples)
    assert len(list(answer)) == 11


def test_a_named_graph_can_be_asked_alone(store: TripleStore) -> None:
    answer = store.query(
        "SELECT (COUNT(*) AS ?n) WHERE { GRAPH <https://w3id.org/xaikg/graph/list/notes> { ?x a xai:Listing } }"
    )
    assert isinstance(answer, QuerySolutions)
    assert [row["n"].value for row in answer] == ["4"]


@pytest.mark.parametrize("text", ["SELECT", "", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <x:a> <x:b> 1 }", "{}"])
def test_what_is_no_query_is_refused_with_a_sentence(store: TripleStore, text: str) -> None:
    with pytest.raises(UsageError, match=r"^not a SPARQL query: "):
        store.query(text)


def test_a_closed_store_says_so(folder: Path) -> None:
    opened = open_store(folder)
    opened.close()
    opened.close()
    with pytest.raises(UsageError, match="closed"):
        opened.query("ASK {}")
    with pytest.raises(UsageError, match="closed"):
        len(opened)


def test_several_processes_read_one_store(folder: Path, store: TripleStore) -> None:
    code = (
        "import sys; from pathlib import Path; from xaikg.rdf.store import open_store; "
        "print(len(open_store(Path(sys.argv[1]))))"
    )
    command, env = [sys.executable, "-c", code, str(folder)], {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    others = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) for _ in range(2)]
    assert [other.communicate()[0].strip() for other in others] == [str(len(store))] * 2


def test_reading_leaves_every_file_as_it_was(folder: Path) -> None:
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    opened = open_store(folder)
    assert len(opened)
    opened.close()
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_a_folder_without_a_store_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedError, match="cannot be opened"):
        open_store(tmp_path / "none")
    (tmp_path / "CURRENT").write_text("MANIFEST-000001\n")
    with pytest.raises(DamagedError, match="cannot be opened"):
        open_store(tmp_path)


def test_a_store_is_never_built_over_another(folder: Path, toy_quads: list[Quad]) -> None:
    with pytest.raises(SnapshotError, match="exists already"):
        build_store(folder, toy_quads)


def test_the_load_rate_is_that_of_a_store_that_was_written(tmp_path: Path, toy_quads: list[Quad]) -> None:
    assert load_rate(toy_quads, tmp_path / "rate") > 0
    assert len(open_store(tmp_path / "rate")) == len(set(toy_quads))


def test_hostile_text_comes_back_as_it_was(tmp_path: Path) -> None:
    node = NamedNode("https://example.org/x")
    text = "\"'<>{}\\\n\x1f可解释😀"
    build_store(tmp_path / "s", [Quad(node, node, Literal(text), node)])
    answer = open_store(tmp_path / "s").query("SELECT ?o WHERE { ?s ?p ?o }")
    assert isinstance(answer, QuerySolutions)
    assert [row["o"].value for row in answer] == [text]
