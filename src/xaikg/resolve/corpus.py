"""What only all records together can tell: who owns a title, which identifiers a title has, which links say nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from xaikg.resolve.compare import Agreement, Comparison, compare
from xaikg.resolve.records import Record, signature
from xaikg.resolve.titles import Title, read_title, says_what_it_is_about

__all__ = ["Corpus", "Relation", "TitleRelation", "corpus_of"]

_FEW = 16
_NEAR_HEAD = 84.0
_BUSY = 3
"""A link under more titles than this leads to a project or a person, not to one paper."""


@dataclass(frozen=True, slots=True)
class TitleRelation:
    """How the titles of two records stand to each other.

    ``kind`` is a name out of ``Relation``, ``note`` the differing words, ``left`` and ``right`` the titles as
    written; ``common`` says that several works may be called so.
    """

    kind: str
    note: str = ""
    left: str = ""
    right: str = ""
    common: bool = False


class Relation:
    """The ways in which the titles of two records can stand to each other, the strongest first."""

    SAME = "same"
    RESPELT = "respelt"
    NAMED = "named"
    MISTYPED = "mistyped"
    DOUBTFUL = "doubtful"
    PART = "part"
    NAME = "name"
    DECISIVE = "decisive"
    OTHER = "other"
    UNRELATED = "unrelated"


_ORDER = {
    name: rank
    for rank, name in enumerate(
        ("same", "respelt", "named", "mistyped", "doubtful", "part", "name", "decisive", "other", "unrelated")
    )
}
_OF_AGREEMENT = {
    Agreement.EXACT: Relation.SAME,
    Agreement.RESPELT: Relation.RESPELT,
    Agreement.MISTYPED: Relation.MISTYPED,
    Agreement.DOUBTFUL: Relation.DOUBTFUL,
    Agreement.OTHER_WORDS: Relation.OTHER,
    Agreement.DECISIVE: Relation.DECISIVE,
    Agreement.UNRELATED: Relation.UNRELATED,
}


@dataclass(slots=True)
class Corpus:
    """All records of one resolution and what is known about them together."""

    records: list[Record]
    owners: dict[str, frozenset[str]]
    """Refs of the facts with a title (by its key)."""
    arxiv_of: dict[str, tuple[frozenset[str], ...]]
    """The arXiv identifiers that records with a title (by its key) give, the first few in order."""
    busy: frozenset[str]
    """Links that stand under many titles."""
    ranks: list[int]
    """The place of each record in the order of contents: two with one rank cannot be told apart."""
    compared: dict[tuple[str, str], Comparison] = field(default_factory=dict)

    def owner(self, record: Record) -> str | None:
        """Return the one fact whose title a record has, word for word, else None."""
        if record.is_fact or not self.owners:
            return record.ref if record.is_fact else None
        for key in (record.title.key, record.title.bare.key if record.title.bare else ""):
            refs = self.owners.get(key)
            if refs is not None and len(refs) == 1:
                return next(iter(refs))
        return None

    def compare(self, left: Title, right: Title) -> Comparison:
        """Return how two titles agree, computed once a pair."""
        pair = (left.written, right.written)
        if pair not in self.compared:
            self.compared[pair] = compare(left, right)
        return self.compared[pair]

    def relate(self, left: Record, right: Record) -> TitleRelation:
        """Return the best that can be said of any title of one record and any of the other."""
        if left.title.key == right.title.key:
            kind = Relation.SAME if left.title.tokens == right.title.tokens else Relation.RESPELT
            return TitleRelation(kind, common=left.title.common)
        found = [r for a in left.titles for b in right.titles for r in self._relations(a, b)]
        found += [TitleRelation(Relation.NAME, t.written) for t in _bare_names(left, right)]
        return min(found, key=lambda r: _ORDER[r.kind])

    def _relations(self, a: Title, b: Title) -> list[TitleRelation]:
        result = self.compare(a, b)
        found = [TitleRelation(_OF_AGREEMENT[result.agreement], result.note, a.written, b.written, a.common)]
        if result.agreement >= Agreement.RESPELT:
            return found
        for one, other in ((a, b), (b, a)):
            if one.bare is not None and not _both_named(one, other) and _says_enough(one):
                bare = self.compare(one.bare, other)
                kind = Relation.NAMED if bare.agreement >= Agreement.RESPELT else Relation.MISTYPED
                if bare.agreement >= Agreement.MISTYPED:
                    found.append(TitleRelation(kind, bare.note, a.written, b.written, other.common))
            if self._begins_so(one, other):
                found.append(TitleRelation(Relation.PART, other.written, a.written, b.written))
        return found

    def _begins_so(self, title: Title, short: Title) -> bool:
        """Return whether a title without a subtitle is another one, each with or without the name that opens it."""
        if self._starts_like(title, short) or (title.bare is not None and self._starts_like(title.bare, short)):
            return True
        return short.bare is not None and short.named and not title.named and self._starts_like(title, short.bare)

    def _starts_like(self, title: Title, short: Title) -> bool:
        """Return whether a title without a subtitle is another one, up to a slip of the pen."""
        if short.key in title.heads:
            return True
        near = (s for s, h in zip(title.starts, title.heads, strict=True) if fuzz.ratio(h, short.key) >= _NEAR_HEAD)
        return any(self.compare(read_title(start), short).agreement >= Agreement.MISTYPED for start in near)


def _both_named(one: Title, other: Title) -> bool:
    """Return whether both titles open with a name: then the names count."""
    return bool(one.names and one.bare and other.names and other.bare)


def _says_enough(title: Title) -> bool:
    """Return whether a title without its opening still names one work; without a name's shape it must say more."""
    bare = title.bare
    if bare is None or len(bare.normal) < 4:
        return False
    return says_what_it_is_about(bare.normal) >= (2 - title.named) or (title.named and len(bare.normal) >= 5)


def _bare_names(left: Record, right: Record) -> list[Title]:
    """Return titles of a record that are nothing but a name that the other gives to its method."""
    found = []
    for one, other in ((left, right), (right, left)):
        found += [t for t in one.titles if "".join(t.tokens) in other.names]
    return found


def corpus_of(records: Iterable[Record]) -> Corpus:
    """Return the records with what is known about them together."""
    listed = list(records)
    owners: dict[str, set[str]] = defaultdict(set)
    arxiv_of: dict[str, set[frozenset[str]]] = defaultdict(set)
    under: dict[str, set[str]] = defaultdict(set)
    for record in listed:
        if record.is_fact:
            for title in record.titles:
                owners[title.key].add(record.ref)
        for key in {t.key for t in record.titles} if record.arxiv else ():
            arxiv_of[key].add(record.arxiv)
        for link in record.links:
            under[link].add(record.title.key)
    few = {key: tuple(sorted(ids, key=sorted)[:_FEW]) for key, ids in arxiv_of.items()}
    busy = frozenset(link for link, titles in under.items() if len(titles) > _BUSY)
    signatures = [signature(record) for record in listed]
    order = {s: rank for rank, s in enumerate(sorted(set(signatures)))}
    ranks = [order[s] for s in signatures]
    return Corpus(listed, {k: frozenset(v) for k, v in owners.items()}, few, busy, ranks)
