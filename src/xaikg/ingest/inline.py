"""Inline Markdown and HTML as runs: pieces of text of one style, links, images and breaks."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.token import Token

from xaikg.ingest.rules.text import clean

__all__ = ["BOLD", "CODE", "ITALIC", "Run", "plain", "runs"]

BOLD, ITALIC, CODE, SMALL, ASIDE = 1, 2, 4, 8, 16
"""Bits of a run's style; ``ASIDE`` marks what an HTML ``<details>`` hides behind its summary."""


class Run(NamedTuple):
    """A piece of text: ``kind`` is text, link, badge (an image), or a mark: break, cell, row, item.

    ``hard`` tells a break that the page shows from one of the source alone; ``line`` counts from 1.
    """

    kind: str
    text: str
    url: str | None = None
    style: int = 0
    line: int = 0
    hard: bool = False


def _parser() -> MarkdownIt:
    # Little nesting is allowed: it bounds what brackets that open and never close can cost.
    md = MarkdownIt("commonmark", {"html": True, "maxNesting": 10}).enable("strikethrough")
    md.validateLink = lambda url: True  # type: ignore[method-assign]  # unsafe addresses are dropped later, not shown
    md.normalizeLink = lambda url: url  # type: ignore[method-assign]  # as the list writes them
    return md


_MD = _parser()


def runs(content: str, line: int, references: dict[str, Any] | None = None) -> list[Run]:
    r"""Return the runs of a block's inline content that begins at a line.

    >>> [r[:3] for r in runs("**CAM** [pdf](x.org/a)<br>!", 7)]
    [('text', 'CAM', None), ('text', ' ', None), ('link', 'pdf', 'x.org/a'), ('break', '\n', None), ('text', '!', None)]
    """
    found = simple_runs(content, line)
    if found is None:
        found = parsed_runs(content, line, references)
    return list(_with_written_links(found))


def parsed_runs(content: str, line: int, references: dict[str, Any] | None = None) -> list[Run]:
    """Return the runs of inline content by way of markdown-it's tokens."""
    tokens: list[Token] = []
    _MD.inline.parse(content, _MD, {"references": references or {}}, tokens)
    reader = _Reader(line)
    for token in tokens:
        reader.take(token)
    reader.close_link()
    return _with_literal_bold(reader.found)


_SIMPLE = re.compile(
    r"\[(?P<label>[^\[\]*_`<\\&!~\n]*)\]\((?P<url>[^\s()<>\\]*)\)"
    r"|(?:^|(?<=\s))(?P<mark>_|\*\*?)(?P<text>[^\W_](?:[^*_`<\\&!~\n\[\]]*[^\W_])?\.?)(?P=mark)(?=\s|$|[.,;:])"
)
_SPECIAL = re.compile(r"[*_`<\\~\[\]\n]|&[#\w]")


def simple_runs(content: str, line: int) -> list[Run] | None:
    """Return what :func:`parsed_runs` returns, for content of plain text, links and simple emphasis; else None.

    Most entries are of that kind, and reading them so takes a tenth of the time.
    """
    found, end = list[Run](), 0
    for match in _SIMPLE.finditer(content):
        before = content[end : match.start()]
        if (
            _SPECIAL.search(before)
            or before.endswith("!")
            or ("&" in (match["url"] or "") and _SPECIAL.search(match["url"], match["url"].find("&")))
        ):
            return None
        if before:
            found.append(Run("text", before, None, 0, line))
        if match["mark"]:
            style = ITALIC if len(match["mark"]) == 1 else BOLD
            found.append(Run("text", match["text"], None, style, line))
        else:
            found.append(Run("link", match["label"].strip(), match["url"], 0, line))
        end = match.end()
    rest = content[end:]
    if _SPECIAL.search(rest):
        return None
    if rest:
        found.append(Run("text", rest, None, 0, line))
    return found


def plain(found: Sequence[Run]) -> str:
    """Return the text of runs on one line, without markup and images.

    >>> plain(runs("## 1. *Feature* [maps](#x)", 1))
    '## 1. Feature maps'
    """
    return clean("".join(" " if r.kind == "break" else "" if r.kind == "badge" else r.text for r in found))


_TAG = re.compile(r"<\s*(/?)\s*([a-zA-Z][a-zA-Z0-9]*)")
_HREF = re.compile(r"\b(?:href)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
_STYLES = {
    "b": BOLD,
    "strong": BOLD,
    "i": ITALIC,
    "em": ITALIC,
    "cite": ITALIC,
    "code": CODE,
    "tt": CODE,
    "sub": SMALL,
    "sup": SMALL,
}
_MARKS = {"td": "cell", "th": "cell", "tr": "row", "li": "item"}
_BREAKS = {
    "br",
    "p",
    "div",
    "summary",
    "details",
    "ul",
    "ol",
    "table",
    "dl",
    "dt",
    "dd",
    "center",
    "hr",
    *(f"h{n}" for n in range(1, 7)),
}


class _Reader:
    """Follows inline tokens and keeps what is open: styles, a link, hidden details."""

    def __init__(self, line: int) -> None:
        self.line, self.found = line, list[Run]()
        self.depth = dict.fromkeys((BOLD, ITALIC, CODE, SMALL, ASIDE), 0)
        self.link: str | None = None
        self.label: list[Run] = []

    def take(self, token: Token) -> None:
        kind = token.type
        if kind in {"text", "text_special", "code_inline"}:
            self.text(token.content, CODE if kind == "code_inline" else 0)
        elif kind in {"softbreak", "hardbreak"}:
            self.mark("break", "\n", hard=kind == "hardbreak")
            self.line += 1
        elif kind == "link_open":
            self.open_link(str(token.attrGet("href") or ""))
        elif kind == "link_close":
            self.close_link()
        elif kind == "image":
            self.image(token)
        elif kind == "html_inline":
            self.tag(token.content)
        elif kind.endswith(("_open", "_close")):
            style = {"strong": BOLD, "em": ITALIC}.get(kind.rpartition("_")[0], 0)
            if style:
                self.depth[style] += 1 if kind.endswith("_open") else -1

    def text(self, text: str, extra: int = 0) -> None:
        if not text:
            return
        style = sum(bit for bit, depth in self.depth.items() if depth > 0) | extra
        into = self.found if self.link is None else self.label
        if into and into[-1].kind == "text" and into[-1].style == style:
            into[-1] = into[-1]._replace(text=into[-1].text + text)
        else:
            into.append(Run("text", text, None, style, self.line))

    def mark(self, kind: str, text: str = "", *, hard: bool = True) -> None:
        if self.link is not None:
            self.text(" ")
        elif not (kind == "break" and self.found and self.found[-1].kind == "break" and not hard):
            self.found.append(Run(kind, text, None, 0, self.line, hard))

    def open_link(self, url: str) -> None:
        self.close_link()
        self.link, self.label = url, []

    def close_link(self) -> None:
        """Put the open link among the runs; an image in it is its label where it has no other."""
        if self.link is None:
            return
        label = "".join(r.text for r in self.label if r.kind == "text").strip()
        badge = " ".join(r.text for r in self.label if r.kind == "badge").strip()
        style = self.label[0].style if self.label else 0
        kind = "link" if label or not badge else "badge"
        self.found.append(Run(kind, label or badge, self.link.strip(), style, self.line))
        self.link = None

    def image(self, token: Token) -> None:
        text = _badge(str(token.attrGet("src") or ""), token.content)
        into = self.found if self.link is None else self.label
        into.append(Run("badge", text, None, 0, self.line))

    def tag(self, content: str) -> None:
        found = _TAG.match(content)
        if not found:  # a comment or the like
            self.line += content.count("\n")
            return
        closing, name = bool(found.group(1)), found.group(2).lower()
        if name == "a":
            href = None if closing else _HREF.search(content)
            if href:
                self.open_link(html.unescape(next(g for g in href.groups() if g is not None)))
            else:
                self.close_link()
        elif name == "img" and self.link is not None:
            self.label.append(Run("badge", _badge(content, ""), None, 0, self.line))
        elif style := _STYLES.get(name):
            self.depth[style] = max(0, self.depth[style] + (-1 if closing else 1))
        elif name in _BREAKS:
            self.mark("break", "\n")
        elif name in _MARKS and not closing:
            self.mark(_MARKS[name])
        if name == "details" or (name == "summary" and closing):
            self.depth[ASIDE] = 0 if name == "details" else 1
        self.line += content.count("\n")


_SHIELD = re.compile(r"img\.shields\.io/badge/([^?\s\"']+)|badgen\.net/badge/([^?\s\"']+)", re.IGNORECASE)


def _badge(source: str, alt: str) -> str:
    """Return what a badge says: ``ACL 2025`` for a shield's address ``badge/ACL-2025-blue``."""
    found = _SHIELD.search(source)
    if not found:
        return (
            ""
            if re.search(
                r"stars|forks|watchers|badge\.svg|awesome|license|visitors|last-commit", source + alt, re.IGNORECASE
            )
            else clean(alt)
        )
    text = html.unescape((found.group(1) or found.group(2)).replace("%20", " ").replace("_", " ").replace("/", "-"))
    parts = text.replace("--", "\0").split("-")
    shown = parts[:-1] if len(parts) > 1 else parts
    return clean(" ".join(shown).replace("\0", "-").removesuffix(".svg"))


def _with_literal_bold(found: list[Run]) -> list[Run]:
    """Read ``**`` that stayed in the text, since a blank stood beside it, as what its writer meant."""
    if sum(r.text.count("**") for r in found if r.kind == "text" and not r.style & CODE) < 2:
        return found
    out: list[Run] = []
    bold = False
    for run in found:
        if run.kind != "text" or "**" not in run.text or run.style & CODE:
            out.append(run._replace(style=run.style | BOLD) if bold and run.kind in {"text", "link"} else run)
            continue
        for n, part in enumerate(run.text.split("**")):
            bold = bold != bool(n)
            if part:
                out.append(run._replace(text=part, style=run.style | BOLD if bold else run.style))
    return out if not bold else [r._replace(text=r.text.replace("**", "")) if r.kind == "text" else r for r in found]


_ADDRESS = (
    r"(?:https?://|www\."
    r"|(?<![\w/.@])(?:arxiv\.org|doi\.org|openreview\.net|github\.com|aclanthology\.org|dl\.acm\.org)/)"
    r"[^\s()<>\[\]\"'，。；、（）]{1,2000}(?:\([^\s()<>]{0,80}\)[^\s()<>\[\]\"']{0,200}){0,4}"
)
_WRITTEN = re.compile(
    r"\[{1,3}\s{0,2}(?P<label>[^\[\]\n]{0,80}?)\s{0,2}\]{1,3}\s{0,3}"
    rf"\(\s{{0,2}}<?(?P<target>{_ADDRESS})>?(?P<rest>[^()\n]{{0,200}})\)\]?"
    rf"|<?(?P<bare>{_ADDRESS})>?"
)


def _with_written_links(found: list[Run]) -> Iterator[Run]:
    """Read links that Markdown does not: ``[text] (address)``, and addresses that stand bare."""
    for run in found:
        if (
            run.kind != "text"
            or run.style & CODE
            or (
                "://" not in run.text
                and "www." not in run.text
                and ".org/" not in run.text
                and "github.com/" not in run.text
                and ".net/" not in run.text
            )
        ):
            yield run
            continue
        end = 0
        for match in _WRITTEN.finditer(run.text):
            if before := run.text[end : match.start()]:
                yield run._replace(text=before)
            if match["target"]:
                rest = match["rest"].strip()
                url, end = match["target"] + ("" if '"' in rest or not rest else f" {rest}"), match.end()
            else:
                url = match["bare"].rstrip(".,;:!?*_")
                end = match.start() + match.group().index(url) + len(url)
            yield run._replace(kind="link", text=match["label"] or "", url=url)
        if rest := run.text[end:]:
            yield run._replace(text=rest)
