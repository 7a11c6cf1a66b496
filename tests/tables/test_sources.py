"""What lists and records say of a field, and when that is the paper's own value."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tables.worlds import Listed, Named, Paper, World, quads
from xaikg.tables import build_tables, open_columns
from xaikg.tables.store import FieldSourceRow

PAPER = Paper(
    "p",
    "Why Should I Trust You?",
    year=2016,
    doi="10.1145/2939672.2939778",
    arxiv="1602.04938",
    venue="kdd",
    authors=(("Marco Tulio Ribeiro", "r"), ("Sameer Singh", "s"), ("Carlos Guestrin", "g")),
    urls=("https://arxiv.org/abs/1602.04938",),
    codes=("https://github.com/marcotcr/lime",),
    citations=1024,
)
WORLD = World(
    papers=(PAPER, Paper("other", "Another", year=1999, venue="kdd")),
    authors=(Named("r", "R"), Named("s", "S"), Named("g", "G")),
    venues=(Named("kdd", "Knowledge Discovery and Data Mining", ("SIGKDD",), "KDD"),),
    lists=("xai",),
)


def told(folder: Path, *listings: Listed, world: World = WORLD) -> tuple[FieldSourceRow, ...]:
    build_tables(quads(replace(world, listings=listings)), folder)
    row = open_columns(folder).papers(["p"])[0]
    assert row is not None
    return row.field_sources


@pytest.mark.parametrize(
    ("field", "written", "chosen"),
    [
        ("title", '"Why should I trust you?"', True),
        ("title", "Why Should I Trust You? Explaining", False),
        ("authors", "Marco Tulio Ribeiro; Sameer Singh; Carlos Guestrin", True),
        ("authors", "marco tulio ribeiro;Sameer Singh ;Carlos Guestrin", True),
        ("authors", "Marco Tulio Ribeiro; et al.", True),
        ("authors", "Marco Tulio Ribeiro; Sameer Singh; et al.", True),
        ("authors", "Marco Tulio Ribeiro", False),
        ("authors", "Sameer Singh; et al.", False),
        ("authors", "Marco; et al.", False),
        ("authors", "et al.", False),
        ("authors", "Sameer Singh; Marco Tulio Ribeiro; Carlos Guestrin", False),
        ("year", "2016", True),
        ("year", "2017", False),
        ("year", "1999", False),
        ("venue", "KDD", True),
        ("venue", "KDD'16", True),
        ("venue", "kdd 2016", True),
        ("venue", "SIGKDD", True),
        ("venue", "knowledge discovery and data mining", True),
        ("venue", "Conference on Something (KDD)", True),
        ("venue", "Knowledge discovery and data mining (Something 2016)", True),
        ("venue", "In Proceedings of the 22nd KDD", True),
        ("venue", "Proc. Knowledge Discovery and Data Mining (KDD '16)", True),
        ("venue", "Proceedings of the KDD Workshops", False),
        ("venue", "ICML 2016", False),
        ("venue", "(ICML)", False),
        ("venue", "2016", False),
        ("citations", "1,024", True),
        ("citations", "1024", True),
        ("citations", "1025", False),
        ("citations", "many", False),
    ],
)
def test_a_value_is_chosen_after_the_comparison_that_fits_its_field(
    tmp_path: Path, field: str, written: str, chosen: bool
) -> None:
    listed = replace(Listed("e", "xai", "p", line=7), **{field: written})  # type: ignore[arg-type]
    name = "citationCount" if field == "citations" else field
    rows = [row for row in told(tmp_path, listed) if row.field == name]
    assert rows == [FieldSourceRow(name, written, "xai", 7, chosen)]


def test_identifiers_and_links_are_fields_of_their_own(tmp_path: Path) -> None:
    listed = Listed(
        "e",
        "xai",
        "p",
        title=PAPER.title,
        identifiers=("arxiv:1602.04938", "arxiv:1710.11063", "doi:10.1145/2939672.2939778", "pmid:1"),
        links=("https://arxiv.org/abs/1602.04938", "https://example.org/copy.pdf"),
        codes=("https://github.com/marcotcr/lime",),
    )
    assert [(row.field, row.value, row.chosen) for row in told(tmp_path, listed)] == [
        ("title", PAPER.title, True),
        ("doi", "10.1145/2939672.2939778", True),
        ("arxiv", "1602.04938", True),
        ("arxiv", "1710.11063", False),
        ("url", "https://arxiv.org/abs/1602.04938", True),
        ("url", "https://example.org/copy.pdf", False),
        ("codeUrl", "https://github.com/marcotcr/lime", True),
    ]


def test_records_come_first_without_a_line_then_lists_by_key_and_line(tmp_path: Path) -> None:
    world = replace(WORLD, lists=("a", "b"))
    entries = (
        Listed("e1", "b", "p", line=3, title="B"),
        Listed("e2", "a", "p", line=9, title="A"),
        Listed("e3", "b", "p", line=1, title="C"),
        Listed("r", "", "p", title="D"),
    )
    rows = told(tmp_path, *entries, world=world)
    assert [(row.source, row.line, row.value) for row in rows] == [
        ("facts", None, "D"),
        ("a", 9, "A"),
        ("b", 1, "C"),
        ("b", 3, "B"),
    ]


def test_what_is_said_of_one_paper_is_never_told_of_another(tmp_path: Path) -> None:
    about_other = Listed("e", "xai", "other", title=PAPER.title, year="2016", venue="KDD")
    assert told(tmp_path, about_other) == ()
    row = open_columns(tmp_path).papers(["other"])[0]
    assert row is not None
    assert {each.field: each.chosen for each in row.field_sources} == {"title": False, "year": False, "venue": True}


def test_every_own_value_of_the_toy_graph_is_told_by_some_source(toy_quads: list[object], tmp_path: Path) -> None:
    build_tables(toy_quads, tmp_path)  # type: ignore[arg-type]
    store = open_columns(tmp_path)
    papers = [row for row in store.papers(store.keys("paper")) if row]
    assert len(papers) == 12
    for paper in papers:
        chosen = {source.field for source in paper.field_sources if source.chosen}
        own = {"title": paper.title, "year": paper.year, "arxiv": paper.arxiv, "doi": paper.doi}
        assert {field for field, value in own.items() if value is not None} <= chosen, paper.title
        for source in paper.field_sources:
            assert source.line is None if source.source == "facts" else source.line is not None
