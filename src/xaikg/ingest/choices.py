"""Which piece of an entry is its title: every piece that may be, with a weight."""

from __future__ import annotations

import re
from typing import NamedTuple

from xaikg.ingest.pieces import Piece
from xaikg.ingest.rules.authors import is_name
from xaikg.ingest.rules.fields import Field, announced, field
from xaikg.ingest.rules.links import address, is_paper_address, label_role, place_role
from xaikg.ingest.rules.meta import EMPTY, Meta, merged, meta
from xaikg.ingest.rules.parts import unwrapped
from xaikg.ingest.rules.peel import Peeled, dated_tag, peel, unbracketed
from xaikg.ingest.rules.text import clean, is_prose, unmarked, word_count
from xaikg.ingest.rules.title import looks_like_title, quoted, title
from xaikg.ingest.rules.venue import has_keyword
from xaikg.model import LinkRole

__all__ = ["Choice", "choices", "joined"]


class Choice(NamedTuple):
    """A piece that may be the title: how likely, where, by what sign, and what it says."""

    weight: float
    at: int
    how: str
    title: str
    url: str | None = None
    facts: Meta = EMPTY
    rest: str = ""


def joined(pieces: list[Piece]) -> list[Piece]:
    """Join what belongs to one text: emphasised words inside a sentence, lines that go on, ``et al.``."""
    out: list[Piece] = []
    for at, piece in enumerate(pieces):
        following = pieces[at + 1] if at + 1 < len(pieces) else None
        last = out[-1] if out else None
        if piece.bold and last is None and _NUMBER.fullmatch(piece.text.strip()):
            continue
        piece = _without_style(last, piece, following)
        if piece.kind == "break":
            if last and following and _goes_on(last, piece, following):
                out[-1] = last._replace(text=last.text.rstrip() + " ")
                continue
        elif last and last.kind == "text" == piece.kind and _is_one_text(last, piece, following):
            out[-1] = last._replace(text=last.text + piece.text)
            continue
        out.append(piece)
    return out


_NUMBER = re.compile(r"[\[(]?\d{1,3}[\])]?[.:]?")


def _without_style(last: Piece | None, piece: Piece, following: Piece | None) -> Piece:
    """Return ``**Authors**:`` as plain text, since it announces what follows, and ``(**ICML 2019**)`` too."""
    if piece.bold and (last is None or last.kind == "break" or last.text.strip() in {"(", "["}):
        whole = (last.text if last and last.kind == "text" else "") + piece.text.strip()
        whole += following.text.lstrip()[:1] if following and following.kind == "text" else ""
        if whole.lstrip()[:1] in "([" and _is_tag(whole):
            return piece._replace(style=0)
    if piece.bold and last and last.kind == "text" and last.text.rstrip().endswith(('"', "“", "«")):
        return piece._replace(style=0)
    colon = piece.text.rstrip().endswith(":") or (following is not None and following.text.lstrip().startswith(":"))
    return piece._replace(style=0) if piece.kind == "text" and piece.style and colon and field(piece.text) else piece


def _is_tag(text: str) -> bool:
    """Tell whether a text is nothing but a venue and a year in brackets."""
    return unwrapped(text.strip()) != text.strip() and dated_tag(text) is not None


def _goes_on(last: Piece, mark: Piece, following: Piece) -> bool:
    """Tell whether a text goes on behind a line break of the source."""
    if mark.style or last.kind != "text" or following.kind != "text" or last.style != following.style:
        return False
    if last.text.rstrip().endswith(","):
        return True
    return (
        meta(following.text, after_title=False) is None
        and meta(last.text, after_title=False) is None
        and announced(following.text) is None
    )


def _is_one_text(last: Piece, piece: Piece, following: Piece | None) -> bool:
    """Tell whether a text only goes on behind a change of style."""
    if last.style == piece.style or _ET_AL.fullmatch(piece.text):
        return True
    if last.text.rstrip().endswith(("et al", "et al.")) and piece.text[:1] in ".,":
        return True
    if last.style:
        return False
    return not piece.bold and _is_word_inside(last, piece, following)


_ET_AL = re.compile(r"[\s(]*et\.? al\.?[\s,.)]*")


def _is_word_inside(last: Piece, piece: Piece, following: Piece | None) -> bool:
    """Tell whether an emphasised word stands inside a sentence."""
    if following is None or following.kind != "text" or following.style:
        return False
    goes_on = re.match(r"\s?[\w'’)-]", following.text) and re.search(r"[\w(\"“'’-]\s?$", last.text)
    is_word = word_count(last.text) > 0 and word_count(piece.text) <= 4
    return bool(goes_on) and is_word and meta(piece.text, after_title=False) is None


def choices(pieces: list[Piece]) -> list[Choice]:
    """Return the pieces that may be the title, each with its weight.

    A link to a paper weighs most, then bold text, another link, and a plain text with facts around it;
    what stands on a later line, behind another candidate or inside a sentence weighs less.
    """
    found: list[Choice] = []
    line, spoken, name = 0.0, 0, ""
    for at, piece in enumerate(pieces):
        if piece.kind in {"break", "gap"}:
            line += (1.0 if piece.kind == "break" else 0.25) if found else 0
            spoken = 0 if piece.kind == "break" else spoken
            continue
        if piece.kind == "text":
            spoken += word_count(piece.text)
        choice = _link_choice(at, piece) if piece.kind == "link" else _text_choice(at, piece, pieces, found, name)
        if choice is None:
            continue
        heard = 3 if piece.kind == "link" and spoken >= 4 and found and found[0].how != "plain" else 0
        heard += _heard(choice, found)
        found.append(choice._replace(weight=choice.weight - line - heard - 0.1 * len(found)))
        name = choice.title if _is_open_name(choice, pieces) else ""
    return found


def _heard(choice: Choice, found: list[Choice]) -> int:
    """Return how much less a candidate weighs since another one came before it."""
    if choice.how == "link" and found and found[0].how == "link" and not is_paper_address(choice.url or ""):
        return 2
    return int(any(word_count(c.title) >= 3 for c in found))


def _is_open_name(choice: Choice, pieces: list[Piece]) -> bool:
    """Tell whether a bold name ends in a colon, so that the title goes on behind it."""
    if choice.how != "bold" or word_count(choice.title) > 4:
        return False
    behind = pieces[choice.at + 1] if choice.at + 1 < len(pieces) else None
    ends = pieces[choice.at].text.rstrip().endswith((":", "："))
    return ends or (behind is not None and behind.kind == "text" and behind.text.lstrip().startswith((":", "：")))


def _by_words(text: str, many: float, two: float, one: float) -> float:
    count = word_count(text)
    return many if count >= 3 else two if count == 2 else one


def _link_choice(at: int, piece: Piece) -> Choice | None:
    text = title(piece.text)
    if not any(c.isalnum() for c in text):
        return None
    inside = _reference(piece.text) or unbracketed(piece.text)
    url = piece.url or ""
    paper = bool(url) and is_paper_address(url)
    weight = _by_words(text, 6.0, 5.0, 4.0) if paper else _by_words(text, 5.0, 4.5, 3.0)
    if url and place_role(url) in {LinkRole.CODE, LinkRole.OTHER}:
        weight -= 2
    if is_name(text) and not paper:
        weight = 1.0
    return Choice(weight, at, "link", title(inside.title), address(url) if url else None, inside.facts)


def _reference(text: str) -> Peeled | None:
    """Return a whole reference taken apart, where it is that: authors, a title, venue or year."""
    if word_count(text) < 6 or not any(c in text for c in ".,"):
        return None
    found = peel(text)
    facts = found.facts
    known_rest = not found.rest or has_keyword(found.rest)
    is_whole = bool(facts.authors) and (facts.venue or facts.year or quoted(text)) and known_rest
    return found if is_whole and word_count(found.title) >= 2 else None


def _text_choice(at: int, piece: Piece, pieces: list[Piece], found: list[Choice], name: str) -> Choice | None:
    text = unmarked(clean(piece.text)).strip(" \t,;:|·•–—-*_")
    begins = at == 0 or pieces[at - 1].kind == "break"
    if begins and (told := announced(text)) and (at or told[0] in {Field.TITLE, Field.AUTHORS}):
        text = told[1] if told[0] is Field.TITLE else ""
    if not any(c.isalnum() for c in text) or _is_no_title(text):
        return None
    opened = at > 0 and pieces[at - 1].text.rstrip().endswith(("(", "["))
    if piece.bold and (opened or (found and unwrapped(text) != text)) and _is_aside(text):
        return None
    if piece.bold or piece.code or piece.italic:
        return _styled_choice(at, piece, text, found)
    if not name and any(c.how in {"link", "bold"} for c in found):
        return None
    return _plain_choice(at, piece, text, name)


_LITTLE = re.compile(r"\(?et al\.?\)?|by|in|and|see|new|\d+", re.IGNORECASE)


def _is_no_title(text: str) -> bool:
    facts = meta(text, after_title=False)
    if (facts is not None and (facts.says_something or facts is EMPTY)) or _is_tag(text):
        return True
    return label_role(text) is not None or _LITTLE.fullmatch(text) is not None


def _is_aside(text: str) -> bool:
    """Tell whether bold text in brackets is a name or facts."""
    loose = meta(text)
    return loose is None or loose.says_something or word_count(text) <= 3


def _plain_choice(at: int, piece: Piece, text: str, name: str) -> Choice | None:
    if name:
        text = f"{name}: {text}"
    peeled = peel(text)
    shown = title(peeled.title)
    if not shown or not looks_like_title(shown) or (name and is_prose(text)):
        return Choice(0.5, at, "plain", shown) if shown and not name else None
    weight = _by_words(shown, 4.2, 3.0, 2.0) + (3 if name else 0)
    if peeled.facts.says_something:
        weight += 0.8
    if piece.text.rstrip().endswith((":", "：")):
        weight -= 2
    return Choice(weight, at, "plain", shown, None, peeled.facts, peeled.rest)


def _styled_choice(at: int, piece: Piece, text: str, found: list[Choice]) -> Choice | None:
    if piece.code:
        return Choice(1.0, at, "plain", title(text)) if not found else None
    inside = unbracketed(text)
    peeled = peel(inside.title)
    if not peeled.facts.says_something or word_count(peeled.title) < 2:
        peeled = peeled._replace(title=inside.title, facts=EMPTY, rest="")
    shown, facts = title(peeled.title), merged(inside.facts, peeled.facts)
    if piece.bold:
        return Choice(_by_words(text, 5.5, 4.0, 2.5), at, "bold", shown, None, facts)
    if found or word_count(text) < 3 or not looks_like_title(text) or not text[0].isupper():
        return None
    return Choice(3.5, at, "italic", shown, None, facts)
