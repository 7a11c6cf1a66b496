"""The five lists that come with the graph: how many entries each has, and what holds for every one of them."""

from __future__ import annotations

from collections import Counter

import pytest

from xaikg import ids, ingest
from xaikg.ingest.rules.links import address, place_role
from xaikg.ingest.rules.text import clean
from xaikg.model import LinkRole, Mention, ReadingList
from xaikg.resources import graph_dir

# Counted by eye, list against list: mentions, rejects, lines of the file.
COUNTS = {
    "xai-papers-2018": (15, 0, 40),
    "xai-papers": (46, 0, 52),
    "awesome-xai": (32, 0, 104),
    "interpretability-of-deep-nns": (12, 0, 55),
    "awesome-deep-learning-interpretability": (167, 4, 190),
}


@pytest.fixture(scope="module")
def five() -> dict[str, ReadingList]:
    return {each.key: each for each in ingest.load(graph_dir()) if each.key in COUNTS}


@pytest.fixture(scope="module")
def mentions(five: dict[str, ReadingList]) -> list[Mention]:
    return [mention for each in five.values() for mention in each.mentions]


def at(five: dict[str, ReadingList], ref: str) -> Mention:
    key = ref.partition(":")[0]
    return next(m for m in five[key].mentions if m.place.ref == ref)


def test_every_entry_of_the_five_lists_is_there(five: dict[str, ReadingList]) -> None:
    assert {key: (len(x.mentions), len(x.rejects), x.lines) for key, x in five.items()} == COUNTS


def test_every_place_lies_in_its_list_and_is_taken_once(five: dict[str, ReadingList]) -> None:
    for each in five.values():
        places = [x.place for x in (*each.mentions, *each.rejects)]
        assert all(p.list == each.key and 1 <= p.first <= p.last <= each.lines for p in places)
        assert len({p.ref for p in places}) == len(places)
        assert [p.first for p in (m.place for m in each.mentions)] == sorted(m.place.first for m in each.mentions)


def test_every_value_is_clean(mentions: list[Mention]) -> None:
    for mention in mentions:
        values = [mention.title, *mention.aliases, *mention.authors, mention.venue or "x"]
        assert all(value == clean(value) and value for value in values)
        assert not mention.title.endswith((".", ",", ";", ":"))
        assert mention.year is None or 1980 <= mention.year <= 2026
        assert len(set(mention.authors)) == len(mention.authors)


def test_every_link_is_whole_and_no_repository_is_a_paper(mentions: list[Mention]) -> None:
    for link in (link for mention in mentions for link in mention.links):
        assert address(link.url) == link.url
        assert place_role(link.url) is not LinkRole.CODE or link.role is LinkRole.CODE


def test_every_identifier_stands_in_the_entrys_links_or_text(mentions: list[Mention]) -> None:
    for mention in mentions:
        linked = {f"arxiv:{n}" for x in mention.links if (n := ids.arxiv(x.url))}
        linked |= {f"doi:{n}" for x in mention.links if (n := ids.doi(x.url))}
        assert set(mention.identifiers) >= {n for n in linked if n.startswith("arxiv:")}
        assert all(name.startswith(("arxiv:", "doi:")) for name in mention.identifiers)


def test_the_table_gives_year_venue_and_citations_to_every_row(five: dict[str, ReadingList]) -> None:
    rows = five["awesome-deep-learning-interpretability"].mentions
    assert sum(m.year is not None for m in rows) == len(rows)
    assert sum(m.venue is not None for m in rows) == len(rows)
    assert sum(m.citations is not None for m in rows) >= 160


def test_a_name_before_a_title_is_an_alias_or_both(five: dict[str, ReadingList]) -> None:
    found = {m.aliases[0]: m.title for m in five["xai-papers"].mentions if m.aliases}
    for name in ("Grad-CAM", "RISE", "DeepLIFT", "DGN-AM"):
        assert found[name].startswith(f"{name}: ")
    for name in ("CAM", "AM", "TCAV", "PPGN", "LRP"):
        assert not found[name].startswith(name)


def test_sections_are_the_lists_headings(five: dict[str, ReadingList]) -> None:
    sections = Counter(m.place.section for m in five["xai-papers-2018"].mentions)
    assert all(section for section in sections)
    assert sum(sections.values()) == 15


def test_rejects_say_why_and_hold_no_text_of_the_list(five: dict[str, ReadingList]) -> None:
    rejects = five["awesome-deep-learning-interpretability"].rejects
    assert [r.place.first for r in rejects] == [3, 4, 5, 190]
    assert all(0 < len(r.reason) < 80 for r in rejects)
