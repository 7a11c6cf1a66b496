"""Titles: cleaned of what surrounds them, and told from other text."""

from __future__ import annotations

import re
from functools import lru_cache

from xaikg.ingest.rules.text import clean, is_prose, unmarked, word_count, words

__all__ = ["looks_like_title", "quoted", "title"]

_QUOTES = {
    '"': '"',
    "“": "”",
    "”": "”",
    "„": "“",
    "«": "»",
    "‘": "’",
    "《": "》",
    "「": "」",
    "『": "』",
    "``": "''",
    "'": "'",
}
_TRAILING = " \t,;:.|·•-–—/\\*_~^→"
_LEADING = " \t,;:.|·•-–—*_~→>"
_NUMBER = re.compile(r"^(?:\[\d{1,4}\]|\(\d{1,3}\)|\d{1,3}[.)、](?=\s))\s*(?=\S)")


@lru_cache(maxsize=8192)
def title(text: str) -> str:
    """Return a title without quotation marks, numbering, emoji and closing marks around it.

    >>> title('"Towards better maps,"'), title("1) *Deep Sets*."), title("Why did you say that?")
    ('Towards better maps', 'Deep Sets', 'Why did you say that?')
    >>> title('"Why Should I Trust You?": Explaining Predictions'), title("And so on…"), title("Wait...")
    ('"Why Should I Trust You?": Explaining Predictions', 'And so on…', 'Wait...')
    """
    text = _NUMBER.sub("", unmarked(clean(text)))
    before = None
    while text != before:
        before = text
        text = unmarked(_without_quotes(_trimmed(text)))
    return text


def _trimmed(text: str) -> str:
    dots = text.endswith("...")
    text = text.rstrip(_TRAILING).lstrip(_LEADING)
    for left, right in (("(", ")"), ("[", "]"), ("【", "】")):
        if text.endswith(left):
            text = text[:-1]
        if text.endswith(right) and text.count(right) > text.count(left):
            text = text[:-1]
        if text.startswith(left) and text.count(left) > text.count(right):
            text = text[1:]
        if text.startswith(left) and text.endswith(right) and right not in text[1:-1]:
            text = text[1:-1]
    return f"{text}..." if dots and text and not text.endswith("...") else text


def _without_quotes(text: str) -> str:
    for left, right in _QUOTES.items():
        if not text.startswith(left) or len(text) < 2 * len(left) + 1:
            continue
        inner = text[len(left) :]
        if inner.endswith(right) and right not in inner[: -len(right)] and (left == right or left not in inner):
            return inner[: -len(right)]
        if right not in inner and left != "'":
            return inner
    for right in ('"', "”", "»", "''"):
        if (
            text.endswith(right)
            and text.count(right) == 1
            and not any(left in text for left, r in _QUOTES.items() if r == right and left != right)
        ):
            return text[: -len(right)]
    return text


_OPENING = re.compile(r"\"|“|„|«|《|「|『|``|(?<!\w)‘(?!\d\d\b)")


def quoted(text: str, least: int = 3) -> tuple[str, str, str] | None:
    """Return what stands before, in and behind quotation marks that hold a title; None without such.

    Fewer than ``least`` words are no title.

    >>> quoted('K. Simonyan. "Deep inside convolutional networks," 2014')
    ('K. Simonyan. ', 'Deep inside convolutional networks,', ' 2014')
    >>> quoted('"Why Should I Trust You?": Explaining the Predictions') is None
    True
    """
    found = _OPENING.search(text)
    if not found:
        return None
    right = _QUOTES[found.group()]
    end = text.find(right, found.end())
    if end < 0:
        return None
    before, inner, behind = text[: found.start()], text[found.end() : end], text[end + len(right) :]
    rest = behind.lstrip(" ")
    if (rest[:1] in ":?" and len(rest) > 2) or (
        rest[:1].isalnum() and before.strip() == "" and not inner.rstrip().endswith((",", "."))
    ):
        return None  # the title goes on behind its quotation
    if before.strip() and before.rstrip()[-1] not in ".,:;)]-–—|" and not inner.rstrip().endswith((",", ".")):
        return None  # a word of the title in quotation marks
    return (before, inner, behind) if word_count(inner) >= least else None


_STARTS_LIKE_TASK = re.compile(
    r"(?:todo|to do|add|fix|update|submit|fork|open an? (?:issue|pull)|create|make sure|please|see|check|run|install"
    r"|pip|feel free|note that)\b",
    re.IGNORECASE,
)


def looks_like_title(text: str) -> bool:
    """Tell whether a text could be a paper's title, as far as words alone tell.

    >>> looks_like_title("Network Dissection: Quantifying Interpretability"), looks_like_title("Please open an issue")
    (True, False)
    """
    count = word_count(text)
    return (
        1 <= count <= 40
        and not is_prose(text)
        and not _STARTS_LIKE_TASK.match(text)
        and any(c.isalpha() for c in text)
        and bool(words(text))
    )
