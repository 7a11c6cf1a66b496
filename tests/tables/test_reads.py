"""The number of reads of a call is the same for one key and for a hundred."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from xaikg.tables import ColumnStore
from xaikg.tables.counting import CountingStore
from xaikg.tables.files import Files
from xaikg.tables.store import KINDS, Filter, Kind, Order, StringFilter


class CountingFiles(Files):
    reads = 0

    def column(self, *args: Any) -> Any:
        self.reads += 1
        return super().column(*args)

    def rows(self, *args: Any) -> Any:
        self.reads += 1
        return super().rows(*args)

    def follow(self, *args: Any) -> Any:
        self.reads += 1
        return super().follow(*args)

    def children(self, *args: Any) -> Any:
        self.reads += 1
        return super().children(*args)


@pytest.fixture
def files(many: Path) -> CountingFiles:
    return CountingFiles(many)


def reads(files: CountingFiles, call: Callable[[], object]) -> int:
    before = files.reads
    call()
    return files.reads - before


@pytest.mark.parametrize("kind", KINDS)
def test_rows_take_as_many_reads_for_one_key_as_for_a_hundred(files: CountingFiles, kind: Kind) -> None:
    store = ColumnStore(files)
    keys = store.keys(kind)
    counts = {reads(files, partial(getattr(store, f"{kind}s"), keys[:number])) for number in (1, 2, 100)}
    assert len(counts) == 1
    assert counts.pop() > 0


def test_edges_take_as_many_reads_for_one_key_as_for_a_hundred(files: CountingFiles) -> None:
    store = ColumnStore(files)
    keys = store.keys("relation")
    assert len({reads(files, partial(store.edges, keys[:number])) for number in (1, 2, 100)}) == 1


@pytest.mark.parametrize("direction", ["out", "in", "both"])
@pytest.mark.parametrize("kind", ["paper", "method"])
def test_relations_take_as_many_reads_for_one_key_as_for_a_hundred(
    files: CountingFiles, kind: Kind, direction: Any
) -> None:
    store = ColumnStore(files)
    keys = store.keys(kind)
    counts = {reads(files, partial(store.relations_of, kind, keys[:number], direction)) for number in (1, 5, 100)}
    assert len(counts) == 1
    assert counts.pop() > 0


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_takes_as_many_reads_for_one_row_as_for_a_hundred(files: CountingFiles, kind: Kind) -> None:
    store = ColumnStore(files)
    order = (Order("year"), Order("text"), Order("count"))
    where = Filter(not_=Filter(text=StringFilter(eq="nothing")))
    counts = {reads(files, partial(store.page, kind, where, order, first=number)) for number in (1, 5, 100)}
    assert len(counts) == 1


def test_a_counting_store_answers_like_its_own_and_counts_every_call(many: Path) -> None:
    store = ColumnStore(Files(many))
    counting = CountingStore(store)
    assert counting.papers(["p001", "x"]) == store.papers(["p001", "x"])
    assert counting.page("paper", first=2) == store.page("paper", first=2)
    assert counting.relations_of("paper", ["p001"], "both") == store.relations_of("paper", ["p001"], "both")
    counting.papers(["p002"])
    assert counting.reads == {"papers": 2, "page": 1, "relations_of": 1}
    assert counting.total == 4
