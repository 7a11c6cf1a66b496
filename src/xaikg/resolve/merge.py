"""Judgements in, works out: the strongest first, and never two that something hard keeps apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xaikg.model import Judgement
from xaikg.resolve.authority import CuratedJudgement
from xaikg.resolve.blocking import candidate_pairs
from xaikg.resolve.corpus import Corpus
from xaikg.resolve.judge import SAME_FROM, is_hard, judge, total_of
from xaikg.resolve.records import Record
from xaikg.resolve.refs import RefIndex
from xaikg.resolve.shortened import shortened

__all__ = ["Clustering", "Groups", "cluster"]

_TELLING = 4
_REFUSALS = 5
"""How many refusals a work keeps; ``explain`` gives any other."""
Pair = tuple[int, int]
Scored = tuple[float, int, int]


@dataclass(slots=True)
class Clustering:
    """Record numbers in groups, each a work, and the pairs that decided: joined, refused, in conflict."""

    groups: Groups
    joined: dict[Pair, Judgement] = field(default_factory=dict)
    refused: dict[Pair, Judgement] = field(default_factory=dict)
    conflicts: dict[Pair, str] = field(default_factory=dict)
    curated: dict[Pair, CuratedJudgement] = field(default_factory=dict)
    compared: set[Pair] = field(default_factory=set)


class Groups:
    """Disjoint groups of records that grow together, and the groups that must not (union–find, Tarjan 1975)."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))
        self.members: dict[int, list[int]] = {n: [n] for n in range(size)}
        self._apart: dict[int, set[int]] = defaultdict(set)

    def root(self, number: int) -> int:
        """Return the number by which the group of a record is known."""
        while self._parent[number] != number:
            self._parent[number] = self._parent[self._parent[number]]
            number = self._parent[number]
        return number

    def keep_apart(self, one: int, other: int) -> None:
        """Let two records' groups never become one."""
        a, b = self.root(one), self.root(other)
        if a != b:
            self._apart[a].add(b)
            self._apart[b].add(a)

    def are_apart(self, one: int, other: int) -> bool:
        """Return whether two records' groups must not become one."""
        return self.root(other) in self._apart[self.root(one)]

    def join(self, one: int, other: int) -> None:
        """Make two records' groups one; what was apart from either stays apart from both."""
        a, b = self.root(one), self.root(other)
        if a == b:
            return
        if (len(self.members[a]), -a) < (len(self.members[b]), -b):
            a, b = b, a
        self._parent[b] = a
        self.members[a].extend(self.members.pop(b))
        for enemy in self._apart.pop(b, set()):
            self._apart[enemy].discard(b)
            if enemy != a:
                self._apart[enemy].add(a)
                self._apart[a].add(enemy)


def cluster(corpus: Corpus, curated: Sequence[CuratedJudgement] = ()) -> Clustering:
    """Return which records are one work.

    People's judgements come first; then pairs by falling score; then short titles, which need to know
    the works that they can mean. Ties are broken by the records' order, which is that of their refs.
    """
    work = Clustering(Groups(len(corpus.records)))
    _Merger(corpus, work).run(curated)
    return work


class _Merger:
    def __init__(self, corpus: Corpus, work: Clustering) -> None:
        self.corpus, self.work, self.groups = corpus, work, work.groups
        self._hard: dict[Pair, bool] = {}
        self._most: dict[int, list[int]] = {}

    def run(self, curated: Sequence[CuratedJudgement]) -> None:
        by_hand = self._curated(curated)
        same, refused = self._judged(by_hand)
        for _, one, other in sorted(same):
            self._try(one, other, alone=False)
        for score, one, other in shortened(self.corpus, self.groups):
            self.work.compared.add((one, other))
            if score >= SAME_FROM:
                self._try(one, other, alone=True)
            else:
                refused.append((score, one, other))
        self._keep_refusals(refused)

    def _curated(self, curated: Sequence[CuratedJudgement]) -> set[Pair]:
        """Apply people's judgements and return the pairs that they settle."""
        index = RefIndex(self.corpus.records if curated else [])
        pairs = {
            (min(a, b), max(a, b)): row
            for row in curated
            for a in index.numbers(row.left)
            for b in index.numbers(row.right)
            if a != b
        }
        for (one, other), row in sorted(pairs.items()):
            if row.same:
                self._join(one, other)
        for (one, other), row in sorted(pairs.items()):
            if not row.same:
                self.groups.keep_apart(one, other)
        self.work.curated = pairs
        return set(pairs)

    def _judged(self, by_hand: set[Pair]) -> tuple[list[Scored], list[Scored]]:
        same: list[Scored] = []
        refused: list[Scored] = []
        for one, other in candidate_pairs(self.corpus):
            self.work.compared.add((one, other))
            if (one, other) in by_hand:
                continue
            found = self._judge(one, other)
            hard = self._hard[one, other] = is_hard(found)
            if hard and self.groups.root(one) != self.groups.root(other):
                self.groups.keep_apart(one, other)
            total = total_of(found.reasons)
            if found.same:
                same.append((-total, one, other))
            else:
                refused.append((sum(max(r.weight, 0.0) for r in found.reasons), one, other))
        return same, refused

    def _judge(self, one: int, other: int, alone: bool = False) -> Judgement:
        return judge(self.corpus.records[one], self.corpus.records[other], self.corpus, alone)

    def _try(self, one: int, other: int, alone: bool) -> None:
        """Join two records' groups unless something keeps them apart."""
        if self.groups.root(one) == self.groups.root(other):
            return
        reason = self._conflict(one, other)
        if reason:
            self.work.conflicts[one, other] = reason
            return
        self.work.joined[one, other] = self._judge(one, other, alone)
        self._join(one, other)

    def _conflict(self, one: int, other: int) -> str | None:
        records = self.corpus.records
        if self.groups.are_apart(one, other):
            return "something hard keeps the works apart that this would join"
        left, right = (self._telling(n) for n in (one, other))
        for a in left:
            for b in right:
                if self._keeps_apart(min(a, b), max(a, b)):
                    return f"{records[a].ref} and {records[b].ref} are two works, and this would join them"
        return None

    def _telling(self, number: int) -> list[int]:
        """Return the few records of a group that say most, one a signature."""
        root = self.groups.root(number)
        return self._most.get(root) or [root]

    def _join(self, one: int, other: int) -> None:
        """Make two groups one, and keep the few of their records that say most."""
        a, b = self.groups.root(one), self.groups.root(other)
        if a == b:
            return
        first: dict[int, int] = {}
        for member in sorted((*self._telling(a), *self._telling(b))):
            first.setdefault(self.corpus.ranks[member], member)
        most = sorted(first.values(), key=lambda n: (_rank(self.corpus.records[n]), n))[:_TELLING]
        self.groups.join(one, other)
        self._most.pop(a, None)
        self._most.pop(b, None)
        self._most[self.groups.root(one)] = most

    def _keeps_apart(self, one: int, other: int) -> bool:
        if (one, other) in self.work.curated:
            return not self.work.curated[one, other].same
        if (one, other) not in self._hard:
            self._hard[one, other] = is_hard(self._judge(one, other))
        return self._hard[one, other]

    def _keep_refusals(self, refused: Iterable[Scored]) -> None:
        """Keep for each two works the refusal that had most to overcome, and of these a few for each work."""
        kept: Counter[int] = Counter()
        seen: set[Pair] = set()
        for _, one, other in sorted((-spoke_for, one, other) for spoke_for, one, other in refused):
            a, b = sorted((self.groups.root(one), self.groups.root(other)))
            if a == b or (a, b) in seen or min(kept[a], kept[b]) >= _REFUSALS:
                continue
            seen.add((a, b))
            kept.update((a, b))
            self.work.refused[one, other] = self._judge(one, other)


def _rank(record: Record) -> tuple[bool, int]:
    told = bool(record.arxiv) + bool(record.doi) + 2 * bool(record.authors) + bool(record.year)
    return (not record.is_fact, -told)
