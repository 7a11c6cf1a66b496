"""The rows of a curated TOML file, each with the line that it begins on, and its values checked one by one."""

from __future__ import annotations

import datetime
import math
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from xaikg.errors import CuratedError

__all__ = ["Row", "header_lines", "rows"]

_AT_LINE = re.compile(r"at line (\d+)")
_STRINGS = r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
_NAME = r"[A-Za-z0-9_-]+(?:[ \t]*\.[ \t]*[A-Za-z0-9_-]+)*"
_HEADER = re.compile(rf"{_STRINGS}|#[^\n]*|^[ \t]*\[\[[ \t]*(?P<name>{_NAME})[ \t]*\]\]", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Row:
    """One ``[[table]]`` of a file: its values and the line of its header (from 1)."""

    path: Path
    line: int
    values: dict[str, Any]
    inner_lines: tuple[int, ...] = ()

    @property
    def origin(self) -> str:
        """Return ``curated/file#line``."""
        return f"curated/{self.path.name}#{self.line}"

    def error(self, reason: str) -> CuratedError:
        """Return the error that names this row."""
        return CuratedError(self.path, self.line, reason)

    def only(self, *known: str) -> None:
        """Raise CuratedError where the row has a key beside the known ones."""
        for key in self.values:
            if key not in known:
                raise self.error(f"unknown key {key!r}; known are {', '.join(known)}")

    def text(self, key: str) -> str:
        """Return a text that must be there and say something."""
        value = self.values.get(key)
        if value is None:
            raise self.error(f"{key!r} is missing")
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key!r} must be a text that is not empty")
        return value.strip()

    def text_or_none(self, key: str) -> str | None:
        """Return a text that may be left out."""
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; left out, it is empty."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(each, str) and each.strip() for each in value):
            raise self.error(f"{key!r} must be a list of texts that are not empty")
        return tuple(each.strip() for each in value)

    def one_of(self, key: str, allowed: Iterable[str]) -> str:
        """Return a text that must be one of the allowed ones."""
        value, choices = self.text(key), tuple(allowed)
        if value not in choices:
            raise self.error(f"{key!r} is {value!r}; it must be one of {', '.join(choices)}")
        return value

    def share(self, key: str) -> float:
        """Return a number from 0 to 1."""
        value = self.values.get(key)
        if value is None:
            raise self.error(f"{key!r} is missing")
        if isinstance(value, bool) or not isinstance(value, int | float) or math.isnan(value) or not 0 <= value <= 1:
            raise self.error(f"{key!r} is {value!r}; it must be a number from 0 to 1")
        return float(value)

    def date(self, key: str) -> str:
        """Return a date in ISO form, written as a TOML date or as a text."""
        value = self.values.get(key)
        if value is None:
            raise self.error(f"{key!r} is missing")
        if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
            return value.isoformat()
        try:
            if isinstance(value, str) and len(value) == len("2026-01-01"):
                return datetime.date.fromisoformat(value).isoformat()
        except ValueError:
            pass
        raise self.error(f"{key!r} is {str(value)!r}; it must be a date such as 2026-01-31")

    def inner(self, key: str) -> tuple[Row, ...]:
        """Return the rows of an inner table, at least one, each with its own line where it has a header."""
        value = self.values.get(key)
        if not isinstance(value, list) or not value or not all(isinstance(each, dict) for each in value):
            raise self.error(f"{key!r} is missing; at least one is needed")
        lines = self.inner_lines if len(self.inner_lines) == len(value) else (self.line,) * len(value)
        return tuple(Row(self.path, line, each) for line, each in zip(lines, value, strict=True))


def rows(path: Path, table: str, inner: str = "") -> tuple[Row, ...]:
    """Return the rows ``[[table]]`` of a TOML file, in order; a file that is not there has none.

    ``inner`` is the name of a table of tables inside each row. Raises CuratedError where the file cannot
    be read, is no TOML, or holds anything else.
    """
    if not path.exists():
        return ()
    text = _text(path)
    content = _parsed(path, text)
    for key in content:
        if key != table:
            raise CuratedError(path, None, f"unknown table {key!r}; this file holds [[{table}]] alone")
    found = content.get(table, [])
    lines = header_lines(text, table)
    if not isinstance(found, list) or len(lines) != len(found):
        raise CuratedError(path, None, f"write each {table} under a header [[{table}]] of its own")
    inner_lines = header_lines(text, f"{table}.{inner}") if inner else ()
    return tuple(_rows(path, found, lines, inner_lines))


def header_lines(text: str, name: str) -> tuple[int, ...]:
    r"""Return the lines (from 1) of the headers ``[[name]]``, not counting those inside strings and comments.

    >>> header_lines("[[a]]\nx = '[[a]]'\n# [[a]]\ny = '''\n[[a]]\n'''\n[[ a ]]\n[[a.b]]", "a")
    (1, 7)
    """
    lines, line, last = [], 1, 0
    for found in _HEADER.finditer(text):
        if found["name"] and re.sub(r"[ \t]", "", found["name"]) == name:
            line += text.count("\n", last, found.start())
            last = found.start()
            lines.append(line)
    return tuple(lines)


def _rows(path: Path, found: Sequence[dict[str, Any]], lines: Sequence[int], inner: Sequence[int]) -> Iterator[Row]:
    bounds = [*lines, math.inf]
    for values, (line, end) in zip(found, pairwise(bounds), strict=True):
        yield Row(path, int(line), values, tuple(each for each in inner if line < each < end))


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise CuratedError(path, None, f"cannot be read: {error.strerror}") from error
    try:
        return data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise CuratedError(path, data.count(b"\n", 0, error.start) + 1, "is not valid UTF-8 here") from error


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        at = _AT_LINE.search(str(error))
        line = int(at[1]) if at else text.count("\n") + 1
        raise CuratedError(path, line, f"is not valid TOML: {str(error).split(' (at ')[0]}") from error
