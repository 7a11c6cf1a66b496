"""Finds entities by identifier, IRI or name, and the names nearest to one that nothing has."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz, process

from xaikg import ids
from xaikg.tables.arrow import Column, Ints, pa
from xaikg.tables.files import Files
from xaikg.tables.kinds import entity
from xaikg.tables.signatures import Signatures, bigrams
from xaikg.tables.store import Kind
from xaikg.tables.text import TEXT, folded

__all__ = ["lookup", "nearest"]

_VERSION = re.compile(r"v\d+$")

_SHORTLIST = 1000
"""Names that rapidfuzz compares letter by letter, of those that share most pairs of letters with what was asked."""


_PART = 4
"""Letters from which on a name that is part of another one says something."""


_ALIKE = 50
"""The least score, of 100, of a name that is offered at all."""


def lookup(files: Files, kind: Kind, field: Literal["doi", "arxiv", "name", "iri"], value: str) -> tuple[str, ...]:
    """Return the keys that an identifier, IRI or name belongs to, sorted."""
    if field == "iri":
        rows = _by_iri(files, kind, value.strip())
    elif field == "name":
        rows = _equal(files, f"{kind}.names", "folded", folded(value))
    elif kind == "paper":
        rows = _by_doi(files, value.strip()) if field == "doi" else _by_arxiv(files, value.strip())
    else:
        rows = np.zeros(0, dtype=np.int64)
    return tuple(files.column(kind, "key", np.unique(rows)))


def nearest(files: Files, kind: Kind, name: str, limit: int) -> tuple[str, ...]:
    """Return written names that look like this one, best first, one an entity."""
    wanted = folded(name)
    if not wanted or limit < 1 or not files.has(f"{kind}.names", "folded"):
        return ()
    places = _shortlist(files.array(f"{kind}.bigrams"), wanted)
    known = files.column(f"{kind}.names", "folded", places)
    scores = _scores(wanted, known)
    rows = files.column(f"{kind}.names", "row", places)
    names = files.column(f"{kind}.names", "name", places)
    best: dict[int, str] = {}
    for score, shown, row in sorted(zip((-score for score in scores), names, rows, strict=True)):
        if -score >= _ALIKE:
            best.setdefault(row, shown)
    return tuple(dict.fromkeys(best.values()))[:limit]


def _scores(wanted: str, known: list[str]) -> list[float]:
    """Return how much each name looks like the one that is wanted, 0 … 100.

    Blanks count little, the order of words less; a name that is only part of the other scores a tenth less, and
    not at all if it is so short that it is part of anything.
    """
    if not known:
        return []
    best = np.maximum(_compared(wanted, known, fuzz.ratio), 0.95 * _compared(wanted, known, fuzz.token_sort_ratio))
    closed = [name.replace(" ", "") for name in known]
    best = np.maximum(best, 0.98 * _compared(wanted.replace(" ", ""), closed, fuzz.ratio))
    long = np.array([min(len(name), len(wanted)) >= _PART for name in known])
    for scorer in (fuzz.token_set_ratio, fuzz.partial_ratio):
        best = np.maximum(best, np.where(long, 0.9 * _compared(wanted, known, scorer), 0))
    return [float(score) for score in best]


def _compared(wanted: str, known: list[str], scorer: Callable[..., float]) -> NDArray[np.float32]:
    return np.asarray(process.cdist([wanted], known, scorer=scorer)[0], dtype=np.float32)


def _by_iri(files: Files, kind: Kind, iri: str) -> Ints:
    found = entity(iri)
    row = files.rows(kind, [found[1]])[0] if found and found[0] == kind else -1
    if row >= 0:
        return np.array([row], dtype=np.int64)
    return _equal(files, f"{kind}.former", "value", iri)


def _by_doi(files: Files, value: str) -> Ints:
    rows = _equal(files, "paper.doi", "value", ids.doi(value) or value.lower())
    # arXiv gives every paper a DOI that only repeats its identifier.
    return rows if len(rows) or "arxiv" not in value.lower() else _by_arxiv(files, value)


def _by_arxiv(files: Files, value: str) -> Ints:
    return _equal(files, "paper.arxiv", "value", (ids.arxiv(value) or _VERSION.sub("", value)).lower())


def _equal(files: Files, table: str, column: str, value: str) -> Ints:
    """Return the rows that a sorted column gives for a value."""
    if not value or not files.has(table, column):
        return np.zeros(0, dtype=np.int64)
    texts: Column = files.whole(table, column)
    places = range(len(texts))
    start = bisect_left(places, value, key=lambda at: texts[at].as_py())
    stop = bisect_right(places, value, lo=start, key=lambda at: texts[at].as_py())
    return np.array(files.column(table, "row", np.arange(start, stop)), dtype=np.int64)


def _shortlist(signatures: Signatures, wanted: str) -> Ints:
    """Return the places of names that share most pairs of letters, in proportion to the name or to what was asked."""
    if len(signatures) <= _SHORTLIST:
        return np.arange(len(signatures))
    asked = bigrams(pa.array([wanted], TEXT))[0]
    shared = np.bitwise_count(signatures & asked).sum(axis=1, dtype=np.int64)
    size = np.bitwise_count(signatures).sum(axis=1, dtype=np.int64)
    alike = shared * 2 / (size + int(np.bitwise_count(asked).sum()))
    # A part of a long name is found by what it shares alone, a mistyped one by how alike the two are.
    best = [np.argsort(-score, kind="stable")[: _SHORTLIST // 2] for score in (alike, shared - alike)]
    return np.unique(np.concatenate(best))
