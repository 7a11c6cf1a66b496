"""Which of many texts are near one another, without comparing all pairs.

MinHash over three-letter pieces with banding (Broder 1997; Leskovec, Rajaraman and Ullman 2014, ch. 3):
two texts that share seven of ten pieces meet with a probability above 0.99, whatever else is there.
All constants are fixed, so that the pairs depend on the texts alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

__all__ = ["near_pairs"]

_PIECE = 3
_BANDS, _ROWS = 20, 3
_CHUNK = 20_000
_CROWD, _NEIGHBOURS = 20, 4
"""A bucket of more texts than this is sorted, and each text meets so many that follow it."""


def near_pairs(texts: Sequence[str], nearness: float) -> list[tuple[int, int]]:
    """Return pairs of indices, lower first and sorted, of texts whose ratio of common letters is at least ``nearness``.

    >>> near_pairs(["deeptaylordecomposition", "deeptayordecomposition", "featurevisualization"], 80)
    [(0, 1)]
    """
    found: set[tuple[int, int]] = set()
    refused: set[tuple[int, int]] = set()
    for one, other in _candidates(texts):
        pair = (one, other) if one < other else (other, one)
        if pair in found or pair in refused:
            continue
        near = fuzz.ratio(texts[one], texts[other], score_cutoff=nearness) > 0
        (found if near else refused).add(pair)
    return sorted(found)


def _candidates(texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    if len(texts) < 2:
        return
    signatures = np.concatenate([_signatures(texts[i : i + _CHUNK]) for i in range(0, len(texts), _CHUNK)])
    for band in range(_BANDS):
        rows = signatures[:, band * _ROWS : (band + 1) * _ROWS]
        mixed = rows[:, 0] * np.uint64(0x9E3779B97F4A7C15) ^ rows[:, 1] * np.uint64(0xC2B2AE3D27D4EB4F) ^ rows[:, 2]
        order = np.argsort(mixed, kind="stable")
        starts = np.flatnonzero(np.concatenate(([True], np.diff(mixed[order]) != 0, [True])))
        for start in np.flatnonzero(np.diff(starts) > 1):
            yield from _pairs(order[starts[start] : starts[start + 1]].tolist(), texts)


def _pairs(bucket: list[int], texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    crowded = len(bucket) > _CROWD
    if crowded:
        bucket = sorted(bucket, key=lambda i: texts[i])
    for position, one in enumerate(bucket):
        last = position + 1 + _NEIGHBOURS if crowded else len(bucket)
        for other in bucket[position + 1 : last]:
            yield one, other


def _signatures(texts: Sequence[str]) -> NDArray[np.uint64]:
    """Return for each text the least hash of its pieces under each of the hash functions."""
    encoded = [text.encode("utf-8").ljust(_PIECE, b" ") for text in texts]
    buffer = np.frombuffer(b"".join(encoded), dtype=np.uint8).astype(np.uint64)
    lengths = np.array([len(e) for e in encoded], dtype=np.int64)
    ends = np.cumsum(lengths)
    pieces = buffer[: len(buffer) - _PIECE + 1].copy()
    for shift in range(1, _PIECE):
        pieces |= buffer[shift : len(buffer) - _PIECE + 1 + shift] << np.uint64(8 * shift)
    whole = np.ones(len(pieces), dtype=bool)
    for back in range(1, _PIECE):  # pieces that run over the end of a text
        cut = ends[:-1] - back
        whole[cut[cut < len(pieces)]] = False
    pieces = _mixed(pieces[whole])
    counts = lengths - _PIECE + 1
    firsts = np.cumsum(counts) - counts
    columns = [np.minimum.reduceat(_mixed(pieces ^ seed), firsts) for seed in _seeds()]
    return np.stack(columns, axis=1)


def _seeds() -> NDArray[np.uint64]:
    return _mixed(np.arange(1, _BANDS * _ROWS + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return well-mixed values (the finalizer of splitmix64; Steele, Lea and Flood 2014)."""
    mixed = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return mixed ^ (mixed >> np.uint64(31))
