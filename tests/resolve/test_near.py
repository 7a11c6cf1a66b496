"""Near texts are found without comparing all pairs, whatever their order."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from xaikg.resolve.near import near_pairs

TEXTS = st.lists(st.text(alphabet="abcdefgh", min_size=0, max_size=30), max_size=25, unique=True)


@given(TEXTS)
def test_only_near_texts_are_paired(texts: list[str]) -> None:
    for one, other in near_pairs(texts, 80):
        assert one < other
        assert fuzz.ratio(texts[one], texts[other]) >= 80


@given(TEXTS, st.randoms(use_true_random=False))
def test_pairs_do_not_depend_on_the_order(texts: list[str], dice: random.Random) -> None:
    mixed = texts[:]
    dice.shuffle(mixed)

    def found(given: list[str]) -> set[frozenset[str]]:
        return {frozenset((given[a], given[b])) for a, b in near_pairs(given, 80)}

    assert found(texts) == found(mixed)


def test_one_slip_in_a_title_is_found_among_thousands() -> None:
    dice = random.Random(5)
    texts = ["".join(dice.choices("etaoinshrdlu", k=40)) for _ in range(3000)]
    slips = [text[:20] + "x" + text[21:] for text in texts]
    pairs = set(near_pairs(texts + slips, 80))
    missed = [n for n in range(3000) if (n, n + 3000) not in pairs]
    assert len(missed) <= 3


def test_crowd_of_near_texts_gives_a_number_of_pairs_in_line_with_its_size() -> None:
    texts = [f"explainingdeepneuralnetworkswithmethodnumber{n}" for n in range(2000)]
    assert len(near_pairs(texts, 80)) < 2000 * 80
