"""The values between the text of a list and its entries: blocks of Markdown with their place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

__all__ = ["Block", "Inline", "Table"]


@dataclass(frozen=True, slots=True)
class Inline:
    """Inline Markdown of one paragraph, heading or HTML block, and the line (from 1) on which it begins."""

    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Table:
    """The header of a table: the text of each column's head, and the table's number in the list."""

    heads: tuple[str, ...]
    number: int


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of a list that may be an entry.

    ``kind`` is item, row, paragraph or heading; ``group`` numbers the bullet list or table that it stands in.
    ``parts`` are its paragraphs, or its cells; ``kids`` the bullets below it. ``references`` are the
    document's link definitions; ``head`` marks the first row of a table.
    """

    kind: str
    section: tuple[str, ...]
    first: int
    last: int
    group: int
    parts: tuple[Inline, ...]
    kids: tuple[Block, ...] = ()
    table: Table | None = None
    head: bool = False
    references: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)
