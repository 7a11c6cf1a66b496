"""Two records in, a judgement with its reasons out."""

from __future__ import annotations

from math import exp

from xaikg.model import Judgement, Reason
from xaikg.resolve.corpus import Corpus
from xaikg.resolve.evidence import pair_of, reasons_of
from xaikg.resolve.records import Record

__all__ = ["SAME_FROM", "is_hard", "judge", "score"]

SAME_FROM = 0.5
"""The sum of weights from which on two records are one work."""
_VETO = -1.0
_HARD = -0.5


def judge(left: Record, right: Record, corpus: Corpus, alone: bool = False) -> Judgement:
    """Return whether two records name one work, how sure, and every row of the table that spoke.

    ``alone`` says that a short title of one of them can mean no other work than the other's.
    """
    reasons = reasons_of(pair_of(left, right, corpus, alone))
    total = total_of(reasons)
    return Judgement(left.ref, right.ref, total >= SAME_FROM, score(total), reasons)


def total_of(reasons: tuple[Reason, ...]) -> float:
    """Return the sum of weights, or −1 where a veto speaks."""
    if any(r.weight == _VETO for r in reasons):
        return _VETO
    return round(sum(r.weight for r in reasons), 4)


def score(total: float) -> float:
    """Return how likely one work is, between 0 and 1, for a sum of weights.

    >>> score(0.5), score(0.9) > 0.9, score(-1.0) < 0.001
    (0.5, True, True)
    """
    return round(1 / (1 + exp(-6 * (total - SAME_FROM))), 4)


def is_hard(judgement: Judgement) -> bool:
    """Return whether a refusal holds against a chain of other records too: something strong spoke against."""
    return not judgement.same and any(r.weight <= _HARD and r.evidence != "unrelated_titles" for r in judgement.reasons)
