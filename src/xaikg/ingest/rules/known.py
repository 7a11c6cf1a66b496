"""Words that several rules know: names of venues, words of venue names, words that no person is called.

Each set holds folded words (lower case). They are vocabulary, not knowledge of any list or paper.
"""

from __future__ import annotations

from xaikg.ingest.rules.vocabulary import phrases, table, word_set

__all__ = [
    "ABBREVIATIONS",
    "AMBIGUOUS",
    "COMMON",
    "JOURNALS",
    "NAMED_VENUES",
    "PARTICLES",
    "PRESENTATION",
    "PUBLISHERS",
    "STRUCTURE",
]

_VENUES, _WORDS = table("venues"), table("common")

NAMED_VENUES = word_set(_VENUES["names"])
"""Acronyms and names of one word by which lists call venues."""

JOURNALS = frozenset(phrases(_VENUES["journals"]))
"""Names of journals and the like that would else read as a phrase or a person."""

STRUCTURE = word_set(_VENUES["structure"])
"""Words that stand beside a venue's acronym and belong to its name."""

PRESENTATION = word_set(_VENUES["presentation"])
"""Words that say how a paper was presented or chosen: they are read over."""

AMBIGUOUS = word_set(_VENUES["ambiguous"])
"""Names of venues that are words of titles too: venues only beside a year or another venue."""

PUBLISHERS = frozenset(phrases(_VENUES["publishers"]))
"""Publishers: part of a reference, yet neither its venue nor its authors, unless nothing else is there."""

ABBREVIATIONS = word_set(_WORDS["abbreviations"])
"""What a full stop follows without ending a sentence."""

PARTICLES = word_set(_WORDS["particles"])
"""Words in lower case that stand inside names."""

COMMON = word_set(_WORDS["common"])
"""Words of titles about machine learning: no person is called so."""
