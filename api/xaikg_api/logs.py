"""Log lines in which nothing that a stranger sent can pose as a line, a colour or a direction of text."""

from __future__ import annotations

import logging
import traceback
import unicodedata

from xaikg.errors import XaikgError

__all__ = ["escaped", "log_fault"]

_HIDDEN = ("Cc", "Cf", "Zl", "Zp", "Cs")


def escaped(text: str) -> str:
    r"""Return a text whose control, format and bidirectional characters are written as escapes.

    >>> escaped("a\nb\x1b[31m\u202e")
    'a\\nb\\x1b[31m\\u202e'
    >>> escaped("Schütt 综述")
    'Schütt 综述'
    """
    return "".join(
        c.encode("unicode_escape").decode("ascii") if unicodedata.category(c) in _HIDDEN else c for c in text
    )


def log_fault(log: logging.Logger, what: str, error: BaseException) -> None:
    """Log an error: one of ours as its sentence, any other with its traceback, each line escaped on its own."""
    if isinstance(error, XaikgError):
        log.error("%s: %s", escaped(what), escaped(str(error)))
        return
    lines = "".join(traceback.format_exception(error)).split("\n")
    log.error("%s\n%s", escaped(what), "\n".join(f"  {escaped(line)}" for line in lines if line))
