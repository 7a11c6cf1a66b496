"""Counts of a snapshot."""

from __future__ import annotations

from tables.naive import NaiveStore
from tables.worlds import Listed, Named, Paper, Related, World
from xaikg.query.statistics import statistics

A, B, M = ("paper", "a"), ("paper", "b"), ("method", "m")
WORLD = World(
    papers=tuple(Paper(key) for key in "abcde"),
    methods=(Named("m", "M"),),
    lists=("one", "two", "empty"),
    listings=(
        Listed("e1", "one", "a"),
        Listed("e2", "one", "a", line=2),
        Listed("e3", "two", "a"),
        Listed("e4", "two", "b"),
        Listed("e5", "one", "c"),
    ),
    relations=(
        Related("r1", "EXTENDS", A, B),
        Related("r2", "EXTENDS", A, M, method="DERIVED"),
        Related("r3", "EXTENDS", B, M, method="DERIVED"),
        Related("r4", "CRITIQUES", A, M),
        Related("r5", "USES", A, M, status="REJECTED"),
    ),
)


def test_everything_is_counted_once() -> None:
    assert statistics(NaiveStore(WORLD)) == {
        "papers": 5,
        "methods": 1,
        "authors": 0,
        "venues": 0,
        "lists": {
            "empty": {"entries": 0, "papers": 0, "rejected": 2},
            "one": {"entries": 3, "papers": 2, "rejected": 2},
            "two": {"entries": 2, "papers": 2, "rejected": 2},
        },
        "relations": 5,
        "relations_by_type": {
            "EXTENDS": {"all": 3, "CURATED": 1, "DERIVED": 2},
            "CRITIQUES": {"all": 1, "CURATED": 1, "DERIVED": 0},
        },
        "relations_by_status": {"ACCEPTED": 4, "REJECTED": 1},
        "works_by_number_of_lists": {"0": 2, "1": 2, "2": 1},
    }


def test_a_snapshot_of_nothing_counts_nothing() -> None:
    found = statistics(NaiveStore(World()))
    assert found["papers"] == found["relations"] == 0
    assert (found["lists"], found["relations_by_type"], found["works_by_number_of_lists"]) == ({}, {}, {"0": 0})
