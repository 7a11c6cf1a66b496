"""Permanent keys of works: those that were published stay, new ones are made from identifiers."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from xaikg.ids import slug, title_key
from xaikg.model import Work
from xaikg.resolve.authority import Authority, IdRow
from xaikg.resolve.refs import normal_ref

__all__ = ["Keys", "Known", "assign", "new_id_rows"]


@dataclass(frozen=True, slots=True)
class Known:
    """What a work's key is made from and known by: identifiers and titles, the chosen ones first.

    ``place`` is the ref of its first entry, which tells works apart that nothing else does.
    """

    title: str
    titles: tuple[str, ...]
    place: str
    arxiv: tuple[str, ...] = ()
    doi: str | None = None

    @property
    def refs(self) -> tuple[str, ...]:
        """Return all refs of the work, identifiers first."""
        ids = (*(f"arxiv:{x}" for x in self.arxiv), *((f"doi:{self.doi}",) if self.doi else ()))
        return (*ids, *(f"title:{t}" for t in self.titles))


@dataclass(frozen=True, slots=True)
class Keys:
    """A work's key, and the younger keys of works that were merged into it."""

    key: str
    former: tuple[str, ...] = ()


def assign(works: Sequence[Known], rows: Iterable[IdRow]) -> list[Keys]:
    """Return the keys of works in their order: the oldest published key of each, else a new one.

    A published key goes to the work that shares most of its identifiers, then of its titles; it is never
    given to another work, not even while its own is not there.
    """
    published: dict[str, set[str]] = {}
    for row in rows:
        published.setdefault(row.key, set()).update(normal_ref(r) for r in row.refs)
    held = _holders(works, published)
    taken = set(published)
    result: dict[int, Keys] = {number: Keys(keys[0], tuple(keys[1:])) for number, keys in held.items()}
    for number in sorted(range(len(works)), key=lambda n: (works[n].arxiv, works[n].doi or "", works[n].refs)):
        if number not in result:
            result[number] = Keys(_new(works[number], taken))
            taken.add(result[number].key)
    return [result[number] for number in range(len(works))]


def _holders(works: Sequence[Known], published: dict[str, set[str]]) -> dict[int, list[str]]:
    """Return for each work with published keys these, the oldest first."""
    by_ref: dict[str, list[int]] = defaultdict(list)
    refs = [frozenset(map(normal_ref, work.refs)) for work in works]
    for number, own in enumerate(refs):
        for ref in own:
            by_ref[ref].append(number)
    held: dict[int, list[str]] = defaultdict(list)
    for key, known in published.items():
        fitting = {n for ref in known for n in by_ref.get(ref, ()) if not _conflict(known, refs[n])}
        if fitting:
            best = min(
                fitting, key=lambda n: (-_fit(known, refs[n], "id"), -_fit(known, refs[n], "title"), works[n].refs)
            )
            held[best].append(key)
    return held


def _fit(known: set[str], refs: frozenset[str], kind: str) -> int:
    return sum(ref.startswith("title:") == (kind == "title") for ref in known & refs)


def _conflict(known: set[str], refs: frozenset[str]) -> bool:
    """Return whether a published entity and a work have arXiv identifiers and none in common."""
    one, other = ({r for r in each if r.startswith("arxiv:")} for each in (known, refs))
    return bool(one and other and not one & other)


def _new(work: Known, taken: set[str]) -> str:
    by_title = title_key(work.title)
    wanted = [slug(x) for x in work.arxiv[:1]] + ([slug(work.doi)] if work.doi else []) + [by_title]
    for text in ("\n".join(work.refs), work.place):
        digest = hashlib.sha256(text.encode()).hexdigest()
        wanted += [f"{by_title}-{digest[:length]}" for length in range(6, 65)]
    return next(key for key in wanted if key not in taken)


def new_id_rows(works: Iterable[Work], authority: Authority) -> tuple[str, ...]:
    r"""Return the lines to append to ``ids.tsv``: works without a published key, and new identifiers of published ones.

    >>> new_id_rows([Work("1610.02391", "Grad-CAM", arxiv="1610.02391")], Authority())
    ('paper\t1610.02391\tarxiv:1610.02391\ttitle:Grad-CAM',)
    """
    known: dict[str, set[str]] = {}
    for row in authority.ids:
        known.setdefault(row.key, set()).update(map(normal_ref, row.refs))
    lines = []
    for work in works:
        refs = [f"title:{' '.join(r[6:].split())}" if r.startswith("title:") else r for r in work.refs]
        if work.key in known:
            refs = [r for r in refs if not r.startswith("title:") and normal_ref(r) not in known[work.key]]
        else:
            refs = [r for r in refs if not r.startswith("title:")] + [f"title:{' '.join(work.title.split())}"]
        if refs:
            lines.append("\t".join(("paper", work.key, *refs)))
    return tuple(lines)
