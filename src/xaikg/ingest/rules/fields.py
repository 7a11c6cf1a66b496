"""What the head of a column, or a word before a colon, announces."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from xaikg.ingest.rules.text import clean, unmarked, words
from xaikg.ingest.rules.vocabulary import in_order, phrases, table

__all__ = ["Field", "announced", "field"]


class Field(StrEnum):
    """What a column or a labelled line holds."""

    TITLE = "title"
    AUTHORS = "authors"
    YEAR = "year"
    VENUE = "venue"
    CITATIONS = "citations"
    PAPER = "paper"
    CODE = "code"
    PROJECT = "project"
    BLOG = "blog"
    OTHER = "other"
    NAME = "name"
    NOTE = "note"


_WORDS = {name: phrases(text) for name, text in table("columns").items()}
_FIELD_OF: dict[str, Field] = {word: Field(name) for word, name in in_order(_WORDS).items()}
_FIELD_OF |= {"tl;dr": Field.NOTE, "source": Field.VENUE, "read": Field.NOTE}
_PARTS = re.compile(r"\s*(?:/|&|\+|,|\||\band\b|\bwith\b|[()*]|-)\s*")


@lru_cache(maxsize=8192)
def field(head: str) -> Field | None:
    """Return what a column's head says that the column holds; None where its words are not known.

    >>> [field(head).value for head in ("Publication", "**Paper Title**", "#Cit.", "论文", "Conference / Year")]
    ['venue', 'title', 'citations', 'title', 'venue']
    """
    text = unmarked(clean(head)).strip("*_:：.?!` ").lower()
    if not text or len(text) > 60:
        return None
    if whole := _known(text) or _FIELD_OF.get(" ".join(words(text))):
        return whole
    found = {_known(part) for part in _PARTS.split(text) if part}
    if not found - {None} and len(text.split()) <= 4:  # "first used paper", "year first used"
        found = {f for w in text.split() if (f := _known(w)) in {Field.TITLE, Field.YEAR, Field.AUTHORS}}
    return next((first for first in (Field.TITLE, Field.VENUE, *Field) if first in found), None)


def _known(phrase: str) -> Field | None:
    return _FIELD_OF.get(phrase) or _FIELD_OF.get(phrase.rstrip("s"))


_ANNOUNCED = re.compile(
    r"^\s*[\[(【]?\s*(?P<head>[^:：\[\]【】.,;]{1,30}?)\s*[\])】]?\s*(?:[:：]|】|\s[-–—]\s)\s*(?P<rest>.*)$", re.DOTALL
)


def announced(text: str) -> tuple[Field, str] | None:
    """Return the field that a line announces by a word and a colon, and the rest of the line.

    >>> announced("Authors: Kim, B."), announced("**TL;DR**: maps mislead")[0]
    ((<Field.AUTHORS: 'authors'>, 'Kim, B.'), <Field.NOTE: 'note'>)
    >>> announced("Grad-CAM: Visual Explanations") is None
    True
    """
    bare = text.replace("*", "").replace("TL;DR", "tldr").replace("tl;dr", "tldr")
    found = _ANNOUNCED.match(bare)
    kind = field(found["head"]) if found else None
    if found is None or kind is None or kind is Field.NAME:
        return None
    return kind, found["rest"].strip()
