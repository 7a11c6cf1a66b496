"""What lists say, as text under version control: ``graph/lists/<key>.jsonl`` and ``graph/sources.toml``.

lists/<key>.jsonl           one mention a line, in the order of the list, keys sorted, empty fields left out
lists/rejects/<key>.jsonl   one reject a line: its place and the reason, nothing of the list's prose
sources.toml                one [[list]] each: key, title, url, sha256, lines, added
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from xaikg.errors import CuratedError, UsageError
from xaikg.ids import slug
from xaikg.model import Link, LinkRole, Mention, Place, ReadingList, Reject

__all__ = ["Source", "load", "mention_from", "mention_row", "save", "sources"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Source:
    """A row of ``sources.toml``: where a list comes from and which bytes were read."""

    key: str
    title: str
    sha256: str
    lines: int
    url: str | None = None
    added: str | None = None


def save(reading_list: ReadingList, graph_dir: Path) -> None:
    """Write what a list says under ``graph_dir``; a list with the same key is replaced.

    Raises :class:`UsageError` for a key that cannot be a file's name.
    """
    key = reading_list.key
    if slug(key) != key or len(key) > 100:
        raise UsageError(
            f"{key!r} cannot be a list's key; use letters, digits and hyphens, such as {slug(key)[:100]!r}"
        )
    known = list(sources(graph_dir))
    new = Source(key, reading_list.title, reading_list.sha256, reading_list.lines, reading_list.url, reading_list.added)
    rows = [new if s.key == key else s for s in known] + ([] if any(s.key == key for s in known) else [new])
    _write(graph_dir / "lists" / f"{key}.jsonl", map(mention_row, reading_list.mentions))
    _write(graph_dir / "lists" / "rejects" / f"{key}.jsonl", map(_reject_row, reading_list.rejects))
    _replace(graph_dir / "sources.toml", _HEADER + "".join(map(_source_text, rows)))


def load(graph_dir: Path) -> tuple[ReadingList, ...]:
    """Return the lists of ``sources.toml``, in its order.

    Raises :class:`CuratedError` with file and line for what cannot be read.
    """
    return tuple(_list(graph_dir, source) for source in sources(graph_dir))


def sources(graph_dir: Path) -> tuple[Source, ...]:
    """Return the rows of ``sources.toml``; none where there is no such file."""
    path = graph_dir / "sources.toml"
    if not path.is_file():
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise CuratedError(
            path, _line_of(str(fault)), f"is no TOML ({fault}); mend it or restore it from version control"
        ) from fault
    rows = table.get("list", [])
    if not isinstance(rows, list) or not all(isinstance(r, dict) for r in rows):
        raise CuratedError(path, None, "needs [[list]] tables; restore it from version control")
    found = tuple(_source(path, row) for row in rows)
    keys = [s.key for s in found]
    if twice := next((k for k in keys if keys.count(k) > 1), None):
        raise CuratedError(path, None, f"names the list {twice!r} twice; keep one [[list]] of the two")
    return found


def mention_row(mention: Mention) -> dict[str, Any]:
    """Return a mention as a JSON object without its list's key; empty fields are left out.

    >>> mention_row(Mention(Place("xai", ("CAM",), 3, 4), "Maps", year=2018))
    {'section': ['CAM'], 'first': 3, 'last': 4, 'title': 'Maps', 'year': 2018}
    """
    links = [{"role": x.role.value, "url": x.url, **({"label": x.label} if x.label else {})} for x in mention.links]
    row: dict[str, Any] = {
        **_place_row(mention.place),
        "title": mention.title,
        "aliases": list(mention.aliases),
        "authors": list(mention.authors),
        "year": mention.year,
        "venue": mention.venue,
        "citations": mention.citations,
        "links": links,
        "identifiers": list(mention.identifiers),
    }
    if not mention.authors_complete:
        row["authors_complete"] = False
    return {name: value for name, value in row.items() if value is not None and value != []}


def mention_from(row: Mapping[str, Any], key: str) -> Mention:
    """Return the mention of a JSON object; raises ``ValueError`` with a reason where it is none."""
    _check(
        row,
        {
            "title",
            *_PLACE,
            "aliases",
            "authors",
            "authors_complete",
            "year",
            "venue",
            "citations",
            "links",
            "identifiers",
        },
    )
    return Mention(
        place=_place(row, key),
        title=_text(row, "title", ""),
        aliases=_texts(row, "aliases"),
        authors=_texts(row, "authors"),
        authors_complete=_typed(row, "authors_complete", bool, True),
        year=_number(row, "year"),
        venue=_text(row, "venue", None) if "venue" in row else None,
        citations=_number(row, "citations"),
        links=tuple(_link(x) for x in _typed(row, "links", list, [])),
        identifiers=_texts(row, "identifiers"),
    )


# --------------------------------------------------------------------------- rows


_PLACE = ("section", "first", "last", "ordinal")


def _place_row(place: Place) -> dict[str, Any]:
    row: dict[str, Any] = {"section": list(place.section), "first": place.first, "last": place.last}
    return row | ({"ordinal": place.ordinal} if place.ordinal > 1 else {})


def _place(row: Mapping[str, Any], key: str) -> Place:
    first, last = _number(row, "first") or 0, _number(row, "last") or 0
    ordinal = _number(row, "ordinal") or 1
    if not 1 <= first <= last or ordinal < 1:
        raise ValueError("'first' and 'last' must be line numbers, in this order")
    return Place(key, _texts(row, "section"), first, last, ordinal)


def _reject_row(reject: Reject) -> dict[str, Any]:
    row = {**_place_row(reject.place), "reason": reject.reason}
    return {name: value for name, value in row.items() if value != []}


def _reject(row: Mapping[str, Any], key: str) -> Reject:
    _check(row, {"reason", *_PLACE})
    return Reject(_place(row, key), _text(row, "reason", ""))


def _link(row: Any) -> Link:
    if not isinstance(row, dict):
        raise ValueError("a link must be an object")
    _check(row, {"role", "url", "label"})
    roles = {role.value: role for role in LinkRole}
    if row.get("role") not in roles:
        raise ValueError(f"a link's role must be one of {', '.join(roles)}")
    return Link(roles[row["role"]], _text(row, "url", ""), _typed(row, "label", str, ""))


def _check(row: Mapping[str, Any], known: set[str]) -> None:
    if unknown := sorted(set(row) - known):
        raise ValueError(f"unknown field {unknown[0]!r}")


def _typed(row: Mapping[str, Any], name: str, kind: type[_T], default: _T) -> _T:
    value = row.get(name, default)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise ValueError(f"{name!r} must be {_SAID[kind]}")
    return value


_SAID: dict[type, str] = {str: "a text", int: "a whole number", list: "a list", bool: "true or false"}


def _text(row: Mapping[str, Any], name: str, default: str | None) -> str:
    value = row.get(name, default)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{name!r} must be a text that is not empty")
    return value


def _texts(row: Mapping[str, Any], name: str) -> tuple[str, ...]:
    values = _typed(row, name, list, [])
    if not all(isinstance(v, str) and v for v in values):
        raise ValueError(f"{name!r} must be a list of texts")
    return tuple(values)


def _number(row: Mapping[str, Any], name: str) -> int | None:
    return None if name not in row else _typed(row, name, int, 0)


# --------------------------------------------------------------------------- files


_HEADER = """\
# The reading lists that this graph was built from: where each comes from, and the bytes that were read.
# Written by `xaikg ingest`; titles, urls and dates may be mended by hand.
"""


def _list(graph_dir: Path, source: Source) -> ReadingList:
    path = graph_dir / "lists" / f"{source.key}.jsonl"
    if not path.is_file():
        raise CuratedError(
            path, None, f"is missing, though sources.toml names {source.key!r}; run 'xaikg ingest' for it"
        )
    mentions = _rows(path, lambda row: mention_from(row, source.key))
    rejected = graph_dir / "lists" / "rejects" / f"{source.key}.jsonl"
    rejects = _rows(rejected, lambda row: _reject(row, source.key)) if rejected.is_file() else ()
    return ReadingList(
        source.key, source.title, source.sha256, source.lines, mentions, rejects, source.url, source.added
    )


def _rows(path: Path, read: Callable[[Mapping[str, Any]], _T]) -> tuple[_T, ...]:
    found: list[_T] = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as fault:
        raise CuratedError(path, None, "is not UTF-8; restore it from version control") from fault
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise ValueError("must be a JSON object")
            found.append(read(row))
        except (ValueError, RecursionError) as fault:
            raise CuratedError(
                path, number, f"{_said(fault)}; mend the line or restore it from version control"
            ) from fault
    return tuple(found)


def _said(fault: Exception) -> str:
    if isinstance(fault, json.JSONDecodeError):
        return f"is no JSON object ({fault.msg} at column {fault.colno})"
    return str(fault) if isinstance(fault, ValueError) else "is nested too deep"


def _source(path: Path, row: Mapping[str, Any]) -> Source:
    try:
        _check(row, {"key", "title", "url", "sha256", "lines", "added"})
        key, lines = _text(row, "key", None), _typed(row, "lines", int, 0)
        if slug(key) != key:
            raise ValueError(f"{key!r} cannot be a list's key")
        url, added = row.get("url"), row.get("added")
        return Source(
            key,
            _text(row, "title", None),
            _text(row, "sha256", None),
            lines,
            None if url is None else str(url),
            None if added is None else str(added),
        )
    except ValueError as fault:
        raise CuratedError(path, None, f"a [[list]] is wrong: {fault}; mend it") from fault


def _source_text(source: Source) -> str:
    rows = [
        ("key", source.key),
        ("title", source.title),
        ("url", source.url),
        ("sha256", source.sha256),
        ("lines", source.lines),
        ("added", source.added),
    ]
    shown = (f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in rows if value is not None)
    return "\n[[list]]\n" + "".join(shown).replace("\x7f", "\\u007f")


def _write(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    _replace(path, "".join(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n" for row in rows))


def _replace(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.new")
    aside.write_text(text, encoding="utf-8", newline="\n")
    os.replace(aside, path)  # noqa: PTH105 - the atomic one


def _line_of(said: str) -> int | None:
    found = said.partition("at line ")[2].partition(",")[0]
    return int(found) if found.isdigit() else None
