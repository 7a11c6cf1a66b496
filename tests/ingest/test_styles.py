"""Whole lists in styles of many kinds, each with what a reader finds in it, checked by eye.

After a change of the rules: ``python tests/ingest/test_styles.py`` writes the expected files anew; read the difference.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from xaikg import ingest
from xaikg.ingest.lists import mention_row

STYLES = sorted((Path(__file__).parent / "styles").glob("*.md"))


def found(path: Path) -> dict[str, Any]:
    read = ingest.read_text(path.read_text(encoding="utf-8"), path.stem)
    return {
        "title": read.title,
        "mentions": [mention_row(each) for each in read.mentions],
        "rejects": [[each.place.first, each.reason] for each in read.rejects],
    }


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_a_list_reads_as_it_was_checked(path: Path) -> None:
    assert json.loads(json.dumps(found(path))) == json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.stem)
def test_line_ends_do_not_matter(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    again = ingest.read_text(text.replace("\n", "\r\n"), path.stem)
    assert again.mentions == ingest.read_text(text, path.stem).mentions


if __name__ == "__main__":
    for each in STYLES:
        each.with_suffix(".json").write_text(
            json.dumps(found(each), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
