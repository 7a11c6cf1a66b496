"""Vectors of documents: computed once per text and model, and taken over from an earlier snapshot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray

from xaikg.errors import DamagedError
from xaikg.search.encoder import Encoder, Vectors
from xaikg.search.index import Document

__all__ = ["Hashes", "hashes_of", "open_vectors", "save_vectors", "vectors_for"]

Hashes = NDArray[np.uint8]
"""Shape ``(texts, 32)``: the SHA-256 of each text and its model."""

_VECTORS, _HASHES = "vectors.npy", "hashes.npy"
_AT_ONCE = 512


def vectors_for(
    documents: Sequence[Document],
    encoder: Encoder,
    previous: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> tuple[Vectors, int]:
    """Return one unit vector per document and the number of documents whose vector was taken over.

    ``previous`` is the index folder of an earlier snapshot; one that cannot be read is as good as none. Documents
    of one text share one vector. ``progress`` is called with the number of documents done so far.
    """
    hashes = hashes_of((document.text for document in documents), encoder.digest)
    vectors = np.zeros((len(documents), encoder.dimensions), np.float32)
    known = _taken_over(hashes, vectors, previous)
    pending: dict[bytes, list[int]] = {}
    for place in np.flatnonzero(~known).tolist():
        pending.setdefault(hashes[place].tobytes(), []).append(place)
    groups = sorted(pending.values(), key=lambda places: (len(documents[places[0]].text), places))
    done = int(known.sum())
    for start in range(0, len(groups), _AT_ONCE):
        batch = groups[start : start + _AT_ONCE]
        for places, vector in zip(batch, encoder.encode([documents[p[0]].text for p in batch]), strict=True):
            vectors[places] = vector
            done += len(places)
        if progress:
            progress(done)
    return vectors, int(known.sum())


def hashes_of(texts: Iterable[str], digest: str) -> Hashes:
    """Return the hash of each text under the model with this digest."""
    joined = b"".join(hashlib.sha256(f"{digest}\0{text}".encode("utf-8", "replace")).digest() for text in texts)
    return np.frombuffer(joined, np.uint8).reshape(-1, 32)


def save_vectors(folder: Path, vectors: Vectors, hashes: Hashes) -> None:
    """Write vectors and hashes, row by row the same texts."""
    np.save(folder / _VECTORS, vectors, allow_pickle=False)
    np.save(folder / _HASHES, hashes, allow_pickle=False)


def open_vectors(folder: Path) -> tuple[Vectors, Hashes]:
    """Return vectors and hashes as they lie in a folder, mapped and read-only.

    :raises DamagedError: a file is missing, cut short, or does not fit the other.
    """
    try:
        vectors, hashes = (np.load(folder / n, mmap_mode="r", allow_pickle=False) for n in (_VECTORS, _HASHES))
    except (OSError, ValueError, EOFError) as cause:
        raise DamagedError(folder / _VECTORS, "the vectors cannot be read") from cause
    if vectors.dtype != np.float32 or vectors.ndim != 2 or hashes.shape != (len(vectors), 32):
        raise DamagedError(folder / _VECTORS, "the vectors do not fit their hashes")
    return cast("Vectors", vectors), cast("Hashes", hashes)


def _taken_over(hashes: Hashes, vectors: Vectors, previous: Path | None) -> NDArray[np.bool_]:
    """Fill in the vectors that an earlier folder holds and return which those are."""
    none = np.zeros(len(hashes), bool)
    if previous is None or not len(hashes):
        return none
    try:
        old, old_hashes = open_vectors(previous)
    except DamagedError:
        return none
    if not len(old) or old.shape[1] != vectors.shape[1]:
        return none
    # The first eight bytes find the row, all 32 decide.
    heads, old_heads = _heads(hashes), _heads(old_hashes)
    order = np.argsort(old_heads, kind="stable")
    at = order[np.minimum(np.searchsorted(old_heads, heads, sorter=order), len(order) - 1)]
    found = cast("NDArray[np.bool_]", (old_hashes[at] == hashes).all(axis=1))
    vectors[found] = old[at[found]]
    whole: NDArray[np.bool_] = np.abs(np.linalg.norm(vectors, axis=1) - 1.0) < 1e-3
    return np.logical_and(found, whole)


def _heads(hashes: Hashes) -> NDArray[np.uint64]:
    return np.ascontiguousarray(hashes[:, :8]).view(np.uint64).ravel()
