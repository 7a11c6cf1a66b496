"""Mentions by hand: what the tests of this folder are written in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xaikg.ids import doi
from xaikg.model import Link, LinkRole, Mention, Place, ReadingList
from xaikg.resolve import Authority, load_authority

ROOT = Path(__file__).parents[2]


def mention(title: str, more: str = "", key: str = "a", line: int = 1) -> Mention:
    """Return a mention: ``more`` is ``a=authors;y=year;v=venue;x=arXiv;d=DOI;l=link;n=alias;c=citations``."""
    fields = dict(part.split("=", 1) for part in more.split(";") if part)
    names = fields.get("a", "").removesuffix(" et al.")
    ids = [f"arxiv:{fields['x']}"] if "x" in fields else []
    ids += [f"doi:{doi(fields['d'])}"] if "d" in fields else []
    links = [Link(LinkRole.PAPER, f"https://arxiv.org/abs/{fields['x']}", "pdf")] if "x" in fields else []
    links += [Link(LinkRole.PAPER, fields["l"], "pdf")] if "l" in fields else []
    links += [Link(LinkRole.CODE, fields["code"], "code")] if "code" in fields else []
    return Mention(
        Place(key, ("Papers",), line, line),
        title,
        tuple(fields["n"].split(" and ")) if "n" in fields else (),
        tuple(names.split(" and ")) if names else (),
        not fields.get("a", "").endswith(" et al."),
        int(fields["y"]) if "y" in fields else None,
        fields.get("v"),
        int(fields["c"]) if "c" in fields else None,
        tuple(links),
        tuple(sorted(ids)),
    )


def reading_list(key: str, *entries: str) -> ReadingList:
    """Return a list of entries ``title | more``, one a line."""
    rows = [[part.strip() for part in f"{entry}|".split("|")[:2]] for entry in entries]
    mentions = tuple(mention(title, more, key, line) for line, (title, more) in enumerate(rows, 1))
    return ReadingList(key, key, "0" * 64, len(entries), mentions)


@pytest.fixture(scope="session")
def shipped() -> Authority:
    return load_authority(ROOT / "graph" / "curated")


@pytest.fixture(scope="session")
def venues(shipped: Authority) -> Authority:
    return Authority(venues=shipped.venues)


@pytest.fixture
def lists() -> Callable[..., ReadingList]:
    return reading_list


@pytest.fixture
def entry() -> Callable[..., Mention]:
    return mention
