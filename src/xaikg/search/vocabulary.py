"""The words of an index with their document counts: weights by rarity, and the nearest to a mistyped word."""

from __future__ import annotations

import math
from bisect import bisect_left
from functools import cached_property
from typing import TYPE_CHECKING, Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from xaikg.search.words import edits_forgiven

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Vocabulary"]

_MOST_CORRECTIONS, _MOST_CORRECTED = 3, 8


class Vocabulary:
    """Words in code point order; the place of a word is its dimension in the sparse vectors.

    ``words`` and ``counts`` are Arrow arrays, so that a large vocabulary stays in its file until it is asked.
    """

    def __init__(self, words: Any, counts: Any, documents: int) -> None:
        self._words, self._counts, self._documents = words, counts, documents

    def weights(self, asked: Sequence[str]) -> dict[int, float]:
        """Return dimension and weight of each word; the first eight unknown ones stand for the nearest known ones."""
        found = {word: self.place(word) for word in asked}
        places = {place for place in found.values() if place is not None}
        for word in [word for word, place in found.items() if place is None][:_MOST_CORRECTED]:
            places.update(self.nearest(word))
        return {place: self.rarity(place) for place in sorted(places)}

    def place(self, word: str) -> int | None:
        """Return the dimension of a word, None where no document has it."""
        at = bisect_left(range(len(self._words)), word, key=lambda i: str(self._words[i].as_py()))
        return at if at < len(self._words) and self._words[at].as_py() == word else None

    def nearest(self, word: str) -> list[int]:
        """Return the dimensions of up to three words at the smallest distance that is forgiven; frequent ones first."""
        forgiven = edits_forgiven(word)
        if not forgiven:
            return []
        close = process.extract(word, self._all, scorer=OSA.distance, score_cutoff=forgiven, limit=None)
        if not close:
            return []
        best = min(distance for _, distance, _ in close)
        places = [int(at) for _, distance, at in close if distance == best]
        places.sort(key=lambda at: (-self._counts[at].as_py(), at))
        return places[:_MOST_CORRECTIONS]

    def rarity(self, place: int) -> float:
        """Return the inverse document frequency of a word (Robertson and Spärck Jones 1976, never negative)."""
        count = self._counts[place].as_py()
        return math.log1p((self._documents - count + 0.5) / (count + 0.5))

    @cached_property
    def _all(self) -> list[str]:
        return [str(word) for word in self._words.to_pylist()]
