"""Names taken apart, and which can be one person's."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.resolve.names import compatible, read_name


@pytest.mark.parametrize(
    ("written", "given_names", "family"),
    [
        ("Been Kim", ("been",), "kim"),
        ("Yang, S. C. H.", ("s", "c", "h"), "yang"),
        ("S.C.H. Yang", ("s", "c", "h"), "yang"),
        ("Zhang Q.", ("q",), "zhang"),
        ("K.-R. Müller", ("k", "r"), "muller"),
        ("Klaus-Robert Müller", ("klausrobert",), "muller"),
        ("Laurens van der Maaten", ("laurens",), "van der maaten"),
        ("Oisin Mac Aodha", ("oisin",), "mac aodha"),
        ("Sammy Davis Jr.", ("sammy",), "davis"),
        ("King, Jr.", (), "king"),
        ("Selvaraju", (), "selvaraju"),
        ("Søren Kierkegaard", ("soren",), "kierkegaard"),
        ("W. James Murdoch", ("w", "james"), "murdoch"),
        ("", (), ""),
    ],
)
def test_name_is_taken_apart(written: str, given_names: tuple[str, ...], family: str) -> None:
    name = read_name(written)
    assert (name.given, name.family) == (given_names, family)


@pytest.mark.parametrize(
    ("left", "right", "fit"),
    [
        ("Yang, S. C. H.", "Scott Cheng-Hsin Yang", True),
        ("Selvaraju", "Ramprasaath R. Selvaraju", True),
        ("Kristof T. Schütt", "K. Schutt", True),
        ("Klaus Müller", "Klaus Mueller", True),
        ("Tommi Jaakola", "Tommi S. Jaakkola", True),
        ("James Murdoch", "W. James Murdoch", True),
        ("Song Chun Zhu", "Song-Chun Zhu", True),
        ("Zhang Quanshi", "Quanshi Zhang", True),
        ("Yang Liu", "Yan Liu", False),
        ("Been Kim", "Jinkyu Kim", False),
        ("Wei Li", "Wei Lu", False),
        ("Jun S. Zhu", "Jun T. Zhu", False),
        ("B. Kim", "J. Kim", False),
    ],
)
def test_names_fit_one_person(left: str, right: str, fit: bool) -> None:
    assert compatible(read_name(left), read_name(right)) is fit
    assert compatible(read_name(right), read_name(left)) is fit


@given(st.text(max_size=40), st.text(max_size=40))
def test_fitting_is_symmetric_and_never_fails(left: str, right: str) -> None:
    assert compatible(read_name(left), read_name(right)) is compatible(read_name(right), read_name(left))
