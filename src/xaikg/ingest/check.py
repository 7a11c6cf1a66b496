"""Whether the lists of a folder still say what was written down."""

from __future__ import annotations

from pathlib import Path

from xaikg.errors import SourceError, XaikgError
from xaikg.ingest.lists import load, mention_row
from xaikg.ingest.reading import read_file
from xaikg.model import ReadingList

__all__ = ["differences", "list_files"]


def list_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of a folder that may be lists: Markdown and text, sorted by name."""
    if not folder.is_dir():
        raise SourceError(folder, "is no folder; give the folder that holds the lists")
    return tuple(
        sorted(p for p in folder.iterdir() if p.suffix.lower() in {".md", ".txt", ".markdown"} and p.is_file())
    )


def differences(folder: Path, graph_dir: Path) -> list[str]:
    """Read the lists of a folder again and return one sentence for each way in which they differ from ``graph/lists``.

    A README that is no known list is passed over.
    """
    known = {one.sha256: one for one in load(graph_dir)}
    found: list[str] = []
    seen = set[str]()
    for path in list_files(folder):
        try:
            read = read_file(path)
        except XaikgError as fault:
            if not path.stem.lower().startswith("readme"):
                found.append(str(fault))
            continue
        written = known.get(read.sha256)
        if written is None:
            if not path.stem.lower().startswith("readme"):
                found.append(f"{path}: is no list of sources.toml, or has changed since; run 'xaikg ingest' for it")
            continue
        seen.add(written.key)
        found += _between(path, read_file(path, written.key), written)
    missing = (one for one in known.values() if one.key not in seen)
    return found + [f"{one.key}: no file of {folder} has its bytes (sha256 {one.sha256[:12]}…)" for one in missing]


def _between(path: Path, read: ReadingList, written: ReadingList) -> list[str]:
    new = {m.place.ref: mention_row(m) for m in read.mentions}
    old = {m.place.ref: mention_row(m) for m in written.mentions}
    said = [f"{path}: {ref} is an entry now and was none" for ref in new if ref not in old]
    said += [f"{path}: {ref} was an entry and is none now" for ref in old if ref not in new]
    for ref in (r for r in new if r in old and new[r] != old[r]):
        fields = sorted(n for n in {*new[ref], *old[ref]} if new[ref].get(n) != old[ref].get(n))
        said.append(f"{path}: {ref} differs in {', '.join(fields)}")
    if {(r.place.ref, r.reason) for r in read.rejects} != {(r.place.ref, r.reason) for r in written.rejects}:
        said.append(f"{path}: its rejects differ")
    return said
