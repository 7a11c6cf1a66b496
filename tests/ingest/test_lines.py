"""Pieces of lists, each with what a reader finds in it.

A file of ``lines/`` holds cases parted by ``====``: the text, a line with a full stop, and one JSON object
for each mention and reject, by line. After a change of the rules ``python tests/ingest/test_lines.py`` writes
what is found now; read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xaikg import ingest
from xaikg.errors import SourceError
from xaikg.ingest.lists import mention_row

LINES = sorted((Path(__file__).parent / "lines").glob("*.md"))


def cases(path: Path) -> list[tuple[str, list[Any]]]:
    parted = [case.split("\n.\n") for case in path.read_text(encoding="utf-8").split("\n====\n")]
    return [(text, [json.loads(line) for line in expected.strip().split("\n")]) for text, expected in parted]


def found(text: str) -> list[Any]:
    try:
        read = ingest.read_text(text + "\n", "list")
    except SourceError as fault:
        return [{"refused": fault.reason}]
    rows = [(each.place, mention_row(each)) for each in read.mentions]
    rejected = [(each.place, each.reason) for each in read.rejects]
    rows += [(place, {"first": place.first, "last": place.last, "reject": reason}) for place, reason in rejected]
    return [row for _, row in sorted(rows, key=lambda row: (row[0].first, row[0].ordinal))]


NAMED = [(f"{path.stem}-{number}", *case) for path in LINES for number, case in enumerate(cases(path), 1)]


@pytest.mark.parametrize(("name", "text", "expected"), NAMED, ids=[name for name, *_ in NAMED])
def test_a_piece_of_a_list_reads_as_it_was_checked(name: str, text: str, expected: list[Any]) -> None:
    assert found(text) == expected


def test_there_is_a_case_for_every_way_of_writing() -> None:
    assert len(NAMED) >= 80


if __name__ == "__main__":
    for each in LINES:
        written = [
            (text, "\n".join(json.dumps(row, ensure_ascii=False) for row in found(text))) for text, _ in cases(each)
        ]
        each.write_text("\n====\n".join(f"{text}\n.\n{rows}" for text, rows in written) + "\n", encoding="utf-8")
