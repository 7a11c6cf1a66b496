"""How two titles differ: in spelling, in a slip of the pen, or in words that name another work."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA, Levenshtein

from xaikg.resolve.lexicon import FUNCTION_WORDS, is_word, words_of
from xaikg.resolve.slips import Difference, digits_differ, word_difference
from xaikg.resolve.titles import Title

__all__ = ["Agreement", "Comparison", "compare"]

_NEAR = 68.0
_SHARED = 0.6
_DECISIVE = words_of("not no non never without un anti nor neither cannot plus vs versus part")


class Agreement(IntEnum):
    """What two titles have in common, the least first."""

    UNRELATED = 0
    DECISIVE = 1  # a number, a negation or the like stands in one alone
    OTHER_WORDS = 2
    DOUBTFUL = 3  # one word differs by a letter or an ending, and both are words
    MISTYPED = 4
    RESPELT = 5
    EXACT = 6


@dataclass(frozen=True, slots=True)
class Comparison:
    """How two titles agree, and the words in which they differ as a phrase (empty when they do not)."""

    agreement: Agreement
    note: str = ""


@dataclass(frozen=True, slots=True)
class _Region:
    """A run of words of each title between words that both have, and what their difference comes to."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    kind: Difference

    @property
    def note(self) -> str:
        """Return the difference as a phrase."""
        a, b = " ".join(self.left), " ".join(self.right)
        return f"“{a}” for “{b}”" if a and b else f"“{a or b}” in one alone"


def compare(left: Title, right: Title) -> Comparison:
    """Return how two titles agree word by word.

    >>> from xaikg.resolve.titles import read_title as t
    >>> compare(t("Deep Tayor Decomposition"), t("Deep Taylor decomposition"))
    Comparison(agreement=<Agreement.MISTYPED: 4>, note='“tayor” for “taylor”')
    >>> compare(t("Attention is not Explanation"), t("Attention is not not Explanation")).agreement.name
    'DECISIVE'
    >>> compare(t("Sanity Checks for Saliency Maps"), t("Sanity Checks for Saliency Metrics")).agreement.name
    'OTHER_WORDS'
    """
    if left.key == right.key:
        return Comparison(Agreement.EXACT if left.tokens == right.tokens else Agreement.RESPELT)
    if fuzz.ratio(left.key, right.key, score_cutoff=_NEAR) < _NEAR:
        return _far(left, right)
    if len(left.normal) > 4 and _swapped(left.normal, right.normal):
        return Comparison(Agreement.DOUBTFUL, "the two words around “and” have changed places")
    regions, shared = _regions(left, right)
    return _verdict(regions, shared, left, right)


def _far(left: Title, right: Title) -> Comparison:
    """Return how titles agree that differ in many letters: they may still share most of their words."""
    one, other = ({t for t in title.normal if t not in FUNCTION_WORDS} for title in (left, right))
    shared = one & other
    if len(shared) >= 3 and len(shared) >= _SHARED * min(len(one), len(other)):
        return Comparison(Agreement.OTHER_WORDS, "only some words stand in both")
    return Comparison(Agreement.UNRELATED)


def _swapped(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Return whether two titles differ in "a and b" against "b and a" alone."""
    if len(one) != len(other):
        return False
    differ = [n for n, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    if len(differ) != 2 or differ[1] - differ[0] != 2 or one[differ[0] + 1] != "and":
        return False
    return one[differ[0]] == other[differ[1]] and one[differ[1]] == other[differ[0]]


def _verdict(regions: list[_Region], shared: int, left: Title, right: Title) -> Comparison:
    worst = max((r.kind for r in regions), default=Difference.SAME)
    notes = "; ".join(r.note for r in regions if r.kind == worst)
    count = Counter(r.kind for r in regions)
    if worst is Difference.DECISIVE:
        return Comparison(Agreement.DECISIVE, notes)
    few = count[Difference.LIGHT] <= 2 and count[Difference.TYPO] <= max(2, len(left.normal) // 3)
    if worst is Difference.OTHER or not few:
        return Comparison(Agreement.OTHER_WORDS, notes)
    if worst is Difference.SUSPECT:
        alone = count[Difference.SUSPECT] == 1 and count[Difference.TYPO] <= 1
        return Comparison(Agreement.DOUBTFUL if shared >= 4 and alone else Agreement.OTHER_WORDS, notes)
    if worst is Difference.TYPO:
        letters = OSA.distance(left.key, right.key)
        near = letters <= max(2, len(left.key) // 8) and (shared >= 1 or letters <= 2 <= len(left.tokens))
        return Comparison(Agreement.MISTYPED if near else Agreement.OTHER_WORDS, notes)
    if worst is Difference.LIGHT and shared < 3:
        return Comparison(Agreement.OTHER_WORDS, notes)
    return Comparison(Agreement.RESPELT, notes)


def _regions(left: Title, right: Title) -> tuple[list[_Region], int]:
    """Return the runs of words in which two titles differ, and the number of content words that they share."""
    spans: list[tuple[int, int, int, int]] = []
    shared, is_open = 0, False
    for op in Levenshtein.opcodes(left.normal, right.normal):
        if op.tag == "equal":
            shared += sum(t not in FUNCTION_WORDS for t in left.normal[op.src_start : op.src_end])
            is_open = False
        elif is_open:
            spans[-1] = (spans[-1][0], op.src_end, spans[-1][2], op.dest_end)
        else:
            spans.append((op.src_start, op.src_end, op.dest_start, op.dest_end))
            is_open = True
    coined = left.coined | right.coined
    found = []
    for a, b, c, d in spans:
        one, other = left.tokens[a:b], right.tokens[c:d]
        joined = {"".join(left.normal[a:b]), "".join(one)} & {"".join(right.normal[c:d]), "".join(other)}
        found.append(_Region(one, other, Difference.SAME if joined else _kind(one, other, coined, shared)))
    return found, shared


def _kind(a: tuple[str, ...], b: tuple[str, ...], coined: frozenset[str], shared: int) -> Difference:
    if _decisive(a) != _decisive(b):
        return Difference.DECISIVE
    if not a or not b:
        return Difference.LIGHT if all(t in FUNCTION_WORDS or t == "s" for t in (*a, *b)) else Difference.OTHER
    one, other = "".join(a), "".join(b)
    moved = Difference.TYPO if OSA.distance(one, other) <= 1 and min(len(one), len(other)) >= 8 else Difference.OTHER
    if len(a) == len(b):
        kinds = [_pair_kind(x, y, coined, shared) for x, y in zip(a, b, strict=True)]
        blanks_moved = sum(kind is not Difference.SAME for kind in kinds) >= 2
        return min(max(kinds), moved) if blanks_moved else max(kinds)
    content = tuple(tuple(t for t in side if t not in FUNCTION_WORDS) for side in (a, b))
    if content[0] and len(content[0]) == len(content[1]):
        kinds = [_pair_kind(x, y, coined, shared) for x, y in zip(*content, strict=True)]
        return min(max(Difference.LIGHT, *kinds), moved)
    return moved


def _decisive(words: tuple[str, ...]) -> list[str]:
    return sorted(t for t in words if t in _DECISIVE or t.isdigit())


def _pair_kind(a: str, b: str, coined: frozenset[str], shared: int) -> Difference:
    kind = word_difference(a, b)
    if kind in (Difference.SAME, Difference.DECISIVE) or not {a, b} & coined:
        return kind
    if kind is Difference.TYPO and is_word(a) != is_word(b):
        return kind
    near = OSA.distance(a, b) <= 1 and min(len(a), len(b)) >= 4 and shared >= 5
    return Difference.SUSPECT if near and not digits_differ(a, b) else Difference.OTHER
