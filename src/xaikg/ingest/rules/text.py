"""Plain text: characters that no value may hold, blanks, emoji, the words of any script."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from xaikg.ingest.rules.vocabulary import table, word_set

__all__ = ["clean", "is_prose", "unmarked", "word_count", "words"]

_DROPPED = {"Cc", "Cs", "Co", "Cn"}
# Bidi controls and marks, zero-width blank, word joiner, byte-order mark, soft hyphen, object replacement.
_INVISIBLE = {
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *(0x200B, 0x200E, 0x200F, 0x061C, 0x2060, 0xFEFF, 0x00AD, 0xFFFC),
}
_SHORTCODE = re.compile(r"(?<!\w):[a-z][a-z0-9_+-]{1,29}:(?!\w)")
_PROSE = word_set(table("common")["prose"])
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af]")


def clean(text: str) -> str:
    r"""Return a text on one line: no control, bidi or private characters, single blanks.

    >>> clean(" Grad\u202e-CAM\x07\n  and  more ")
    'Grad-CAM and more'
    """
    if not text.isascii() or not text.isprintable():
        text = "".join(map(_kept, text))
    return " ".join(text.split())


def _kept(char: str) -> str:
    if char.isprintable() and ord(char) not in _INVISIBLE:
        return char
    if char.isspace():
        return " "
    dropped = unicodedata.category(char) in _DROPPED or ord(char) in _INVISIBLE
    return "" if dropped else char


def unmarked(text: str) -> str:
    """Return a text without emoji at its ends and without shortcodes such as ``:fire:``.

    >>> unmarked("🔥 :new: Network Dissection ⭐⭐")
    'Network Dissection'
    """
    if ":" in text:
        text = _SHORTCODE.sub(" ", text)
    text = text.strip()
    if text.isascii():
        return text
    first, last = 0, len(text)
    while first < last and _is_emoji(text[first]):
        first += 1
    while last > first and _is_emoji(text[last - 1]):
        last -= 1
    return text[first:last]


def _is_emoji(char: str) -> bool:
    return (
        char.isspace() or char in "\ufe0f\u200d\u20e3" or (ord(char) > 0x2000 and unicodedata.category(char) in _EMOJI)
    )


_EMOJI = {"So", "Sk"}


def words(text: str) -> list[str]:
    """Return the words of a text: runs of letters, digits, and marks inside words.

    >>> words("Grad-CAM: Why did you say that?")
    ['Grad-CAM', 'Why', 'did', 'you', 'say', 'that']
    """
    return _WORD.findall(text)


_WORD = re.compile(r"\w+(?:[-'’.+]\w+)*\+*")


@lru_cache(maxsize=8192)
def word_count(text: str) -> int:
    """Return how many words a text has; two signs of a script without blanks count as one word.

    >>> word_count("Deep Sets"), word_count("可解释性综述")
    (2, 3)
    """
    if text.isascii():
        return len(words(text))
    signs = len(_HAN.findall(text))
    return len(words(_HAN.sub(" ", text))) + (signs + 1) // 2


@lru_cache(maxsize=4096)
def is_prose(text: str) -> bool:
    """Tell whether a text speaks to its reader or is long: a sentence rather than a title.

    >>> is_prose("If you find this useful, please cite our survey"), is_prose("What does attention look at?")
    (True, False)
    """
    found = words(text)
    if len(found) > 45 or ("@" in text and re.search(r"\w@\w+\.\w", text)):
        return True
    lowered = {w.lower() for w in found}
    said = len(lowered & _PROSE)
    if said >= 3 or (said >= 2 and len(found) > 14) or {"please", "click"} & lowered:
        return True
    return _POINTS.search(text) is not None


_POINTS = re.compile(r"\b(?:available|listed|found|see|read|check) (?:here|below|above)\b", re.IGNORECASE)
