"""Titles: cleaned, quoted, and peeled out of a line; texts of any script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.ingest.rules.peel import dated_tag, peel, unbracketed
from xaikg.ingest.rules.text import clean, is_prose, unmarked, word_count
from xaikg.ingest.rules.title import looks_like_title, quoted, title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Maps of  meaning.", "Maps of meaning"),
        ('"Maps of meaning,"', "Maps of meaning"),
        ("Why do maps mean?", "Why do maps mean?"),
        ("Maps and so on…", "Maps and so on…"),
        ("《意义之图》", "意义之图"),
        ("Maps of meaning |", "Maps of meaning"),
        ("Learning $L_1$ maps", "Learning $L_1$ maps"),
        ("“Maps” of meaning", "“Maps” of meaning"),
        ("", ""),
    ],
)
def test_a_title_loses_what_is_no_part_of_it(text: str, expected: str) -> None:
    assert title(text) == expected


@pytest.mark.parametrize(
    ("line", "shown", "authors", "year", "venue"),
    [
        ("Doe, J., & Roe, R. Maps of meaning. NIPS 2017", "Maps of meaning", ("Doe, J.", "Roe, R."), 2017, "NIPS"),
        ("[ICML'19] Maps of meaning, Doe et al.", "Maps of meaning", ("Doe",), 2019, "ICML"),
        ("2017 | ICML | What do maps mean?", "What do maps mean?", (), 2017, "ICML"),
        ("Maps of meaning - Jane Doe, Rick Roe - ICML 2017", "Maps of meaning", ("Jane Doe", "Rick Roe"), 2017, "ICML"),
        ("Maps of meaning (Doe, Roe, NeurIPS 2018)", "Maps of meaning", ("Doe", "Roe"), 2018, "NeurIPS"),
        ('Doe, Jane. "Maps of meaning." ICML (2019)', "Maps of meaning.", ("Doe, Jane",), 2019, "ICML"),
        ("Maps of meaning CVPR 2019", "Maps of meaning", (), 2019, "CVPR"),
        ("Jane Doe, Rick Roe: Maps of meaning. ECCV 2016", "Maps of meaning", ("Jane Doe", "Rick Roe"), 2016, "ECCV"),
        ("Doe et al. (2019): Maps of meaning", "Maps of meaning", ("Doe",), 2019, None),
        ("Maps of meaning by Jane Doe and Rick Roe", "Maps of meaning", ("Jane Doe", "Rick Roe"), None, None),
        ("Maps of meaning, 2019", "Maps of meaning", (), 2019, None),
        (
            "@article{a, title={Maps of meaning}, author={Doe, J. and Roe, R.}, year={2019}}",
            "Maps of meaning",
            ("Doe, J.", "Roe, R."),
            2019,
            None,
        ),
    ],
)
def test_a_line_is_peeled_to_its_title(
    line: str, shown: str, authors: tuple[str, ...], year: int | None, venue: str | None
) -> None:
    found = peel(line)
    assert (found.title, found.facts.authors, found.facts.year, found.facts.venue) == (shown, authors, year, venue)


@pytest.mark.parametrize(
    "line",
    [
        "How maps see the world - A survey of maps",
        "Maps of meaning in 2020 elections",
        "Maps, Meaning, and Nets",
        "What is attention? A Map of Meaning",
        "The 2018 challenge of maps",
    ],
)
def test_a_title_with_dashes_commas_and_years_stays_whole(line: str) -> None:
    assert peel(line).title == line


def test_facts_in_brackets_leave_a_linked_title() -> None:
    assert unbracketed("Maps of meaning (EMNLP'22)")[0] == "Maps of meaning"
    assert unbracketed("Maps (Part 1)")[0] == "Maps (Part 1)"
    assert unbracketed("[Re] Maps of meaning reproduced")[0] == "[Re] Maps of meaning reproduced"


def test_a_tag_with_a_year_is_a_venue_whatever_it_is_called() -> None:
    found = dated_tag("Frontiers in genetics 2019")
    assert found is not None
    assert (found.venue, found.year) == ("Frontiers in genetics", 2019)
    assert dated_tag("Part 1") is None


def test_quotation_marks_hold_a_title_unless_it_goes_on_behind_them() -> None:
    assert quoted('Doe. "Maps of meaning," 2014') == ("Doe. ", "Maps of meaning,", " 2014")
    assert quoted('"Why Should I Map You?": Explaining Maps') is None
    assert quoted('The "map of" problem') is None


def test_words_of_prose_are_no_title() -> None:
    assert looks_like_title("Maps of meaning")
    assert not looks_like_title("Please open an issue")
    assert is_prose("If you find this useful, please cite our paper")
    assert is_prose("All papers are available here")
    assert not is_prose("What is this thing called maps?")


def test_values_hold_no_invisible_characters() -> None:
    assert clean(" Ma\u202eps\u200b\x07\n of\tmeaning ") == "Maps of meaning"
    assert unmarked("🔥 :new: Maps ⭐") == "Maps"
    assert word_count("意义之图") == 2


@given(st.text(max_size=200))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    assert clean(clean(text)) == clean(text)


@given(st.text(max_size=200))
def test_peeling_keeps_words_of_the_line(line: str) -> None:
    found = peel(line)
    assert all(word in clean(line) for word in found.title.split() if not line.strip().startswith("@"))
