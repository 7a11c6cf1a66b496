"""Which rows belong to which: compressed sparse rows, the shape that is mapped from a file as it is used."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xaikg.tables.arrow import Ints

__all__ = ["Links", "csr", "ranges", "spans", "starts"]


@dataclass(frozen=True)
class Links:
    """Targets of rows: those of row ``i`` are ``targets[offsets[i]:offsets[i + 1]]``."""

    offsets: Ints
    targets: Ints

    @property
    def sources(self) -> Ints:
        """Return the row that each target belongs to."""
        return np.repeat(np.arange(len(self.offsets) - 1), np.diff(self.offsets))

    def reversed(self, count: int) -> Links:
        """Return the same links seen from their ``count`` targets."""
        return csr(self.targets, self.sources, count)


def csr(rows: Ints, targets: Ints, count: int) -> Links:
    """Return the links from ``count`` rows to targets, each pair once, targets in order.

    >>> links = csr(np.array([2, 0, 2, 2]), np.array([7, 5, 4, 7]), 3)
    >>> links.offsets.tolist(), links.targets.tolist()
    ([0, 1, 1, 3], [5, 4, 7])
    """
    if len(rows) == 0:
        return Links(np.zeros(count + 1, dtype=np.int64), np.zeros(0, dtype=np.int64))
    width = int(targets.max()) + 1
    pairs = np.unique(rows.astype(np.int64) * width + targets)
    return Links(starts(pairs // width, count), pairs % width)


def starts(rows: Ints, count: int) -> Ints:
    """Return where the run of each of ``count`` rows starts in rows that are in order, and their number at the end."""
    return np.searchsorted(rows, np.arange(count + 1)).astype(np.int64)


def spans(offsets: NDArray[Any], rows: Ints) -> tuple[Ints, Ints]:
    """Return the places from ``offsets[row]`` to ``offsets[row + 1]`` of all rows, and how many each row has.

    >>> places, lengths = spans(np.array([0, 1, 1, 3]), np.array([2, 1, 0]))
    >>> places.tolist(), lengths.tolist()
    ([1, 2, 0], [2, 0, 1])
    """
    first = offsets[rows].astype(np.int64)
    return ranges(first, offsets[rows + 1].astype(np.int64) - first)


def ranges(first: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """Return ``first[i] … first[i] + lengths[i] - 1`` of all ``i``, one after the other, and the lengths."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.arange(total, dtype=np.int64) + np.repeat(first - (ends - lengths), lengths), lengths
