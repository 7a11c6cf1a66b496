"""Texts made comparable: for order, for filters, for names; one at a time and a whole column at once.

A column takes a fast path where a text is ASCII (Arrow does it without Python) and the exact function elsewhere;
a test holds both to the same results.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from xaikg import ids
from xaikg.tables.arrow import Column, pa, pc

__all__ = ["TEXT", "folded", "folded_column", "ordered", "ordered_column", "plain", "plain_column", "sound"]

TEXT = pa.large_string()
"""The type of every text column: its offsets have 64 bits, so that no column can grow too long."""


def sound(text: str) -> str:
    r"""Return a text that can be written: a half of a surrogate pair, which no text of a store has, becomes U+FFFD.

    >>> sound("a\ud800"), sound("综述")
    ('a�', '综述')
    """
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def ordered(text: str) -> str:
    """Return a text as it is sorted: NFKD, without case.

    >>> sorted(["b", "A", "a"], key=ordered), ordered("É") == ordered("é")
    (['A', 'a', 'b'], True)
    """
    return unicodedata.normalize("NFKD", text).casefold()


def plain(text: str) -> str:
    """Return a text as filters see it: without case and accents, everything else kept.

    >>> plain("Schütt"), plain("Grad-CAM++: Why?"), plain("可解释性")
    ('schutt', 'grad-cam++: why?', '可解释性')
    """
    bare = (c for c in ordered(sound(text)) if not unicodedata.combining(c))
    # NFC puts Hangul syllables together again, so that the start of one is not the start of another.
    return unicodedata.normalize("NFC", "".join(bare))


def folded(text: str) -> str:
    """Return a text as names are compared: letters and digits alone.

    >>> folded("Grad-CAM++")
    'grad cam plus plus'
    """
    return ids.fold(text)


def ordered_column(texts: pa.Array) -> Column:
    """Return :func:`ordered` of every text; nulls stay."""
    return _column(texts, ordered, pc.ascii_lower)


def plain_column(texts: pa.Array) -> Column:
    """Return :func:`plain` of every text; nulls stay."""
    return _column(texts, plain, pc.ascii_lower)


def folded_column(texts: pa.Array) -> Column:
    """Return :func:`folded` of every text; nulls stay."""
    return _column(texts, folded, _fold_ascii)


def _fold_ascii(texts: pa.Array) -> Column:
    spelled = pc.ascii_lower(pc.replace_substring(texts, "++", " plus plus "))
    return pc.ascii_trim_whitespace(pc.replace_substring_regex(spelled, "[^a-z0-9]+", " "))


def _column(texts: Column, exact: Callable[[str], str], of_ascii: Callable[[Column], Column]) -> Column:
    """Return a function of every text, by Arrow where a text is ASCII and by Python elsewhere."""
    other = pc.fill_null(pc.invert(pc.string_is_ascii(texts)), False)
    done = of_ascii(pc.if_else(other, pa.scalar("", TEXT), texts))
    if not pc.any(other).as_py():
        return done
    values = [exact(text) for text in pc.filter(texts, other).to_pylist()]
    return pc.replace_with_mask(done, other, pa.array(values, TEXT))
