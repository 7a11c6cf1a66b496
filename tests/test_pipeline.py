"""From lists to a snapshot that answers: all stages together, on the toy lists."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from rdflib import URIRef
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import DCTERMS

from fakes import HashEncoder
from xaikg import pipeline, snapshot
from xaikg.config import Settings
from xaikg.errors import CuratedError, SourceError, XaikgError
from xaikg.ids import iri
from xaikg.kg import KnowledgeGraph
from xaikg.rdf import export

TOY = Path(__file__).parent / "toy"
LISTS = tuple(sorted((TOY / "lists").glob("*.md")))


def built(home: Path, *lists: Path, data: Path = TOY) -> pipeline.Report:
    return pipeline.build(Settings(home=home), lists or LISTS, data=data, encoder=HashEncoder())


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("home")
    built(folder)
    return folder


def test_report_counts_what_the_lists_hold(tmp_path: Path) -> None:
    report = built(tmp_path)
    assert [(each["key"], each["entries"]) for each in report.lists] == [("bullets", 6), ("notes", 4), ("table", 6)]
    assert [reject["line"] for reject in report.lists[0]["rejects"]] == [21]
    assert report.works == 11
    assert report.merges == 16 - 11
    assert report.triples > 300
    assert tuple(report.seconds) == pipeline.STAGES


def test_snapshot_answers_from_the_lists(home: Path) -> None:
    with KnowledgeGraph(snapshot.open_snapshot(home)) as kg:
        kg.__dict__["encoder"] = HashEncoder()
        paper = kg.paper("1610.02391")
        assert paper.title.startswith("Grad-CAM: Visual Explanations")
        assert {each.list for each in paper.listings} == {"bullets", "table"}
        assert kg.search("sanity checks")[0].key == kg.paper("Sanity Checks for Saliency Maps").key
        root = kg.find("Grad-CAM++", ("method",))
        ancestors = {node.key for node in kg.lineage(root, direction="ancestors").nodes}
        assert kg.method("Grad-CAM").key in ancestors
        assert len(kg.triples) == kg.snapshot.triples


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")  # inside oxrdflib
def test_sparql_and_rdflib_read_the_same_graph(home: Path) -> None:
    question = "SELECT ?t WHERE { ?p a xai:Paper ; xai:arxiv '1610.02391' ; dcterms:title ?t }"
    with KnowledgeGraph(snapshot.open_snapshot(home)) as kg:
        titles = [row["t"].value for row in kg.sparql(question)]
        dataset = kg.to_rdflib()
        found = [str(title) for title in dataset.objects(URIRef(iri("paper", "1610.02391")), DCTERMS.title)]
        assert titles == found == [kg.paper("1610.02391").title]
        assert len({graph.identifier for graph in dataset.graphs()} - {DATASET_DEFAULT_GRAPH_ID}) > 3


def test_order_of_lists_does_not_change_a_byte(home: Path, tmp_path: Path) -> None:
    built(tmp_path, *reversed(LISTS))
    again, first = snapshot.open_snapshot(tmp_path), snapshot.open_snapshot(home)
    assert again.version == first.version
    assert again.nquads.read_bytes() == first.nquads.read_bytes()


def test_vectors_are_reused_where_the_text_is_the_same(tmp_path: Path) -> None:
    first = built(tmp_path)
    assert first.vectors_reused == 0
    again = built(tmp_path)
    assert again.vectors_reused == again.vectors == first.vectors


def test_context_works_come_with_the_flag_alone(tmp_path: Path) -> None:
    without = pipeline.graph(LISTS, data=TOY)
    with_context = pipeline.graph(LISTS, data=TOY, context=True)
    assert all(work.mentions for work in without.resolution.works)
    assert any(not work.mentions for work in with_context.resolution.works)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.md", b"", "empty"),
        ("prose.md", b"# A title\n\nNothing but prose here.\n", "entr"),
        ("binary.md", b"\x00\x01\x02\x00" * 50, "binary"),
        ("latin.md", b"* A paper [pdf](https://arxiv.org/abs/1512.04150)\n* Sch\xfctt, a name\n", "UTF-8"),
    ],
)
def test_a_list_that_cannot_be_used_ends_the_build_and_touches_nothing(
    home: Path, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    before = snapshot.verify(snapshot.open_snapshot(home))
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=reason) as caught:
        built(home, LISTS[0], path)
    assert name in str(caught.value)
    assert snapshot.verify(snapshot.open_snapshot(home)) == before


@pytest.mark.parametrize("missing", ["nowhere.md", "."])
def test_a_missing_file_and_a_folder_are_named(tmp_path: Path, missing: str) -> None:
    with pytest.raises(SourceError):
        built(tmp_path / "home", tmp_path / missing)
    assert not (tmp_path / "home" / "current").exists()


def test_two_lists_of_one_key_are_refused(tmp_path: Path) -> None:
    twin = tmp_path / LISTS[0].name
    twin.write_text(LISTS[0].read_text() + "\n* Another one. _Doe 2020_ [pdf](https://arxiv.org/abs/2001.00001)\n")
    with pytest.raises(SourceError, match="rename"):
        built(tmp_path / "home", LISTS[0], twin)


def test_a_malformed_curated_line_is_named_with_file_and_line(tmp_path: Path) -> None:
    data = tmp_path / "graph"
    (data / "curated").mkdir(parents=True)
    for path in (TOY / "curated").iterdir():
        (data / "curated" / path.name).write_bytes(path.read_bytes())
    relations = data / "curated" / "relations.toml"
    lines = relations.read_text().splitlines()
    at = next(i for i, line in enumerate(lines) if line.startswith("type ="))
    lines[at] = 'type = "ADMIRES"'
    relations.write_text("\n".join(lines) + "\n")
    with pytest.raises(CuratedError, match="ADMIRES") as caught:
        built(tmp_path / "home", data=data)
    assert caught.value.line is not None
    assert abs(caught.value.line - (at + 1)) <= 1
    assert not (tmp_path / "home" / "current").exists()


def test_a_hostile_list_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "hostile.md"
    path.write_text(
        "* <script>alert(1)</script> Explaining ‮evil‬ Networks. _Doe 2020_ [pdf](javascript:alert(1)) "
        "[code](file:///etc/passwd) [pdf](https://arxiv.org/abs/2001.00002)\n"
        '* A "quoted" <b>title</b> \\u0000 {{7*7}} ../../etc/passwd. _Roe 2021_ [pdf](https://arxiv.org/abs/2101.00003)\n'
    )
    built(tmp_path / "home", path)
    text = snapshot.open_snapshot(tmp_path / "home").nquads.read_text()
    assert "javascript:" not in text
    assert "file:///" not in text
    assert "‮" not in text
    assert "<script>" not in text


def test_shipped_graph_is_reproduced_byte_for_byte() -> None:
    committed = Path(__file__).parents[1] / "graph" / "xaikg.nq"
    made = pipeline.graph()
    assert export.canonical(made.quads) == committed.read_bytes()


BUILD = """
    import sys
    from pathlib import Path
    sys.path[:0] = {path!r}
    from fakes import HashEncoder
    from xaikg import pipeline
    from xaikg.config import Settings
    print("ready", flush=True)
    sys.stdin.readline()
    lists = tuple(Path(p) for p in sys.argv[2:])
    pipeline.build(Settings(home=Path(sys.argv[1])), lists, data=Path({data!r}), encoder=HashEncoder())
    print("done", flush=True)
"""


def started(home: Path, lists: list[Path]) -> subprocess.Popen[str]:
    root = Path(__file__).parents[1]
    script = textwrap.dedent(BUILD).format(path=[str(root / "src"), str(root / "tests")], data=str(TOY))
    child = subprocess.Popen(
        [sys.executable, "-c", script, str(home), *map(str, lists)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert child.stdout.readline() == "ready\n"
    child.stdin.write("\n")
    child.stdin.flush()
    return child


def test_a_build_killed_at_ten_random_moments_leaves_old_or_new_never_half(tmp_path: Path) -> None:
    home, changed = tmp_path / "home", tmp_path / "bullets.md"
    start = time.perf_counter()
    child = started(home, list(LISTS))
    child.communicate()
    span = time.perf_counter() - start
    whole = snapshot.verify(snapshot.open_snapshot(home))
    assert whole
    seed = random.randrange(10**6)
    moments = random.Random(seed)
    for number in range(10):
        changed.write_text(
            LISTS[0].read_text()
            + f"\n* Explaining the number {number}. _Doe 2020_ [pdf](https://arxiv.org/abs/2001.1000{number})\n"
        )
        before = snapshot.open_snapshot(home).version
        child = started(home, [changed, *LISTS[1:]])
        time.sleep(moments.random() * span)
        child.send_signal(signal.SIGKILL)
        out, _ = child.communicate()
        opened = snapshot.open_snapshot(home)
        snapshot.verify(opened)
        with KnowledgeGraph(opened) as kg:
            titles = {row.title for row in kg.store.papers(kg.store.keys("paper")) if row}
            assert len(kg.triples) == opened.triples
        is_new = f"Explaining the number {number}" in titles
        assert is_new == (opened.version != before), f"seed {seed}, kill {number}"
        assert is_new or "done" not in out, f"seed {seed}, kill {number}"
    built(home)
    assert not list((home / "snapshots").glob("draft-*"))


def test_every_raised_error_is_one_of_ours(tmp_path: Path) -> None:
    for path in (tmp_path / "x" / "y.md", tmp_path):
        with pytest.raises(XaikgError):
            built(tmp_path / "home", path)
