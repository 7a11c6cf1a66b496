"""Lists written down: what is saved is what is loaded, and a spoilt line is named."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xaikg import ingest, resources
from xaikg.errors import CuratedError, UsageError
from xaikg.ingest.lists import sources
from xaikg.model import Link, LinkRole, Mention, Place, ReadingList, Reject

ENTRY = "* Maps of meaning. _Doe et al. 2019_ [pdf](https://arxiv.org/abs/1901.00001)\n"

TWO = ENTRY.replace("meaning", "noise")

texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(str.strip)
places = st.builds(
    lambda section, first, more, ordinal: Place("a-list", tuple(section), first, first + more, ordinal),
    st.lists(texts, max_size=2),
    st.integers(1, 900),
    st.integers(0, 5),
    st.integers(1, 3),
)
links = st.builds(Link, st.sampled_from(LinkRole), texts.map(lambda t: f"https://x.org/{t}"), st.just("") | texts)
mentions = st.builds(
    Mention,
    place=places,
    title=texts,
    aliases=st.lists(texts, max_size=2).map(tuple),
    authors=st.lists(texts, max_size=3).map(tuple),
    authors_complete=st.booleans(),
    year=st.none() | st.integers(1900, 2099),
    venue=st.none() | texts,
    citations=st.none() | st.integers(0, 10**6),
    links=st.lists(links, max_size=2).map(tuple),
    identifiers=st.lists(texts, max_size=2).map(tuple),
)
lists = st.builds(
    ReadingList,
    key=st.just("a-list"),
    title=texts,
    sha256=st.from_regex(r"[0-9a-f]{64}", fullmatch=True),
    lines=st.integers(1, 1000),
    mentions=st.lists(mentions, max_size=3).map(tuple),
    rejects=st.lists(st.builds(Reject, places, texts), max_size=2).map(tuple),
    url=st.none() | texts,
    added=st.none() | st.dates().map(str),
)


@settings(max_examples=60, deadline=None)
@given(lists)
def test_what_is_saved_is_what_is_loaded(written: ReadingList) -> None:
    with tempfile.TemporaryDirectory() as folder:
        ingest.save(written, Path(folder))
        assert ingest.load(Path(folder)) == (written,)


@pytest.fixture
def graph(tmp_path: Path) -> Path:
    ingest.save(ingest.read_text(ENTRY, "one"), tmp_path)
    ingest.save(ingest.read_text(TWO, "two"), tmp_path)
    return tmp_path


def test_saving_again_replaces_the_list_and_keeps_the_order(graph: Path) -> None:
    ingest.save(replace(ingest.read_text(ENTRY * 2, "one"), url="https://x.org"), graph)
    assert [(s.key, s.lines, s.url) for s in sources(graph)] == [("one", 2, "https://x.org"), ("two", 1, None)]
    assert [len(each.mentions) for each in ingest.load(graph)] == [2, 1]
    assert not list(graph.rglob(".*"))


def test_a_folder_without_lists_holds_none(tmp_path: Path) -> None:
    assert ingest.load(tmp_path) == ()


def test_a_row_holds_facts_in_a_stable_order(graph: Path) -> None:
    row = (graph / "lists" / "one.jsonl").read_text(encoding="utf-8")
    assert row == (
        '{"authors": ["Doe"], "authors_complete": false, "first": 1, "identifiers": ["arxiv:1901.00001"], "last": 1, '
        '"links": [{"label": "pdf", "role": "paper", "url": "https://arxiv.org/abs/1901.00001"}], '
        '"title": "Maps of meaning", "year": 2019}\n'
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "no JSON object"),
        ("[1]", "JSON object"),
        ('{"first": 1, "last": 1}', "'title'"),
        ('{"first": 1, "last": 1, "title": " "}', "'title'"),
        ('{"first": 2, "last": 1, "title": "a"}', "line numbers"),
        ('{"first": "1", "last": 1, "title": "a"}', "whole number"),
        ('{"first": 1, "last": 1, "title": "a", "year": true}', "whole number"),
        ('{"first": 1, "last": 1, "title": "a", "colour": "red"}', "unknown field 'colour'"),
        ('{"first": 1, "last": 1, "title": "a", "authors": ["", 1]}', "list of texts"),
        ('{"first": 1, "last": 1, "title": "a", "links": [{"role": "pdf", "url": "u"}]}', "role"),
        ('{"first": 1, "last": 1, "title": "a", "links": [1]}', "object"),
        ('{"a":' * 2000, "JSON object|too deep"),
    ],
)
def test_a_spoilt_line_is_named_with_its_file_and_number(graph: Path, line: str, words: str) -> None:
    path = graph / "lists" / "two.jsonl"
    path.write_text(path.read_text(encoding="utf-8") + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(CuratedError, match=words) as caught:
        ingest.load(graph)
    assert (caught.value.path, caught.value.line) == (path, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[[list]\n", "TOML"),
        ("list = 3\n", "tables"),
        ('[[list]]\nkey = "one"\n', "'title'"),
        ('[[list]]\nkey = "A B"\ntitle = "t"\nsha256 = "0"\nlines = 1\n', "key"),
        ('[[list]]\nkey = "one"\ntitle = "t"\nsha256 = "0"\nlines = 1\n' * 2, "twice"),
    ],
)
def test_a_spoilt_table_of_sources_is_refused(graph: Path, text: str, words: str) -> None:
    (graph / "sources.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CuratedError, match=words):
        ingest.load(graph)


def test_a_missing_or_unreadable_list_is_named(graph: Path) -> None:
    path = graph / "lists" / "one.jsonl"
    path.write_bytes(b"\xff\n")
    with pytest.raises(CuratedError, match="UTF-8"):
        ingest.load(graph)
    path.unlink()
    with pytest.raises(CuratedError, match="missing"):
        ingest.load(graph)


def test_a_key_that_is_no_file_name_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="key"):
        ingest.save(ingest.read_text(ENTRY, "../x"), tmp_path)


def test_a_file_known_by_its_bytes_takes_the_names_of_its_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "other-name.md"
    path.write_text(ENTRY, encoding="utf-8")
    known = replace(ingest.read(path), key="maps", title="All maps", url="https://x.org", added="2026-11-22")
    ingest.save(replace(known, mentions=(), rejects=()), tmp_path)
    monkeypatch.setattr(resources, "graph_dir", lambda: tmp_path)
    found = ingest.read(path)
    assert (found.key, found.title, found.url, found.added) == ("maps", "All maps", "https://x.org", "2026-11-22")
    assert found.mentions[0].place.list == "maps"
    path.write_text(ENTRY * 2, encoding="utf-8")
    assert ingest.read(path).key == "other-name"


class TestDifferences:
    def test_are_none_where_the_lists_say_what_was_written(self, graph: Path) -> None:
        folder = graph / "folder"
        folder.mkdir()
        (folder / "README.md").write_text("This folder holds lists.\n", encoding="utf-8")
        (folder / "image.png").write_bytes(b"\x00")
        (folder / "a.txt").write_text(ENTRY, encoding="utf-8")
        assert [d for d in ingest.differences(folder, graph) if "no file of" not in d] == []

    def test_name_each_entry_and_field(self, graph: Path) -> None:
        folder = graph / "folder"
        folder.mkdir()
        (folder / "b.md").write_text(TWO, encoding="utf-8")
        path = graph / "lists" / "two.jsonl"
        changed = path.read_text(encoding="utf-8").replace("2019", "2018")
        path.write_text(changed + '{"first": 9, "last": 9, "title": "x"}\n', encoding="utf-8")
        (graph / "lists" / "rejects" / "two.jsonl").write_text('{"first": 3, "last": 3, "reason": "x"}\n')
        said = " ".join(ingest.differences(folder, graph))
        assert "two:1 differs in year" in said
        assert "two:9 was an entry and is none now" in said
        assert "rejects differ" in said

    def test_name_unknown_files_unreadable_files_and_missing_lists(self, graph: Path) -> None:
        folder = graph / "folder"
        folder.mkdir()
        (folder / "new.md").write_text(ENTRY * 3, encoding="utf-8")
        (folder / "bad.md").write_bytes(b"\xff\xfe\x00")
        said = ingest.differences(folder, graph)
        assert len(said) == 4
        assert sum("sources.toml" in d for d in said) == 1
        assert sum("bad.md" in d for d in said) == 1
        assert sum("no file of" in d for d in said) == 2
