"""Reciprocal rank fusion (Cormack, Clarke and Büttcher 2009): several rankings in, one score per item out."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["RANK_CONSTANT", "reciprocal_ranks", "share", "shares"]

Item = TypeVar("Item", bound=Hashable)

RANK_CONSTANT = 60
"""``k`` of the paper: how slowly a rank loses weight."""


def share(rank: int, rankings: int) -> float:
    """Return what a rank (from 1) in one of several rankings is worth; first in all of them adds up to 1.

    >>> share(1, 2), round(share(62, 2), 2)
    (0.5, 0.25)
    """
    return (RANK_CONSTANT + 1) / (RANK_CONSTANT + rank) / rankings


def shares(ranked: int, rankings: int) -> NDArray[np.float64]:
    """Return what each rank from the first on is worth, as :func:`share` says.

    >>> shares(2, 1).round(2).tolist()
    [1.0, 0.98]
    """
    return (RANK_CONSTANT + 1) / (RANK_CONSTANT + np.arange(1, ranked + 1)) / rankings


def reciprocal_ranks(rankings: Sequence[Iterable[Item]]) -> dict[Item, float]:
    """Return a score in 0 … 1 for every item of some rankings (best first); 1 for the first of all.

    >>> reciprocal_ranks([["a", "b"], ["a"]])["a"]
    1.0
    """
    scores: dict[Item, float] = {}
    for ranking in rankings:
        for rank, item in enumerate(ranking, start=1):
            scores[item] = scores.get(item, 0.0) + share(rank, len(rankings))
    return scores
