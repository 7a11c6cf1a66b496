"""The vocabularies of ``words/``: words that rules know, in files for whoever wants to add one."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["in_order", "phrases", "table", "word_set"]


@cache
def table(name: str) -> dict[str, Any]:
    """Return a file of ``words/`` by its stem."""
    return tomllib.loads(files("xaikg.ingest").joinpath("words", f"{name}.toml").read_text(encoding="utf-8"))


def word_set(text: str) -> frozenset[str]:
    r"""Return words that blanks part.

    >>> sorted(word_set("icml nips\nuai"))
    ['icml', 'nips', 'uai']
    """
    return frozenset(text.split())


def phrases(text: str) -> tuple[str, ...]:
    r"""Return phrases that semicolons part.

    >>> phrases("ieee access; nature;\nplos one")
    ('ieee access', 'nature', 'plos one')
    """
    return tuple(p for part in text.split(";") if (p := " ".join(part.split())))


def in_order(kinds: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """Return the kind of each word; a word under several kinds counts for the first.

    >>> in_order({"paper": ("pdf", "link"), "code": ("link", "git")})
    {'link': 'paper', 'git': 'code', 'pdf': 'paper'}
    """
    return {word: kind for kind, found in reversed(kinds.items()) for word in found}
