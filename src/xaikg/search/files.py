"""Files of an index that this user may not write: how to know, and a private copy."""

from __future__ import annotations

import os
from pathlib import Path

__all__ = ["copied", "is_writable"]

_EMPTY = bytes(1 << 20)


def is_writable(folder: Path) -> bool:
    """Return whether this user may write a folder and everything in it."""
    return os.access(folder, os.W_OK | os.X_OK) and all(os.access(path, os.W_OK) for path in folder.rglob("*"))


def copied(folder: Path, target: Path) -> Path:
    """Copy a folder with this user's own permissions and return the copy; empty stretches take no room on disk."""
    target.mkdir(parents=True)
    for path in sorted(folder.rglob("*")):
        copy = target / path.relative_to(folder)
        if path.is_dir():
            copy.mkdir()
        else:
            _copy_sparsely(path, copy)
    return target


def _copy_sparsely(source: Path, target: Path) -> None:
    with source.open("rb") as reader, target.open("wb") as writer:
        while piece := reader.read(len(_EMPTY)):
            if piece == _EMPTY[: len(piece)]:
                writer.seek(len(piece), os.SEEK_CUR)
            else:
                writer.write(piece)
        writer.truncate(writer.tell())
