"""Relations between a few papers and methods, written as ``"b EXTENDS a"``, and graphs drawn at random."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from tables.naive import NaiveStore
from tables.worlds import Named, Paper, Related, World
from xaikg.model import RelationType
from xaikg.tables.store import EntityStore, Kind


def end(name: str) -> tuple[Kind, str]:
    """Return the node of a name: ``m:x`` is a method, anything else a paper."""
    return ("method", name[2:]) if name.startswith("m:") else ("paper", name)


def world(*relations: str, years: Mapping[str, int] | None = None, only: Sequence[str] = ()) -> World:
    """Return the world of relations such as ``"b EXTENDS a"`` or ``"b EXTENDS a 0.5 REJECTED DERIVED"``."""
    made = tuple(_relation(number, *text.split()) for number, text in enumerate(relations))
    ends = {each for relation in made for each in (relation.source, relation.target)} | {end(name) for name in only}
    dates = {end(name): year for name, year in (years or {}).items()}
    introduced = {key: year for (kind, key), year in dates.items() if kind == "method"}
    papers = [
        Paper(key, f"Title {key}", year=dates.get(("paper", key))) for kind, key in sorted(ends) if kind == "paper"
    ]
    papers += [Paper(f"of-{key}", "Introduces", year=year, introduces=(key,)) for key, year in introduced.items()]
    methods = tuple(Named(key, f"Method {key}") for kind, key in sorted(ends) if kind == "method")
    return World(papers=tuple(papers), methods=methods, relations=made)


def store(*relations: str, years: Mapping[str, int] | None = None, only: Sequence[str] = ()) -> EntityStore:
    """Return a store of these relations; their keys are r0, r1 and so on."""
    return NaiveStore(world(*relations, years=years, only=only))


def _relation(
    number: int, source: str, kind: str, target: str, sure: str = "1", status: str = "ACCEPTED", by: str = "CURATED"
) -> Related:
    return Related(f"r{number}", kind, end(source), end(target), sure, status, by)


def random_world(seed: int) -> World:
    """Return a world of up to nine nodes with relations of every kind, circles and doubles; the same for a seed."""
    chance = random.Random(seed)
    names = [*"abcdef", "m:x", "m:y", "m:z"][: chance.randint(2, 9)]
    types = ["EXTENDS"] * 5 + ["USES", "GENERALIZES", "CRITIQUES", "REPLIES_TO", "EVALUATES"]
    relations = [
        " ".join(
            (
                chance.choice(names),
                chance.choice(types),
                chance.choice(names),
                chance.choice(["0.2", "0.8", "1"]),
                chance.choice(["ACCEPTED"] * 5 + ["REJECTED", "PROPOSED"]),
                chance.choice(["CURATED", "CURATED", "RULE", "DERIVED"]),
            )
        )
        for _ in range(chance.randint(0, 16))
    ]
    years = {name: chance.randint(2010, 2014) for name in names if chance.random() < 0.8}
    return world(*relations, years=years, only=names)


LINEAGE = (RelationType.EXTENDS, RelationType.GENERALIZES, RelationType.USES)
"""Written out, so that a change of the default is noticed."""
