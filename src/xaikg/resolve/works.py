"""The values of a work, chosen among what its entries and its fact say; every value keeps its source."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from xaikg.ids import arxiv, doi
from xaikg.model import Authorship, Fact, FieldSource, LinkRole, Mention, Venue
from xaikg.resolve.compare import Agreement, compare
from xaikg.resolve.lexicon import is_word
from xaikg.resolve.links import url_key
from xaikg.resolve.records import Record
from xaikg.resolve.titles import Title, name_key
from xaikg.resolve.venues import VenueBook

__all__ = ["Draft", "Identifiers", "draft", "field_sources", "identifiers", "links_of"]

_FORMS = {
    "conference": "conference paper",
    "workshop": "workshop paper",
    "journal": "article",
    "preprint": "preprint",
    "book": "book chapter",
    "report": "report",
}


@dataclass(frozen=True, slots=True)
class Draft:
    """A work's values but for identifiers, links, key and authors."""

    title: str
    other_titles: tuple[str, ...]
    year: int | None
    venue: Venue | None
    form: str | None
    citations: int | None
    aliases: tuple[str, ...]
    mentions: tuple[Mention, ...]
    fact: Fact | None


@dataclass(frozen=True, slots=True)
class Identifiers:
    """A work's own identifiers; ``foreign`` are those that its entries give and other works own."""

    arxiv: str | None = None
    other_arxiv: tuple[str, ...] = ()
    doi: str | None = None
    foreign: frozenset[str] = frozenset()


def draft(records: Sequence[Record], book: VenueBook) -> Draft:
    """Return the values of a work whose records are given facts first, then in the order of lists and lines."""
    fact = next((r.source for r in records if isinstance(r.source, Fact)), None)
    mentions = tuple(r.source for r in records if isinstance(r.source, Mention))
    names = {name for r in records for name in r.names}
    title = fact.title if fact else _title([r for r in records if not r.is_fact], names)
    venue = (book.find(fact.venue) if fact else None) or _venue(records)
    year = fact.year if fact and fact.year else _year([r for r in records if not r.is_fact])
    counts = [m.citations for m in mentions if m.citations is not None]
    form = (fact.form if fact else None) or (_FORMS.get(venue.kind or "") if venue else None)
    others = tuple(_other_titles(title, records, names))
    return Draft(title, others, year, venue, form, max(counts, default=None), _aliases(records, names), mentions, fact)


# --------------------------------------------------------------------------- titles and names


def _is_name(title: Title, names: Iterable[str]) -> bool:
    return "".join(title.tokens) in names


def _title(records: Sequence[Record], names: set[str]) -> str:
    """Return the best title of the lists: whole, spelt as most do, without unknown words, longest, capitalised."""
    whole = [r.title for r in records if not _is_name(r.title, names)] or [r.title for r in records]
    heads = {head for t in whole for head in t.heads}
    whole = [t for t in whole if t.key not in heads] or whole
    votes = Counter(t.key for t in whole)
    forms = Counter(t.written for t in whole)

    def worth(title: Title) -> tuple[int, int, int, int, bool, int]:
        # A word written like a name ("TCAV") is no slip of the pen.
        known = -sum(not is_word(t) and t not in title.coined for t in title.tokens if len(t) > 3)
        capitals = sum(c.isupper() for c in title.written)
        shout = title.written.isupper()
        return (votes[title.key], known, len(title.key), forms[title.written], not shout, 0 if shout else capitals)

    distinct = {t.written: t for t in whole}.values()
    return max(distinct, key=lambda t: (worth(t), tuple(-ord(c) for c in t.written))).written


def _other_titles(chosen: str, records: Sequence[Record], names: set[str]) -> Iterator[str]:
    """Yield the fact's further titles, then titles of entries that differ from all so far in more than spelling."""
    titles = [t for r in records if r.is_fact for t in r.titles[1:]]
    known = [t for r in records for t in (r.titles if r.is_fact else r.titles[:1]) if t.written == chosen] + titles
    yield from (t.written for t in titles)
    for title in {r.title.written: r.title for r in records if not r.is_fact}.values():
        if title.written == chosen or _is_name(title, names):
            continue
        if all(compare(title, t).agreement < Agreement.DOUBTFUL and not _named_alike(title, t) for t in known):
            known.append(title)
            yield title.written


def _named_alike(one: Title, other: Title) -> bool:
    """Return whether two titles differ in the name before the colon alone."""
    pairs = ((one.bare, other), (one, other.bare))
    return any(a is not None and b is not None and compare(a, b).agreement >= Agreement.DOUBTFUL for a, b in pairs)


def _aliases(records: Sequence[Record], names: set[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for record in records:
        if isinstance(record.source, Mention):
            for alias in record.source.aliases:
                found.setdefault(name_key(alias), alias)
            if _is_name(record.title, names):
                found.setdefault(name_key(record.title.written), record.title.written)
    return tuple(found.values())


# --------------------------------------------------------------------------- year and venue


def _published(record: Record) -> bool:
    return record.venue is not None and record.venue.kind != "preprint"


def _year(records: Sequence[Record]) -> int | None:
    """Return the year most entries give, those with a venue of publication before the others; of equals the latest."""
    for among in ([r for r in records if _published(r)], list(records)):
        years = Counter(r.year for r in among if r.year)
        if years:
            return max(years, key=lambda y: (years[y], y))
    return None


def _venue(records: Sequence[Record]) -> Venue | None:
    """Return the venue most entries give, published ones before preprints; of equals the first by key."""
    venues = {r.venue.key: r.venue for r in records if r.venue}
    votes = Counter(r.venue.key for r in records if r.venue)
    best = min(votes, key=lambda k: (venues[k].kind == "preprint", -votes[k], k), default=None)
    return venues[best] if best else None


# --------------------------------------------------------------------------- identifiers


def identifiers(works: Sequence[Sequence[Record]], facts: Iterable[Fact]) -> list[Identifiers]:
    """Return each work's identifiers: an identifier belongs to one work, first to that of the fact that has it.

    Without a fact it belongs to the work most of whose entries give it, of equals to the one that has fewest
    others of the kind; of several of a kind, a work shows the one that most of its entries give.
    """
    claims: dict[str, Counter[int]] = defaultdict(Counter)
    owners: dict[str, int | None] = {ref: None for fact in facts for ref in _fact_refs(fact)}
    for number, records in enumerate(works):
        for record in records:
            if isinstance(record.source, Fact):
                owners.update(dict.fromkeys(_fact_refs(record.source), number))
            for ref in (*(f"arxiv:{x}" for x in record.arxiv), *(f"doi:{x}" for x in record.doi)):
                claims[ref][number] += 1
    kinds: Counter[tuple[int, str]] = Counter()
    for ref, counts in claims.items():
        kinds.update({(number, ref.partition(":")[0]): 1 for number in counts})
    for ref, counts in claims.items():
        if ref not in owners:
            kind = ref.partition(":")[0]
            order = {n: (counts[n], -kinds[n, kind], tuple(-ord(c) for c in works[n][0].ref)) for n in counts}
            owners[ref] = max(order, key=lambda n: order[n])
    of_work: list[Counter[str]] = [Counter() for _ in works]
    for ref, counts in claims.items():
        for number, count in counts.items():
            of_work[number][ref] = count
    return [_own(number, records, of_work[number], owners) for number, records in enumerate(works)]


def _fact_refs(fact: Fact) -> list[str]:
    return [f"arxiv:{x}" for x in (fact.arxiv, *fact.other_arxiv) if x] + ([f"doi:{fact.doi}"] if fact.doi else [])


def _own(number: int, records: Sequence[Record], counts: Counter[str], owners: dict[str, int | None]) -> Identifiers:
    fact = next((r.source for r in records if isinstance(r.source, Fact)), None)
    own = sorted((r for r in counts if owners[r] == number), key=lambda r: (-counts[r], r))
    arxivs = [r.removeprefix("arxiv:") for r in own if r.startswith("arxiv:")]
    dois = [r.removeprefix("doi:") for r in own if r.startswith("doi:")]
    foreign = frozenset(r for r in counts if owners[r] != number)
    if fact and fact.arxiv:
        arxivs = [fact.arxiv, *fact.other_arxiv]
    value = fact.doi if fact and fact.doi else dois[0] if dois else None
    return Identifiers(arxivs[0] if arxivs else None, tuple(arxivs[1:]), value, foreign)


# --------------------------------------------------------------------------- links and sources


def links_of(mentions: Sequence[Mention], foreign: frozenset[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return links to the paper (papers, then projects, then blogs) and links to code, without doubles.

    A link whose identifier belongs to another work is left out.
    """
    found: dict[LinkRole, dict[str, str]] = {role: {} for role in LinkRole}
    for mention in mentions:
        for link in mention.links:
            refs = {f"arxiv:{arxiv(link.url)}", f"doi:{doi(link.url)}"}
            if not refs & foreign:
                found[link.role].setdefault(url_key(link.url), link.url)
    papers = found[LinkRole.PAPER] | {
        key: url
        for role in (LinkRole.PROJECT, LinkRole.BLOG)
        for key, url in found[role].items()
        if key not in found[LinkRole.PAPER]
    }
    return tuple(papers.values()), tuple(found[LinkRole.CODE].values())


def field_sources(
    values: Draft, own: Identifiers, authors: tuple[Authorship, ...], book: VenueBook
) -> tuple[FieldSource, ...]:
    """Return what each source says of each field, and whether it is the work's value; facts first, then lists."""
    credited = "; ".join(a.credited for a in authors)
    found: list[FieldSource] = []

    def add(field: str, value: str | int | None, source: Mention | None, chosen: bool) -> None:
        if value is not None and value != "":
            place = source.place if source else None
            found.append(
                FieldSource(field, str(value), place.list if place else "facts", place.first if place else None, chosen)
            )

    if values.fact:
        fact = values.fact
        add("title", fact.title, None, True)
        add("year", fact.year, None, fact.year == values.year)
        add("venue", fact.venue, None, True)
        add("authors", "; ".join(a.full for a in fact.authors), None, bool(fact.authors))
        add("arxiv", fact.arxiv, None, fact.arxiv == own.arxiv)
        add("doi", fact.doi, None, fact.doi == own.doi)
    for mention in values.mentions:
        venue = book.find(mention.venue)
        names = (
            "; ".join((*mention.authors, *(() if mention.authors_complete else ("et al.",))))
            if mention.authors
            else None
        )
        add("title", mention.title, mention, mention.title == values.title)
        add("year", mention.year, mention, mention.year == values.year)
        add(
            "venue",
            mention.venue,
            mention,
            venue is not None and values.venue is not None and venue.key == values.venue.key,
        )
        add("authors", names, mention, names == credited)
        for curie in mention.identifiers:
            kind, _, value = curie.partition(":")
            if kind in ("arxiv", "doi"):
                add(kind, value, mention, value == (own.arxiv if kind == "arxiv" else own.doi))
        add("citations", mention.citations, mention, mention.citations == values.citations)
    order = {name: rank for rank, name in enumerate(("title", "year", "venue", "authors", "arxiv", "doi", "citations"))}
    return tuple(sorted(found, key=lambda s: order[s.field]))
