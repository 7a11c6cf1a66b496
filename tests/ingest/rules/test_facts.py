"""What stands beside a title: years, citations, numbers of a reference, and all of them together."""

from __future__ import annotations

import pytest

from xaikg.ingest.rules.bibtex import bibtex
from xaikg.ingest.rules.citations import citations, count
from xaikg.ingest.rules.meta import Meta, meta
from xaikg.ingest.rules.numbers import numbers
from xaikg.ingest.rules.parts import edged, pieces, sentences, unwrapped
from xaikg.ingest.rules.year import century, year


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2019", 2019),
        ("(2019)", 2019),
        ("Oct 2017", 2017),
        ("2017/06", 2017),
        ("2019-12-03", 2019),
        ("3.12.2019", 2019),
        ("'17", 2017),
        ("’98", 1998),
        ("2020年", 2020),
        ("2019a", 2019),
        ("2018-2019", 2018),
        ("17", None),
        ("1459", None),
        ("3019", None),
        ("Top 2000 papers", None),
        ("", None),
    ],
)
def test_a_date_alone_gives_its_year(text: str, expected: int | None) -> None:
    assert year(text) == expected


def test_two_digits_are_of_this_century_up_to_sixty() -> None:
    assert [century(n) for n in (0, 24, 59, 60, 99)] == [2000, 2024, 2059, 1960, 1999]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Citations: 1459", 1459),
        ("(cited by 1,459)", 1459),
        ("12 citations", 12),
        ("#Cit 7", 7),
        ("被引 30", 30),
        ("cited 2.5k times", 2500),
        ("Network citations matter", None),
        ("The city of maps 12", None),
    ],
)
def test_a_phrase_of_citations_gives_their_number(text: str, expected: int | None) -> None:
    found = citations(text)
    assert (found[0] if found else None) == expected


@pytest.mark.parametrize(
    ("cell", "expected"), [("13,006", 13006), ("1.203", 1203), ("~2.5k", 2500), ("12+", 12), ("", None), ("n/a", None)]
)
def test_a_cell_of_citations_is_a_number_or_nothing(cell: str, expected: int | None) -> None:
    assert count(cell) == expected


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("ICML, pp. 12-20", "ICML"),
        ("Nature, vol. 12, no. 3", "Nature"),
        ("Neural Networks 12(3): 45-67", "Neural Networks"),
        ("JMLR, 2020-05", "JMLR, , 2020"),
    ],
)
def test_pages_and_volumes_are_read_over_and_years_are_not(text: str, left: str) -> None:
    assert " ".join(numbers(text).text.replace(" , , ", " , ").strip(" ,").split()) == left


@pytest.mark.parametrize(
    ("text", "identifier"),
    [
        ("arXiv:1706.03825v2", "arxiv:1706.03825"),
        ("arXiv preprint arXiv:1706.03825", "arxiv:1706.03825"),
        ("CoRR, vol. abs/2202.07987", "arxiv:2202.07987"),
        ("[arXiv:1706.03825 [cs.LG]]", "arxiv:1706.03825"),
        ("doi: 10.1109/MapSym1.2020.2785.", "doi:10.1109/mapsym1.2020.2785"),
        ("https://doi.org/10.1000/abc", "doi:10.1000/abc"),
    ],
)
def test_identifiers_are_taken_from_the_text(text: str, identifier: str) -> None:
    assert numbers(text).identifiers == (identifier,)


@pytest.mark.parametrize(
    ("text", "authors", "year_", "venue"),
    [
        ("Doe et al. 2018", ("Doe",), 2018, None),
        ("Jane Doe, Rick Roe, NeurIPS 2019", ("Jane Doe", "Rick Roe"), 2019, "NeurIPS"),
        ("ICML'19", (), 2019, "ICML"),
        ("(2023-ICLR) Jane Doe, Rick Roe", ("Jane Doe", "Rick Roe"), 2023, "ICLR"),
        ("CVPR 2018 oral", (), 2018, "CVPR"),
        ("In Proceedings of the IEEE, Oct 2017", (), 2017, "Proceedings of the IEEE"),
        ("Lipton, 2016", ("Lipton",), 2016, None),
    ],
)
def test_facts_alone_are_read_as_facts(
    text: str, authors: tuple[str, ...], year_: int | None, venue: str | None
) -> None:
    found = meta(text)
    assert found is not None
    assert (found.authors, found.year, found.venue) == (authors, year_, venue)


@pytest.mark.parametrize(
    "text",
    [
        "Maps of meaning in nets",
        "Shows that attention is explained by 2 heads",
        "A survey of maps for graphs, images, and texts",
        "Understanding Deep Networks: Maps and More",
    ],
)
def test_what_could_be_a_title_is_no_fact(text: str) -> None:
    assert meta(text, after_title=False) is None


def test_nothing_is_no_fact() -> None:
    assert meta(" – ") == Meta()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("K. Doe, A. Roe. Maps. ICLR 2014", ["K. Doe, A. Roe", "Maps", "ICLR 2014"]),
        ("Doe et al. show this", ["Doe et al. show this"]),
        ("one; two | three – four", ["one", "two", "three", "four"]),
        ("Proc. of the Conf. on Maps", ["Proc. of the Conf. on Maps"]),
        ("", []),
    ],
)
def test_a_text_is_parted_at_stops_and_not_at_initials(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_pieces_keep_a_venue_with_commas_whole() -> None:
    expected = ["Conference on Fairness, Accountability, and Transparency", "2019"]
    assert pieces("Conference on Fairness, Accountability, and Transparency, 2019") == expected


def test_edges_and_brackets_around_the_whole_go() -> None:
    assert unwrapped("[(ICML 2018)]") == "ICML 2018"
    assert unwrapped("Transactions (TVCG)") == "Transactions (TVCG)"
    assert edged(", ICML. ") == "ICML"
    assert edged("Doe, J. A.") == "Doe, J. A."


def test_a_reference_in_bibtex_gives_its_fields() -> None:
    found = bibtex('@inproceedings{a, title = "Maps", booktitle={Proc. of {ICML}}, year=2019}')
    assert found == {"title": "Maps", "booktitle": "Proc. of ICML", "year": "2019"}
    assert bibtex("@article{a, year=2019}") is None
    assert bibtex("Maps of meaning") is None
