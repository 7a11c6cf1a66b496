"""The embedded search index: Qdrant Edge for vectors and words, mapped columns for names, phrases and sections.

Filters are answered by the :class:`~xaikg.tables.store.EntityStore` and applied as point numbers, so that search and
pages agree by construction. Scores of one answer: BM25 (``lexical``), cosine (``semantic``), or
reciprocal ranks of both in 0 … 1 (``hybrid``); an exact name adds what lifts it above every other hit.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import qdrant_edge as engine
from numpy.typing import NDArray

from xaikg.errors import DamagedError, EncoderError, NotFoundError, SnapshotError, UsageError
from xaikg.search.catalogue import Catalogue
from xaikg.search.encoder import Vectors
from xaikg.search.files import copied, is_writable
from xaikg.search.fusion import reciprocal_ranks
from xaikg.search.index import Hit, Mode, Section
from xaikg.search.vectors import open_vectors
from xaikg.search.words import Question, question
from xaikg.tables.store import EntityStore, Filter, Kind

__all__ = ["DENSE", "SHARD", "SPARSE", "QdrantEdgeIndex", "open_index"]

SHARD, DENSE, SPARSE = "edge", "dense", "words"

Mask = NDArray[np.bool_]

_DEPTH = 500
_NAMED: frozenset[Kind] = frozenset({"author", "venue"})
"""Kinds that are names alone: no text is near them in meaning, so a hybrid search finds them by words."""

_FEW = 0.1
"""Up to this part of all points a filter is handed to the engine as a set of numbers."""

_EXACT = engine.SearchParams(exact=True)


def open_index(folder: Path, store: EntityStore) -> QdrantEdgeIndex:
    """Return the index that lies in a folder; ``store`` is of the same snapshot and answers its filters.

    Many processes may open one folder. Where this user may not write, the engine, which maps its files
    writable, works on a private copy, removed by ``close``.
    :raises DamagedError: a file is missing or cannot be read.
    """
    catalogue, (vectors, _) = Catalogue(folder), open_vectors(folder)
    if len(vectors) != len(catalogue):
        raise DamagedError(folder, f"it has {len(vectors)} vectors for {len(catalogue)} documents")
    private = None if is_writable(folder / SHARD) else _private_copy(folder / SHARD)
    try:
        shard = _loaded(Path(private.name) / SHARD if private else folder / SHARD, folder / SHARD, len(catalogue))
    except DamagedError:
        if private:
            private.cleanup()
        raise
    return QdrantEdgeIndex(shard, catalogue, vectors, store, private)


def _private_copy(shard: Path) -> tempfile.TemporaryDirectory[str]:
    if not shard.is_dir():
        raise DamagedError(shard, "the search index is missing")
    private = tempfile.TemporaryDirectory(prefix="xaikg-index-", ignore_cleanup_errors=True)
    try:
        copied(shard, Path(private.name) / SHARD)
    except OSError as cause:
        private.cleanup()
        raise SnapshotError(
            f"{shard} may not be written here and cannot be copied to {tempfile.gettempdir()} ({cause.strerror}); "
            "make room or set TMPDIR"
        ) from cause
    return private


def _loaded(path: Path, named: Path, documents: int) -> engine.EdgeShard:
    """Return the engine's shard in a folder; an error names the folder that was asked for."""
    try:
        shard = engine.EdgeShard.load(str(path))
    except Exception as cause:  # the engine raises nothing more specific
        raise DamagedError(named, "the search index cannot be opened") from cause
    if shard.info().points_count != documents:
        shard.close()
        raise DamagedError(named, "the search index does not hold the documents of its catalogue")
    return shard


class QdrantEdgeIndex:
    """A :class:`~xaikg.search.index.SearchIndex` in this process; dense search is exact."""

    def __init__(
        self,
        shard: engine.EdgeShard,
        catalogue: Catalogue,
        vectors: Vectors,
        store: EntityStore,
        private: tempfile.TemporaryDirectory[str] | None = None,
    ) -> None:
        self._shard, self._catalogue, self._vectors = shard, catalogue, vectors
        self._store, self._private = store, private

    def search(
        self,
        text: str,
        vector: Vectors | None,
        *,
        mode: Mode = "hybrid",
        kinds: Sequence[Kind] | None = None,
        where: Filter | None = None,
        limit: int = 10,
    ) -> list[Hit]:
        """Return the best hits, best first; equal scores by kind and key.

        Quoted phrases hold in ``lexical`` and ``hybrid``; ``semantic`` looks at the vector alone.
        :raises UsageError: a mode without its vector, or a limit below 1.
        """
        if limit < 1:
            raise UsageError(f"limit is {limit}; ask for 1 hit or more")
        asked, wanted = question(text), self._catalogue.kinds if kinds is None else tuple(kinds)
        phrases = () if mode == "semantic" else asked.phrases
        allowed = self._of(wanted) & self._passing(wanted, where, phrases)
        # Deeper than most answers are read, so that a longer answer begins with the shorter one.
        depth = max(limit, _DEPTH)
        if mode == "semantic":
            scores = self._nearest(vector, limit, wanted, allowed)
        else:
            scores = self._worded(asked, depth, wanted, allowed)
        if mode == "hybrid":
            meant = tuple(kind for kind in wanted if kind not in _NAMED) or wanted
            near = self._nearest(vector, depth, meant, allowed & self._of(meant))
            scores = reciprocal_ranks([list(scores), list(near)])
        if mode != "semantic":
            _lift(scores, [point for point in self._catalogue.named(asked.name) if allowed[point]])
        best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:limit]
        return [Hit(*self._catalogue.entity(point), score) for point, score in best]

    def vectors(self, kind: Kind, keys: Sequence[str]) -> Vectors:
        """Return the stored vectors in the order asked for, as a view where they lie in a row.

        :raises NotFoundError: an entity is not in the index.
        """
        points = self._catalogue.points(kind, keys)
        if len(points) and int(points.min()) < 0:
            raise NotFoundError(kind, keys[int(np.argmin(points))])
        if len(points) and bool((np.diff(points) == 1).all()):
            return self._vectors[int(points[0]) : int(points[-1]) + 1]
        return self._vectors[points]

    def sections(self, papers: Sequence[str]) -> list[tuple[Section, ...]]:
        """Return for each paper the sections that it is listed in, sorted; a paper in none has none."""
        return self._catalogue.sections(papers)

    def close(self) -> None:
        """Release the files and remove the private copy, if there is one."""
        self._shard.close()
        if self._private is not None:
            self._private.cleanup()

    def _of(self, kinds: Sequence[Kind]) -> Mask:
        """Return for every point whether it is of one of some kinds."""
        mask = np.zeros(len(self._catalogue), bool)
        for kind in kinds:
            first, last = self._catalogue.range(kind)
            mask[first:last] = True
        return mask

    def _passing(self, kinds: Sequence[Kind], where: Filter | None, phrases: Iterable[str]) -> Mask:
        """Return for every point whether it passes a filter and holds all phrases."""
        mask = np.full(len(self._catalogue), where is None)
        for kind in kinds if where is not None else ():
            points = self._catalogue.points(kind, self._store.matching(kind, where))
            mask[points[points >= 0]] = True
        for phrase in phrases:
            mask &= self._catalogue.holding(phrase)
        return mask

    def _worded(self, asked: Question, depth: int, kinds: Sequence[Kind], allowed: Mask) -> dict[int, float]:
        weights = self._catalogue.vocabulary.weights(asked.words)
        if not weights:
            return {}
        query = engine.SparseVector(list(weights), list(weights.values()))
        return self._ranked(query, SPARSE, depth, kinds, allowed)

    def _nearest(self, vector: Vectors | None, depth: int, kinds: Sequence[Kind], allowed: Mask) -> dict[int, float]:
        if vector is None:
            raise UsageError("a semantic or hybrid search needs the vector of its text; give one or search lexically")
        if vector.shape != (self._vectors.shape[1],):
            raise EncoderError(
                f"the query's vector has shape {vector.shape}, the index has {self._vectors.shape[1]} dimensions; "
                "encode queries with the model of the snapshot"
            )
        return self._ranked(vector.tolist(), DENSE, depth, kinds, allowed)

    def _ranked(self, query: Any, name: str, depth: int, kinds: Sequence[Kind], allowed: Mask) -> dict[int, float]:
        """Return the best allowed points with their scores, best first, ties by point.

        Few allowed points are named to the engine; of many, enough are read and the others left out. The engine cuts
        ties at will, so it is asked for more until the last place is no tie.
        """
        of_kinds, passing = self._of(kinds), int(allowed.sum())
        if not passing:
            return {}
        part = passing / int(of_kinds.sum())
        if part < _FEW:
            condition, part = engine.Filter(must=[engine.HasIdCondition(set(np.flatnonzero(allowed).tolist()))]), 1.0
        elif of_kinds.all():
            condition = None
        else:
            condition = engine.Filter(must=[engine.FieldCondition("kind", match=engine.MatchAny([*map(str, kinds)]))])
        wanted = int(depth / part * 1.25) + 16
        while True:
            request = engine.QueryRequest(
                limit=wanted, query=engine.Query.Nearest(query, name), filter=condition, params=_EXACT
            )
            found = [(-each.score, int(str(each.id))) for each in self._shard.query(request)]
            scored = sorted(each for each in found if allowed[each[1]])
            if len(found) < wanted or (len(scored) >= depth and max(found)[0] > scored[depth - 1][0]):
                return {point: -score for score, point in scored[:depth]}
            wanted *= 4


def _lift(scores: dict[int, float], points: Iterable[int]) -> None:
    """Raise the scores of some points above all others, in place, keeping their order among themselves."""
    most = max(scores.values(), default=0.0) + 1.0
    scores.update({point: scores.get(point, 0.0) + most for point in points})
