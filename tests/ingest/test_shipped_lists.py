"""The five lists as they were read and checked by eye: every entry is there, and none that is not one."""

from __future__ import annotations

import pytest

from xaikg import ingest
from xaikg.model import LinkRole, ReadingList
from xaikg.resources import graph_dir

# key: entries, rejects, entries with authors, a year, a venue, citations, a link to code
CHECKED = {
    "xai-papers-2018": (15, 0, 1, 1, 1, 0, 3),
    "xai-papers": (46, 0, 41, 41, 1, 0, 10),
    "awesome-xai": (32, 0, 32, 32, 0, 0, 0),
    "interpretability-of-deep-nns": (12, 0, 10, 10, 4, 0, 1),
    "awesome-deep-learning-interpretability": (167, 4, 0, 167, 167, 167, 58),
}


@pytest.fixture(scope="module")
def shipped() -> dict[str, ReadingList]:
    return {each.key: each for each in ingest.load(graph_dir())}


def test_the_lists_are_these(shipped: dict[str, ReadingList]) -> None:
    assert set(shipped) == set(CHECKED)


@pytest.mark.parametrize("key", CHECKED)
def test_entries_and_their_facts_are_as_many_as_were_counted(shipped: dict[str, ReadingList], key: str) -> None:
    read = shipped[key]
    found = (
        len(read.mentions),
        len(read.rejects),
        sum(bool(m.authors) for m in read.mentions),
        sum(m.year is not None for m in read.mentions),
        sum(m.venue is not None for m in read.mentions),
        sum(m.citations is not None for m in read.mentions),
        sum(any(link.role is LinkRole.CODE for link in m.links) for m in read.mentions),
    )
    assert found == CHECKED[key]


def test_places_are_in_order_unique_and_within_their_list(shipped: dict[str, ReadingList]) -> None:
    for read in shipped.values():
        refs = [m.place.ref for m in read.mentions]
        assert len(refs) == len(set(refs))
        firsts = [m.place.first for m in read.mentions]
        assert firsts == sorted(firsts)
        assert all(1 <= m.place.first <= m.place.last <= read.lines for m in read.mentions)


def test_rejects_say_why_and_the_recruiting_notice_is_none_of_the_entries(shipped: dict[str, ReadingList]) -> None:
    table = shipped["awesome-deep-learning-interpretability"]
    assert [reject.place.first for reject in table.rejects] == [3, 4, 5, 190]
    assert all(reject.reason for reject in table.rejects)
    assert min(m.place.first for m in table.mentions) == 22


def test_entries_over_several_lines_and_notes_are_one_entry(shipped: dict[str, ReadingList]) -> None:
    notes = {m.place.first: m for m in shipped["interpretability-of-deep-nns"].mentions}
    assert (notes[17].title, notes[17].place.last) == ("Visualizing and Understanding Convolutional Networks", 19)
    assert notes[29].aliases == ("DeepLIFT",)
    assert notes[25].title == "grad cam++"
    assert notes[44].identifiers == ("doi:10.1109/pacificvis48177.2020.2785",)
