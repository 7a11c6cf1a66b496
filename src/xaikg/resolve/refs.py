"""Which records a ref means: ``list:line``, ``facts:line``, ``arxiv:…``, ``doi:…``, ``title:…``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from xaikg.ids import arxiv, doi, fold
from xaikg.resolve.records import Record
from xaikg.resolve.titles import name_key

__all__ = ["RefIndex", "normal_ref"]


def normal_ref(ref: str) -> str:
    """Return a ref in the form in which two are compared: identifiers clean, titles folded.

    >>> normal_ref("title:Grad-CAM: Why did you say that?"), normal_ref("doi:10.1109/ICCV.2017.74")
    ('title:grad cam why did you say that', 'doi:10.1109/iccv.2017.74')
    >>> normal_ref("arxiv:1610.02391v3")
    'arxiv:1610.02391'
    """
    kind, _, value = ref.partition(":")
    if kind == "title":
        return f"title:{fold(value)}"
    if kind == "arxiv":
        return f"arxiv:{arxiv(f'arXiv:{value}') or value}"
    if kind == "doi":
        return f"doi:{doi(value) or value.lower()}"
    return ref


class RefIndex:
    """Records by every ref that can mean them."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._places: dict[str, int] = {}
        self._refs: dict[str, list[int]] = defaultdict(list)
        self._names: dict[str, list[int]] = defaultdict(list)
        self._facts: set[int] = set()
        for number, record in enumerate(records):
            self._places[record.ref] = number
            if record.is_fact:
                self._facts.add(number)
            for ref in _refs(record):
                self._refs[ref].append(number)
            for name in record.names:
                self._names[name].append(number)

    def numbers(self, ref: str) -> list[int]:
        """Return the records that a ref means: the fact alone where a fact has the identifier, else all."""
        if ref in self._places:
            return [self._places[ref]]
        found = self._refs.get(normal_ref(ref), [])
        facts = [n for n in found if n in self._facts]
        return facts if facts and not ref.startswith("title:") else found

    def named(self, name: str) -> list[int]:
        """Return the records that give their method a name."""
        return self._names.get(name_key(name), [])


def _refs(record: Record) -> set[str]:
    found = {f"arxiv:{x}" for x in record.arxiv} | {f"doi:{x}" for x in record.doi}
    bracketed = {f"title:{fold(t.written)}" for t in record.titles if "(" in t.written or "[" in t.written}
    return found | bracketed | {f"title:{' '.join(t.tokens)}" for t in record.titles}
