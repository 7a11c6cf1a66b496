"""Which venue a list means by "NIPS 2017", "InProceedings of the … (ICCV), Oct 2017" or "CVPRW"."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rapidfuzz import fuzz, process

from xaikg.ids import fold, slug
from xaikg.model import Venue
from xaikg.resolve.lexicon import is_word, words_of

__all__ = ["VenueBook"]

_NO_VENUE = words_of(
    """
    survey review paper papers article blog post tutorial book thesis phd master journal conference workshop
    website web report technical unpublished preprint n a na none tbd unknown to appear in submission under
    submitted ieee acm springer elsevier wiley mdpi
    """
) | {
    "phd thesis",
    "blog post",
    "n a",
    "to appear",
    "under review",
    "technical report",
    "in submission",
    "master thesis",
    "",
}
_NOISE = re.compile(
    r"(?<!\d)(19|20)\d\d(?!\d)|['’]\d\d\b|\b\d+(st|nd|rd|th)\b"
    r"|\b(vol|volume|no|number|pp|pages|issue|article|part)\b\.? *[\d:–-]+"
    r"|\b(january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec)\b\.?(?=[ ,.\d]|$)",
    re.IGNORECASE,
)
_OPENING = re.compile(r"^\W*(in|published in|appears in|presented at|accepted (at|to|by))(?= |:) *:? *", re.IGNORECASE)
_PROCEEDINGS = re.compile(r"^\W*(in ?)?(proceedings|proc\.?)( of)?( the)?( annual)? ", re.IGNORECASE)
_ACRONYM = re.compile(r"\(([A-Za-z][A-Za-z&*/ -]{1,15}?)['’]? ?\d*\)")
_SPONSORS = words_of(
    """
    ieee acm cvf rsj aaai sigkdd sigchi siam annual
    """
)
_UNDECIDED = frozenset({"submission", "submitted", "review"})
_WORKSHOP = frozenset({"workshop", "workshops"})
_KINDS = (
    ("workshop", _WORKSHOP),
    ("conference", frozenset({"conference", "symposium", "congress", "convention", "meeting"})),
    ("journal", frozenset({"journal", "transactions", "letters", "magazine", "annals", "reviews"})),
)
_LONG = 22
_ARXIV = Venue("arxiv", "arXiv", "arXiv", (), "preprint")


class VenueBook:
    """The known venues, and the venues that lists add to them."""

    def __init__(self, venues: Iterable[Venue] = ()) -> None:
        self._by_key: dict[str, Venue] = {}
        self._by_name: dict[str, Venue] = {}
        self._acronyms: dict[str, Venue] = {}
        self._found: dict[str, Venue | None] = {}
        for venue in venues:
            self._add(venue)
        for venue in list(self._by_key.values()):
            if venue.kind == "conference":
                self._add_workshops(venue)
        self._long = [name for name in self._by_name if len(name) >= _LONG]

    def find(self, text: str | None) -> Venue | None:
        """Return the venue that a text names, a new one where nobody knows it, None where it names none.

        >>> book = VenueBook((Venue("iccv", "International Conference on Computer Vision", "ICCV", kind="conference"),))
        >>> book.find("InProceedings of the IEEE International Conference on Computer Vision (ICCV), Oct 2017").key
        'iccv'
        >>> book.find("ICCV Workshop on Explainable AI, 2019").key, book.find("survey")
        ('iccv-workshops', None)
        >>> book.find("Journal of Examples, 2020").key
        'journal-of-examples'
        """
        if text is None:
            return None
        if text not in self._found:
            self._found[text] = self._look_up(" ".join(text.split())[:400])
        return self._found[text]

    def _look_up(self, text: str) -> Venue | None:
        text = text.strip(" *_.,;")
        for candidate in _readings(text):
            if candidate in self._by_name:
                return self._by_name[candidate]
        cleaned = _cleaned(text)
        tokens = fold(cleaned).split()
        if not tokens or " ".join(tokens) in _NO_VENUE or all(t.isdigit() for t in tokens):
            return None
        if tokens[0] in ("arxiv", "corr"):
            return self._by_key.get("arxiv") or _ARXIV
        found = None if _UNDECIDED & set(tokens) else self._within(text, tokens)
        return found or self._new(cleaned)

    def _within(self, text: str, tokens: list[str]) -> Venue | None:
        """Return the one venue whose acronym or long name stands in a text."""
        known = [self._acronyms[k] for k in map(fold, _ACRONYM.findall(text)) if k in self._acronyms]
        if not known:
            known = [self._acronyms[t] for t in _acronyms(text) if t in self._acronyms]
        if not known:
            near = process.extractOne(" ".join(tokens), self._long, scorer=fuzz.ratio, score_cutoff=95)
            known = [self._by_name[near[0]]] if near else []
        if known and _WORKSHOP & set(tokens):
            return self._workshops_of(known[0])
        return known[0] if len({v.key for v in known}) == 1 else None

    def _workshops_of(self, venue: Venue) -> Venue | None:
        return venue if venue.kind == "workshop" else self._by_key.get(f"{venue.key}-workshops")

    def _new(self, cleaned: str) -> Venue:
        name = cleaned[:1].upper() + cleaned[1:]
        venue = Venue(slug(fold(name)), name, kind=_kind(fold(name).split()))
        if venue.key in self._by_key:
            return self._by_key[venue.key]
        self._add(venue)
        return venue

    def _add(self, venue: Venue) -> None:
        self._by_key[venue.key] = venue
        for name in (venue.key, venue.name, venue.acronym or "", *venue.aliases):
            if fold(name):
                self._by_name.setdefault(fold(name), venue)
        for name in (venue.acronym or "", *venue.aliases):
            folded = fold(name)
            if name.isupper() or (folded and " " not in folded and any(c.isupper() for c in name[1:])):
                self._acronyms.setdefault(folded, venue)

    def _add_workshops(self, venue: Venue) -> None:
        short = venue.acronym or venue.name
        key = f"{venue.key}-workshops"
        if key not in self._by_key and len(short) <= 15:
            names = (f"{short} Workshop", f"{short}W", f"Workshop at {short}", f"Workshops at {short}")
            self._add(Venue(key, f"{short} Workshops", None, names, "workshop"))


def _acronyms(text: str) -> list[str]:
    """Return the folded words of a text that are written like acronyms, or are no words."""
    words = [w.strip("()[].,;:'’\"") for w in re.sub(r"(?<=[A-Za-z])\d{4}\b", "", text).replace("/", " ").split()]
    return [fold(w) for w in words if any(c.isupper() for c in w[1:]) or (len(w) >= 4 and not is_word(fold(w)))]


def _kind(tokens: list[str]) -> str | None:
    for kind, words in _KINDS:
        if words & set(tokens):
            return kind
    return None


def _readings(text: str) -> Iterable[str]:
    """Return what a venue text can be looked up by, the whole first."""
    cleaned = _cleaned(text)
    for candidate in (text, cleaned, re.sub(r"\(.*?\)", " ", cleaned)):
        folded = fold(candidate)
        yield folded
        words = folded.split()
        while words and words[0] in _SPONSORS:
            words = words[1:]
            yield " ".join(words)
        while words and words[-1].isdigit():
            words = words[:-1]
            yield " ".join(words)
    head = cleaned
    while "," in head:
        head = head.rpartition(",")[0]
        yield fold(head)


def _cleaned(text: str) -> str:
    """Return a venue text without proceedings, years, ordinals and pages.

    >>> _cleaned("Proceedings of the 26th ACM SIGKDD International Conference, Aug 2020")
    'ACM SIGKDD International Conference'
    """
    text = _PROCEEDINGS.sub("", _OPENING.sub("", text.strip(" *_.,;")))
    text = _NOISE.sub(" ", text)
    text = re.sub(r" *[,;:] *(?=[,;:.]|$)", "", " ".join(text.split()))
    return " ".join(text.replace(" ,", ",").split()).strip(" *_.,;:-–")
