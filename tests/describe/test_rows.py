from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg.describe.rows import Row, header_lines, rows
from xaikg.errors import CuratedError

TEXT = '''\
# [[a]] in a comment
[[a]]
x = "[[a]]" # and [[a]] after a value
y = """
[[a]]
with \\""" inside
"""""
  [[ a ]]
z = \'\'\'
[[a]]\'\'\'
w = [
  1, # [[a]]
]
[[a.b]]
[[a . b]]
[[a]]
'''


def write(folder: Path, text: str | bytes) -> Path:
    path = folder / "things.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_only_headers_outside_strings_and_comments_count() -> None:
    assert len(tomllib.loads(TEXT)["a"]) == 3
    assert header_lines(TEXT, "a") == (2, 8, 16)
    assert header_lines(TEXT, "a.b") == (14, 15)


def test_each_row_knows_its_line_and_those_of_its_inner_tables(tmp_path: Path) -> None:
    path = write(tmp_path, "\n[[r]]\nx = 1\n[[r.e]]\ns = 1\n\n[[r.e]]\ns = 2\n[[r]]\nx = 2\n[[r.e]]\ns = 3\n")
    first, second = rows(path, "r", "e")
    assert (first.line, second.line) == (2, 9)
    assert [each.line for each in first.inner("e")] == [4, 7]
    assert [each.line for each in second.inner("e")] == [11]


def test_inner_tables_without_headers_have_the_line_of_their_row(tmp_path: Path) -> None:
    path = write(tmp_path, "[[r]]\ne = [{s = 1}, {s = 2}]\n")
    assert [each.line for each in rows(path, "r", "e")[0].inner("e")] == [1, 1]


def test_a_file_that_is_not_there_has_no_rows(tmp_path: Path) -> None:
    assert rows(tmp_path / "none.toml", "r") == ()


def test_a_byte_order_mark_and_carriage_returns_change_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, b"\xef\xbb\xbf# x\r\n[[r]]\r\nx = 1\r\n")
    assert [(row.line, row.values) for row in rows(path, "r")] == [(2, {"x": 1})]


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("[[r]]\nx = \n", 2, "not valid TOML"),
        ('[[r]]\nx = """open', 2, "not valid TOML"),
        ("[[r]]\nx = 1\nx = 2\n", 3, "not valid TOML"),
        (b"[[r]]\n\nx = '\xff'\n", 3, "not valid UTF-8"),
        ("[[other]]\nx = 1\n", None, "unknown table 'other'"),
        ("x = 1\n", None, "unknown table 'x'"),
        ("r = [{x = 1}]\n", None, "a header [[r]] of its own"),
        ("[r]\nx = 1\n", None, "a header [[r]] of its own"),
    ],
)
def test_what_is_no_table_of_rows_is_refused_with_its_line(
    tmp_path: Path, text: str | bytes, line: int | None, reason: str
) -> None:
    path = write(tmp_path, text)
    with pytest.raises(CuratedError) as caught:
        rows(path, "r")
    assert (caught.value.path, caught.value.line) == (path, line)
    assert reason in caught.value.reason


def test_deep_nesting_is_an_error_and_no_crash(tmp_path: Path) -> None:
    path = write(tmp_path, "[[r]]\nx = " + "[" * 100_000)
    with pytest.raises(CuratedError, match="not valid TOML"):
        rows(path, "r")


def test_a_folder_in_place_of_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CuratedError, match="cannot be read"):
        rows(tmp_path, "r")


@given(
    st.lists(
        st.sampled_from(["[[a]]", "x%d = 1", 'y%d = "[[a]]"', "# [[a]]", "", "z%d = '''\n[[a]]\n'''"]), max_size=30
    )
)
def test_there_are_as_many_headers_as_rows(parts: list[str]) -> None:
    text = "\n".join(part % n if "%d" in part else part for n, part in enumerate(parts))
    content = tomllib.loads(text)
    assert len(header_lines(text, "a")) == len(content.get("a", []))


ROW = Row(Path("x.toml"), 7, {"t": " a ", "n": 3, "list": ["a"], "bad": ["a", ""], "date": "2026-02-30", "true": True})


def test_a_text_is_given_without_blanks_around_it() -> None:
    assert ROW.text("t") == "a"
    assert ROW.text_or_none("none") is None
    assert ROW.texts("list") == ("a",)
    assert ROW.texts("none") == ()


@pytest.mark.parametrize(
    ("read", "reason"),
    [
        (lambda: ROW.text("none"), "'none' is missing"),
        (lambda: ROW.text("n"), "'n' must be a text"),
        (lambda: ROW.texts("bad"), "'bad' must be a list of texts"),
        (lambda: ROW.texts("t"), "'t' must be a list of texts"),
        (lambda: ROW.share("n"), "'n' is 3; it must be a number from 0 to 1"),
        (lambda: ROW.share("true"), "'true' is True; it must be a number"),
        (lambda: ROW.share("none"), "'none' is missing"),
        (lambda: ROW.date("date"), "'date' is '2026-02-30'; it must be a date"),
        (lambda: ROW.date("none"), "'none' is missing"),
        (lambda: ROW.one_of("t", ("b", "c")), "'t' is 'a'; it must be one of b, c"),
        (lambda: ROW.only("t"), "unknown key 'n'; known are t"),
        (lambda: ROW.inner("list"), "'list' is missing; at least one is needed"),
    ],
)
def test_a_value_that_cannot_be_used_is_an_error_with_the_line(read: object, reason: str) -> None:
    assert callable(read)
    with pytest.raises(CuratedError) as caught:
        read()
    assert (caught.value.line, str(caught.value).startswith("x.toml:7: ")) == (7, True)
    assert reason in caught.value.reason
