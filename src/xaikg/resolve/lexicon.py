"""Which words are words: what tells a slip of the pen ("Tayor") from another word ("metrics").

``words.txt`` holds English words of four letters or more, one initial a line: the whole words of the
vocabulary of BERT (Devlin et al. 2019, Apache-2.0) and terms of machine learning.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import OSA

__all__ = ["FUNCTION_WORDS", "GENERIC_WORDS", "is_word", "known_near", "normal_form", "words_of"]


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text as a set.

    >>> sorted(words_of("via by"))
    ['by', 'via']
    """
    return frozenset(text.split())


FUNCTION_WORDS = words_of(
    """
    a an and as at by for from in into of on or the through to towards toward upon using via with
    """
)
"""Words that a careless copy drops, adds or swaps without naming another work."""

GENERIC_WORDS = words_of(
    """
    ai analysis application applications applied approach approaches artificial assessment based black box
    brief case challenge challenges classification classifier classifiers comparison comprehensive concept
    concepts convolutional critical data deep design evaluating evaluation explain explainability explainable
    explained explaining explanation explanations framework future guide image images improve improving
    intelligence interpret interpretability interpretable interpretation interpretations interpreting
    introduction learn learning literature machine method methods ml model modeling models network networks
    neural nlp opportunities overview perspective perspectives practice prediction predictions problem
    problems recent report representation representations research results review roadmap science state study
    survey system systems systematic taxonomy technique techniques theory trends tutorial understand
    understanding visual visualization visualizations visualize visualizing vision xai
    """
)
"""Words so common in titles of the field that sharing them says little."""

_NUMBERS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9",
}  # fmt: skip
_SAME = {"net": "network", "modelling": "modeling", "labelling": "labeling", "labelled": "labeled"}
_AMERICAN = tuple(
    (f"is{end}", f"iz{end}") for end in ("e", "ed", "es", "er", "ers", "ing", "ation", "ations", "able", "ability")
)


@cache
def _words() -> frozenset[str]:
    text = files(__package__).joinpath("words.txt").read_text(encoding="utf-8")
    return frozenset(text.split()) | FUNCTION_WORDS | GENERIC_WORDS


def is_word(token: str) -> bool:
    """Return whether a folded token is a known word, or the plural or American spelling of one.

    >>> is_word("metrics"), is_word("visualising"), is_word("tayor")
    (True, True, False)
    """
    return token in _words() or normal_form(token) in _words()


@cache
def _by_start() -> dict[tuple[str, int], list[str]]:
    found: dict[tuple[str, int], list[str]] = defaultdict(list)
    for word in sorted(_words()):
        found[word[0], len(word)].append(word)
    return dict(found)


@lru_cache(maxsize=100_000)
def known_near(token: str) -> frozenset[str]:
    """Return the known words of the same initial that a word is one slip away from.

    >>> sorted(known_near("measuing"))
    ['measuring']
    """
    if len(token) < 5:
        return frozenset()
    words = (w for size in (-1, 0, 1) for w in _by_start().get((token[0], len(token) + size), ()))
    return frozenset(w for w in words if OSA.distance(token, w, score_cutoff=1) <= 1)


@lru_cache(maxsize=200_000)
def normal_form(token: str) -> str:
    """Return a folded token as American singular, with small numbers as digits.

    >>> [normal_form(word) for word in ("Visualising".lower(), "networks", "nets", "behaviour", "iii", "two")]
    ['visualizing', 'network', 'network', 'behavior', '3', '2']
    >>> [normal_form(word) for word in ("bias", "classes", "queries", "this", "lime")]
    ['bias', 'class', 'query', 'this', 'lime']
    """
    if token in _NUMBERS:
        return _NUMBERS[token]
    word = _singular(token)
    if len(word) > 6:
        for british, american in _AMERICAN:
            if word.endswith(british):
                word = word[: -len(british)] + american
                break
    if len(word) > 4 and "our" in word[2:]:
        word = word[:2] + word[2:].replace("iour", "ior").replace("olour", "olor").replace("avour", "avor")
    return _SAME.get(word, word)


def _singular(token: str) -> str:
    if len(token) < 4 or not token.endswith("s") or token.endswith(("ss", "us", "is", "ias")):
        return token
    if token.endswith("ies"):
        return token[:-3] + "y"
    if token.endswith(("sses", "xes", "ches", "shes")):
        return token[:-2]
    return token[:-1]
