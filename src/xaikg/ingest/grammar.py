"""The Markdown that lists are written in: CommonMark with tables as people write them, and its limits."""

from __future__ import annotations

import re
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

__all__ = ["MAX_DEPTH", "NestingError", "cells", "tokens"]

MAX_DEPTH = 60
"""How deep bullets and quotations may stand in one another."""

_LEVELS = 2 * MAX_DEPTH


class NestingError(ValueError):
    """Blocks stand in one another deeper than :data:`MAX_DEPTH`; ``line`` counts from 1."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"line {line}: nested deeper than {MAX_DEPTH}")


def tokens(text: str) -> tuple[list[Token], dict[str, Any]]:
    r"""Return the block tokens of a document, and its link definitions.

    A table is one token of type ``table`` whose ``meta`` holds its rows: (line from 0, cells).

    >>> [t.type for t in tokens("| a | b |\n|---|---|\n| 1 | 2 | 3 |")[0]]
    ['table']
    >>> tokens("|a|\n|-|\n|1|2|")[0][0].meta["rows"]
    [(0, ['a']), (2, ['1', '2'])]
    """
    env: dict[str, Any] = {}
    found: list[Token] = []
    _MD.block.parse(text, _MD, env, found)
    return found, env.get("references", {})


def cells(row: str) -> list[str]:
    r"""Return the cells of a table's row; a bar in a link's text or after a backslash parts nothing.

    >>> cells(r"|2019|[A \| B](u)|"), cells("2019 | CVPR | [A | B](u)")
    (['2019', '[A | B](u)'], ['2019', 'CVPR', '[A | B](u)'])
    """
    row = row.strip()
    closing = row.rfind("](")
    if closing < 0 and "\\" not in row:
        found = row.split("|")
    else:
        found, start, depth = list[str](), 0, 0
        for mark in _CELL_MARK.finditer(row):
            at, char = mark.start(), mark.group()
            if char == "[" and at < closing:
                depth += 1
            elif char == "]":
                depth = max(0, depth - 1)
            elif char == "|" and (not depth or not _closes(row, at)):
                found.append(row[start:at])
                start, depth = at + 1, 0
        found.append(row[start:])
    if not found[0].strip() and row.startswith("|"):
        found.pop(0)
    if found and not found[-1].strip() and row.endswith("|"):
        found.pop()
    return [c.strip().replace("\\|", "|") for c in found]


_CELL_MARK = re.compile(r"\\.|[\[\]|]")


def _closes(row: str, bar: int) -> bool:
    """Tell whether the bracket that is open at a bar closes as a link before another one opens."""
    closing = row.find("](", bar, bar + 400)
    opening = row.find("[", bar, bar + 400)
    return closing >= 0 and (opening < 0 or closing < opening)


_DELIMITER = re.compile(r"\|?(?:\s*:?-{1,}:?\s*\|)+\s*(?::?-{1,}:?)?\s*\|?")


def _is_delimiter(line: str) -> bool:
    return len(line) <= 10_000 and "-" in line and "|" in line and _DELIMITER.fullmatch(line) is not None


_OTHER_BLOCK = re.compile(r"#{1,6}\s|>|[-*+]\s|\d{1,9}[.)]\s|```|~~~")


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Read a table; unlike GitHub's, rows and delimiter may have any number of cells."""
    if (
        start + 2 > end
        or state.sCount[start + 1] < state.blkIndent
        or not _is_delimiter(_line(state, start + 1).strip())
    ):
        return False
    if "|" not in _line(state, start):
        return False
    if silent:
        return True
    rows = [(start, cells(_line(state, start)))]
    at = start + 2
    while at < end and state.sCount[at] >= state.blkIndent:
        text = _line(state, at)
        if "|" not in text or _OTHER_BLOCK.match(text):
            break
        rows.append((at, cells(text)))
        at += 1
    token = state.push("table", "", 0)
    token.map, token.meta = [start, at], {"rows": rows}
    state.line = at
    return True


def _guard(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    if state.level > _LEVELS:
        raise NestingError(start + 1)
    return False


def _parser() -> MarkdownIt:
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": _LEVELS + 20})
    md.disable("code")  # four blanks before a bullet are an indented bullet here, not a program
    md.block.ruler.before("fence", "guard", _guard)
    md.block.ruler.before("fence", "rows", _table, {"alt": ["paragraph", "reference"]})
    return md


_MD = _parser()
