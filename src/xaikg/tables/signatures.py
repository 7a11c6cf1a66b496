"""Signatures of names: sets of letter pairs in a few machine words, so that a million names are sifted in a blink."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from xaikg.tables.arrow import Column

__all__ = ["Signatures", "bigrams"]

Signatures = NDArray[np.uint64]
"""Shape ``(names, 4)``: 256 bits a name, one for each pair of neighbouring bytes, hashed."""

_WORDS = 4

_CHUNK = 50_000
"""Names whose bytes are looked at together, so that memory stays flat."""


def bigrams(texts: Column) -> Signatures:
    """Return a signature a text: its pairs of neighbouring bytes, a blank at either end included, as a set.

    >>> from xaikg.tables.arrow import pa
    >>> one, other, third = bigrams(pa.array(["lime", "limes", "shap"]))
    >>> int(np.bitwise_count(one & other).sum()), int(np.bitwise_count(one & third).sum())
    (4, 0)
    """
    signatures = np.zeros((len(texts), _WORDS), dtype=np.uint64)
    for start in range(0, len(texts), _CHUNK):
        part = [f" {text} ".encode() for text in texts.slice(start, _CHUNK).to_pylist()]
        rows = np.repeat(np.arange(start, start + len(part)), [len(text) for text in part])
        data = np.frombuffer(b"".join(part), np.uint8).astype(np.uint32)
        inside = np.flatnonzero(rows[1:] == rows[:-1])
        # Multiplicative hashing (Knuth 1973): the upper eight bits name one bit of the signature.
        bits = ((data[inside] * 256 + data[inside + 1]) * np.uint32(2654435761)) >> np.uint32(24)
        np.bitwise_or.at(signatures, (rows[inside], bits >> 6), np.uint64(1) << (bits & 63).astype(np.uint64))
    return signatures
