"""Documents and vectors in, an index folder out: written in bulk, loaded once, never changed afterwards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import qdrant_edge as engine

from xaikg.errors import UsageError
from xaikg.search.catalogue import save_catalogue
from xaikg.search.edge import DENSE, SHARD, SPARSE
from xaikg.search.encoder import Vectors
from xaikg.search.index import Document
from xaikg.search.vectors import hashes_of, save_vectors
from xaikg.search.words import words

__all__ = ["build_index"]

_AT_ONCE = 1000
_NEVER = 1_000_000_000
_SATURATION, _LENGTH_SHARE, _TIE_BREAK = 1.2, 0.75, 1e-3


def build_index(folder: Path, documents: Iterable[Document], vectors: Vectors, digest: str) -> None:
    """Write the index of documents and their unit vectors, row by row the same, into a folder that has none.

    ``digest`` is the encoder's: a later build takes over the vectors of unchanged texts under the same model.
    :raises UsageError: two documents are one entity, or the vectors do not fit the documents.
    """
    given = list(documents)
    if vectors.ndim != 2 or len(vectors) != len(given):
        raise UsageError(f"{len(given)} documents need as many vectors, not an array of shape {vectors.shape}")
    order = sorted(range(len(given)), key=lambda i: (given[i].kind, given[i].key))
    ordered, vectors = [given[i] for i in order], np.ascontiguousarray(vectors[order], np.float32)
    for left, right in pairwise(ordered):
        if (left.kind, left.key) == (right.kind, right.key):
            raise UsageError(f"two documents are {left.kind} {left.key!r}; give each entity once")
    folder.mkdir(parents=True, exist_ok=True)
    bags = [_bag(document) for document in ordered]
    counts = Counter(word for bag, _ in bags for word in bag)
    vocabulary = dict(sorted(counts.items()))
    save_vectors(folder, vectors, hashes_of((document.text for document in ordered), digest))
    save_catalogue(folder, ordered, vocabulary)
    _write_shard(folder / SHARD, ordered, vectors, _sparse(bags, vocabulary))


def _bag(document: Document) -> tuple[Counter[str], int]:
    """Return how often each word is in a document, and the length of its text; words of names alone count once."""
    own = words(document.text)
    bag = Counter(own)
    for name in document.names:
        bag.update(dict.fromkeys((word for word in words(name) if word not in bag), 1))
    return bag, len(own)


def _sparse(bags: Sequence[tuple[Counter[str], int]], vocabulary: dict[str, int]) -> Iterator[engine.SparseVector]:
    """Yield the document's half of BM25 (Robertson et al. 1994); the query's half is the rarity of its words.

    Weights fall by a thousandth from the first point to the last, so that the engine itself ranks equals by point.
    """
    place_of = {word: place for place, word in enumerate(vocabulary)}
    usual = sum(length for _, length in bags) / max(1, len(bags)) or 1.0
    for point, (bag, length) in enumerate(bags):
        damping = _SATURATION * (1 - _LENGTH_SHARE + _LENGTH_SHARE * length / usual)
        top = (_SATURATION + 1) * (1 + _TIE_BREAK * (1 - point / len(bags)))
        weights = {place_of[word]: top * n / (n + damping) for word, n in bag.items()}
        places = sorted(weights)
        yield engine.SparseVector(places, [weights[place] for place in places])


def _write_shard(
    folder: Path, documents: Sequence[Document], vectors: Vectors, sparse: Iterable[engine.SparseVector]
) -> None:
    """Write the engine's files. No log, so that many processes may read; no graph, so that search stays exact."""
    folder.mkdir()
    dense = engine.EdgeVectorParams(size=vectors.shape[1], distance=engine.Distance.Dot)
    shard = engine.EdgeShard.create(
        str(folder),
        engine.EdgeConfig(
            vectors={DENSE: dense},
            sparse_vectors={SPARSE: engine.EdgeSparseVectorParams()},
            optimizers=engine.EdgeOptimizersConfig(indexing_threshold=_NEVER, default_segment_number=1),
            wal_enabled=False,
        ),
    )
    points = (
        engine.Point(number, {DENSE: vector.tolist(), SPARSE: weights}, {"kind": document.kind})
        for number, (document, vector, weights) in enumerate(zip(documents, vectors, sparse, strict=True))
    )
    while batch := [point for _, point in zip(range(_AT_ONCE), points, strict=False)]:
        shard.update(engine.UpdateOperation.upsert_points(batch))
    shard.update(engine.UpdateOperation.create_field_index("kind", engine.PayloadSchemaType.Keyword))
    shard.flush()
    shard.close()
    # The first load rewrites the engine's settings; after it the files keep their bytes.
    engine.EdgeShard.load(str(folder)).close()
