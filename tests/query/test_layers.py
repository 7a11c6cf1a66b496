"""The rows of a drawing, where years are missing."""

from __future__ import annotations

import pytest

from xaikg.query.layers import layers
from xaikg.query.mainpath import Arc


def arcs(*pairs: str) -> list[Arc]:
    return [(("paper", pair[0]), ("paper", pair[1])) for pair in pairs]


@pytest.mark.parametrize(
    ("years", "pairs", "rows"),
    [
        ({"a": 2016, "b": 2018}, ("ab",), {"a": 0, "b": 1}),
        ({"a": 2018, "b": 2016}, ("ab",), {"a": 1, "b": 0}),  # against time: the year decides
        ({"a": 2016, "b": 2016, "c": 2016, "d": 2017}, ("ab", "bc", "ad"), {"a": 0, "b": 1, "c": 2, "d": 3}),
        ({"a": 2016, "b": 2016, "c": 2016}, ("ab", "bc", "ca"), {"a": 0, "b": 0, "c": 0}),
        ({"a": 2016, "b": None}, ("ab",), {"a": 0, "b": 1}),
        ({"a": None, "b": 2016, "c": 2015}, ("ab",), {"a": 1, "b": 2, "c": 0}),
        ({"a": None, "b": None, "c": 2015, "d": 2016}, ("ab", "bc"), {"a": 0, "b": 1, "c": 2, "d": 3}),
        ({"a": 2015, "b": 2017, "d": 2016, "x": None}, ("ax", "bx"), {"a": 0, "d": 1, "b": 2, "x": 3}),
        ({"x": None, "b": 2017, "c": 2015, "d": 2016}, ("xb", "xc"), {"x": 0, "c": 1, "d": 2, "b": 3}),
        ({"a": 2016, "z": None}, (), {"a": 0, "z": 1}),
        ({"a": None}, ("aa",), {"a": 0}),
    ],
)
def test_rows_are_years_then_relations_then_what_neighbours_say(
    years: dict[str, int | None], pairs: tuple[str, ...], rows: dict[str, int]
) -> None:
    found = layers({("paper", key): year for key, year in years.items()}, arcs(*pairs))
    assert {key: row for (_, key), row in found.items()} == rows
