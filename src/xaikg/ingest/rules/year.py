"""The year of a date."""

from __future__ import annotations

import re

__all__ = ["MONTH", "YEAR", "century", "year"]

YEAR = r"(?:19[5-9]\d|20[0-3]\d)"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|fall|autumn|winter|q[1-4]"
    r"|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août"
    r"|septembre|octobre|novembre|décembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre"
    r"|noviembre|diciembre)\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th|\.)?"
_DATE = re.compile(
    rf"(?:(?:{_DAY}\s*[-–/]?\s*)?{MONTH}(?:\s*[-–/]\s*{MONTH})?\s*(?:{_DAY}(?:\s*[-–]\s*{_DAY})?)?[\s,]*)?"
    rf"(?P<year>{YEAR})[ab]?"
    rf"(?:\s*[-/.年]\s*\d{{1,2}}(?:\s*[-/.月]\s*\d{{1,2}}日?)?月?|\s*[-–/]\s*(?:{YEAR}|\d\d)|[\s,]+{MONTH}(?:\s+{_DAY})?)?年?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(rf"(?:\d{{1,2}}[-/.]){{1,2}}(?P<year>{YEAR})")
_SHORT = re.compile(r"['’‘`](?P<year>\d\d)")


def year(text: str) -> int | None:
    """Return the year of a text that is a date and nothing else.

    >>> year("2017"), year("(Oct 2017)"), year("2017/06"), year("2024-09-06"), year("'19"), year("2020年")
    (2017, 2017, 2017, 2024, 2019, 2020)
    >>> year("Top 2000 papers") is None
    True
    """
    text = text.strip(" \t()[]{}【】（）,.;:*_")
    if not any(c.isdigit() for c in text) or len(text) > 40:
        return None
    if found := _DATE.fullmatch(text) or _NUMERIC.fullmatch(text):
        return int(found["year"])
    if found := _SHORT.fullmatch(text):
        return century(int(found["year"]))
    return None


def century(two_digits: int) -> int:
    """Return the year that two digits stand for.

    >>> century(17), century(98)
    (2017, 1998)
    """
    return two_digits + (1900 if two_digits >= 60 else 2000)
