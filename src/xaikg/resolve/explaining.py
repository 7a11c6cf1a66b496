"""Why two entries are one work, or two: the judgement, and what else brought them together or kept them apart."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence

from rapidfuzz import fuzz, process

from xaikg.errors import AmbiguousNameError, NotFoundError
from xaikg.ids import fold
from xaikg.model import Judgement, ReadingList, Reason
from xaikg.resolve.authority import Authority
from xaikg.resolve.judge import judge, score, total_of
from xaikg.resolve.records import Record
from xaikg.resolve.refs import RefIndex
from xaikg.resolve.resolution import Resolved, resolved

__all__ = ["explain"]


def explain(left: str, right: str, lists: Sequence[ReadingList], authority: Authority) -> Judgement:
    """Return whether two entries are one work in the end, and every reason for it in sentences.

    ``left`` and ``right`` are places (``list:line``), identifiers (``arxiv:…``, ``doi:…``), rows of the
    authority file (``facts:12``), titles, or names of methods. Raises :class:`NotFoundError` with the nearest
    titles, and :class:`AmbiguousNameError` where a title or name means entries of several works.
    """
    found = resolved(lists, authority)
    one, other = (_number(name, found) for name in (left, right))
    a, b = min(one, other), max(one, other)
    if a == b:
        ref = found.corpus.records[a].ref
        return Judgement(ref, ref, True, 1.0, (Reason("same_entry", 1.0, f"Both are the entry {ref}."),))
    return _judgement(a, b, found)


def _judgement(a: int, b: int, found: Resolved) -> Judgement:
    records, work = found.corpus.records, found.clustering
    together = work.groups.root(a) == work.groups.root(b)
    pair = work.joined.get((a, b)) or judge(records[a], records[b], found.corpus)
    reasons = [*_by_hand(a, b, found), *pair.reasons]
    if (a, b) not in work.compared and (a, b) not in work.curated:
        reasons.append(
            Reason(
                "never_compared", 0.0, "The two share no identifier, link or near title, so they were never compared."
            )
        )
    if together and not pair.same:
        reasons.append(Reason("chain", 0.0, _chain(a, b, found)))
    if not together and pair.same:
        why = work.conflicts.get((a, b), "other entries of the two works keep them apart")
        reasons.append(Reason("conflict", 0.0, f"They are kept apart all the same: {why}."))
    total = total_of(pair.reasons)
    sure = score(total) if pair.same == together else 1.0 if together else 0.0
    if (a, b) in work.curated:
        sure = 1.0 if work.curated[a, b].same else 0.0
    return Judgement(records[a].ref, records[b].ref, together, sure, tuple(reasons))


def _by_hand(a: int, b: int, found: Resolved) -> list[Reason]:
    row = found.clustering.curated.get((a, b))
    if row is None:
        return []
    word = "one work" if row.same else "two works"
    return [
        Reason("curated", 1.0 if row.same else -1.0, f"{row.by} judged on {row.on} that they are {word}: {row.reason}.")
    ]


def _chain(a: int, b: int, found: Resolved) -> str:
    """Return the shortest way from one entry to the other through entries that were joined."""
    work, records = found.clustering, found.corpus.records
    steps: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted({*work.joined, *(pair for pair, row in work.curated.items() if row.same)}):
        steps[one].append(other)
        steps[other].append(one)
    before = {a: a}
    queue = deque([a])
    while queue and b not in before:
        at = queue.popleft()
        for following in steps[at]:
            if following not in before:
                before[following] = at
                queue.append(following)
    way = [b]
    while way[-1] != a:
        way.append(before[way[-1]])
    return f"They are one work through {' – '.join(records[n].ref for n in reversed(way))}."


def _number(name: str, found: Resolved) -> int:
    """Return the record that a ref, a title or a method's name means."""
    index = RefIndex(found.corpus.records)
    numbers = index.numbers(name) or index.numbers(f"title:{name}") or index.named(name)
    if not numbers:
        raise NotFoundError("entry", name, _nearest(name, found.corpus.records))
    works = {found.clustering.groups.root(n) for n in numbers}
    if len(works) > 1 and not name.startswith(("arxiv:", "doi:")):
        raise AmbiguousNameError("work", name, tuple(found.corpus.records[n].ref for n in numbers))
    return numbers[0]


def _nearest(name: str, records: Sequence[Record]) -> tuple[str, ...]:
    titles = {fold(r.title.written): r.title.written for r in records}
    best = process.extract(
        fold(name.removeprefix("title:")), list(titles), scorer=fuzz.WRatio, limit=3, score_cutoff=50
    )
    return tuple(titles[found[0]] for found in best)
