"""The ``Encoder`` port: texts in, unit vectors out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
"""Shape ``(texts, dimensions)``; every row has length 1."""


class Encoder(Protocol):
    """A sentence model. ``digest`` is the hex SHA-256 of its weights and settings: same digest, same vectors."""

    @property
    def name(self) -> str:
        """The public name of the model, never a path."""
        ...

    @property
    def digest(self) -> str:
        """The hex SHA-256 of weights, tokenizer and settings."""
        ...

    @property
    def dimensions(self) -> int:
        """The length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, in order."""
        ...
