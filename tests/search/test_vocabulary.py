from __future__ import annotations

import pyarrow as pa
import pytest

from xaikg.search.vocabulary import Vocabulary

WORDS = {"attention": 3, "cam": 2, "explanation": 90, "explanations": 1, "image": 5, "images": 1, "可解": 1}
KNOWN = Vocabulary(pa.array(list(WORDS)), pa.array(list(WORDS.values())), 100)


def _names(places: list[int]) -> list[str]:
    return [list(WORDS)[place] for place in places]


@pytest.mark.parametrize("word", list(WORDS))
def test_a_known_word_has_its_place(word: str) -> None:
    place = KNOWN.place(word)
    assert place is not None
    assert list(WORDS)[place] == word


@pytest.mark.parametrize("word", ["", "a", "zebra", "camera", "可"])
def test_an_unknown_word_has_none(word: str) -> None:
    assert KNOWN.place(word) is None


@pytest.mark.parametrize(
    ("word", "nearest"),
    [
        ("explnation", ["explanation"]),
        ("atention", ["attention"]),
        ("imagse", ["image", "images"]),
        ("cat", []),
        ("zebra", []),
    ],
)
def test_a_mistyped_word_stands_for_the_nearest_ones(word: str, nearest: list[str]) -> None:
    assert _names(KNOWN.nearest(word)) == nearest


def test_a_known_word_is_never_corrected() -> None:
    assert list(KNOWN.weights(["explanations"])) == [KNOWN.place("explanations")]


def test_only_some_unknown_words_are_corrected() -> None:
    assert KNOWN.weights([*(f"zebra{n}" for n in range(8)), "explnation"]) == {}
    assert list(KNOWN.weights([*(f"zebra{n}" for n in range(7)), "explnation"])) == [KNOWN.place("explanation")]


def test_rare_words_weigh_more_and_none_less_than_nothing() -> None:
    weights = [KNOWN.rarity(place) for place in range(len(WORDS))]
    by_count = sorted(zip(WORDS.values(), weights, strict=True))
    assert all(weight > 0 for weight in weights)
    assert [weight for _, weight in by_count] == sorted(weights, reverse=True)
