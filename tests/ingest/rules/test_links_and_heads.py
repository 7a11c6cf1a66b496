"""Links by what they lead to; heads of columns and headings by what they mean."""

from __future__ import annotations

import pytest

from xaikg.ingest.rules.fields import Field, announced, field
from xaikg.ingest.rules.links import address, is_paper_address, label_role, place_role, role
from xaikg.ingest.rules.sections import heading_facts, holds_papers, reason_against
from xaikg.ingest.rules.vocabulary import table
from xaikg.model import LinkRole


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://x.org/a.pdf", "https://x.org/a.pdf"),
        ("annadoe.me/project/maps/", "https://annadoe.me/project/maps/"),
        ("//x.org/a", "https://x.org/a"),
        ("https:/arxiv.org/abs/1", "https://arxiv.org/abs/1"),
        ("http://http://x.org/a", "http://x.org/a"),
        ("https://x.org/a b.pdf", "https://x.org/a%20b.pdf"),
        ("www.x.org", "https://www.x.org"),
        ("javascript:alert(1)", None),
        ("data:text/html,a", None),
        ("file:///etc/x", None),
        ("mailto:doe@x.org", None),
        ("#top", None),
        ("README.md", None),
        ("papers/a.pdf", None),
        ("https://[::bad", None),
        ("", None),
    ],
)
def test_an_address_is_whole_or_dropped(url: str, expected: str | None) -> None:
    assert address(url) == expected


@pytest.mark.parametrize(
    ("url", "label", "expected"),
    [
        ("https://x.org/a.pdf", "pdf", LinkRole.PAPER),
        ("https://github.com/a/b", "paper", LinkRole.CODE),
        ("https://github.com/a/b/raw/main/a.pdf", "pdf", LinkRole.PAPER),
        ("https://arxiv.org/abs/1706.03825", "code", LinkRole.PAPER),
        ("https://x.org/b", "PyTorch (official)", LinkRole.CODE),
        ("https://gitlab.com/a/b", "", LinkRole.CODE),
        ("https://x.org", "Project page", LinkRole.PROJECT),
        ("http://doe.com/maps", "url", LinkRole.PROJECT),
        ("https://medium.com/x", "", LinkRole.BLOG),
        ("https://distill.pub/2017/maps/", "blog", LinkRole.BLOG),
        ("https://distill.pub/2017/maps/", "link", LinkRole.PAPER),
        ("https://youtu.be/abc", "video", LinkRole.OTHER),
        ("https://x.org/s.pdf", "slides", LinkRole.OTHER),
        ("https://paperswithcode.com/paper/maps", "code", LinkRole.CODE),
        ("https://x.org/what", "", LinkRole.PAPER),
        ("https://x.org/a", "论文", LinkRole.PAPER),
        ("https://x.org/a", "код", LinkRole.CODE),
    ],
)
def test_a_link_has_the_role_of_its_place_and_its_label(url: str, label: str, expected: LinkRole) -> None:
    assert role(url, label) is expected


def test_labels_and_places_say_nothing_when_they_are_unknown() -> None:
    assert label_role("Network Dissection") is None
    assert place_role("https://x.org") is None
    assert is_paper_address("https://dl.acm.org/doi/10.1145/1")
    assert not is_paper_address("https://distill.pub")


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Year", Field.YEAR),
        ("**Publication Date**", Field.YEAR),
        ("Venue/Year", Field.VENUE),
        ("Conference / Journal", Field.VENUE),
        ("Paper", Field.TITLE),
        ("Title (link)", Field.TITLE),
        ("First Used Paper", Field.TITLE),
        ("Year First Used", Field.YEAR),
        ("#Cit", Field.CITATIONS),
        ("Cited by", Field.CITATIONS),
        ("Code", Field.CODE),
        ("Implementation", Field.CODE),
        ("Author(s)", Field.AUTHORS),
        ("PDF", Field.PAPER),
        ("Notes", Field.NOTE),
        ("年份", Field.YEAR),
        ("论文标题", Field.TITLE),
        ("会议/期刊", Field.VENUE),
        ("引用", Field.CITATIONS),
        ("代码", Field.CODE),
        ("Авторы", Field.AUTHORS),
        ("Jahr", Field.YEAR),
        ("Zitate", Field.CITATIONS),
        ("Whatever", None),
        ("", None),
    ],
)
def test_a_columns_head_is_known_by_its_meaning(head: str, expected: Field | None) -> None:
    assert field(head) is expected


def test_a_line_announces_what_it_holds() -> None:
    assert announced("Authors: Doe, J.") == (Field.AUTHORS, "Doe, J.")
    assert announced("**TL;DR**: maps mislead") == (Field.NOTE, "maps mislead")
    assert announced("Grad-MAP: Visual Explanations") is None


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (("XAI", "Tools"), "a section on tools"),
        (("XAI", "Tools", "Papers"), None),
        (("XAI", "Courses and talks"), "a section on courses, talks and posts"),
        (("XAI", "Related awesome lists"), "a section on other lists, people or data"),
        (("XAI", "Contributing"), "a section about the list itself"),
        (("XAI", "Heatmaps"), None),
        (("XAI", "工具"), "a section on tools"),
        ((), None),
    ],
)
def test_a_heading_says_what_its_bullets_are(section: tuple[str, ...], expected: str | None) -> None:
    assert reason_against(section) == expected


def test_headings_hold_years_and_venues_or_name_papers() -> None:
    found = heading_facts("NeurIPS 2019 papers")
    assert found is not None
    assert (found.year, found.venue) == (2019, "NeurIPS")
    assert heading_facts("Heatmaps in 2019 and later") is None
    assert holds_papers(("My reading list",))
    assert not holds_papers(("Heatmaps",))


@pytest.mark.parametrize("name", ["venues", "common", "links", "columns", "headings"])
def test_a_vocabulary_is_written_in_lower_case(name: str) -> None:
    def texts(values: object) -> list[str]:
        return [values] if isinstance(values, str) else [t for v in dict(values).values() for t in texts(v)]  # type: ignore[call-overload]

    found = {key: value for key, value in table(name).items() if key != "fields_of_study"}  # these keep their case
    assert all(text == text.lower() for text in texts(found))
