"""The runs of an entry sorted: links that are taken away, and pieces of text that may be title or facts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from xaikg.ingest.inline import ASIDE, BOLD, CODE, ITALIC, SMALL, Run
from xaikg.ingest.rules.links import address, label_role, role
from xaikg.ingest.rules.meta import EMPTY, Meta, merged, meta
from xaikg.ingest.rules.parts import unwrapped
from xaikg.ingest.rules.text import clean, unmarked, word_count
from xaikg.ingest.rules.venue import is_named
from xaikg.model import Link, LinkRole

__all__ = ["Piece", "Sorted", "sort"]


class Piece(NamedTuple):
    """A piece of text on one line of an entry.

    ``kind`` is text, link (its text may be a title), gap (a labelled link stood here) or break.
    """

    kind: str
    text: str
    url: str | None = None
    style: int = 0
    line: int = 0

    @property
    def bold(self) -> bool:
        """Tell whether the piece is set in bold."""
        return bool(self.style & BOLD)

    @property
    def italic(self) -> bool:
        """Tell whether the piece is set in italics."""
        return bool(self.style & ITALIC)

    @property
    def code(self) -> bool:
        """Tell whether the piece is set as code."""
        return bool(self.style & CODE)


@dataclass(slots=True)
class Sorted:
    """What :func:`sort` gives: pieces, links, the facts of labels, and whether dead or inner links stood there."""

    pieces: list[Piece] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    facts: Meta = EMPTY
    labelled: bool = False
    inner: int = 0


def sort(runs: Sequence[Run], default: LinkRole = LinkRole.PAPER) -> Sorted:
    """Return the pieces and the labelled links of an entry's runs.

    A link whose label names its target (``pdf``), a venue or authors is taken out of the text; one with
    another label may be the title and stays a piece.
    """
    out = Sorted()
    for run in runs:
        if run.style & ASIDE:
            continue
        if run.kind in {"link", "badge"}:
            _take_link(out, run, default)
        elif run.kind == "break":
            _add(out.pieces, Piece("break", "\n", None, 1 if run.hard else 0, run.line))
        elif run.kind == "text":
            _add(out.pieces, Piece("text", run.text, None, run.style & ~SMALL, run.line))
    out.pieces = _tidy(out)
    return out


def _add(pieces: list[Piece], piece: Piece) -> None:
    last = pieces[-1] if pieces else None
    if last and last.kind == piece.kind == "text" and last.style == piece.style:
        pieces[-1] = last._replace(text=last.text + piece.text)
    elif last and last.kind == piece.kind == "link" and last.url == piece.url:
        pieces[-1] = last._replace(text=f"{last.text} {piece.text}")
    else:
        pieces.append(piece)


def _take_link(out: Sorted, run: Run, default: LinkRole) -> None:
    label = unwrapped(unmarked(clean(run.text)).strip(":：,;|<>*_ "))
    url = address(run.url or "")
    bare = not label or _is_address(label, url)
    if run.url and url is None and run.kind == "link":
        if run.url.lower().partition("#")[0].endswith((".pdf", ".ps")):
            out.labelled = True
        elif ":" not in run.url:
            out.inner += 1
    dated = _label_facts(label) if not bare and any(c.isdigit() for c in label) else None
    said = None if bare or (dated and dated.says_something) else label_role(label)
    if said and is_named(label) and word_count(label) > 1:
        said = None
    facts = dated if bare or said or dated else _label_facts(label)
    if run.kind == "badge" and facts is None and said is None:
        bare = True
    if bare and run.kind == "link":
        label = _label_before(out.pieces)
    if not bare and said is None and _may_be_title(facts):
        _add(out.pieces, Piece("link", label, run.url or "", run.style & ~SMALL, run.line))
        return
    out.facts = merged(out.facts, facts or EMPTY)
    out.labelled = out.labelled or run.kind == "link"
    if url and not (run.kind == "badge" and not label and _is_counter(url)):
        out.links.append(Link(role(url, label, default), url, label))
    _add(out.pieces, Piece("gap", "", None, 0, run.line))


def _is_address(label: str, url: str | None) -> bool:
    """Tell whether a label only repeats the link's address."""
    if len(label.split()) <= 2 and ("://" in label or label.lower().startswith("www.")):
        return True
    return url is not None and label.rstrip("/") in url and "." in label and " " not in label


def _may_be_title(facts: Meta | None) -> bool:
    """Tell whether a label with these facts may be a title nevertheless: no facts, or names without a year."""
    if facts is None or not facts.says_something:
        return True
    return bool(facts.authors) and facts.authors_complete and not facts.year


def _label_facts(label: str) -> Meta | None:
    """Return the facts of a label, or of its first part: ``AISTATS 2019 - Supplementary Material``."""
    facts = meta(label, after_title=False)
    head = re.split(r",\s| - ", label, maxsplit=1)[0]
    if facts is not None or head == label or word_count(label) > 6:
        return facts
    first = meta(head, after_title=False)
    return first if first and first.venue and first.year else None


def _is_counter(url: str) -> bool:
    return "shields.io" in url or "star-history" in url or "visitor" in url


_LAST_WORDS = re.compile(r"(?:^|[|,;.(\[\s])\s*([^\W\d_][\w+]*(?: [\w+]+)?)\s*[:：]\s*$")


def _label_before(pieces: list[Piece]) -> str:
    """Take ``Code:`` out of the text before a link without a label of its own, and return it as the label."""
    if not pieces or pieces[-1].kind != "text":
        return ""
    found = _LAST_WORDS.search(pieces[-1].text)
    if not found or label_role(found.group(1)) is None:
        return ""
    pieces[-1] = pieces[-1]._replace(text=pieces[-1].text[: found.start(1)])
    return found.group(1)


_OPEN = re.compile(r"(?:[\s|/&+·•~]|(?<=\s)[-–—:,;]|[\[(【（<{])+$")
_CLOSE = re.compile(r"^(?:[\s|/&+·•~\])】）>}]|[-–—:,;](?=\s|$))+")
_UNRESOLVED = re.compile(r"\[([^\[\]]{3,300})\]\[[^\[\]]{1,60}\]")
_FOOTNOTE = re.compile(r"\[\^[\w-]{1,40}\]")
# Bounded repetitions: a line of 50,000 brackets is read in linear time.
_LABELS = re.compile(r"[\[【(（]{1,4}\s{0,3}(?P<label>[^\[\]()【】（）]{1,40}?)\s{0,3}[\])】）]{1,4}")
# What a reference is, as GB/T 7714 marks it behind the title: journal, monograph, conference, online …
_DOCUMENT_MARK = re.compile(r"(?<=[\w)])\[(?:[JMCDRNPSAZG]|EB|DB|CP)(?:/OL)?\](?=\s*(?:[.,/]|$))")
_EMPTY_BRACKETS = re.compile(r"[\[(【（]\s*[,|/;·]?\s*[\])】）]")


def _tidy(out: Sorted) -> list[Piece]:
    """Return the pieces without the brackets and bars that stood around links, and without dead labels."""
    pieces = out.pieces
    tidied: list[Piece] = []
    for at, piece in enumerate(pieces):
        if piece.kind != "text" or piece.code:
            tidied.append(piece)
            continue
        text = _FOOTNOTE.sub("", piece.text) if "[^" in piece.text else piece.text
        text = _DOCUMENT_MARK.sub("", text) if "[" in text else text
        if "][" in text:
            text = _UNRESOLVED.sub(r"\1", text)
        if "[" in text or "(" in text or "【" in text or "（" in text:
            text = _LABELS.sub(lambda found: _without_dead_label(out, found), text)
            text = _EMPTY_BRACKETS.sub(" ", text)
        before = pieces[at - 1].kind if at else ""
        after = pieces[at + 1].kind if at + 1 < len(pieces) else ""
        if after == "gap":
            text = _OPEN.sub("", text)
        if before == "gap":
            text = _CLOSE.sub("", text)
            if len(text.strip(" .,;")) < 3 and not any(c.isdigit() for c in text):  # what a slip of the pen left
                text = ""
        if text.strip():
            tidied.append(piece._replace(text=text))
        elif text and tidied and tidied[-1].kind == "text":
            tidied[-1] = tidied[-1]._replace(text=tidied[-1].text + " ")
    return tidied


def _without_dead_label(out: Sorted, found: re.Match[str]) -> str:
    """Take away a label that has no link: ``[paper]``."""
    label = found["label"]
    said = label_role(label)
    if any(c.isdigit() for c in label) and (facts := meta(label, after_title=False)) and facts.says_something:
        return found.group()
    if said is None or (said is LinkRole.OTHER and found.group()[0] not in "[【") or word_count(label) > 2:
        return found.group()
    out.labelled = out.labelled or found.group()[0] in "[【"
    return " "
