"""The words that a text is found by: folded, without plural endings, any script; and how near two words are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from xaikg.ids import fold

__all__ = [
    "FUNCTION_WORDS",
    "Question",
    "edits_forgiven",
    "is_unspaced",
    "joined",
    "near",
    "question",
    "searchable",
    "squeezed",
    "words",
]

# Scripts that are written without blanks: Thai, Lao, Myanmar, Khmer, Kana, Han.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_UNSPACED += "\U00020000-\U000323af"
_RUNS = re.compile(f"[{_UNSPACED}]+|[^{_UNSPACED}]+")
_IS_UNSPACED = re.compile(f"[{_UNSPACED}]")
_QUOTED = re.compile(r'"([^"]*)"|“([^“”"]*)[”"]|«([^«»]*)»')
_MOST_PIECES = 4
_MOST_WORDS, _MOST_PHRASES, _MOST_CHARACTERS = 64, 8, 4000


def words(text: str) -> list[str]:
    """Return the words that a text is found by, in order, with doubles.

    A compound also gives its parts written as one word, a run of a script without blanks its pairs of characters.

    >>> words("Grad-CAM++: Visual Explanations")
    ['grad', 'cam', 'plu', 'plu', 'gradcamplusplu', 'visual', 'explanation']
    >>> words("可解释性 of CNNs"), words("gradcam")
    (['可解', '解释', '释性', 'of', 'cnn'], ['gradcam'])
    """
    return [word for chunk in text.split() for word in _chunk_words(chunk)]


@lru_cache(maxsize=1 << 16)
def _chunk_words(chunk: str) -> tuple[str, ...]:
    pieces = fold(chunk).split()
    found = [part for piece in pieces for part in _parts(piece)]
    if 1 < len(pieces) <= _MOST_PIECES and not is_unspaced(chunk):
        found.append(joined(chunk))
    return tuple(found)


def joined(chunk: str) -> str:
    """Return a compound as one word.

    >>> joined("(Grad-CAMs)")
    'gradcam'
    """
    return _singular(squeezed(chunk))


def is_unspaced(text: str) -> bool:
    """Return whether a text holds characters of a script that is written without blanks."""
    return bool(_IS_UNSPACED.search(text))


def _parts(piece: str) -> Iterator[str]:
    for run in _RUNS.findall(piece):
        if not _IS_UNSPACED.match(run):
            yield _singular(run)
        elif len(run) == 1:
            yield run
        else:
            yield from (run[i : i + 2] for i in range(len(run) - 1))


def _singular(word: str) -> str:
    """Return an English word without its plural ending (after Harman's S-stemmer, 1991), any other as it is.

    >>> [_singular(w) for w in ("maps", "studies", "approaches", "images", "class", "bias")]
    ['map', 'study', 'approach', 'image', 'class', 'bia']
    """
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return word[:-1]


FUNCTION_WORDS = frozenset(
    _singular(word)
    for word in """a about against an and any are as at be been but by can do does for from how i in into is it its of
    on or our should so than that the their them these this those through to toward towards using via was we what when
    where which who why will with without you your""".split()  # noqa: SIM905 (readable as text, not as 80 lines)
)
"""English words that say nothing about a subject; they are searched for, but never shown as evidence."""


def squeezed(name: str) -> str:
    """Return a name for exact comparison: folded and without blanks.

    >>> squeezed("Grad-CAM"), squeezed("gradcam"), squeezed("Grad-CAM++")
    ('gradcam', 'gradcam', 'gradcamplusplus')
    """
    return fold(name).replace(" ", "")


def searchable(texts: tuple[str, ...]) -> str:
    r"""Return texts folded, one a line between blanks: what a phrase is looked for in.

    >>> searchable(("Grad-CAM", "CAM"))
    ' grad cam \n cam '
    """
    return "\n".join(f" {fold(text)} " for text in dict.fromkeys(texts))


@dataclass(frozen=True, slots=True)
class Question:
    """A query: its distinct words, its quoted phrases as :func:`searchable` holds them, its text as a name."""

    words: tuple[str, ...]
    phrases: tuple[str, ...]
    name: str


def question(text: str) -> Question:
    """Return what a query asks for; a quote that never closes is none.

    What one query may cost is bounded: its first 4,000 characters, 64 distinct words and 8 phrases count.

    >>> question('CAM "class activation"')
    Question(words=('cam', 'class', 'activation'), phrases=(' class activation ',), name='camclassactivation')
    """
    text = text[:_MOST_CHARACTERS].encode("utf-8", "replace").decode()
    quoted = dict.fromkeys(fold("".join(groups)) for groups in _QUOTED.findall(text))
    phrases = [_bounded(phrase) for phrase in quoted if phrase]
    distinct = tuple(dict.fromkeys(words(text)))
    return Question(distinct[:_MOST_WORDS], tuple(phrases[:_MOST_PHRASES]), squeezed(text))


def _bounded(phrase: str) -> str:
    """Return a phrase between blanks, except where a script without blanks begins or ends it."""
    left = "" if _IS_UNSPACED.match(phrase[0]) else " "
    right = "" if _IS_UNSPACED.match(phrase[-1]) else " "
    return f"{left}{phrase}{right}"


def edits_forgiven(word: str) -> int:
    """Return how many typing errors are forgiven in a word: none in short ones and in numbers.

    >>> edits_forgiven("cam"), edits_forgiven("shapley"), edits_forgiven("explanation"), edits_forgiven("02391")
    (0, 1, 2, 0)
    """
    if len(word) < 4 or word.isdigit():
        return 0
    return 1 if len(word) < 8 else 2


def near(word: str, other: str) -> bool:
    """Return whether two words differ by typing errors alone (letters changed, missing, added or swapped).

    >>> near("explnation", "explanation"), near("lime", "time"), near("cam", "cat")
    (True, True, False)
    """
    forgiven = edits_forgiven(word)
    return word == other or (forgiven > 0 and OSA.distance(word, other, score_cutoff=forgiven) <= forgiven)
