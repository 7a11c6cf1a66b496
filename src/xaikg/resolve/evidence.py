"""The table of evidence: what speaks for two records being one work and what against, each row with its weight.

A row is a function of a pair; it gives a sentence when it has something to say. Its docstring is what the
documentation says of it. A row of weight −1 decides alone, whatever else speaks.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from xaikg.model import Reason
from xaikg.resolve.corpus import Corpus, Relation, TitleRelation
from xaikg.resolve.names import Name, compatible
from xaikg.resolve.records import Record
from xaikg.resolve.titles import says_what_it_is_about

__all__ = ["EVIDENCE", "Evidence", "Pair", "pair_of", "reasons_of"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two records, how their titles relate, and whether a short title can mean this one work alone."""

    left: Record
    right: Record
    titles: TitleRelation
    corpus: Corpus
    alone: bool = False


_SEEN = 40
"""How many authors of a list are compared: enough for any paper but those of large collaborations."""

Row = Callable[[Pair], str | None]


@dataclass(frozen=True, slots=True)
class Evidence:
    """A row: a function, its weight between −1 and 1, and what a pair must have for the row to be asked.

    ``about`` is ``"any"``, ``"identifiers"``, ``"authors"``, ``"years"`` or ``"venues"`` (which both records must
    give), or the relation of titles that the row speaks of.
    """

    row: Row
    weight: float
    about: tuple[str, ...] = ("any",)

    @property
    def name(self) -> str:
        """Return the row's name."""
        return self.row.__name__


def pair_of(left: Record, right: Record, corpus: Corpus, alone: bool = False) -> Pair:
    """Return two records as a pair."""
    return Pair(left, right, corpus.relate(left, right), corpus, alone)


# --------------------------------------------------------------------------- vetoes


def two_facts(pair: Pair) -> str | None:
    """Say that two rows of the authority file are two works."""
    if pair.left.is_fact and pair.right.is_fact:
        return f"{pair.left.ref} and {pair.right.ref} are two rows of the authority file."
    return None


def title_of_another_fact(pair: Pair) -> str | None:
    """Say that each title is that of another row of the authority file, so that a shared identifier is a slip."""
    owners = pair.corpus.owner(pair.left), pair.corpus.owner(pair.right)
    if None in owners or owners[0] == owners[1] or (pair.left.is_fact and pair.right.is_fact):
        return None
    shared = _shared_ids(pair)
    slip = f", so {shared} is taken for a wrong link in one of them" if shared else ""
    return f"“{pair.left.title.written}” is {owners[0]} and “{pair.right.title.written}” is {owners[1]}{slip}."


def title_claimed_elsewhere(pair: Pair) -> str | None:
    """Say that they share an identifier but no title, and others list one of the titles with another identifier."""
    shared = pair.left.arxiv & pair.right.arxiv
    if not shared or pair.titles.kind in (Relation.SAME, Relation.RESPELT, Relation.MISTYPED):
        return None
    for record in (pair.left, pair.right):
        elsewhere = [ids for ids in pair.corpus.arxiv_of.get(record.title.key, ()) if not ids & shared]
        if elsewhere:
            return (
                f"“{record.title.written}” is also listed with arXiv {min(map(min, elsewhere))}, "
                f"so arXiv {min(shared)} is taken for a wrong link in one of them."
            )
    return None


# --------------------------------------------------------------------------- identifiers


def same_arxiv(pair: Pair) -> str | None:
    """Say that both give the same arXiv identifier."""
    shared = pair.left.arxiv & pair.right.arxiv
    return f"Both give arXiv {min(shared)}." if shared else None


def same_doi(pair: Pair) -> str | None:
    """Say that both give the same DOI."""
    shared = pair.left.doi & pair.right.doi
    return f"Both give DOI {min(shared)}." if shared else None


def same_link(pair: Pair) -> str | None:
    """Say that both link to the same paper at an address that few titles share."""
    shared = (pair.left.links & pair.right.links) - pair.corpus.busy
    return f"Both link to {min(shared)}." if shared else None


def other_arxiv(pair: Pair) -> str | None:
    """Say that each gives an arXiv identifier, and not the same."""
    if pair.left.arxiv and pair.right.arxiv and not pair.left.arxiv & pair.right.arxiv:
        return f"One gives arXiv {min(pair.left.arxiv)}, the other arXiv {min(pair.right.arxiv)}."
    return None


def other_doi(pair: Pair) -> str | None:
    """Say that each gives a DOI, and not the same."""
    if pair.left.doi and pair.right.doi and not pair.left.doi & pair.right.doi:
        return f"One gives DOI {min(pair.left.doi)}, the other DOI {min(pair.right.doi)}."
    return None


# --------------------------------------------------------------------------- titles


def same_title(pair: Pair) -> str | None:
    """Say that the titles are the same, letter case, accents and punctuation aside."""
    if pair.titles.kind == Relation.SAME and not pair.titles.common:
        return f"Both are titled “{pair.left.title.written}”."
    return None


def same_common_title(pair: Pair) -> str | None:
    """Say that the titles are the same, perhaps but for a name, and made of words that every other title has."""
    if pair.titles.kind in (Relation.SAME, Relation.RESPELT, Relation.NAMED) and pair.titles.common:
        return f"Both are titled “{pair.left.title.written}”, as other works may be."
    return None


def respelt_title(pair: Pair) -> str | None:
    """Say that the titles differ in spelling alone: blanks, hyphens, articles, plural, British and American."""
    if pair.titles.kind == Relation.RESPELT and not pair.titles.common:
        return f"The titles differ in spelling alone{_noted(pair)}."
    return None


def same_but_for_name(pair: Pair) -> str | None:
    """Say that the titles are the same once the name before the colon is left out."""
    if pair.titles.kind == Relation.NAMED and not pair.titles.common:
        return f"“{pair.titles.left}” and “{pair.titles.right}” differ in the name before the colon alone."
    return None


def mistyped_title(pair: Pair) -> str | None:
    """Say that the titles differ by a slip of the pen in a word that is none."""
    if pair.titles.kind == Relation.MISTYPED:
        return f"The titles differ by a slip of the pen{_noted(pair)}."
    return None


def doubtful_title(pair: Pair) -> str | None:
    """Say that the titles differ in one letter, one ending or the order of words, where both readings are words."""
    if pair.titles.kind == Relation.DOUBTFUL:
        return f"The titles differ in one small thing that may be a slip{_noted(pair)}."
    return None


def dropped_subtitle(pair: Pair) -> str | None:
    """Say that one title is the other without its subtitle, and no other work's title begins so."""
    if pair.titles.kind == Relation.PART and pair.alone and _specific(pair):
        return f"“{pair.titles.note}” is the other title without its subtitle, and no other work begins so."
    return None


def same_beginning(pair: Pair) -> str | None:
    """Say that one title is the other without its subtitle and no other work begins so, but in common words."""
    if pair.titles.kind == Relation.PART and pair.alone and not _specific(pair):
        return f"“{pair.titles.note}” is how the other title begins, in words that many titles have."
    return None


def shared_beginning(pair: Pair) -> str | None:
    """Say that one title is the other without its subtitle, which other works may be too."""
    if pair.titles.kind == Relation.PART and not pair.alone:
        return f"“{pair.titles.note}” is how the other title begins."
    return None


def same_name(pair: Pair) -> str | None:
    """Say that one title is nothing but the name of the other's method, and no other work has this name."""
    if pair.titles.kind == Relation.NAME and pair.alone:
        return f"“{pair.titles.note}” is the name that the other gives to its method, and no other work has it."
    return None


def shared_name(pair: Pair) -> str | None:
    """Say that one title is nothing but the name of the other's method, which other works may give too."""
    if pair.titles.kind == Relation.NAME and not pair.alone:
        return f"“{pair.titles.note}” is the name that the other gives to its method."
    return None


def decisive_words(pair: Pair) -> str | None:
    """Say that a number, a negation, a “++” or the like stands in one title alone."""
    if pair.titles.kind == Relation.DECISIVE:
        return f"The titles differ in what tells works apart{_noted(pair)}."
    return None


def other_words(pair: Pair) -> str | None:
    """Say that the titles differ in words that are no slip of the pen."""
    if pair.titles.kind == Relation.OTHER:
        return f"The titles differ in words{_noted(pair)}."
    return None


def unrelated_titles(pair: Pair) -> str | None:
    """Say that the titles have little in common."""
    if pair.titles.kind == Relation.UNRELATED:
        return f"“{pair.left.title.written}” and “{pair.right.title.written}” have little in common."
    return None


# --------------------------------------------------------------------------- authors


def same_authors(pair: Pair) -> str | None:
    """Say that both name the same two or more authors."""
    left, right = pair.left.authors, pair.right.authors
    if len(left) == len(right) >= 2 and all(compatible(a, b) for a, b in zip(left, right, strict=True)):
        return f"Both name the authors {_families(left)}."
    return None


def same_first_author(pair: Pair) -> str | None:
    """Say that both name the same first author."""
    left, right = pair.left.authors, pair.right.authors
    if left and right and compatible(left[0], right[0]) and same_authors(pair) is None:
        return f"Both name {left[0].written} first."
    return None


def shared_author(pair: Pair) -> str | None:
    """Say that an author stands in both lists, though not first in both."""
    left, right = pair.left.authors, pair.right.authors
    if left and right and not compatible(left[0], right[0]):
        both = [a for a in left[:_SEEN] if any(compatible(a, b) for b in right[:_SEEN])]
        return f"Both name {both[0].written}." if both else None
    return None


def other_authors(pair: Pair) -> str | None:
    """Say that no author stands in both, and at least one list of authors is whole."""
    left, right = pair.left, pair.right
    if left.authors and right.authors and (left.complete or right.complete) and _disjoint(left.authors, right.authors):
        return f"One is by {_families(left.authors)}, the other by {_families(right.authors)}."
    return None


def other_first_author(pair: Pair) -> str | None:
    """Say that the first authors differ, and both lists of authors are cut short."""
    left, right = pair.left, pair.right
    if (
        left.authors
        and right.authors
        and not (left.complete or right.complete)
        and _disjoint(left.authors, right.authors)
    ):
        return f"One names {left.authors[0].written} first, the other {right.authors[0].written}."
    return None


# --------------------------------------------------------------------------- years and venues


def same_year(pair: Pair) -> str | None:
    """Say that both give the same year."""
    return f"Both give {pair.left.year}." if pair.left.year and pair.left.year == pair.right.year else None


def years_apart(pair: Pair) -> str | None:
    """Say that the years are three or four apart, more than between preprint and publication."""
    return _years(pair) if 3 <= _gap(pair) <= 4 else None


def years_far_apart(pair: Pair) -> str | None:
    """Say that the years are five or more apart."""
    return _years(pair) if _gap(pair) >= 5 else None


def other_venue(pair: Pair) -> str | None:
    """Say that both were published, and not in the same venue."""
    left, right = pair.left.venue, pair.right.venue
    if left and right and left.key != right.key and "preprint" not in (left.kind, right.kind):
        return f"One appeared in {left.acronym or left.name}, the other in {right.acronym or right.name}."
    return None


EVIDENCE: tuple[Evidence, ...] = (
    Evidence(two_facts, -1.0),
    Evidence(title_of_another_fact, -1.0),
    Evidence(title_claimed_elsewhere, -1.0, ("identifiers",)),
    Evidence(same_arxiv, 0.9, ("identifiers",)),
    Evidence(same_doi, 0.9, ("identifiers",)),
    Evidence(same_link, 0.6, ("identifiers",)),
    Evidence(other_arxiv, -0.35, ("identifiers",)),
    Evidence(other_doi, -0.2, ("identifiers",)),
    Evidence(same_title, 0.9, (Relation.SAME,)),
    Evidence(respelt_title, 0.85, (Relation.RESPELT,)),
    Evidence(same_but_for_name, 0.7, (Relation.NAMED,)),
    Evidence(mistyped_title, 0.75, (Relation.MISTYPED,)),
    Evidence(dropped_subtitle, 0.65, (Relation.PART,)),
    Evidence(same_name, 0.6, (Relation.NAME,)),
    Evidence(same_common_title, 0.55, (Relation.SAME, Relation.RESPELT, Relation.NAMED)),
    Evidence(doubtful_title, 0.55, (Relation.DOUBTFUL,)),
    Evidence(same_beginning, 0.3, (Relation.PART,)),
    Evidence(shared_beginning, 0.15, (Relation.PART,)),
    Evidence(shared_name, 0.1, (Relation.NAME,)),
    Evidence(other_words, -0.3, (Relation.OTHER,)),
    Evidence(unrelated_titles, -0.5, (Relation.UNRELATED,)),
    Evidence(decisive_words, -0.9, (Relation.DECISIVE,)),
    Evidence(same_authors, 0.25, ("authors",)),
    Evidence(same_first_author, 0.15, ("authors",)),
    Evidence(shared_author, 0.05, ("authors",)),
    Evidence(other_first_author, -0.4, ("authors",)),
    Evidence(other_authors, -0.6, ("authors",)),
    Evidence(same_year, 0.05, ("years",)),
    Evidence(years_apart, -0.15, ("years",)),
    Evidence(years_far_apart, -0.35, ("years",)),
    Evidence(other_venue, -0.1, ("venues",)),
)
"""Weights add up; a pair with a sum of 0.5 or more is one work (``judge.py``)."""


def reasons_of(pair: Pair) -> tuple[Reason, ...]:
    """Return what every row of the table says of a pair."""
    left, right = pair.left, pair.right
    about = {"any", pair.titles.kind}
    if (left.arxiv and right.arxiv) or (left.doi and right.doi) or (left.links and right.links):
        about.add("identifiers")
    if left.authors and right.authors:
        about.add("authors")
    if left.year and right.year:
        about.add("years")
    if left.venue and right.venue:
        about.add("venues")
    found = []
    for row in _rows_about(frozenset(about)):
        sentence = row.row(pair)
        if sentence is not None:
            found.append(Reason(row.name, row.weight, sentence))
    return tuple(found)


@cache
def _rows_about(about: frozenset[str]) -> tuple[Evidence, ...]:
    return tuple(row for row in EVIDENCE if not about.isdisjoint(row.about))


def _noted(pair: Pair) -> str:
    return f": {pair.titles.note}" if pair.titles.note else ""


def _shared_ids(pair: Pair) -> str:
    shared = sorted(pair.left.arxiv & pair.right.arxiv) or sorted(pair.left.doi & pair.right.doi)
    return (f"arXiv {shared[0]}" if pair.left.arxiv & pair.right.arxiv else f"DOI {shared[0]}") if shared else ""


def _specific(pair: Pair) -> bool:
    words = pair.titles.note.casefold().split()
    return says_what_it_is_about(words) >= 1 and len(words) >= 2


def _disjoint(left: tuple[Name, ...], right: tuple[Name, ...]) -> bool:
    return not any(compatible(a, b) for a in left[:_SEEN] for b in right[:_SEEN])


def _families(names: tuple[Name, ...]) -> str:
    shown = [n.written.split()[-1] for n in names[:3]]
    return ", ".join(shown) + (" …" if len(names) > 3 else "")


def _gap(pair: Pair) -> int:
    return abs(pair.left.year - pair.right.year) if pair.left.year and pair.right.year else 0


def _years(pair: Pair) -> str:
    return f"One gives {pair.left.year}, the other {pair.right.year}."
