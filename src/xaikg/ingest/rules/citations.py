"""How often a paper was cited, where a list says so."""

from __future__ import annotations

import re

__all__ = ["citations", "count"]

_NUMBER = r"(\d{1,3}(?:[,. ]\d{3})+|\d+(?:\.\d+)?\s?k|\d+)\+?"
_WORDS = (
    r"(?:#\s*cit\w*|citations?|citation count|cited by|cited|cites|cit\.|zitiert von|cité par"
    r"|被引用?次?数?|引用次?数?量?|被引|引用)"
)
_BEFORE = re.compile(rf"[(\[]?\s*{_WORDS}\s*[:：=\-]?\s*{_NUMBER}(?:\s*times)?\s*[)\]]?", re.IGNORECASE)
_AFTER = re.compile(rf"[(\[]?\s*(?<![\w.]){_NUMBER}\s*(?:citations?|cites|cited|次引用)\b\s*[)\]]?", re.IGNORECASE)


def citations(text: str) -> tuple[int, str] | None:
    """Return the number that a phrase such as ``cited by 1459`` gives, and the text without the phrase.

    >>> citations("WACV 2018 (cited by 1,459)"), citations("Citations: 12"), citations("Network citations")
    ((1459, 'WACV 2018 '), (12, ''), None)
    """
    if "cit" not in text.lower() and "引" not in text and "cité" not in text:
        return None
    found = _BEFORE.search(text) or _AFTER.search(text)
    if not found:
        return None
    number = count(found.group(1))
    return None if number is None else (number, text[: found.start()] + text[found.end() :])


def count(text: str) -> int | None:
    """Return a number as a cell of a citation column writes it.

    >>> count("1,459"), count("1.203"), count("~2.5k"), count("-")
    (1459, 1203, 2500, None)
    """
    found = re.fullmatch(rf"[~≈>]?\s*{_NUMBER}", text.strip().lower())
    if not found:
        return None
    digits = re.sub(r"[,. ](?=\d{3}(?!\d))", "", found.group(1)).replace(" ", "")
    try:
        number = int(float(digits[:-1]) * 1000) if digits.endswith("k") else int(float(digits))
    except (ValueError, OverflowError):
        return None
    return number if number < 10**9 else None
