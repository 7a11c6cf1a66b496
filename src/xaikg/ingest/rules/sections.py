"""What a heading says about the bullets below it."""

from __future__ import annotations

import re
from functools import lru_cache

from xaikg.ingest.rules.meta import Meta, meta
from xaikg.ingest.rules.text import words
from xaikg.ingest.rules.vocabulary import in_order, table

__all__ = ["heading_facts", "holds_papers", "reason_against"]

_WORDS = table("headings")
_PAPERS = _WORDS["papers"].split()
_AGAINST_OF = in_order({reason: tuple(text.split()) for reason, text in _WORDS["against"].items()})
_HAN = re.compile(r"[\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af]")


@lru_cache(maxsize=4096)
def _kind(heading: str) -> tuple[bool, str | None]:
    """Return whether a heading names papers, and what it names that is no paper."""
    found = [w.lower() for w in words(heading)]
    if _HAN.search(heading):
        found += [w for w in (*_PAPERS, *_AGAINST_OF) if not w.isascii() and w in heading]
    papers = any(w in _PAPERS for w in found)
    against = next((_AGAINST_OF[w] for w in found if w in _AGAINST_OF), None)
    if re.fullmatch(r"\W*(?:data|data ?sets?)\W*", heading, re.IGNORECASE):
        return False, "a section on other lists, people or data"
    if re.search(
        r"\b(?:other|related|similar|more)\b.*\b(?:lists?|resources?|repos?|repositories|awesome|collections?|links)\b",
        heading,
        re.IGNORECASE,
    ):
        return False, "a section on other lists, people or data"
    if against and len(found) > 5 and not papers:  # "Tools to look inside neural networks at work": a topic, not a kind
        against = None
    return papers, against


def reason_against(section: tuple[str, ...]) -> str | None:
    """Return why a section's bullets are no papers unless they show it; None where no heading says so.

    The innermost heading that says anything decides; the list's own title is not asked.

    >>> reason_against(("XAI", "Tools")), reason_against(("XAI", "Tools", "Papers"))
    ('a section on tools', None)
    """
    asked = section[1:] if len(section) > 1 else section
    for heading in reversed(asked):
        papers, against = _kind(heading)
        if papers:
            return None
        if against and (heading is asked[-1] or not against.endswith("itself")):
            return against
    return None


def holds_papers(section: tuple[str, ...]) -> bool:
    """Tell whether a heading names papers.

    >>> holds_papers(("My reading list",)), holds_papers(("Heatmaps",))
    (True, False)
    """
    return any(_kind(heading)[0] for heading in section) and reason_against(section) is None


_DRESS = re.compile(
    r"^(?:\d{1,2}(?:\.\d+)*[.)]\s+|papers?\s+(?:in|from|of|at)\s+|year\s+|in\s+)"
    r"|\s+(?:(?:conference|journal|workshop|arxiv)\s+)?(?:papers?|publications?|conference)$|年论文$|年$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def heading_facts(heading: str) -> Meta | None:
    """Return year and venue of a heading that is nothing but these: ``2020``, ``NeurIPS 2019 papers``.

    >>> heading_facts("2020 Conference Papers").year, heading_facts("ICML 2019").venue, heading_facts("Heatmaps")
    (2020, 'ICML', None)
    """
    text = heading
    for _ in range(3):
        text = _DRESS.sub("", text.strip(" :：·-–—#")).strip()
    if re.search(r"[:：-]\s*\d{4}$", text):
        text = re.split(r"[:：-]", text)[-1].strip()
    facts = meta(text, after_title=False) if any(c.isdigit() for c in text) else None
    return facts if facts and facts.year and not facts.authors else None
