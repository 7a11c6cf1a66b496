"""What an index knows of its documents beside vectors: keys, exact names, phrases, list sections. Mapped files.

Points are numbered by kind and key, so that the entities of a kind are one range and a tie in a score is broken by
the smaller number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute
from numpy.typing import NDArray

from xaikg.errors import DamagedError
from xaikg.search.index import Document, Section
from xaikg.search.vocabulary import Vocabulary
from xaikg.search.words import searchable, squeezed
from xaikg.tables.store import Kind

__all__ = ["Catalogue", "Points", "arrow_rows", "save_catalogue", "save_rows"]

Points = NDArray[np.int64]

_compute: Any = pyarrow.compute
_FEW = 64

_DOCUMENTS, _NAMES, _SECTIONS, _WORDS = "documents.arrow", "names.arrow", "sections.arrow", "words.arrow"


class Catalogue:
    """The documents of an index by point number (from 0)."""

    def __init__(self, folder: Path) -> None:
        rows = arrow_rows(folder / _DOCUMENTS, ("kind", "key", "searchable", "sections"))
        self._kinds, self._keys, self._searchable, self._sections = rows
        self._names, self._named = arrow_rows(folder / _NAMES, ("name", "point"))
        self._lists, self._paths, self._members = arrow_rows(folder / _SECTIONS, ("list", "path", "points"))
        vocabulary, counts = arrow_rows(folder / _WORDS, ("word", "documents"))
        self.vocabulary = Vocabulary(vocabulary, counts, len(self._keys))
        self._ranges = {kind: self._range(kind) for kind in _compute.unique(self._kinds).to_pylist()}

    def __len__(self) -> int:
        return len(self._keys)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds that there are, sorted."""
        return tuple(sorted(self._ranges))

    def range(self, kind: Kind) -> tuple[int, int]:
        """Return first point of a kind and the point after its last; equal where there is none."""
        return self._ranges.get(kind, (0, 0))

    def entity(self, point: int) -> tuple[Kind, str]:
        """Return kind and key of a point."""
        return self._kinds[point].as_py(), self._keys[point].as_py()

    def points(self, kind: Kind, keys: Sequence[str]) -> Points:
        """Return the point of each key, −1 where there is none."""
        first, last = self.range(kind)
        if len(keys) < _FEW:
            return np.array([self._point(key, first, last) for key in keys], np.int64)
        asked, own = pa.array(keys, pa.string()), self._keys.slice(first, last - first)
        if asked.equals(own):
            return np.arange(first, last)
        found = _compute.fill_null(_compute.index_in(asked, value_set=own), -1).to_numpy(zero_copy_only=False)
        places: Points = found.astype(np.int64)
        return np.where(places < 0, -1, places + first)

    def _point(self, key: str, first: int, last: int) -> int:
        at = bisect_left(range(last), key, lo=first, key=lambda i: str(self._keys[i].as_py()))
        return at if at < last and self._keys[at].as_py() == key else -1

    def named(self, name: str) -> list[int]:
        """Return the points that bear a squeezed name, in order."""
        if not name:
            return []
        start = at = bisect_left(range(len(self._names)), name, key=lambda i: str(self._names[i].as_py()))
        while at < len(self._names) and self._names[at].as_py() == name:
            at += 1
        return [int(point) for point in self._named.slice(start, at - start).to_pylist()]

    def holding(self, phrase: str) -> NDArray[np.bool_]:
        """Return for every point whether its text or a name of it holds a phrase."""
        result: NDArray[np.bool_] = _compute.match_substring(self._searchable, phrase).to_numpy(zero_copy_only=False)
        return result

    def sections(self, papers: Sequence[str]) -> list[tuple[Section, ...]]:
        """Return for each paper the sections that it is listed in."""
        found = []
        for point in self.points("paper", papers).tolist():
            places = self._sections[point].as_py() if point >= 0 else ()
            found.append(tuple(self._section(place) for place in places))
        return found

    def _section(self, place: int) -> Section:
        members = self._keys.take(self._members[place].values).to_pylist()
        return Section(self._lists[place].as_py(), tuple(self._paths[place].as_py()), tuple(members))

    def _range(self, kind: Kind) -> tuple[int, int]:
        everywhere, wanted = range(len(self._kinds)), str(kind)
        first = bisect_left(everywhere, wanted, key=lambda i: str(self._kinds[i].as_py()))
        return first, bisect_right(everywhere, wanted, lo=first, key=lambda i: str(self._kinds[i].as_py()))


def save_catalogue(folder: Path, documents: Sequence[Document], words: dict[str, int]) -> None:
    """Write the catalogue of documents, which are sorted by kind and key; ``words`` are sorted, with their counts."""
    sections = sorted({section for document in documents for section in document.sections})
    place_of = {section: place for place, section in enumerate(sections)}
    members: list[list[int]] = [[] for _ in sections]
    for point, document in enumerate(documents):
        for section in document.sections:
            members[place_of[section]].append(point)
    names = sorted(_names(documents))
    save_rows(
        folder / _DOCUMENTS,
        {
            "kind": pa.array([document.kind for document in documents], pa.string()),
            "key": pa.array([document.key for document in documents], pa.string()),
            "searchable": pa.array([searchable((d.text, *d.names)) for d in documents], pa.large_string()),
            "sections": pa.array([sorted(place_of[s] for s in d.sections) for d in documents], pa.list_(pa.int32())),
        },
    )
    save_rows(
        folder / _NAMES,
        {
            "name": pa.array([name for name, _ in names], pa.large_string()),
            "point": pa.array([point for _, point in names], pa.int32()),
        },
    )
    save_rows(
        folder / _SECTIONS,
        {
            "list": pa.array([section[0] for section in sections], pa.string()),
            "path": pa.array([list(section[1:]) for section in sections], pa.list_(pa.string())),
            "points": pa.array(members, pa.list_(pa.int32())),
        },
    )
    save_rows(
        folder / _WORDS,
        {"word": pa.array(list(words), pa.string()), "documents": pa.array(list(words.values()), pa.int32())},
    )


def save_rows(path: Path, columns: dict[str, Any]) -> None:
    """Write columns of one length as one uncompressed Arrow batch, so that it can be mapped."""
    batch = pa.record_batch(columns)
    with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)


def arrow_rows(path: Path, columns: Sequence[str]) -> list[Any]:
    """Return columns of a file that :func:`save_rows` wrote, mapped.

    :raises DamagedError: the file is missing, cut short or changed.
    """
    try:
        batch = pa.ipc.open_file(pa.memory_map(str(path))).get_batch(0)
        batch.validate(full=False)
        return [batch.column(name) for name in columns]
    except (OSError, KeyError, ValueError, pa.ArrowException) as cause:
        raise DamagedError(path, "the file cannot be read") from cause


def _names(documents: Iterable[Document]) -> set[tuple[str, int]]:
    return {
        (squeezed(name), point) for point, document in enumerate(documents) for name in document.names if squeezed(name)
    }
