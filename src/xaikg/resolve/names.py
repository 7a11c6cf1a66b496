"""Personal names taken apart, and whether two spellings can be one person."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from xaikg.model import PersonName
from xaikg.resolve.lexicon import words_of

__all__ = ["Name", "compatible", "fold_name", "from_parts", "fuller", "of_fact", "read_name", "same_family"]

_PARTICLES = words_of(
    """
    van von de der den del della dela di da dos das du la le el al bin ibn ter ten te zu zur af av mac mc st
    san o
    """
)
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "æ": "ae", "œ": "oe"})


_ASCII = str.maketrans({c: "" if c in "'`" else c.lower() if c.isalnum() else " " for c in map(chr, range(128))})


@dataclass(frozen=True, slots=True)
class Name:
    """A name folded for comparison: given names in order (initials are one letter), and the family name.

    ``given`` is empty where only the family name is written. ``written`` is given before family.
    """

    given: tuple[str, ...]
    family: str
    written: str

    @property
    def key(self) -> str:
        """Return the folded name as one string: what equal names share."""
        return " ".join((*self.given, self.family))

    @property
    def has_full_given(self) -> bool:
        """Return whether a given name is more than an initial."""
        return any(len(g) > 1 for g in self.given)

    @property
    def initials(self) -> str:
        """Return the first letters of the given names."""
        return "".join(g[0] for g in self.given)


def fold_name(text: str) -> str:
    """Return a name without accents, case, hyphens, apostrophes and full stops.

    >>> fold_name("Kristof T. Schütt"), fold_name("Finale Doshi-Velez"), fold_name("O'Brien"), fold_name("Søren Łukasz")
    ('kristof t schutt', 'finale doshi velez', 'obrien', 'soren lukasz')
    """
    if text.isascii():
        return " ".join(text.translate(_ASCII).split())
    text = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    text = "".join(c for c in text if not unicodedata.combining(c) and c not in "'’`´ʼ")
    return " ".join("".join(c if c.isalnum() else " " for c in text).split())


@lru_cache(maxsize=200_000)
def read_name(written: str) -> Name:
    """Return a name as a list writes it, family name last or first with a comma.

    >>> read_name("Yang, S. C. H.")
    Name(given=('s', 'c', 'h'), family='yang', written='S. C. H. Yang')
    >>> read_name("Laurens van der Maaten").family, read_name("Ramprasaath R. Selvaraju").given
    ('van der maaten', ('ramprasaath', 'r'))
    >>> read_name("Selvaraju").given, read_name("SCH Yang").given, read_name("Kim B.").family
    ((), ('s', 'c', 'h'), 'kim')
    """
    text = " ".join(written.replace("\u00a0", " ").split()).strip(" ,;")
    if "," in text:
        family, _, given = text.partition(",")
        if fold_name(given) in _SUFFIXES:
            return read_name(family)
        return from_parts(given.replace(",", " ").strip(), family.strip())
    words = [w for w in text.split() if fold_name(w)]
    while len(words) > 1 and fold_name(words[-1]) in _SUFFIXES:
        words.pop()
    if len(words) > 1 and _is_initials(words[-1]) and not _is_initials(words[0]):
        return from_parts(" ".join(words[1:]), words[0]) if len(words) == 2 else _split(words)
    return _split(words)


def _split(words: list[str]) -> Name:
    start = len(words) - 1
    while start > 1 and fold_name(words[start - 1]) in _PARTICLES and words[start - 1][:1].islower():
        start -= 1
    if start > 1 and fold_name(words[start - 1]) in {"mac", "mc", "van", "von", "de", "le"} and len(words) > 2:
        start -= 1
    return from_parts(" ".join(words[:start]), " ".join(words[start:]))


def from_parts(given: str, family: str) -> Name:
    """Return the name of given and family names.

    >>> from_parts("Klaus-Robert", "Müller").given, from_parts("K.-R.", "Müller").given
    (('klausrobert',), ('k', 'r'))
    """
    parts: list[str] = []
    for word in given.split():
        folded = fold_name(word).replace(" ", "")
        parts.extend(folded if _is_initials(word) else [folded] if folded else [])
    return Name(tuple(parts), fold_name(family), f"{given} {family}".strip())


def _is_initials(word: str) -> bool:
    letters = "".join(c for c in word if c.isalpha())
    return 0 < len(letters) <= 3 and letters.isupper() and (len(letters) == 1 or "." in word or len(letters) == 3)


def of_fact(name: PersonName) -> Name:
    """Return the name of an authority row."""
    return from_parts(name.given, name.family)


def same_family(left: str, right: str) -> bool:
    """Return whether two folded family names are one, up to a slip of the pen or an umlaut written out.

    >>> same_family("jaakola", "jaakkola"), same_family("muller", "mueller"), same_family("li", "lu")
    (True, True, False)
    """
    if left == right:
        return True
    one, other = left.replace(" ", ""), right.replace(" ", "")
    if one == other or _umlauts(one) == _umlauts(other):
        return True
    if min(len(one), len(other)) < 6 or one[0] != other[0]:
        return False
    return OSA.distance(one, other, score_cutoff=2) <= (1 if min(len(one), len(other)) < 9 else 2)


def _umlauts(text: str) -> str:
    return text.replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(maxsize=200_000)
def compatible(left: Name, right: Name) -> bool:
    """Return whether two names can be one person: family equal, given names equal, abbreviated or left out.

    >>> compatible(read_name("S. C. H. Yang"), read_name("Scott Cheng-Hsin Yang"))
    True
    >>> compatible(read_name("Zhang Quanshi"), read_name("Quanshi Zhang"))
    True
    >>> compatible(read_name("Jun S. Zhu"), read_name("Jun T. Zhu"))
    False
    """
    if same_family(left.family, right.family) and _given_fit(left.given, right.given):
        return True
    words = sorted((*left.given, *left.family.split()))
    return len(words) > 1 and words == sorted((*right.given, *right.family.split()))


def _given_fit(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    if not one or not other:
        return True
    if "".join(one) == "".join(other):
        return True
    if not _part_fits(one[0], other[0]):
        return any(len(part) > 1 and part in other for part in one)
    rest = other[1:]
    if len(one) - 1 > len(rest):
        one, rest = other, one[1:]
    return all(_part_fits(a, b) for a, b in zip(one[1:], rest, strict=False))


def _part_fits(a: str, b: str) -> bool:
    if len(a) == 1 or len(b) == 1:
        return a[0] == b[0]
    if a == b or _umlauts(a) == _umlauts(b):
        return True
    return (min(len(a), len(b)) >= 3 and abs(len(a) - len(b)) >= 2 and (a.startswith(b) or b.startswith(a))) or (
        min(len(a), len(b)) >= 5 and a[0] == b[0] and OSA.distance(a, b, score_cutoff=1) <= 1
    )


def fuller(left: Name, right: Name) -> Name:
    """Return the name that says more: more full given names, then more letters, then accents, then by alphabet.

    >>> fuller(read_name("K. Schutt"), read_name("Kristof T. Schütt")).written
    'Kristof T. Schütt'
    """
    return max(left, right, key=_fullness)


@lru_cache(maxsize=200_000)
def _fullness(name: Name) -> tuple[int, int, int, int, tuple[int, ...]]:
    accents = sum(ord(c) > 127 for c in name.written)
    full = sum(len(g) > 1 for g in name.given)
    return (full, len(name.given), accents, len(name.key), tuple(-ord(c) for c in name.written))
