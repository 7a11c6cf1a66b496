"""What is no list is refused in one sentence; what is strange in a list is read in bounded steps, and stays text."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from xaikg import ingest
from xaikg.errors import SourceError

ENTRY = "* Explaining networks by examples. _Doe et al. 2019_ [pdf](https://arxiv.org/abs/1901.00001)\n"


def written(folder: Path, content: bytes, name: str = "list.md") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "words", "line"),
    [
        (b"", "empty", None),
        (b" \n\t\n", "empty", None),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary", 3),
        (b"# Papers\n\n" + ENTRY.encode() + b"* Sch\xfctt 2020\n", "UTF-8", 4),
        (b"# A heading\n\nAnd a sentence that names nothing.\n", "no entry", None),
        (b"* " + b"> * " * 200 + b"deep\n", "nested", 1),
    ],
)
def test_what_is_no_list_is_refused_with_file_and_line(
    tmp_path: Path, content: bytes, words: str, line: int | None
) -> None:
    path = written(tmp_path, content)
    with pytest.raises(SourceError, match=words) as caught:
        ingest.read(path)
    assert str(path) in str(caught.value)
    assert caught.value.line == line


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.md", tmp_path):
        with pytest.raises(SourceError) as caught:
            ingest.read(path)
        assert str(path) in str(caught.value)


def test_a_file_beyond_the_limit_is_refused_without_being_read(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    with path.open("wb") as file:
        file.truncate(100_000_000)
    with pytest.raises(SourceError, match="split it"):
        ingest.read(path)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_change_nothing(tmp_path: Path, ending: str, mark: str) -> None:
    text = f"{mark}# Papers\n\n## Nets\n{ENTRY}".replace("\n", ending)
    read = ingest.read(written(tmp_path, text.encode()))
    mention = read.mentions[0]
    assert mention.title == "Explaining networks by examples"
    assert mention.place.section == ("Papers", "Nets")
    assert mention.place.first == 4


@pytest.mark.parametrize("length", [4_000, 19_000, 50_000])
@pytest.mark.parametrize("part", ["[", "[a](", "*", "`", "<", "|", "(", "_a ", "![", "http://a.", "A, ", "{", "a&"])
def test_a_pathological_line_costs_no_other_entry(part: str, length: int) -> None:
    strange = (part * length)[:length]
    read = ingest.read_text(f"# Papers\n{ENTRY}* {strange}\n\n{ENTRY}", "list")
    assert sum(m.title == "Explaining networks by examples" for m in read.mentions) == 2


def test_unsafe_links_and_invisible_characters_are_dropped() -> None:
    unsafe = "[pdf](javascript:alert(1)) [x](data:text/html,a) [code](file:///etc/x)"
    text = f"* Explaining \u202enets\u202c\u200b. _Doe 2019_ {unsafe} [pdf](https://arxiv.org/abs/1901.00001)\n"
    read = ingest.read_text(text, "list")
    mention = read.mentions[0]
    assert mention.title == "Explaining nets"
    assert {link.url for link in mention.links} == {"https://arxiv.org/abs/1901.00001"}


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
@example("|a|b|\n|-|-|\n|x|")
@example("* [a](b)\n  * [c]\n1) <b>x</b> _y 2020_\n---\n# z")
def test_any_text_is_read_or_refused_and_every_entry_lies_within_it(text: str) -> None:
    try:
        read = ingest.read_text(text + "\n\n" + ENTRY, "list")
    except SourceError:
        return
    for place in (*(m.place for m in read.mentions), *(r.place for r in read.rejects)):
        assert 1 <= place.first <= place.last <= read.lines
    assert all(mention.title.strip() for mention in read.mentions)
    refs = [p.ref for p in (*(m.place for m in read.mentions), *(r.place for r in read.rejects))]
    assert len(refs) == len(set(refs))
