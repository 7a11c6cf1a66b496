"""What the difference of two words comes to: a slip of the pen, another ending, another word, or the opposite."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache

from rapidfuzz.distance import OSA

from xaikg.resolve.lexicon import FUNCTION_WORDS, is_word, known_near, normal_form, words_of

__all__ = ["Difference", "digits_differ", "word_difference"]

_NEGATING = words_of("un in im ir non dis de anti a semi self over under multi mono bi")
_ENDINGS = words_of(
    """
    e ed er ers es ing ings or ors ion ions ation ations ity ability al ally ly able ably ive ively ic ics ism ist
    ness ment ments ance ence ant ent ary
    """
) | {""}
_LIGHT_ENDINGS = ({"", "al"}, {"", "ly"}, {"", "e"})
_FIRST_OF_SCRIPTS_WITHOUT_BLANKS = 0x2E80


class Difference(IntEnum):
    """What a difference comes to, the least first."""

    SAME = 0
    LIGHT = 1  # a function word more, less, or another
    TYPO = 2  # one of the two is no word
    SUSPECT = 3  # one letter or the ending, and both are words
    OTHER = 4
    DECISIVE = 5  # a number or a prefix that turns the meaning


@lru_cache(maxsize=100_000)
def word_difference(a: str, b: str) -> Difference:
    """Return what the difference of two folded words comes to.

    >>> [word_difference(*pair).name for pair in (("tayor", "taylor"), ("maps", "metrics"), ("examing", "examining"))]
    ['TYPO', 'OTHER', 'TYPO']
    >>> [word_difference(*pair).name for pair in (("supervised", "unsupervised"), ("yolov3", "yolov4"))]
    ['DECISIVE', 'DECISIVE']
    >>> [word_difference(*pair).name for pair in (("block", "black"), ("vnia", "via"))]
    ['SUSPECT', 'TYPO']
    """
    one, other = normal_form(a), normal_form(b)
    if one == other:
        return Difference.SAME
    if a in FUNCTION_WORDS and b in FUNCTION_WORDS:
        return Difference.LIGHT
    if digits_differ(one, other) or _negates(one, other) or _negates(other, one):
        return Difference.DECISIVE
    return min(_difference(a, b), _difference(one, other))


def digits_differ(a: str, b: str) -> bool:
    """Return whether two words differ in their digits.

    >>> digits_differ("yolov3", "yolov4"), digits_differ("3d", "d3")
    (True, False)
    """
    return [c for c in a if c.isdigit()] != [c for c in b if c.isdigit()]


def _difference(a: str, b: str) -> Difference:
    if any(ord(c) >= _FIRST_OF_SCRIPTS_WITHOUT_BLANKS for c in a + b):
        return Difference.OTHER
    distance = OSA.distance(a, b, score_cutoff=3)
    if min(len(a), len(b)) < 4:
        odd = [w for w in (a, b) if w not in FUNCTION_WORDS]
        slip = distance <= 1 and len(odd) == 1 and not is_word(odd[0]) and len(odd[0]) <= 5
        short = distance <= 1 and len(odd) == 2 and max(len(a), len(b)) == 4 and is_word(a) != is_word(b)
        return Difference.TYPO if slip else Difference.SUSPECT if short else Difference.OTHER
    ending = _ending_difference(a, b)
    if ending is not None:
        return ending
    return _edit_difference(a, b, distance)


def _edit_difference(a: str, b: str, distance: int) -> Difference:
    words, length = is_word(a) + is_word(b), max(len(a), len(b))
    if words == 2:
        return Difference.SUSPECT if distance == 1 else Difference.OTHER
    if words == 1:
        limit = 1 if length < 7 else 2 if length < 11 else 3
        return Difference.TYPO if distance <= limit else Difference.OTHER
    if distance <= 2 and known_near(a) & known_near(b):
        return Difference.TYPO
    if distance > (2 if length >= 8 else 1):
        return Difference.OTHER
    return Difference.TYPO if length >= 8 and distance == 1 else Difference.SUSPECT


def _negates(a: str, b: str) -> bool:
    """Return whether ``a`` is ``b`` behind a prefix that turns or narrows its meaning."""
    return len(b) >= 5 and a.endswith(b) and a[: -len(b)] in _NEGATING


def _ending_difference(a: str, b: str) -> Difference | None:
    """Return what a difference in nothing but the ending comes to, None for any other difference."""
    common = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        common += 1
    if common < 4:
        return None
    rests = {a[common:], b[common:]}
    if rests in _LIGHT_ENDINGS and is_word(a) == is_word(b):
        return Difference.TYPO
    for back in range(3):  # "explain|able" and "explain|ed", also "generat|or" and "generat|ed"
        cut = common - back
        if cut >= 4 and {a[cut:], b[cut:]} <= _ENDINGS and is_word(a) and is_word(b):
            return Difference.SUSPECT
    return None
