"""A snapshot is whole or not there: written beside, switched by a rename, checked when opened."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xaikg import snapshot
from xaikg.errors import DamagedError, NotBuiltError, OutdatedError, SnapshotError


def published(home: Path, text: str = "<a> <b> <c> .\n") -> snapshot.Snapshot:
    with snapshot.writing(home):
        folder = snapshot.draft(home)
        (folder / "xaikg.nq").write_text(text)
        (folder / "columns").mkdir()
        (folder / "columns" / "paper.arrow").write_bytes(b"rows" * 100)
        return snapshot.publish(
            home, folder, model="m", model_digest="d", triples=1, counts={"paper": 1}, report={"works": 1}
        )


def test_what_was_published_is_what_is_opened(tmp_path: Path) -> None:
    made = published(tmp_path)
    opened = snapshot.open_snapshot(tmp_path)
    assert opened == made
    assert opened.counts == {"paper": 1}
    assert snapshot.open_snapshot(opened.folder) == made


def test_version_depends_on_content_model_and_nothing_else(tmp_path: Path) -> None:
    first, second = published(tmp_path / "a"), published(tmp_path / "b")
    assert first.version == second.version
    assert published(tmp_path / "c", "<x> <y> <z> .\n").version != first.version
    assert snapshot.version_of(first.nquads, "another model") != first.version


def test_the_newest_is_current_and_the_one_before_it_stays(tmp_path: Path) -> None:
    names = [published(tmp_path, f"<a> <b> <{i}> .\n").folder.name for i in range(4)]
    assert snapshot.current(tmp_path).name == names[-1]
    assert sorted(path.name for path in (tmp_path / "snapshots").iterdir()) == sorted(names[-2:])


def test_same_content_twice_gives_a_new_folder_and_the_same_version(tmp_path: Path) -> None:
    first, second = published(tmp_path), published(tmp_path)
    assert first.version == second.version
    assert first.folder != second.folder


def test_a_home_without_a_snapshot_names_the_command_that_builds_one(tmp_path: Path) -> None:
    with pytest.raises(NotBuiltError, match="run 'xaikg build'"):
        snapshot.open_snapshot(tmp_path / "nowhere")


def test_what_a_killed_build_left_is_swept_and_never_opened(tmp_path: Path) -> None:
    made = published(tmp_path)
    left = tmp_path / "snapshots" / "draft-1"
    left.mkdir()
    (left / "half").write_text("half")
    assert snapshot.open_snapshot(tmp_path) == made
    published(tmp_path)
    assert not left.exists()


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with snapshot.writing(tmp_path), pytest.raises(SnapshotError, match="another build"), snapshot.writing(tmp_path):
        pass


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda path: path.unlink(), "is missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-1]), "bytes"),
    ],
)
@pytest.mark.parametrize("name", ["xaikg.nq", "columns/paper.arrow"])
def test_a_missing_or_cut_file_is_named_when_opened(
    tmp_path: Path, name: str, damage: Callable[[Path], object], message: str
) -> None:
    made = published(tmp_path)
    damage(made.folder / name)
    with pytest.raises(DamagedError, match=message) as caught:
        snapshot.open_snapshot(tmp_path)
    assert caught.value.path == made.folder / name


def test_a_changed_byte_is_found_by_verify(tmp_path: Path) -> None:
    made = published(tmp_path)
    before = snapshot.verify(made)
    assert before == snapshot.verify(made)
    path = made.folder / "columns" / "paper.arrow"
    path.write_bytes(b"R" + path.read_bytes()[1:])
    with pytest.raises(DamagedError) as caught:
        snapshot.verify(snapshot.open_snapshot(tmp_path))
    assert caught.value.path == path


def test_a_foreign_file_is_found_by_verify(tmp_path: Path) -> None:
    made = published(tmp_path)
    (made.folder / "extra").write_text("?")
    with pytest.raises(DamagedError, match="does not belong"):
        snapshot.verify(made)


@pytest.mark.parametrize(
    "manifest", ["", "[]", "{}", '{"format": 1}', '{"format": "1"}', "{", '{"format": 1, "files": 3}']
)
def test_a_broken_manifest_is_damage(tmp_path: Path, manifest: str) -> None:
    made = published(tmp_path)
    (made.folder / "manifest.json").write_text(manifest)
    with pytest.raises(DamagedError, match="manifest"):
        snapshot.open_snapshot(tmp_path)


@pytest.mark.parametrize("pointer", ["", "../..", "/etc", "nowhere-1", ".", "a/b"])
def test_a_pointer_that_leads_elsewhere_is_damage(tmp_path: Path, pointer: str) -> None:
    published(tmp_path)
    (tmp_path / "current").write_text(pointer)
    with pytest.raises(DamagedError):
        snapshot.open_snapshot(tmp_path)


def test_a_snapshot_of_another_format_says_how_to_rebuild(tmp_path: Path) -> None:
    made = published(tmp_path)
    path = made.folder / "manifest.json"
    path.write_text(path.read_text().replace('"format": 1', '"format": 0'))
    with pytest.raises(OutdatedError, match="run 'xaikg build'"):
        snapshot.open_snapshot(tmp_path)


def test_a_home_that_is_a_file_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(SnapshotError, match="choose another"), snapshot.writing(tmp_path / "file"):
        pass
