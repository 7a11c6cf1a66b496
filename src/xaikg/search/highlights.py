"""Where a query matched a title: snippets of plain text."""

from __future__ import annotations

import re
from collections.abc import Callable

from xaikg.search.words import FUNCTION_WORDS, is_unspaced, joined, near, question, words

__all__ = ["highlights", "said_by_both"]

_PART = re.compile(r"[^\W_]+")
_OUTER = re.compile(r"^[^\w+]+|[^\w+]+$")


def highlights(text: str, document_title: str) -> tuple[str, ...]:
    """Return the parts of a title that a query names, as written, in order, without markup and without doubles.

    >>> highlights("visual explanation", "Grad-CAM++: Improved Visual Explanations for Deep Networks")
    ('Visual Explanations',)
    >>> highlights("gradcam", "Grad-CAM: Why did you say that?"), highlights("why is a cat", "Why Should I Trust You?")
    (('Grad-CAM',), ())
    """
    asked = [word for word in question(text).words if word not in FUNCTION_WORDS]
    spans: list[tuple[int, int]] = []
    for first, last in _matched(lambda word: any(near(each, word) for each in asked), document_title):
        between = document_title[spans[-1][1] : first] if spans else "x"
        if spans and not between.strip(" -‐–/"):
            spans[-1] = (spans[-1][0], last)
        else:
            spans.append((first, last))
    snippets = (_OUTER.sub("", document_title[first:last]) for first, last in spans)
    return tuple(dict.fromkeys(snippet for snippet in snippets if snippet))


def said_by_both(left: str, right: str) -> tuple[str, ...]:
    """Return the words that two texts share, as the right one writes them, without function words and doubles.

    >>> said_by_both("Sanity Checks for Saliency Maps", "A saliency map is Not an Explanation. Saliency!")
    ('saliency', 'map')
    """
    said = set(words(left))
    found = (_OUTER.sub("", right[first:last]) for first, last in _matched(said.__contains__, right))
    first: dict[str, str] = {}
    for word in found:
        first.setdefault(word.casefold(), word)
    return tuple(first.values())


def _matched(named: Callable[[str], bool], title: str) -> list[tuple[int, int]]:
    """Return the spans of words that are named, in order: whole chunks between blanks, else their parts."""
    found = []
    for chunk in re.finditer(r"\S+", title):
        if not is_unspaced(chunk.group()) and _counts(joined(chunk.group()), named):
            found.append(chunk.span())
            continue
        for part in _PART.finditer(chunk.group()):
            found.extend(_within(named, part.group(), chunk.start() + part.start()))
    return found


def _within(named: Callable[[str], bool], part: str, offset: int) -> list[tuple[int, int]]:
    """Return the spans of a part that are named: all of it, or pairs of characters of a script without blanks."""
    if not is_unspaced(part):
        return [(offset, offset + len(part))] if _counts(joined(part), named) else []
    pairs = [pair for pair in dict.fromkeys(words(part)) if named(pair)]
    places = ((part.find(pair), len(pair)) for pair in pairs)
    return sorted((offset + at, offset + at + length) for at, length in places if at >= 0)


def _counts(word: str, named: Callable[[str], bool]) -> bool:
    return word != "" and word not in FUNCTION_WORDS and named(word)
