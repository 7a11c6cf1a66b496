from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.search.words import near, question, searchable, words


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Grad-CAM", "gradcam"),
        ("Grad-CAM++", "GradCAM++"),
        ("networks", "Network"),
        ("studies", "study"),
        ("approaches", "approach"),
        ("Schütt", "schutt"),
        ("可解释性综述", "解释"),
        ("ตัวอย่าง", "ตัวอย่าง"),
        ("(Un)reliability", "unreliability"),
    ],
)
def test_two_ways_to_write_a_thing_share_a_word(left: str, right: str) -> None:
    assert set(words(left)) & set(words(right))


@pytest.mark.parametrize(("left", "right"), [("class", "clas"), ("CAM", "CAMs and GANs"[:2]), ("综述", "述综")])
def test_different_words_stay_apart(left: str, right: str) -> None:
    assert not set(words(left)) & set(words(right))


@given(st.text())
def test_words_are_never_empty_and_never_hold_blanks(text: str) -> None:
    assert all(word and not word.isspace() and " " not in word for word in words(text))


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ('"class activation" maps', (" class activation ",)),
        ("“class activation”", (" class activation ",)),
        ("«карты»", (" карты ",)),
        ('"解释"', ("解释",)),
        ('"', ()),
        ('""', ()),
        ('never "closed', ()),
        ('"a" "b"', (" a ", " b ")),
    ],
)
def test_phrases_are_what_stands_between_quotes(text: str, phrases: tuple[str, ...]) -> None:
    assert question(text).phrases == phrases


@given(st.text(max_size=50), st.text(max_size=20), st.text(max_size=50))
def test_a_phrase_is_found_in_every_text_that_quotes_it(before: str, phrase: str, after: str) -> None:
    quoted = question(f'"{phrase.replace(chr(34), "")}"').phrases
    assert all(p in searchable((f"{before} {phrase.replace(chr(34), '')} {after}",)) for p in quoted)


def test_what_a_question_may_cost_is_bounded() -> None:
    assert len(question(" ".join(f"word{n}x" for n in range(1000))).words) == 64
    assert len(question(" ".join(f'"word {n}"' for n in range(1000))).phrases) == 8
    assert len(question("x" * 100_000).name) == 4000
    assert question("“" * 100_000).phrases == ()


@pytest.mark.parametrize(
    ("word", "other", "alike"),
    [
        ("explanation", "explnation", True),
        ("explanation", "expalnaton", True),
        ("shapley", "shaply", True),
        ("shapley", "sharpleys", False),
        ("cam", "cat", False),
        ("2016", "2017", False),
        ("lime", "lime", True),
    ],
)
def test_typing_errors_are_forgiven_by_length(word: str, other: str, alike: bool) -> None:
    assert near(word, other) is alike
