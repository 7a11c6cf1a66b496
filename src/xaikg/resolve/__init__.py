"""Mentions in, works out: which entries of all lists are one paper, by whom, where, when."""

from xaikg.resolve.authority import Authority, CuratedJudgement, IdRow, PersonRow, load_authority
from xaikg.resolve.evidence import EVIDENCE
from xaikg.resolve.explaining import explain
from xaikg.resolve.keys import new_id_rows
from xaikg.resolve.resolution import resolve

__all__ = [
    "EVIDENCE",
    "Authority",
    "CuratedJudgement",
    "IdRow",
    "PersonRow",
    "explain",
    "load_authority",
    "new_id_rows",
    "resolve",
]
