"""Names: of authors, of venues, of methods before a title."""

from __future__ import annotations

import pytest

from xaikg.ingest.rules.authors import authors, is_body, is_name, leading_authors
from xaikg.ingest.rules.prefix import is_method_name, is_spelt_by, name_before, stands_alone
from xaikg.ingest.rules.venue import has_keyword, is_named, venue


@pytest.mark.parametrize(
    ("text", "names", "complete"),
    [
        ("Jane Doe, Rick Roe, and Ann Poe", ("Jane Doe", "Rick Roe", "Ann Poe"), True),
        ("Jane Doe, Rick Roe, andAnn Poe", ("Jane Doe", "Rick Roe", "Ann Poe"), True),
        ("Doe, J. A., & Roe, R.", ("Doe, J. A.", "Roe, R."), True),
        ("Doe, Jane and Roe, Rick and others", ("Doe, Jane", "Roe, Rick"), False),
        ("Doe J, Roe RS", ("Doe J", "Roe RS"), True),
        ("Doe et al.", ("Doe",), False),
        ("Doe & Roe", ("Doe", "Roe"), True),
        ("K.-R. Müller, W. Samek", ("K.-R. Müller", "W. Samek"), True),
        ("Mihaela van der Schaar, Nick Pawlowski", ("Mihaela van der Schaar", "Nick Pawlowski"), True),
        ("Jane Doe*, Rick Roe†", ("Jane Doe", "Rick Roe"), True),
        ("张三，李四", ("张三", "李四"), True),
        ("Иванов И. И., Петров П. П.", ("Иванов И. И.", "Петров П. П."), True),
        ("Jane Doe; Rick Roe", ("Jane Doe", "Rick Roe"), True),
        ("Jane Doe, Zhe Gan, Rick Roe", ("Jane Doe", "Zhe Gan", "Rick Roe"), True),
        ("Jane Doe, Jae sung Park, Rick Roe", ("Jane Doe", "Jae sung Park", "Rick Roe"), True),
    ],
)
def test_names_are_read_as_they_are_written(text: str, names: tuple[str, ...], complete: bool) -> None:
    found = authors(text)
    assert found is not None
    assert (found.names, found.complete) == (names, complete)


@pytest.mark.parametrize(
    "text",
    [
        "Network Dissection",
        "Maps of Meaning",
        "ICML 2019",
        "Attention, Memory, and Learning",
        "papers, codes",
        "",
        "12",
    ],
)
def test_what_names_nobody_gives_no_authors(text: str) -> None:
    assert authors(text) is None


def test_authors_before_a_title_are_parted_from_it() -> None:
    found = leading_authors("Doe, J., Roe, R. and Poe, A. Maps of meaning. NIPS 2017")
    assert found is not None
    assert (found[0].names, found[1]) == (("Doe, J.", "Roe, R.", "Poe, A."), "Maps of meaning. NIPS 2017")
    assert leading_authors("Vitamin deficits in nets") is None


def test_persons_and_bodies_are_told_apart() -> None:
    assert is_name("Jane van der Doe")
    assert not is_name("Saliency Maps")
    assert is_body("Google Research")
    assert not is_body("Jane Doe")


@pytest.mark.parametrize(
    ("text", "name", "year"),
    [
        ("NIPS'17", "NIPS", 2017),
        ("CVPR2018", "CVPR", 2018),
        ("ICML 2018 workshop", "ICML workshop", 2018),
        ("NeurIPS 2019 (oral)", "NeurIPS", 2019),
        (
            "2020 IEEE Pacific Visualization Symposium (PacificVis)",
            "IEEE Pacific Visualization Symposium (PacificVis)",
            2020,
        ),
        ("2023-ICLR", "ICLR", 2023),
        ("Nature Machine Intelligence", "Nature Machine Intelligence", None),
        ("in Proceedings of the ACM SIGKDD, Aug 2020", "Proceedings of the ACM SIGKDD", 2020),
        ("Adv. Neural Inf. Process. Syst. 35, 2022", "Adv. Neural Inf. Process. Syst.", 2022),
        ("IEEE international conference on maps, speech 2013", "IEEE international conference on maps, speech", 2013),
        ("ECML-PKDD 2019", "ECML-PKDD", 2019),
        ("arXiv preprint", "arXiv preprint", None),
        ("PhD thesis, 2018", "PhD thesis", 2018),
        ("MIT press 2018", "MIT press", 2018),
    ],
)
def test_a_venue_is_read_with_its_year_apart(text: str, name: str, year: int | None) -> None:
    found = venue(text)
    assert found is not None
    assert (found.name, found.year) == (name, year)


@pytest.mark.parametrize("text", ["Maps of meaning in nets", "Shows how maps work", "Why maps?", "", "of"])
def test_what_is_no_venue_gives_none(text: str) -> None:
    assert venue(text) is None


def test_words_of_venues_are_known_in_any_case() -> None:
    assert is_named("neurips")
    assert is_named("IEEE Access")
    assert not is_named("Deep Maps")
    assert has_keyword("Journal of Maps")
    assert not has_keyword("Maps of Journals")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Grad-MAP: Visual Explanations from Maps", ("Grad-MAP", "Visual Explanations from Maps")),
        ("MAP Dissection: Visualizing Networks", ("MAP Dissection", "Visualizing Networks")),
        ("Survey: What is there in maps", None),
        ("Visual explanation by interpretation: Improving maps", None),
        ("Understanding maps: a survey", None),
        ("MAP: nets", None),
        ("No colon here", None),
    ],
)
def test_a_name_before_a_title_is_told_from_a_first_part(title: str, expected: tuple[str, str] | None) -> None:
    assert name_before(title) == expected


@pytest.mark.parametrize(
    ("name", "rest", "urls", "expected"),
    [
        ("MAM", "Why should I map you?: Explaining maps", (), True),
        ("PPGN", "Plug and Play Generative Networks", (), True),
        ("PPGN", "Plug and Play Generative Networks for maps", (), False),
        ("CAM", "Learning deep features for maps", ("https://x.org/Learning_Deep_Features_for_Maps.pdf",), True),
        ("CAM", "Learning deep features for maps", ("https://x.org/CAM-Learning-Deep-Features-for-Maps.pdf",), False),
    ],
)
def test_an_entry_shows_that_a_name_stands_alone(name: str, rest: str, urls: tuple[str, ...], expected: bool) -> None:
    assert stands_alone(name, rest, urls) is expected


def test_an_acronym_is_spelt_by_the_words_behind_it() -> None:
    assert is_spelt_by("RISE", "Randomized Input Sampling for Explanation of Models")
    assert not is_spelt_by("CAM", "Learning deep features for localization")
    assert is_method_name("deepMAP")
    assert not is_method_name("gradient, at a given input")
