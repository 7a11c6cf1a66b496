from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.search.highlights import highlights, said_by_both

TITLE = "Grad-CAM++: Improved Visual Explanations for Deep Convolutional Networks"


@pytest.mark.parametrize(
    ("text", "title", "found"),
    [
        ("visual explanation", TITLE, ("Visual Explanations",)),
        ("deep visual", TITLE, ("Visual", "Deep")),
        ("grad-cam++", TITLE, ("Grad-CAM++",)),
        ("cam", TITLE, ("CAM",)),
        ("explnations", TITLE, ("Explanations",)),
        ("for", TITLE, ()),
        ("why is this image a cat", "This Looks Like That: Image Recognition", ("Image",)),
        ("", TITLE, ()),
        ("attention", TITLE, ()),
        ("可解释", "深度学习可解释性综述", ("可解释",)),
        ("<b>", "A <b>bold</b> claim", ("b",)),
        ("bold", "A <b>bold</b> claim", ("bold",)),
    ],
)
def test_highlights_are_parts_of_the_title_as_written(text: str, title: str, found: tuple[str, ...]) -> None:
    assert highlights(text, title) == found


@given(st.text(max_size=60), st.text(max_size=60))
def test_highlights_stand_in_the_title_in_order(text: str, title: str) -> None:
    found = highlights(text, title)
    assert all(snippet in title for snippet in found)
    assert len(set(found)) == len(found)


@given(st.text(max_size=60))
def test_a_title_shares_its_words_with_itself(title: str) -> None:
    assert all(word in title for word in said_by_both(title, title))


def test_words_said_by_both_are_not_merged_and_not_forgiven_errors() -> None:
    assert said_by_both("Attention is not Explanation", "Attention is not not Explanation") == (
        "Attention",
        "not",
        "Explanation",
    )
    assert said_by_both("LIME", "time") == ()
