"""The text of a list as blocks that may be entries, each with its headings and lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from markdown_it.token import Token

from xaikg.ingest.blocks import Block, Inline, Table
from xaikg.ingest.grammar import tokens
from xaikg.ingest.inline import plain, runs

__all__ = ["blocks"]


def blocks(text: str) -> Iterator[Block]:
    r"""Yield the bullets, table rows, paragraphs and linked headings of a Markdown text, in order.

    >>> [(b.kind, b.section, b.first, b.last) for b in blocks("# XAI\n\n* a\n  b\n\n|x|\n|-|\n|y|")]
    [('heading', (), 1, 1), ('item', ('XAI',), 3, 4), ('row', ('XAI',), 6, 6), ('row', ('XAI',), 8, 8)]
    """
    found, references = tokens(text)
    yield from _Walk(found, references, _Outline()).top()


class _Outline:
    """The headings that stand above the place that is read, and the numbers of lists and tables."""

    def __init__(self) -> None:
        self.open: list[tuple[int, str]] = []
        self.groups = 0

    @property
    def path(self) -> tuple[str, ...]:
        return tuple(text for _, text in self.open)

    def head(self, level: int, text: str) -> None:
        while self.open and self.open[-1][0] >= level:
            self.open.pop()
        if text:
            self.open.append((level, text))

    def group(self) -> int:
        self.groups += 1
        return self.groups


class _Walk:
    """A pass over block tokens; ``shift`` is added to their lines where they come from within a block."""

    def __init__(self, found: list[Token], references: dict[str, Any], outline: _Outline, shift: int = 0) -> None:
        self.tokens, self.references, self.outline, self.shift = found, references, outline, shift
        self.at = 0

    def top(self) -> Iterator[Block]:
        groups = [0]
        while self.at < len(self.tokens):
            token = self.tokens[self.at]
            self.at += 1
            kind = token.type
            if kind.endswith("_list_open"):
                groups.append(self.outline.group())
            elif kind.endswith("_list_close"):
                groups.pop()
            elif kind == "list_item_open":
                yield from self.item(token, groups[-1])
            elif kind == "heading_open":
                yield from self.heading(token)
            elif kind == "paragraph_open":
                yield self.paragraph(self.inline())
            elif kind == "table":
                yield from self.rows(token)
            elif kind == "html_block":
                yield from self.html(token)

    def inline(self) -> Inline:
        token = self.tokens[self.at]
        return Inline(token.content, (token.map or [0])[0] + 1 + self.shift)

    def block(
        self, kind: str, parts: tuple[Inline, ...], group: int, kids: tuple[Block, ...] = (), first: int = 0
    ) -> Block:
        last = max((p.line + p.text.rstrip().count("\n") for p in parts), default=first)
        last = max(last, first, *(k.last for k in kids)) if kids else max(last, first)
        return Block(
            kind, self.outline.path, first or parts[0].line, last, group, parts, kids, None, False, self.references
        )

    def paragraph(self, inline: Inline) -> Block:
        return self.block("paragraph", (inline,), 0)

    def heading(self, token: Token) -> Iterator[Block]:
        inline = self.inline()
        level = int(token.tag[1:])
        self.outline.head(level, "")
        yield self.block("heading", (inline,), 0)
        self.outline.head(level, plain(runs(inline.text, inline.line, self.references)))

    def item(self, opening: Token, group: int) -> Iterator[Block]:
        """Yield a bullet with what stands in it; tables in it come after it as rows of their own."""
        parts, kids, rows = list[Inline](), list[Block](), list[Block]()
        nested: list[int] = []
        first = (opening.map or [0])[0] + 1 + self.shift
        while (token := self.tokens[self.at]).type != "list_item_close":
            self.at += 1
            if token.type.endswith("_list_open"):
                nested.append(self.outline.group())
            elif token.type.endswith("_list_close"):
                nested.pop()
            elif token.type == "list_item_open":
                kids.extend(self.item(token, nested[-1]))
            elif token.type == "inline" or token.type == "html_block":
                parts.append(Inline(token.content, (token.map or [0])[0] + 1 + self.shift))
            elif token.type == "table":
                rows.extend(self.rows(token))
        self.at += 1
        yield self.block("item", tuple(parts), group, tuple(k for k in kids if k.kind == "item"), first)
        yield from (k for k in kids if k.kind != "item")
        yield from rows

    def rows(self, token: Token) -> Iterator[Block]:
        rows = token.meta["rows"]
        group = self.outline.group()
        table = Table(tuple(plain(runs(h, rows[0][0] + 1, self.references)) for h in rows[0][1]), group)
        for n, (line, row) in enumerate(rows):
            at = line + 1 + self.shift
            parts = tuple(Inline(c, at) for c in row)
            yield Block("row", self.outline.path, at, at, group, parts, (), table, n == 0, self.references)

    def html(self, token: Token) -> Iterator[Block]:
        """Yield what stands in an HTML block: headings move the outline, Markdown in it is read as such."""
        start = (token.map or [0])[0] + self.shift
        yield from _html(token.content, start, self.references, self.outline)


_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])[^<>]{0,400}>(.{0,2000}?)</h\1\s*>", re.IGNORECASE | re.DOTALL)
_STRUCTURE = re.compile(r"<\s*(?:li|tr)\b", re.IGNORECASE)
_ONLY_TAGS = re.compile(r"\s*(?:</?[a-zA-Z][^<>]{0,2000}>\s*)+")


def _html(content: str, start: int, references: dict[str, Any], outline: _Outline) -> Iterator[Block]:
    content = _COMMENT.sub(lambda c: "\n" * c.group().count("\n"), content)
    end = 0
    for found in _HEADING.finditer(content):
        yield from _html_body(content[end : found.start()], start + content.count("\n", 0, end), references, outline)
        outline.head(int(found.group(1)), plain(runs(found.group(2), 1, references)))
        end = found.end()
    yield from _html_body(content[end:], start + content.count("\n", 0, end), references, outline)


def _html_body(content: str, start: int, references: dict[str, Any], outline: _Outline) -> Iterator[Block]:
    if not content.strip():
        return
    if _STRUCTURE.search(content):
        yield from _html_structure(content, start, references, outline)
        return
    # Markdown between tags: each line that is but a tag parts blocks, as a blank line does.
    lines = [
        "" if _ONLY_TAGS.fullmatch(x) else x.replace("<", "\u200b<", 1) if x.lstrip().startswith("<") else x
        for x in content.split("\n")
    ]
    found, more = tokens("\n".join(lines))
    yield from _Walk(found, references | more, outline, start).top()


def _html_structure(content: str, start: int, references: dict[str, Any], outline: _Outline) -> Iterator[Block]:
    """Yield the items and rows of HTML lists and tables as blocks."""
    group, table = outline.group(), None
    for found in re.finditer(
        r"<(li|tr)\b[^<>]{0,2000}>(.*?)(?=<(?:li|tr)\b|</(?:li|tr|ul|ol|table|tbody|thead)\b|\Z)",
        content,
        re.IGNORECASE | re.DOTALL,
    ):
        line = start + content.count("\n", 0, found.start()) + 1
        body = found.group(2).strip()
        last = line + found.group(2).rstrip().count("\n")
        if found.group(1).lower() == "li":
            yield Block("item", outline.path, line, last, group, (Inline(body, line),), (), None, False, references)
            continue
        parts = list(re.split(r"<t[dh]\b[^<>]{0,2000}>", body, flags=re.IGNORECASE)[1:])
        head = table is None
        table = table or Table(tuple(plain(runs(p, line, references)) for p in parts), group)
        cells = tuple(Inline(p.strip(), line) for p in parts)
        yield Block("row", outline.path, line, last, group, cells, (), table, head, references)
