from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from fakes import HashEncoder
from search.toy_index import Toy
from xaikg.errors import DamagedError, SnapshotError, UsageError
from xaikg.search import Document, build_index, open_index, vectors_for
from xaikg.search.files import copied, is_writable

SOURCE = Path(__file__).resolve().parents[2] / "src"

READER = """
import os, sys, tempfile
from pathlib import Path
from xaikg.search import open_index
from xaikg.tables import open_columns


def answer(folder):
    index = open_index(folder / "index", open_columns(folder / "columns"))
    hits = index.search("attention explanation", None, mode="lexical", kinds=["paper"], limit=2)
    index.close()
    return [hit.key for hit in hits]


folder = Path(sys.argv[1])
first = answer(folder)
if os.geteuid() == 0:
    os.setuid(65534)  # what is imported by now stays usable, whoever may read the interpreter's files
assert answer(folder) == first
print(*first)
"""


def _digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def _read_apart(folder: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", READER, str(folder)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.fixture
def shared(toy: Toy) -> Iterator[Path]:
    """Return a copy of the toy folder that other users may reach."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        shutil.copytree(toy.folder / "columns", folder / "columns")
        copied(toy.folder / "index" / "edge", folder / "index" / "edge")
        for path in (toy.folder / "index").iterdir():
            if path.is_file():
                shutil.copyfile(path, folder / "index" / path.name)
        yield folder
        for path in folder.rglob("*"):
            path.chmod(0o700)


def test_opening_and_searching_change_no_byte(toy: Toy) -> None:
    before = _digests(toy.folder / "index")
    index = open_index(toy.folder / "index", toy.store)
    index.search("cam", toy.encoder.encode(["cam"])[0])
    index.close()
    assert _digests(toy.folder / "index") == before


def test_several_processes_read_one_folder_at_once(toy: Toy, shared: Path) -> None:
    for path in (shared, *shared.rglob("*")):
        path.chmod(0o777)
    opened = open_index(shared / "index", toy.store)
    expected = [
        hit.key for hit in opened.search("attention explanation", None, mode="lexical", kinds=["paper"], limit=2)
    ]
    assert _read_apart(shared) == " ".join(expected)
    opened.close()


def test_a_folder_that_may_not_be_written_is_read_from_a_copy(toy: Toy, shared: Path) -> None:
    before = _digests(shared)
    for path in shared.rglob("*"):
        path.chmod(0o555 if path.is_dir() else 0o444)
    known = set(Path(tempfile.gettempdir()).glob("xaikg-index-*"))
    assert len(_read_apart(shared).split()) == 2
    assert set(Path(tempfile.gettempdir()).glob("xaikg-index-*")) <= known
    assert _digests(shared) == before


def test_a_copy_that_cannot_be_made_is_one_message(toy: Toy, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xaikg.search.edge.is_writable", lambda _: False)
    monkeypatch.setattr("xaikg.search.edge.copied", full)
    with pytest.raises(SnapshotError, match=r"No space left on device.*set TMPDIR"):
        open_index(toy.folder / "index", toy.store)


def test_a_damaged_copy_names_the_original_and_leaves_nothing_behind(
    toy: Toy, shared: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for path in (shared / "index" / "edge").rglob("segment.json"):
        path.write_text("{}")
    monkeypatch.setattr("xaikg.search.edge.is_writable", lambda _: False)
    known = set(Path(tempfile.gettempdir()).glob("xaikg-index-*"))
    with pytest.raises(DamagedError) as raised:
        open_index(shared / "index", toy.store)
    assert raised.value.path == shared / "index" / "edge"
    assert set(Path(tempfile.gettempdir()).glob("xaikg-index-*")) <= known


def test_a_private_copy_is_the_same_files_and_writable(toy: Toy, tmp_path: Path) -> None:
    source = toy.folder / "index" / "edge"
    copy = copied(source, tmp_path / "copy")
    assert _digests(copy) == _digests(source)
    assert is_writable(copy)


@pytest.mark.parametrize(
    "name",
    ["documents.arrow", "names.arrow", "sections.arrow", "words.arrow", "vectors.npy", "hashes.npy"],
)
@pytest.mark.parametrize("damage", ["missing", "empty", "cut"])
def test_a_damaged_file_is_named(toy: Toy, shared: Path, name: str, damage: str) -> None:
    path = shared / "index" / name
    content = path.read_bytes()
    path.unlink()
    if damage != "missing":
        path.write_bytes(b"" if damage == "empty" else content[: len(content) // 2])
    with pytest.raises(DamagedError, match="run 'xaikg build'") as raised:
        open_index(shared / "index", toy.store)
    assert str(raised.value.path).endswith("vectors.npy" if name == "hashes.npy" else name)


def test_a_missing_engine_folder_is_named(toy: Toy, shared: Path) -> None:
    shutil.rmtree(shared / "index" / "edge")
    with pytest.raises(DamagedError, match="edge"):
        open_index(shared / "index", toy.store)


def test_files_of_two_indexes_do_not_mix(toy: Toy, shared: Path, tmp_path: Path) -> None:
    some = [Document("paper", "a", "Grad-CAM", ("Grad-CAM",))]
    build_index(tmp_path, some, vectors_for(some, HashEncoder())[0], "d")
    for name in ("documents.arrow", "names.arrow", "sections.arrow", "words.arrow", "vectors.npy", "hashes.npy"):
        shutil.copyfile(tmp_path / name, shared / "index" / name)
    with pytest.raises(DamagedError, match="does not hold the documents"):
        open_index(shared / "index", toy.store)


def test_documents_are_indexed_in_any_order(toy: Toy, tmp_path: Path) -> None:
    some = [Document("paper", key, f"Grad-CAM {key}", (key,), sections=(("l", "s"),)) for key in "cab"]
    for place, order in enumerate((some, some[::-1])):
        build_index(tmp_path / str(place), order, vectors_for(order, HashEncoder())[0], "d")
    left, right = (open_index(tmp_path / str(place), toy.store) for place in range(2))
    vector = HashEncoder().encode(["Grad-CAM b"])[0]
    assert left.search("Grad-CAM b", vector) == right.search("Grad-CAM b", vector)
    assert np.array_equal(left.vectors("paper", ["c", "a"]), right.vectors("paper", ["c", "a"]))
    assert left.sections(["a"])[0][0].papers == ("a", "b", "c")
    left.close()
    right.close()


def test_many_documents_with_one_text_are_ranked_by_key(toy: Toy, tmp_path: Path) -> None:
    same = [Document("paper", f"p{n:04}", "An Explanation", ()) for n in range(3000)]
    build_index(tmp_path, same, vectors_for(same, HashEncoder())[0], "d")
    index = open_index(tmp_path, toy.store)
    vector = HashEncoder().encode(["explanation"])[0]
    for mode in ("lexical", "semantic", "hybrid"):
        hits = index.search("explanation", vector, mode=mode, limit=700)
        assert [hit.key for hit in hits] == [f"p{n:04}" for n in range(700)]
    index.close()


def test_an_index_of_nothing_answers_with_nothing(toy: Toy, tmp_path: Path) -> None:
    build_index(tmp_path, [], np.zeros((0, 64), np.float32), "d")
    index = open_index(tmp_path, toy.store)
    vector = toy.encoder.encode(["cam"])[0]
    assert index.search("cam", vector) == []
    assert index.search("cam", vector, kinds=["paper"]) == []
    assert index.sections(["a"]) == [()]
    index.close()


def test_one_entity_may_not_be_two_documents(tmp_path: Path) -> None:
    twice = [Document("paper", "a", "x", ()), Document("paper", "a", "y", ())]
    with pytest.raises(UsageError, match="two documents are paper 'a'"):
        build_index(tmp_path, twice, np.eye(2, 4, dtype=np.float32), "d")


def test_vectors_must_be_as_many_as_documents(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="need as many vectors"):
        build_index(tmp_path, [Document("paper", "a", "x", ())], np.eye(2, 4, dtype=np.float32), "d")
