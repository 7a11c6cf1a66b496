"""``ids.fold`` again, many times faster for text in ASCII, which most titles and names are."""

from __future__ import annotations

import string

from xaikg import ids

__all__ = ["fold", "words"]

_TABLE = str.maketrans(
    {c: " " for c in map(chr, range(128)) if not c.isalnum()}
    | dict(zip(string.ascii_uppercase, string.ascii_lowercase, strict=True))
)


def fold(text: str) -> str:
    """Return exactly what :func:`xaikg.ids.fold` returns.

    >>> fold("Grad-CAM: Visual Explanations"), fold("Grad-CAM++")
    ('grad cam visual explanations', 'grad cam plus plus')
    """
    return " ".join(words(text))


def words(text: str) -> list[str]:
    """Return the words of a folded text.

    >>> words("R-CNN (2014)")
    ['r', 'cnn', '2014']
    """
    if text.isascii() and "++" not in text:
        return text.translate(_TABLE).split()
    return ids.fold(text).split()
