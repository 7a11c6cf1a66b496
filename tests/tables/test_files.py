"""A folder that is whole opens, in any number of processes; one that is not says which file is to blame."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest

from tables.worlds import World, many_papers, quads
from xaikg.errors import DamagedError, InvalidGraphError, OutdatedError
from xaikg.tables import build_tables, open_columns
from xaikg.tables import quads as grouping
from xaikg.tables.store import KINDS

FILES = tuple(
    f"{name}{end}"
    for end, names in {
        ".arrow": ("paper", "relation", "paper.year", "author.names", "paper.doi", "evidence"),
        ".npy": ("paper.sums", "paper.out.offsets", "paper.out.targets", "author.papers.offsets", "venue.bigrams"),
    }.items()
    for name in names
)


@pytest.fixture
def folder(many: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(many, tmp_path / "tables"))


def test_the_listed_files_are_all_that_a_folder_holds(folder: Path) -> None:
    listed = json.loads((folder / "tables.json").read_text())["files"]
    assert set(listed) | {"tables.json"} == {path.name for path in folder.iterdir()}
    assert set(FILES) <= set(listed)


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(DamagedError, match="missing") as raised:
        open_columns(folder)
    assert raised.value.path == folder / name


@pytest.mark.parametrize("name", FILES)
def test_a_cut_file_is_named(folder: Path, name: str) -> None:
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedError, match="bytes instead of") as raised:
        open_columns(folder)
    assert raised.value.path == folder / name


@pytest.mark.parametrize("name", FILES)
def test_a_file_of_zeros_is_named(folder: Path, name: str) -> None:
    (folder / name).write_bytes(bytes((folder / name).stat().st_size))
    with pytest.raises(DamagedError, match="any more") as raised:
        open_columns(folder)
    assert raised.value.path == folder / name


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"format": 1}', '{"format": "x", "files": {}}', "\x00\xff"])
def test_an_index_that_is_none_is_named(folder: Path, text: str) -> None:
    (folder / "tables.json").write_text(text, encoding="utf-8")
    with pytest.raises(DamagedError, match="list of files") as raised:
        open_columns(folder)
    assert raised.value.path == folder / "tables.json"


def test_a_folder_that_is_empty_or_not_there_is_named(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(DamagedError, match="missing"):
            open_columns(folder)


def test_another_format_is_refused_with_the_way_out(folder: Path) -> None:
    index = json.loads((folder / "tables.json").read_text())
    (folder / "tables.json").write_text(json.dumps(index | {"format": 99}))
    with pytest.raises(OutdatedError, match=r"snapshot format 99.*xaikg build"):
        open_columns(folder)


def test_a_build_that_was_cut_short_does_not_open(folder: Path) -> None:
    broken = World(papers=many_papers(3).papers)  # their venues and authors are not there
    with pytest.raises(InvalidGraphError, match="no method"):
        build_tables(quads(broken), folder)
    with pytest.raises(DamagedError):
        open_columns(folder)


def test_the_same_quads_in_any_order_and_with_repeats_give_the_same_bytes(tmp_path: Path) -> None:
    statements = quads(many_papers(20))
    for name, seed in (("one", 1), ("other", 2)):
        shuffled = statements + (statements[::3] if name == "other" else [])
        random.Random(seed).shuffle(shuffled)
        build_tables(shuffled, tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


def test_how_many_quads_are_held_at_a_time_does_not_matter(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    statements = quads(many_papers(5))
    build_tables(statements, tmp_path / "one")
    monkeypatch.setattr(grouping, "BATCH", 7)
    build_tables(iter(statements), tmp_path / "other")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "other" / path.name).read_bytes(), path.name


def test_no_file_holds_objects_and_every_table_can_be_mapped_in_one_piece(many: Path) -> None:
    for path in many.glob("*.npy"):
        assert np.load(path, allow_pickle=False).dtype.kind in "iu"
    for path in many.glob("*.arrow"):
        with pa.memory_map(str(path)) as source:
            before = pa.total_allocated_bytes()
            assert pa.ipc.open_file(source).num_record_batches == 1
            assert pa.ipc.open_file(source).get_batch(0).nbytes >= 0
            assert pa.total_allocated_bytes() == before, f"{path.name} was copied"


def test_several_processes_read_one_folder_at_once(many: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from xaikg.tables import open_columns;"
        "store = open_columns(Path(sys.argv[1])); print(store.count('paper'), flush=True); sys.stdin.read();"
        "print(store.papers(['p001'])[0].title)"
    )
    source = str(Path(sys.modules["xaikg"].__file__ or "").parent.parent)
    readers = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(many)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": source},
        )
        for _ in range(2)
    ]
    store = open_columns(many)
    try:
        for reader in readers:
            assert reader.stdout is not None
            assert reader.stdout.readline() == "120\n"
        answers = [reader.communicate("go on", timeout=60)[0] for reader in readers]
    finally:
        for reader in readers:
            reader.kill()
    assert answers == ["Paper 1\n", "Paper 1\n"]
    assert store.count("paper") == 120


def test_an_empty_graph_is_a_store_of_nothing(tmp_path: Path) -> None:
    build_tables([], tmp_path)
    store = open_columns(tmp_path)
    for kind in KINDS:
        assert store.keys(kind) == ()
        assert store.page(kind, first=3).keys == ()
        assert store.nearest(kind, "anything") == ()
        assert getattr(store, f"{kind}s")(["x"]) == [None]
