"""A snapshot: an immutable folder with everything that answers questions, and the pointer to the current one.

    HOME/current                     one line: the name of the folder in use, replaced by one atomic rename
    HOME/snapshots/<name>/           manifest.json · xaikg.nq · oxigraph/ · columns/ · index/ · encoder/

A build writes beside the current snapshot, flushes every file, renames the folder into place and only
then the pointer: whoever is killed in between leaves the old snapshot or the new one, never half of either.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import filelock
import orjson

from xaikg.errors import DamagedError, NotBuiltError, OutdatedError, SnapshotError

__all__ = ["FORMAT", "Snapshot", "current", "draft", "open_snapshot", "publish", "verify", "version_of", "writing"]

FORMAT = 1
"""Raised whenever the layout or meaning of a snapshot's files changes."""

_MANIFEST = "manifest.json"
_POINTER = "current"
_KEPT = 2  # the current snapshot and the one that a running server may still hold


@dataclass(frozen=True, slots=True)
class Snapshot:
    """An opened snapshot: its folder and what its manifest says.

    ``version`` is a hex SHA-256 that changes exactly when the content does; ``counts`` maps kinds to numbers.
    """

    folder: Path
    version: str
    built_at: str
    model: str
    triples: int
    counts: dict[str, int]
    report: dict[str, Any]
    files: dict[str, dict[str, Any]]

    @property
    def nquads(self) -> Path:
        """Return the path of the graph as sorted N-Quads."""
        return self.folder / "xaikg.nq"


def version_of(nquads: Path, model_digest: str) -> str:
    """Return the version of a snapshot: SHA-256 of the graph's digest, the model's digest and the format."""
    return hashlib.sha256(f"{FORMAT}\n{_digest(nquads)}\n{model_digest}\n".encode()).hexdigest()


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Hold the lock under which a home is written; SnapshotError if another build holds it."""
    try:
        home.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SnapshotError(f"{home} cannot be made a snapshot folder: {error.strerror}; choose another") from None
    lock = filelock.FileLock(home / "lock")
    try:
        lock.acquire(blocking=False)
    except filelock.Timeout:
        raise SnapshotError(f"another build is writing to {home}; wait for it or choose another folder") from None
    try:
        yield
    finally:
        lock.release()


def draft(home: Path) -> Path:
    """Return a new empty folder to build in, and sweep what killed builds left behind (hold :func:`writing`)."""
    parent = home / "snapshots"
    parent.mkdir(exist_ok=True)
    for stale in parent.glob("draft-*"):
        shutil.rmtree(stale, ignore_errors=True)
    folder = parent / f"draft-{os.getpid()}"
    folder.mkdir()
    return folder


def publish(
    home: Path,
    folder: Path,
    *,
    model: str,
    model_digest: str,
    triples: int,
    counts: dict[str, int],
    report: dict[str, Any],
) -> Snapshot:
    """Return the snapshot that ``folder`` (from :func:`draft`) became, after making it the current one."""
    version = version_of(folder / "xaikg.nq", model_digest)
    manifest = {
        "format": FORMAT,
        "version": version,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "model": model,
        "model_digest": model_digest,
        "triples": triples,
        "counts": counts,
        "report": report,
        "files": {name: _entry(folder / name) for name in _names(folder)},
    }
    (folder / _MANIFEST).write_bytes(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS))
    _flush(folder)
    target = _free_name(folder.parent, version[:16])
    folder.rename(target)
    _sync(target.parent)
    _point(home, target.name)
    _sweep(home, target)
    return _read(target)


def current(home: Path) -> Path:
    """Return the folder of the current snapshot; NotBuiltError where there is none."""
    try:
        name = (home / _POINTER).read_text(encoding="utf-8").strip()
    except (FileNotFoundError, NotADirectoryError):
        raise NotBuiltError(home) from None
    except (OSError, UnicodeDecodeError) as error:
        raise DamagedError(home / _POINTER, f"cannot be read ({error})") from None
    if not name or name != Path(name).name or name.startswith("."):
        raise DamagedError(home / _POINTER, "does not name a snapshot")
    folder = home / "snapshots" / name
    if not folder.is_dir():
        raise DamagedError(home / _POINTER, f"names {name}, which is missing")
    return folder


def open_snapshot(where: Path) -> Snapshot:
    """Return the snapshot under a home, or in a snapshot folder itself.

    Every file's presence and size is checked, not its digest (:func:`verify` does): opening takes milliseconds.
    """
    folder = where if (where / _MANIFEST).is_file() else current(where)
    snapshot = _read(folder)
    for name, entry in snapshot.files.items():
        path = folder / name
        try:
            size = path.stat().st_size
        except OSError:
            raise DamagedError(path, "is missing") from None
        if size != entry["size"]:
            raise DamagedError(path, f"has {size} bytes, {entry['size']} were written")
    return snapshot


def verify(snapshot: Snapshot) -> str:
    """Return a fingerprint of the whole state (hex), after comparing every file with its digest.

    DamagedError names the first file that differs, or one that the manifest does not know.
    """
    total = hashlib.sha256(snapshot.version.encode())
    for name in sorted(snapshot.files):
        found = _digest(snapshot.folder / name)
        if found != snapshot.files[name]["sha256"]:
            raise DamagedError(snapshot.folder / name, "was changed after it was written")
        total.update(f"{name}\0{found}\n".encode())
    strange = sorted(name for name in set(_names(snapshot.folder)) - set(snapshot.files) if not _is_passing(name))
    if strange:
        raise DamagedError(snapshot.folder / strange[0], "does not belong to this snapshot")
    return total.hexdigest()


def _read(folder: Path) -> Snapshot:
    path = folder / _MANIFEST
    try:
        raw = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        raise DamagedError(path, "is missing") from None
    except (OSError, orjson.JSONDecodeError) as error:
        raise DamagedError(path, f"cannot be read ({error})") from None
    if not isinstance(raw, dict) or not isinstance(raw.get("format"), int):
        raise DamagedError(path, "is not a manifest")
    if raw["format"] != FORMAT:
        raise OutdatedError(folder, raw["format"], FORMAT)
    try:
        return Snapshot(
            folder=folder,
            version=raw["version"],
            built_at=raw["built_at"],
            model=raw["model"],
            triples=raw["triples"],
            counts=raw["counts"],
            report=raw["report"],
            files={name: {"size": int(e["size"]), "sha256": str(e["sha256"])} for name, e in raw["files"].items()},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DamagedError(path, "is not a manifest") from None


def _names(folder: Path) -> list[str]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    return sorted(path.relative_to(folder).as_posix() for path in paths if path.name != _MANIFEST)


def _is_passing(name: str) -> bool:
    """Return whether a file is one of those that an engine writes and renames while it loads."""
    return any(part.startswith(".") for part in name.split("/"))


def _entry(path: Path) -> dict[str, Any]:
    return {"size": path.stat().st_size, "sha256": _digest(path)}


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise DamagedError(path, f"cannot be read ({error.strerror})") from None


def _flush(folder: Path) -> None:
    for path in sorted(folder.rglob("*"), reverse=True):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free_name(parent: Path, stem: str) -> Path:
    number = 1
    while (target := parent / f"{stem}-{number}").exists():
        number += 1
    return target


def _point(home: Path, name: str) -> None:
    fresh = home / f"{_POINTER}.new"
    fresh.write_text(name + "\n", encoding="utf-8")
    _sync(fresh)
    fresh.replace(home / _POINTER)
    _sync(home)


def _sweep(home: Path, newest: Path) -> None:
    """Remove all but the newest snapshots; one that a server still maps stays readable to it."""
    others = [path for path in (home / "snapshots").iterdir() if path.is_dir() and path != newest]
    others.sort(key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in others[_KEPT - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
