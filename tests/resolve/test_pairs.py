"""Real near-duplicate titles, judged by hand, resolved without the authority file's facts."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import pytest

from xaikg.model import ReadingList
from xaikg.resolve import Authority, explain, resolve

HERE = Path(__file__).parent


def rows(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


PAIRS = [(name, row) for name in ("pairs.tsv", "heldout.tsv") for row in rows(name)]


@pytest.mark.parametrize(("name", "row"), PAIRS, ids=[f"{n}-{r['left'][:30]}-{r['why'][:30]}" for n, r in PAIRS])
def test_pair_is_judged_as_by_hand(
    name: str, row: dict[str, str], lists: Callable[..., ReadingList], venues: Authority
) -> None:
    given = [
        lists("a", f"{row['left']} | {row['left_more'] or ''}"),
        lists("b", f"{row['right']} | {row['right_more'] or ''}"),
    ]
    found = resolve(given, venues)
    explained = explain("a:1", "b:1", given, venues)
    assert (len(found.works) == 1) == (row["same"] == "yes"), explained.reasons
    assert explained.same == (len(found.works) == 1)
    assert explained.reasons


def test_both_tables_have_enough_of_both_kinds() -> None:
    kinds = [row["same"] for _, row in PAIRS]
    assert len(rows("pairs.tsv")) >= 100
    assert len(rows("heldout.tsv")) >= 60
    assert min(kinds.count("yes"), kinds.count("no")) >= 70
    assert set(kinds) == {"yes", "no"}
