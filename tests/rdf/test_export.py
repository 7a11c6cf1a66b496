from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store

from xaikg.errors import DamagedError
from xaikg.rdf import export

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")


def test_the_graph_is_the_same_bytes_in_any_order(toy_quads: list[Quad]) -> None:
    expected = export.canonical(toy_quads)
    for seed in range(5):
        shuffled = [*toy_quads, *toy_quads[:50]]
        random.Random(seed).shuffle(shuffled)
        assert export.canonical(shuffled) == expected
        assert export.canonical(export.ordered(shuffled)) == expected


def test_lines_are_sorted_by_their_bytes_and_none_stands_twice(toy_quads: list[Quad]) -> None:
    lines = export.canonical(toy_quads).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == len(set(toy_quads))
    assert all(line.endswith(b" .\n") for line in lines)


def test_ordered_quads_are_in_the_order_of_the_lines(toy_quads: list[Quad]) -> None:
    ordered = export.ordered(toy_quads)
    assert b"".join(export.canonical([quad]) for quad in ordered) == export.canonical(toy_quads)


def test_what_is_written_is_read_again(toy_quads: list[Quad], tmp_path: Path) -> None:
    path = tmp_path / "x.nq"
    path.write_bytes(export.canonical(toy_quads))
    assert export.read(path) == export.ordered(toy_quads)


def test_a_store_gives_the_same_bytes_as_the_quads_it_was_built_from(toy_quads: list[Quad]) -> None:
    store = Store()
    store.extend(toy_quads)
    assert export.canonical(store) == export.canonical(toy_quads)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ('"', rb"\""),
        ("\\", rb"\\"),
        ("\n", rb"\n"),
        ("\r", rb"\r"),
        ("\t", rb"\t"),
        ("\b", rb"\b"),
        ("\f", rb"\f"),
        ("\x00", rb"\u0000"),
        ("\x1f", rb"\u001F"),
        ("\x7f", rb"\u007F"),
        ("\x85", "\x85".encode()),
        ("\u2028", "\u2028".encode()),
        ("é", "é".encode()),
        ("😀", "😀".encode()),
        ("'", b"'"),
    ],
)
def test_characters_are_escaped_in_one_way(text: str, written: bytes) -> None:
    assert (
        export.canonical([Quad(A, B, Literal(text), A)]).split(b'> "', 1)[1]
        == written + b'" <' + A.value.encode() + b"> .\n"
    )


@given(st.lists(st.text(st.characters(codec="utf-8")), min_size=1))
def test_any_text_is_one_line_that_reads_as_itself(texts: list[str]) -> None:
    quads = [Quad(A, B, Literal(text), A) for text in texts]
    store = Store()
    store.load(export.canonical(quads), format=RdfFormat.N_QUADS)
    assert set(store) == set(quads)


def test_nothing_is_written_as_nothing() -> None:
    assert export.canonical([]) == b""
    assert export.ordered([]) == []


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b'<x:a> <x:b> "c" <x:g> .\n<x:a> <x:b> "c\n', "line 2"),
        (b'<x:a> <x:b> "c" <x:g> .\n<x:a>', "line 2"),
        (b'<x:a> <x:b> "\xff" <x:g> .\n', "line 1"),
        (b'<x:a> <x:b> "c" <x:g> .\n\nno quads\n', "line 3"),
        (b'<x:a> <x:b> "c" <x:g> .\n<not an iri> <x:b> <x:c> .\n', "line 2"),
    ],
)
def test_a_broken_file_is_refused_with_its_line(tmp_path: Path, data: bytes, line: str) -> None:
    path = tmp_path / "x.nq"
    path.write_bytes(data)
    with pytest.raises(DamagedError) as caught:
        export.read(path)
    assert caught.value.path == path
    assert caught.value.reason.startswith(line)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.nq", tmp_path):
        with pytest.raises(DamagedError, match="cannot be read"):
            export.read(path)
