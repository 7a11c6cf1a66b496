"""A list as read: its mentions and its rejects."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from xaikg.errors import SourceError
from xaikg.ids import slug
from xaikg.ingest.blocks import Block
from xaikg.ingest.decide import decided
from xaikg.ingest.draft import Draft
from xaikg.ingest.drafts import drafts
from xaikg.ingest.grammar import MAX_DEPTH, NestingError
from xaikg.ingest.inline import plain, runs
from xaikg.ingest.markdown import blocks
from xaikg.ingest.rules.prefix import is_plain_phrase, is_spelt_by, name_before, stands_alone
from xaikg.ingest.rules.sections import heading_facts
from xaikg.ingest.rules.text import clean
from xaikg.ingest.rules.title import title as clean_title
from xaikg.ingest.source import checked, source_text
from xaikg.model import Mention, Place, ReadingList, Reject

__all__ = ["read_file", "read_text"]


def read_file(path: Path, key: str | None = None, title: str | None = None) -> ReadingList:
    """Return a Markdown file as a reading list; raises :class:`SourceError` where it is none."""
    text, digest, lines = source_text(path)
    return _reading_list(text, key or slug(path.stem), title, digest, lines, path)


def read_text(text: str, key: str, title: str | None = None) -> ReadingList:
    r"""Return a Markdown text as a reading list; raises :class:`SourceError` where it holds no entry.

    >>> found = read_text("* Maps of meaning. _Olah et al. 2018_ [pdf](https://arxiv.org/abs/1801.00001)", "xai")
    >>> found.mentions[0].title, found.mentions[0].authors, found.mentions[0].year, found.mentions[0].identifiers
    ('Maps of meaning', ('Olah',), 2018, ('arxiv:1801.00001',))
    """
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _reading_list(checked(text, key), key, title, digest, text.removesuffix("\n").count("\n") + 1, key)


def _reading_list(text: str, key: str, title: str | None, digest: str, lines: int, path: Path | str) -> ReadingList:
    try:
        parts = list(blocks(text.replace("\0", "\ufffd")))
    except NestingError as fault:
        reason = f"bullets or quotations are nested deeper than {MAX_DEPTH}; flatten them"
        raise SourceError(path, reason, fault.line) from fault
    found = decided(list(drafts(parts)))
    kept = [d for d in found if not d.reason]
    if not kept:
        raise SourceError(path, "holds no entry that names a paper; see docs/ingest.md for what is read")
    places = _places(key, found)
    prefixed = _adds_names(kept)
    mentions = tuple(_mention(d, places[id(d)], prefixed) for d in kept)
    rejects = tuple(Reject(places[id(d)], d.reason) for d in found if d.reason)
    return ReadingList(key, title or _title(parts, kept[0].first) or key, digest, lines, mentions, rejects)


def _title(parts: Sequence[Block], before: int) -> str | None:
    """Return the list's first heading, if it stands above all entries."""
    for part in parts:
        if part.kind == "heading" and part.first < before:
            return clean_title(plain(runs(part.parts[0].text, 1, part.references))) or None
    return None


def _places(key: str, found: Sequence[Draft]) -> dict[int, Place]:
    counts: Counter[int] = Counter()
    places: dict[int, Place] = {}
    for one in found:
        counts[one.first] += 1
        places[id(one)] = Place(key, tuple(map(clean, one.block.section)), one.first, one.last, counts[one.first])
    return places


def _addresses(one: Draft) -> tuple[str, ...]:
    return tuple(link.url for link in one.links)


def _adds_names(found: Sequence[Draft]) -> bool:
    """Tell whether a list puts names of its own before titles: a third of its entries, three of them decidedly."""
    plain_ones = [d for d in found if d.how == "plain"]
    named = [(d, n) for d in plain_ones if (n := name_before(d.title))]
    alone = sum(stands_alone(n[0], n[1], _addresses(d)) for d, n in named)
    return alone >= 3 and 3 * len(named) >= len(plain_ones)


def _named(one: Draft, prefixed: bool) -> tuple[str, tuple[str, ...]]:
    """Return the title and the aliases, after the rule of :mod:`~xaikg.ingest.rules.prefix`."""
    found = name_before(one.title)
    if found is None:
        return one.title, one.aliases
    name, rest = found
    alone = one.how == "plain" and stands_alone(name, rest, _addresses(one))
    short = name.isalpha() and name.isupper() and len(name) <= 5
    if not alone and one.how == "plain" and prefixed and short and not is_spelt_by(name, rest):
        alone = True
    if not alone and is_plain_phrase(name) and not prefixed:
        return one.title, one.aliases
    return (clean_title(rest) if alone else one.title), tuple(dict.fromkeys([name, *one.aliases]))


def _mention(one: Draft, place: Place, prefixed: bool) -> Mention:
    title, aliases = _named(one, prefixed)
    facts = one.facts
    inherited = next((f for h in reversed(one.block.section[-2:]) if (f := heading_facts(h))), None)
    return Mention(
        place=place,
        title=title,
        aliases=aliases,
        authors=facts.authors,
        authors_complete=facts.authors_complete,
        year=facts.year or (inherited.year if inherited else None),
        venue=facts.venue or (inherited.venue if inherited and not facts.year else None),
        citations=facts.citations,
        links=one.links,
        identifiers=one.identifiers(),
    )
