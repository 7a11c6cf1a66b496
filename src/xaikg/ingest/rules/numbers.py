"""Identifiers, citations, pages and volumes inside a text, taken out of it."""

from __future__ import annotations

import re
from typing import NamedTuple

from xaikg.ids import arxiv, doi
from xaikg.ingest.rules.citations import citations
from xaikg.ingest.rules.parts import edged
from xaikg.ingest.rules.year import YEAR

__all__ = ["Numbers", "numbers"]


def _without_pages(hit: re.Match[str]) -> str:
    """Return what stays of a phrase of pages or volumes: the year that it may begin or end with."""
    if dated := re.fullmatch(rf"({YEAR})[-–](?:0?[1-9]|1[0-2])", hit.group()):
        return f" , {dated.group(1)} , "
    found = re.match(rf"({YEAR})\s*[:;,]|.*?\b({YEAR})$", hit.group()) if "-" not in hit.group()[:6] else None
    return f" , {found.group(1) or found.group(2)} , " if found else " , "


_ARXIV_ID = re.compile(
    r"[(\[]?\b(?:arxiv(?:\.org)?[\s:/.]{1,3}(?:abs/|pdf/|id\s*:?\s*)?|(?:vol(?:ume)?\.?\s*)?abs/)"
    r"(?P<id>(?:\d{4}\.\d{4,5}|[a-z-]{2,10}(?:\.[A-Z]{2})?/\d{7})(?:v\d+)?)(?:\s*\[[\w.-]+\])?[)\]]?",
    re.IGNORECASE,
)
_DOI_TEXT = re.compile(r"\(?\b(?:https?://(?:dx\.)?doi\.org/|doi\s*[:=]?\s*)?10\.\d{4,9}/[^\s,;]{1,200}", re.IGNORECASE)
_VOLUME_YEAR = re.compile(
    rf"(?<![\w.])\d{{1,4}}(?:\.\d{{1,3}}|\(\d{{1,3}}\)|,?\s*(?:no|nr|issue)\.?\s*\d+)?\s*\(({YEAR})\)"
    r"(?:\s*:\s*[A-Za-z]?\d+(?:\s*[-–]{1,2}\s*\d+)?)?",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"\b(?:pp?|pages?|s|seiten)\.?\s*[A-Z]?\d+(?:\s*[-–—]{1,2}\s*[A-Z]?\d+)?|\b\d{1,6}\s*pages\b"
    r"|\b(?:vol(?:ume)?|no|nr|num(?:ber)?|issue|art(?:icle)?|band|heft|chapter|ch)\.?\s*[A-Z]?\d+(?:\s*\(\d+\))?"
    r"|\b\d{1,4}\s*\(\d{1,3}(?:[-–]\d{1,3})?\)\s*(?:[:,]\s*e?\d+(?:\s*[-–]{1,2}\s*\d+)?)?|\b\d{1,4}\s*:\s*e?\d+(?:\s*[-–]{1,2}\s*\d+)?\b"
    r"|(?<![\w-])\d{1,5}\s*[-–]{1,2}\s*\d{1,5}(?![\w-])|\barticle\s+\d+|\be\d{4,}\b|\bISBN[\s:]*[\dX-]+|\bISSN[\s:]*[\dX-]+",
    re.IGNORECASE,
)


class Numbers(NamedTuple):
    """What was found, and the text without it."""

    citations: int | None
    identifiers: tuple[str, ...]
    text: str


def numbers(text: str) -> Numbers:
    """Return what has a form of its own, and the text without it and without pages; a year among these stays.

    >>> numbers("ICML, pp. 12-20, arXiv:1706.03825v2, cited by 7")
    Numbers(citations=7, identifiers=('arxiv:1706.03825',), text='ICML')
    >>> numbers("Neural Networks 12(3) (2017): 45-67").text
    'Neural Networks  , 2017'
    """
    cited, names = citations(text), list[str]()
    if cited:
        text = cited[1]
    if "10." in text and (hit := _DOI_TEXT.search(text)) and (name := doi(hit.group())):
        names.append(f"doi:{name}")
        text = text[: hit.start()] + " , " + text[hit.end() :]
    if ("rxiv" in text.lower() or "abs/" in text) and (hit := _ARXIV_ID.search(text)) and (name := arxiv(hit["id"])):
        names.append(f"arxiv:{name}")
        before = text[: hit.start()].rstrip(" ,:([")
        text = f"{before} , {text[hit.end() :]}"
    if any(map(str.isdigit, text)):
        text = _VOLUME_YEAR.sub(r" , \1 , ", text)
        text = _PAGES.sub(_without_pages, text)
    return Numbers(cited[0] if cited else None, tuple(sorted(names)), edged(text))
