"""A text parted into sentences and pieces, without marks and brackets around them."""

from __future__ import annotations

import re

from xaikg.ingest.rules.known import ABBREVIATIONS

__all__ = ["edged", "pieces", "sentences", "unwrapped"]

EDGE = ' \t\n,;:.|·•–—-/*_&+~→>"“”'


_STOP = re.compile(r"\.(?:\s+|$)|(?<=[^\x00-\x7f])[。]|;\s*|\s+[|·•]\s+|\s+[–—]\s+|\s+--?\s+|\n")


_STOPS = re.compile(r"[.。;|·•–—\n-]")


def sentences(text: str) -> list[str]:
    """Split a text at full stops, semicolons, bars and dashes that part its pieces, not at initials.

    >>> sentences("K. Simonyan, A. Vedaldi. Deep inside networks. ICLR 2014")
    ['K. Simonyan, A. Vedaldi', 'Deep inside networks', 'ICLR 2014']
    """
    if not _STOPS.search(text):
        return [text.strip()] if text.strip() else []
    found, start = list[str](), 0
    for stop in _STOP.finditer(text):
        before = text[start : stop.start()]
        if stop.group()[0] == "." and _is_abbreviation(before, text[stop.end() :]):
            continue
        found.append(before.strip())
        start = stop.end()
    found.append(text[start:].strip())
    return [f for f in found if f]


def _is_abbreviation(before: str, after: str) -> bool:
    last = before.rsplit(None, 1)[-1].lstrip('("“') if before.split() else ""
    if before.lower().endswith(("et al", "et. al")):
        return after[:1].islower() or after[:1] in ",;)"
    if last.lower().replace(".", "") in ABBREVIATIONS:
        return True
    return (len(last) == 1 and last.isupper()) or re.fullmatch(r"(?:\w\.-?)+\w", last) is not None


def edged(text: str) -> str:
    """Strip marks from the ends of a text, yet not the full stop of a last initial."""
    bare = text.strip(EDGE)
    initial = len(bare) > 0 and bare[-1].isupper() and (len(bare) == 1 or not bare[-2].isalnum())
    return f"{bare}." if initial and f"{bare}." in text else bare


_COMMA = re.compile(r"\s*[,|](?!\d{3}\b)\s*")


def pieces(text: str) -> list[str]:
    """Split into the smallest pieces: at commas too, yet not inside brackets or a venue's own list of fields."""
    found = list[str]()
    for sentence in sentences(text):
        depth, start = 0, 0
        for at, char in enumerate(sentence):
            depth += (char in "([") - (char in ")]")
            if char in ",|" and depth <= 0 and _COMMA.match(sentence, at):
                found.append(sentence[start:at])
                start = at + 1
        found.append(sentence[start:])
    return _with_joined_fields([edged(f) for f in found if f.strip(EDGE)])


_FIELDS = re.compile(r"\b(?:conference|transactions|journal|symposium|workshop|society|on|of)\b.*", re.IGNORECASE)


_ENDS_FIELDS = re.compile(r"(?:and|&) |[a-z][\w ]* and ")


def _with_joined_fields(items: list[str]) -> list[str]:
    """Join ``Conference on Fairness``, ``Accountability``, ``and Transparency``."""
    for at, item in enumerate(items):
        if _FIELDS.search(item):
            for end in range(at + 1, min(at + 4, len(items))):
                if _ENDS_FIELDS.match(items[end]) and all(len(x.split()) <= 4 for x in items[at + 1 : end + 1]):
                    return [*items[:at], ", ".join(items[at : end + 1]), *_with_joined_fields(items[end + 1 :])]
    return items


def unwrapped(text: str) -> str:
    """Return a text without brackets and quotation marks around the whole of it.

    >>> unwrapped("[(ICML 2018)]"), unwrapped("Transactions on Graphics (TVCG)")
    ('ICML 2018', 'Transactions on Graphics (TVCG)')
    """
    while len(text) > 1 and (pair := _PAIRS.get(text[0])) and text[-1] == pair and _encloses(text, text[0], pair):
        text = text[1:-1].strip(EDGE)
    for left, right in ("()", "[]"):  # half a pair at an end
        if text[:1] == left and right not in text:
            text = text[1:].strip()
        if text[-1:] == right and left not in text:
            text = text[:-1].strip()
    return text


_PAIRS = {"(": ")", "[": "]", "{": "}", "“": "”", '"': '"', "《": "》", "「": "」"}


def _encloses(text: str, left: str, right: str) -> bool:
    if left == right:
        return left not in text[1:-1]
    depth = 0
    for at, char in enumerate(text):
        depth += (char == left) - (char == right)
        if depth == 0:
            return at == len(text) - 1
    return False
