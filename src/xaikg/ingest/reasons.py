"""Why a draft is no entry: a sentence for each reason, as its reject will say it."""

from __future__ import annotations

import re

from xaikg.ingest.draft import Draft
from xaikg.ingest.rules.fields import Field, announced, field
from xaikg.ingest.rules.links import place_role
from xaikg.ingest.rules.sections import holds_papers, reason_against
from xaikg.ingest.rules.text import is_prose, word_count, words
from xaikg.ingest.rules.title import looks_like_title
from xaikg.ingest.rules.venue import is_named, venue
from xaikg.ingest.rules.year import YEAR
from xaikg.model import LinkRole

__all__ = ["SILENT", "is_entry_alone", "is_linked_heading", "reason"]

SILENT = "-"
"""Stands for a draft that nobody would take for an entry: prose, a plain heading."""


def reason(one: Draft, near: bool, any_solid: bool) -> str:
    """Return why a draft is no entry; an empty text where it is one.

    ``near`` tells that sure entries stand beside it, ``any_solid`` that the list has some at all.
    """
    if one.block.kind == "heading":
        return "" if is_linked_heading(one) else SILENT
    if one.block.kind == "paragraph":
        return _paragraph_reason(one, near)
    if not one.title:
        return _untitled_reason(one)
    if said := _sentence_reason(one):
        return said
    if one.block.kind == "row":
        return _row_reason(one)
    if one.is_solid:
        if one.links and not one.facts.authors and all(x.role is LinkRole.BLOG for x in one.links):
            return "a post, not a paper"
        return ("a venue, not a paper" if _names_venue(one) else _against(one)) or _note_reason(one)
    return _weak_reason(one, near, any_solid)


def is_entry_alone(one: Draft) -> bool:
    """Tell whether a bullet or row is an entry whatever stands beside it."""
    sure = not one.reason and one.is_solid and one.block.kind in {"item", "row"}
    return sure and not is_prose(one.title) and _against(one) is None


def is_linked_heading(one: Draft) -> bool:
    """Tell whether a heading is a title that links to its paper."""
    return one.how == "link" and one.has_paper_address and one.title_words >= 3 and not one.lead and not one.rest


def _against(one: Draft) -> str | None:
    """Return why the section speaks against an entry that does not show itself to be a paper."""
    said = reason_against(one.block.section)
    if said is None or one.has_paper_label:
        return None
    if one.has_paper_address and (one.title_words >= 4 or one.identifiers()):
        return None
    linked = any(x.role is LinkRole.PAPER for x in one.links) and "talks" not in said
    return None if one.is_reference and (linked or not one.links) else said


_NEWS = re.compile(rf"\W*{YEAR}[./-]\d{{1,2}}[./-]\d{{1,2}}\b\W*\s")


def _sentence_reason(one: Draft) -> str:
    if _NEWS.match(one.block.parts[0].text if one.block.parts else "") and not one.links and not one.facts.authors:
        return "news of the list"
    if one.task == "open" and not one.is_solid:
        return "an open task"
    if one.lead and is_prose(one.lead):
        return "a sentence, not a title"
    if any(map(_is_weighty, one.kids)) and (not one.is_solid or _only_names(one)):
        return "a name for the bullets below it"
    if one.how in {"link", "quotation", "cell"} and one.has_paper_address:
        return ""
    return "" if looks_like_title(one.title) else "a sentence, not a title"


def _only_names(one: Draft) -> bool:
    """Tell whether a short text with links stands above references that are entries themselves."""
    short = one.how == "plain" and one.title_words <= 5 and not one.facts.says_something
    return short and sum(k.is_reference and not k.links for k in one.kids) > 1


def _is_weighty(kid: Draft) -> bool:
    if not kid.title:
        return False
    return kid.is_solid or bool(kid.links) or kid.how == "link" or any(map(_is_weighty, kid.kids))


_MEETING = re.compile(r"\b(?:proceedings|workshop|conference|symposium)\b", re.IGNORECASE)


def _names_venue(one: Draft) -> bool:
    """Tell whether a title is the name of a meeting or its proceedings."""
    if one.facts.authors or not _MEETING.search(one.title):
        return False
    named = venue(one.title)
    dated = re.search(YEAR, one.title) or any(is_named(w) and w.isupper() for w in words(one.title))
    return (named is not None and named.sure) or bool(dated)


def _note_reason(one: Draft) -> str:
    told = announced(one.title)
    return "a remark" if one.how == "plain" and told and told[0] is Field.NOTE and not one.is_reference else ""


def _untitled_reason(one: Draft) -> str:
    says = bool(one.links) or one.facts.says_something
    if one.inner and not says:
        return "a link into this page"
    if any(map(_is_weighty, one.kids)):
        return "a name for the bullets below it"
    if one.inner and not one.links:
        return "a link into this page"
    if one.block.kind == "row" and not says:
        return "a row without a title"
    if one.facts.venue:
        return "a venue, not a paper"
    is_empty = (
        not says and not one.rest and one.block.kind != "row" and not any(p.text.strip() for p in one.block.parts)
    )
    return SILENT if is_empty else "no title"


# --------------------------------------------------------------------------- rows


def _row_reason(one: Draft) -> str:
    if one.has_paper or one.is_reference or one.facts.year or one.facts.authors:
        return ""
    if one.inner and not one.links:
        return "a link into this page"
    if one.only_code and one.how == "link":
        return "a code repository without a paper"
    heads = one.block.table.heads if one.block.table else ()
    meant = any(field(h) in {Field.TITLE, Field.AUTHORS, Field.VENUE, Field.CITATIONS} for h in heads)
    return "" if meant and reason_against(one.block.section) is None else "a row that names no paper"


# --------------------------------------------------------------------------- bullets


def _weak_reason(one: Draft, near: bool, any_solid: bool) -> str:
    """Judge a bullet whose links and text do not show that a paper is meant."""
    if one.inner and not one.links:
        return "a link into this page"
    if one.how == "link" and place_role(one.url or "") is LinkRole.CODE:
        return "a code repository without a paper"
    if said := reason_against(one.block.section):
        return said
    if one.how == "link":
        return _linked_reason(one, near)
    if one.links and (said := _links_reason(one, near)) is not None:
        return said
    if one.title_words >= 3 and (one.facts.year or one.facts.venue or one.facts.authors):
        meant = near or one.how != "plain" or holds_papers(one.block.section) or not one.rest
        return "" if meant else "no link, and the text is no reference"
    if one.rest and one.how == "plain":
        return "a remark"
    only = not any_solid and one.title_words >= 3 and not one.task
    meant = near or (only and (holds_papers(one.block.section) or one.labelled))
    return "" if meant else "no link, year, venue or author, and no entry beside it"


def _links_reason(one: Draft, near: bool) -> str | None:
    """Judge by links that are no paper's; None where they do not decide."""
    if one.only_code:
        meant = near and one.title_words >= 4 and one.how == "plain" and not one.rest
        return "" if meant else "a code repository without a paper"
    if all(x.role is LinkRole.BLOG for x in one.links):
        return "a post, not a paper"
    if not one.labelled and any(place_role(x.url) in {LinkRole.OTHER, LinkRole.BLOG} for x in one.links):
        return "a link to no paper"
    return None


_TEACHES = re.compile(
    r"^(?:an? )?(?:introduction|intro|guide|tutorial|course|lecture|beginner|getting|how to)\b"
    r"|\b(?:tutorial|course|lectures?|guide|cheat ?sheet|newsletter|podcast)$",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"^https?://[^/]+/?$|/(?:blogs?|posts?|news|tutorials?|courses?|articles?|docs?|wiki|questions|watch|events?)/",
    re.IGNORECASE,
)


def _linked_reason(one: Draft, near: bool) -> str:
    if not one.url:
        return "" if near and not one.inner and one.title_words >= 2 else "a link to a place in this list"
    placed = place_role(one.url)
    if placed is LinkRole.OTHER:
        return "a link to no paper"
    if placed is LinkRole.BLOG and not (near and one.facts.venue):
        return "a post, not a paper"
    if one.facts.year or one.facts.authors or one.facts.venue:
        return ""
    if one.title_words >= 3 and (near or holds_papers(one.block.section)):
        return ""
    plain = one.title_words >= 5 and not _TEACHES.search(one.title) and not _PAGES.search(one.url)
    return "" if plain else "a link that shows no paper"


# --------------------------------------------------------------------------- paragraphs


def _paragraph_reason(one: Draft, near: bool) -> str:
    """Judge a paragraph: it is an entry only if hardly anything stands in it but a title and facts."""
    shows = one.has_paper or one.is_reference
    if one.title and not shows and one.links and not one.lead and word_count(one.rest) <= 6 and not is_prose(one.title):
        if one.how != "link" and not one.only_code and not (near and one.labelled and one.facts.says_something):
            return SILENT
        return reason_against(one.block.section) or _weak_reason(one, near, any_solid=True)
    if not one.title or not shows:
        return SILENT
    mentions = "prose with a link to a paper" if one.has_paper_address else SILENT
    least = 3 if one.how == "plain" and not one.is_reference else 2
    if one.lead or not looks_like_title(one.title) or one.title_words < least:
        return mentions
    if one.how == "link":
        ok = one.has_paper_address or bool(one.facts.year or one.facts.authors)
        return "" if ok and not is_prose(one.rest) else mentions
    if not _is_short_enough(one) or (reason_against(one.block.section) or "").endswith("itself"):
        return mentions
    if one.how == "plain" and not one.has_paper and not (one.facts.authors and one.facts.year):
        return SILENT
    return ""


def _is_short_enough(one: Draft) -> bool:
    """Tell whether hardly anything stands behind the title, or behind a whole reference no more than a line."""
    shown = one.has_paper and one.labelled and (one.facts.year or one.facts.venue) and not is_prose(one.rest)
    return word_count(one.rest) <= (25 if shown and (one.how == "bold" or one.facts.authors) else 3)
