"""Works in, statements out: which methods they introduce, and who extends, uses or disputes whom."""

from __future__ import annotations

from pathlib import Path

from xaikg.describe.keys import relation_key
from xaikg.describe.methods import method_rows, methods_of
from xaikg.describe.refs import Works
from xaikg.describe.relations import relation_rows, relations_of
from xaikg.model import Description, Resolution

__all__ = ["describe", "references", "relation_key"]


def references(curated_dir: Path) -> frozenset[str]:
    """Return the papers that ``methods.toml`` and ``relations.toml`` name: ``arxiv:…``, ``doi:…``, ``title:…``.

    Raises CuratedError where a row is malformed.
    """
    introducing = method_rows(curated_dir)
    stated = relation_rows(curated_dir, (each.key for each in introducing))
    return frozenset(
        [
            *(reference for each in introducing for reference in each.introduced_in),
            *(reference for each in stated for reference in each.papers),
        ]
    )


def describe(resolution: Resolution, curated_dir: Path, *, context: bool) -> Description:
    """Return the methods and relations of a build.

    Rows about works that are not in the build are left out; with ``context`` (the shipped build) every work
    that a row names must be there. Raises CuratedError with file, line and reason.
    """
    works = Works(resolution.works)
    introducing = method_rows(curated_dir)
    stated = relation_rows(curated_dir, (each.key for each in introducing))
    found = methods_of(introducing, works, context=context)
    return Description(found, relations_of(stated, found, works, context=context))
