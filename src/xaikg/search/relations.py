"""The RELATIONS signal: accepted relations between two papers, direct or over one other work.

A paper and the methods that it introduces count as one work. A direct relation is worth the weight of its type times
its confidence; a path over a third work is worth the product of both, halved, and less the more relations that work
has, so that what everybody extends connects nobody closely.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from xaikg.model import RelationType
from xaikg.search.index import SearchIndex
from xaikg.search.signals import Candidates, Clues, Seed, either
from xaikg.tables.store import EntityStore, Kind, RelationFilter, RelationRow

__all__ = ["TYPE_WEIGHTS", "VERBS", "relations"]

Work = tuple[Kind, str]
"""A paper, or a method that no paper introduces."""

TYPE_WEIGHTS: dict[RelationType, float] = {
    RelationType.EXTENDS: 1.0,
    RelationType.REPLIES_TO: 1.0,
    RelationType.GENERALIZES: 0.9,
    RelationType.CRITIQUES: 0.9,
    RelationType.SUPPORTS: 0.8,
    RelationType.COMPARES: 0.7,
    RelationType.USES: 0.7,
    RelationType.EVALUATES: 0.5,
    RelationType.SURVEYS: 0.3,
}
VERBS: dict[RelationType, str] = {
    RelationType.EXTENDS: "extends",
    RelationType.GENERALIZES: "generalizes",
    RelationType.USES: "uses",
    RelationType.CRITIQUES: "critiques",
    RelationType.REPLIES_TO: "replies to",
    RelationType.SUPPORTS: "supports",
    RelationType.COMPARES: "compares itself with",
    RelationType.EVALUATES: "evaluates",
    RelationType.SURVEYS: "surveys",
}
_SAME_METHOD = 0.9
_SECOND_STEP = 0.5
_SHOWN = 2


@dataclass(frozen=True, slots=True)
class Step:
    """A way from one work to another: a relation, or a method that both introduce (``relation`` is None)."""

    origin: Work
    target: Work
    strength: float
    relation: RelationRow | None
    method: str | None = None


def relations(store: EntityStore, index: SearchIndex, seed: Seed, among: Candidates) -> Clues:
    """Return which are joined to the seed by accepted relations, directly or over one other work."""
    paths: dict[int, list[tuple[float, tuple[Step, ...]]]] = {}
    start = [seed.end] if seed.end is not None else []
    first = _steps(store, start)
    for step in first:
        _collect(paths, among, step.strength, (step,))
    before = {step.target: step for step in sorted(first, key=lambda step: step.strength)}
    second = _steps(store, [work for work in before if work not in start])
    degrees: dict[Work, int] = {}
    for step in second:
        degrees[step.origin] = degrees.get(step.origin, 0) + 1
    for step in second:
        if step.target not in start:
            way = before[step.origin]
            damping = _SECOND_STEP / math.sqrt(max(1, degrees[step.origin] - 1))
            _collect(paths, among, way.strength * step.strength * damping, (way, step))
    strengths = np.zeros(len(among.keys))
    for place, found in paths.items():
        found.sort(key=lambda path: -path[0])
        strengths[place] = either(*(strength for strength, _ in found))
    return Clues(strengths, lambda places: _whys(store, [paths.get(place, []) for place in places]))


def _collect(
    paths: dict[int, list[tuple[float, tuple[Step, ...]]]],
    among: Candidates,
    strength: float,
    steps: tuple[Step, ...],
) -> None:
    kind, key = steps[-1].target
    for place in among.places([key]) if kind == "paper" else ():
        paths.setdefault(place, []).append((strength, steps))


def _steps(store: EntityStore, works: Sequence[Work]) -> list[Step]:
    """Return every step away from some works, sorted, in a fixed number of reads."""
    papers = [key for kind, key in works if kind == "paper"]
    rows = {row.key: row for row in store.papers(papers) if row is not None}
    own = {method for row in rows.values() for method in row.introduces}
    methods = sorted(own | {key for kind, key in works if kind == "method"})
    touching = {key for keys in store.relations_of("paper", sorted(rows), "both", RelationFilter()) for key in keys}
    touching |= {key for keys in store.relations_of("method", methods, "both", RelationFilter()) for key in keys}
    related = [row for row in store.relations(sorted(touching)) if row is not None]
    ends = {key for row in related for kind, key in (row.source, row.target) if kind == "method"}
    introduced = {row.key: row.introduced_in for row in store.methods(sorted(ends | set(methods))) if row is not None}
    wanted = set(works)
    steps: list[Step] = []
    for row in related:
        strength = TYPE_WEIGHTS[row.type] * row.confidence
        for near, far in ((row.source, row.target), (row.target, row.source)):
            for origin in _works(near, introduced):
                targets = [work for work in _works(far, introduced) if work != origin]
                steps.extend(Step(origin, target, strength, row) for target in targets if origin in wanted)
    for method in sorted(own):
        both: list[Work] = [("paper", key) for key in introduced.get(method, ())]
        pairs = ((a, b) for a in both for b in both if a != b and a in wanted)
        steps.extend(Step(a, b, _SAME_METHOD, None, method) for a, b in pairs)
    return sorted(steps, key=lambda s: (s.origin, s.target, -s.strength, s.relation.key if s.relation else ""))


def _works(end: tuple[Kind, str], introduced: dict[str, tuple[str, ...]]) -> list[Work]:
    """Return the works that an end of a relation stands for."""
    papers: list[Work] = [("paper", key) for key in introduced.get(end[1], ())] if end[0] == "method" else []
    return papers or [end]


def _whys(store: EntityStore, found: Sequence[Sequence[tuple[float, tuple[Step, ...]]]]) -> list[str]:
    """Return for each candidate the sentence of its strongest paths; names are read in two batches."""
    shown = [[steps for _, steps in paths[:_SHOWN]] for paths in found]
    names = _names(store, (step for ways in shown for way in ways for step in way))
    return ["; ".join(dict.fromkeys(_sentence(step, names) for way in ways for step in way)) for ways in shown]


def _names(store: EntityStore, steps: Iterable[Step]) -> dict[Work, str]:
    ends: set[Work] = set()
    for step in steps:
        ends |= {step.relation.source, step.relation.target} if step.relation else {("method", step.method or "")}
    papers = sorted(key for kind, key in ends if kind == "paper")
    methods = sorted(key for kind, key in ends if kind == "method")
    names: dict[Work, str] = {("paper", row.key): row.title for row in store.papers(papers) if row is not None}
    return names | {("method", row.key): row.name for row in store.methods(methods) if row is not None}


def _sentence(step: Step, names: dict[Work, str]) -> str:
    if step.relation is None:
        return f"both introduce {names.get(('method', step.method or ''), step.method)}"
    source, target = (names.get(end, end[1]) for end in (step.relation.source, step.relation.target))
    return f"{source} {VERBS[step.relation.type]} {target}"
