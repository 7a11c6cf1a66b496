"""Stand-ins that tests build with: a sentence model that needs no weights."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from xaikg.ids import fold
from xaikg.search.encoder import Vectors


class HashEncoder:
    """A model whose vectors count hashed words: equal texts are equal, shared words are near."""

    name = "hash"
    digest = hashlib.sha256(b"hash").hexdigest()
    dimensions = 64

    def encode(self, texts: Sequence[str]) -> Vectors:
        vectors = np.full((len(texts), self.dimensions), 1e-3, dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            for word in fold(text).split():
                row[int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimensions] += 1
        return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)
