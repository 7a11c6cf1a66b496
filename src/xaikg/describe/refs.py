"""The names by which a curated file calls a paper, and the works behind them."""

from __future__ import annotations

from collections.abc import Iterable

from xaikg import ids
from xaikg.model import Work

__all__ = ["Works", "ref"]


def ref(text: str) -> str | None:
    """Return a reference in its canonical form (``arxiv:``, ``doi:`` or ``title:``), None where it is no reference.

    >>> ref("arxiv:1610.02391v3"), ref("doi:10.1109/ICCV.2017.74"), ref("title: Feature  Visualization")
    ('arxiv:1610.02391', 'doi:10.1109/iccv.2017.74', 'title:Feature Visualization')
    >>> ref("1610.02391"), ref("doi:none"), ref("title:?!")
    (None, None, None)
    """
    kind, _, name = text.strip().partition(":")
    if kind == "arxiv":
        found = ids.arxiv(f"arxiv:{name}")
        return f"arxiv:{found}" if found else None
    if kind == "doi":
        found = ids.doi(name)
        return f"doi:{found}" if found else None
    return f"title:{' '.join(name.split())}" if kind == "title" and ids.fold(name) else None


def _compared(reference: str) -> str:
    """Return a reference for comparison: titles folded, identifiers in lower case."""
    kind, _, name = reference.partition(":")
    return f"title:{ids.fold(name)}" if kind == "title" else reference.lower()


class Works:
    """The works of a build by reference and by key."""

    def __init__(self, works: Iterable[Work]) -> None:
        self.by_key = {work.key: work for work in works}
        self._keys: dict[str, set[str]] = {}
        for work in self.by_key.values():
            for each in work.refs:
                self._keys.setdefault(_compared(each), set()).add(work.key)

    def find(self, reference: str) -> tuple[str, ...]:
        """Return the keys of the works that a canonical reference names, sorted: none, one, or several of one title."""
        return tuple(sorted(self._keys.get(_compared(reference), ())))
