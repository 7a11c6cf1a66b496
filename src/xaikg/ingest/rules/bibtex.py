"""A reference in BibTeX, as some lists hold it inside a bullet."""

from __future__ import annotations

import re

__all__ = ["bibtex"]

_START = re.compile(r"\W*@[A-Za-z]{4,20}\s*\{")
_FIELD = re.compile(
    r"\b(?P<name>[a-z]{2,20})\s*=\s*(?:\{+(?P<braced>[^{}]*(?:\{[^{}]*\}[^{}]*){0,20})\}+|\"(?P<quoted>[^\"]*)\"|(?P<number>\d+))"
)


def bibtex(text: str) -> dict[str, str] | None:
    """Return the fields of a BibTeX entry by name; None for another text.

    >>> bibtex('@article{doe19, title={Maps of {CNN}s}, author={Doe, Jane and Roe, R.}, year=2019}')
    {'title': 'Maps of CNNs', 'author': 'Doe, Jane and Roe, R.', 'year': '2019'}
    """
    if not _START.match(text):
        return None
    found = {}
    for field in _FIELD.finditer(text):
        value = field["braced"] or field["quoted"] or field["number"] or ""
        found[field["name"]] = " ".join(value.replace("{", "").replace("}", "").split())
    return found if found.get("title") else None
