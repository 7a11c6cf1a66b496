"""Ingest: reading lists in, mentions and rejects out.

source.py     bytes → text             blocks of Markdown → drafts        drafts.py tables.py entry.py pieces.py
markdown.py   text → blocks            drafts → mentions and rejects      decide.py reading.py
rules/        one question a file      mentions ↔ graph/lists             lists.py check.py
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from xaikg import resources
from xaikg.ingest.check import differences
from xaikg.ingest.lists import load, save, sources
from xaikg.ingest.reading import read_file, read_text
from xaikg.model import ReadingList

__all__ = ["differences", "load", "read", "read_text", "save"]


def read(path: Path, key: str | None = None) -> ReadingList:
    """Return a Markdown file as a reading list.

    A file whose bytes ``graph/sources.toml`` knows is that list: its key, title, address and date are
    taken from there. Else the key is the slug of the file's name. Raises
    :class:`~xaikg.errors.SourceError` where the file cannot be read or holds no entry.
    """
    found = read_file(Path(path), key)
    known = next((s for s in sources(resources.graph_dir()) if s.sha256 == found.sha256), None)
    if known is None:
        return found
    if key is None and known.key != found.key:
        found = read_file(Path(path), known.key)
    return replace(found, title=known.title, url=known.url, added=known.added)
