"""What the text around a title says: facts, names of the method, and prose."""

from __future__ import annotations

import re
from collections.abc import Sequence

from xaikg.ingest.pieces import Piece
from xaikg.ingest.rules.authors import is_name
from xaikg.ingest.rules.fields import Field, announced
from xaikg.ingest.rules.links import label_role
from xaikg.ingest.rules.meta import EMPTY, Meta, merged, meta
from xaikg.ingest.rules.parts import sentences, unwrapped
from xaikg.ingest.rules.peel import dated_tag, peel
from xaikg.ingest.rules.prefix import is_method_name
from xaikg.ingest.rules.text import clean, is_prose, word_count
from xaikg.ingest.rules.title import title
from xaikg.ingest.rules.year import YEAR

__all__ = ["Around"]


class Around:
    """Collects facts and names from the text around a title."""

    def __init__(self, facts: Meta, aliases: Sequence[str], *, certain: bool) -> None:
        self.facts, self.aliases, self.certain = facts, [*aliases], certain
        self.prose = ""
        self._open = True  # nothing but facts has been read since the title or the last line break

    def before(self, pieces: Sequence[Piece]) -> str:
        """Read what stands before the title; return text there that is neither fact nor name."""
        lead = []
        for text, _ in _texts(pieces):
            facts = _facts_of(text)
            if facts is not None:
                self.facts = merged(facts, self.facts)
            elif self.certain and (name := _name_before(text)):
                self.aliases.append(name)
            else:
                lead.append(text)
        return " ".join(lead)

    def after(self, pieces: Sequence[Piece]) -> None:
        """Read what stands behind the title, line by line; prose ends what a line can say."""
        for text, piece in _texts(pieces):
            if piece.kind == "break":
                self.prose = self.prose and f"{self.prose} "
                self._open = True
                continue
            self._take(text, piece)

    def _take(self, text: str, piece: Piece) -> None:
        told = announced(text)
        if told:
            self._announced(*told)
            return
        located = self.facts.venue is not None and not piece.bold
        facts = meta(text, after_title=self._open or piece.italic, after_venue=located)
        if facts is not None:
            if self._open or (facts.sure and facts.says_something and (piece.italic or facts.year)):
                self.facts = merged(self.facts, facts)
        elif self._open and (piece.italic or unwrapped(text) != text) and (facts := dated_tag(text)):
            self.facts = merged(self.facts, facts)
        elif name := _name(text, piece):
            self.aliases.append(name)
        else:
            self._sentences(text)

    def _announced(self, kind: Field, rest: str) -> None:
        facts = meta(rest) or EMPTY
        if kind is Field.AUTHORS:
            self.facts = merged(self.facts, Meta(facts.authors, facts.authors_complete, facts.year, facts.venue))
        elif kind in {Field.YEAR, Field.VENUE, Field.CITATIONS}:
            if kind is Field.CITATIONS and facts.citations is None:
                facts = meta(f"citations: {rest}") or EMPTY
            if kind is Field.VENUE and facts.venue is None and not facts.authors and word_count(rest) <= 12:
                facts = facts._replace(venue=clean(rest).strip(" .,;") or None)
            self.facts = merged(self.facts, facts._replace(authors=()))
        elif kind is Field.NOTE:
            self._open = False

    def _sentences(self, text: str) -> None:
        """Read the pieces of a text that holds more than facts: up to the first that is none, and brackets."""
        for part in _parts(text):
            facts = meta(part, after_title=self._open, after_venue=self.facts.venue is not None)
            if facts is None and self._open and unwrapped(part) != part:
                facts = dated_tag(part)
            if facts is None:
                head, _, tail = part.partition(", ")
                peeled = peel(part) if not self._open or word_count(part) > 3 else None
                if peeled and peeled.facts.says_something and peeled.facts.year and (peeled.facts.venue or not tail):
                    self.facts = merged(self.facts, peeled.facts._replace(authors=()))
                elif self._open and tail and (facts := meta(head)) is not None and facts.says_something:
                    self.facts = merged(self.facts, facts)
                self._open = False
                self.prose = f"{self.prose} {part}".strip()
            elif self._open or (facts.sure and facts.venue and facts.year):
                self.facts = merged(self.facts, facts)


def _name(text: str, piece: Piece) -> str:
    """Return a method's name that stands behind a title: in italics, in bold, or first in bold brackets."""
    bare = text.strip(" .,;:()")
    if piece.italic and is_method_name(bare):
        return bare
    if not piece.bold or not _can_be_name(bare):
        return ""
    if text.startswith("("):
        first = bare.split(",")[0]
        return first if is_method_name(first) and not any(w.islower() for w in first.split()) else ""
    return bare if word_count(bare) <= 3 else ""


def _name_before(text: str) -> str:
    """Return a name that stands before a title; in brackets only what is written as no usual word is."""
    bare = unwrapped(text.strip())
    if word_count(bare) > 4 or label_role(bare) is not None or not _can_be_name(bare):
        return ""
    return title(bare) if bare == text.strip() or is_method_name(bare) else ""


def _can_be_name(text: str) -> bool:
    if re.search(rf"\b{YEAR}\b", text) or ":" in text.rstrip(" :") or is_prose(text):
        return False
    return text[:1].isalnum() and not text.isdigit() and any(c.isupper() or c.isdigit() for c in text)


def _parts(text: str) -> list[str]:
    """Part a text at its full stops, and at its brackets where a sentence is not facts alone."""
    parts: list[str] = []
    for sentence in sentences(text):
        parts += [sentence] if meta(sentence) is not None else re.split(r"(?=[(\[])|(?<=[)\]])", sentence)
    return [p for p in parts if p.strip(" .,;:-–—")]


def _facts_of(text: str) -> Meta | None:
    facts = meta(text, after_title=False)
    if facts is None and unwrapped(text.strip()) != text.strip():
        facts = dated_tag(text)
    if facts is None and word_count(text) > 3:
        facts = meta(text)
    return facts


_DATED = re.compile(rf"[\s,(]*({YEAR})\b[\s,.;:)]*")


def _texts(pieces: Sequence[Piece]) -> list[tuple[str, Piece]]:
    """Return the texts of pieces: one a style and line, names in links among them, and the line breaks."""
    out: list[tuple[str, Piece]] = []
    for piece in pieces:
        if piece.kind in {"break", "gap"}:
            out.append(("", piece))
            continue
        if piece.kind == "link" and not is_name(clean(piece.text)):
            continue
        text, (before, last) = clean(piece.text), out[-1] if out else ("", None)
        if before and last is not None and last.italic and not piece.style and (dated := _DATED.match(text)):
            before, text = f"{before} {dated.group(1)}", text[dated.end() :]  # *Nature Medicine* 2019
            out[-1] = (before, last)
        if before and last is not None and last.style == piece.style:
            between = ", " if last.kind == piece.kind == "link" else "" if text.startswith((",", ".")) else " "
            out[-1] = (f"{before}{between}{text}", last)
        elif text.strip(" ,;:.-–—|/&"):
            out.append((text.strip(), piece))
    return [(text, piece) for text, piece in out if text or piece.kind == "break"]
