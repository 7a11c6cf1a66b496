"""Columns of text hold what the functions of one text give."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.tables import text
from xaikg.tables.text import TEXT, folded, ordered, plain, sound

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12) | st.text("aAéßİ+ -_.\t\x1f한", max_size=8)


@pytest.mark.parametrize("name", ["folded", "ordered", "plain"])
@given(texts=st.lists(st.none() | TEXTS, max_size=6))
def test_a_column_holds_what_the_function_gives(name: str, texts: list[str | None]) -> None:
    exact, column = getattr(text, name), getattr(text, f"{name}_column")
    assert column(pa.array(texts, TEXT)).to_pylist() == [None if each is None else exact(each) for each in texts]


def test_a_part_of_a_longer_column_is_folded_like_the_whole() -> None:
    texts = pa.array(["Été", "Grad-CAM++", "x", None, "ß"], TEXT)
    assert text.folded_column(texts.slice(1, 3)).to_pylist() == ["grad cam plus plus", "x", None]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Schütt", "SCHUTT"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("ﬁeld", "field"),
        ("Ａ", "a"),
        ("Ǆ", "dž"),
    ],
)
def test_filters_see_no_case_and_no_accents(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_filters_see_everything_else() -> None:
    assert plain("Grad-CAM") != plain("Grad-CAM++")
    assert plain("a b") != plain("a  b")
    assert not plain("각").startswith(plain("가"))


def test_accents_count_in_orders_and_case_does_not() -> None:
    assert ordered("É") == ordered("é") != ordered("e")


@given(st.text())
def test_a_sound_text_can_be_written_and_is_the_same_if_it_could_before(each: str) -> None:
    assert sound(each).encode().decode() == sound(each)
    assert len(each) != len(sound(each)) or all(a == b or b == "\ufffd" for a, b in zip(each, sound(each), strict=True))
    assert folded(sound(each)) == folded(each)
