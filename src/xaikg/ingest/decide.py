"""Drafts in the light of the whole list: which are entries, and why the others are none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xaikg.ingest.draft import Draft, unique
from xaikg.ingest.reasons import SILENT, is_entry_alone, is_linked_heading, reason
from xaikg.ingest.rules.meta import merged

__all__ = ["decided"]


def decided(found: Sequence[Draft]) -> list[Draft]:
    """Return the drafts that are entries, and with a ``reason`` those that could have been.

    What is neither (prose without a link to a paper, plain headings) is left out.
    """
    found = _with_orphans(found)
    sure = [d for d in found if is_entry_alone(d) or (d.block.kind == "paragraph" and reason(d, False, False) == "")]
    groups = {_group(d) for d in sure if d.block.kind != "paragraph"}
    sections = {d.block.section for d in sure if d.block.kind != "row"}
    out: list[Draft] = []
    for one in found:
        near = _group(one) in groups or one.block.section in sections
        said = one.reason or reason(one, near, bool(sure))
        if said != SILENT:
            out.append(replace(one, reason=said))
    return out


def _group(one: Draft) -> tuple[str, int]:
    return one.block.kind, one.block.group


def _with_orphans(found: Sequence[Draft]) -> list[Draft]:
    """Give a paragraph of nothing but authors, year, venue or labelled links to the entry right before it."""
    out: list[Draft] = []
    for one in found:
        last = out[-1] if out else None
        if last is not None and _belongs(last, one):
            out[-1] = replace(
                last,
                last=one.last,
                facts=merged(last.facts, one.facts),
                links=unique([*last.links, *one.links]),
                aliases=tuple(dict.fromkeys([*last.aliases, *one.aliases])),
                labelled=last.labelled or one.labelled,
            )
        else:
            out.append(one)
    return out


def _belongs(last: Draft, one: Draft) -> bool:
    """Tell whether a paragraph right behind an entry only says more about it."""
    if one.block.kind != "paragraph" or not last.title or last.reason or last.block.kind == "row":
        return False
    if one.first - last.last > 2 or one.title or one.rest:
        return False
    of_heading = last.block.kind == "heading"
    above = one.block.section[:-1] if of_heading else one.block.section
    if above != last.block.section or (of_heading and not is_linked_heading(last)):
        return False
    is_line = len(one.block.parts) == 1 and one.block.parts[0].text.strip("* ").count("**") == 0
    if is_line and one.block.parts[0].text.startswith("**") and not one.links:  # stands for a heading
        return False
    says = bool(one.links or one.facts.says_something or one.aliases)
    return says and not (last.facts.authors and one.facts.authors)
