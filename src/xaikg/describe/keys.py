"""The permanent key of a relation: made of what it says and who says it, so rows may be moved freely."""

from __future__ import annotations

import hashlib

from xaikg.model import End, RelationType

__all__ = ["relation_key"]


def relation_key(source: End, type: RelationType, target: End, by: str) -> str:  # noqa: A002
    """Return the slug of a relation: readable ends and type, and six hex digits that tell kinds and agents apart.

    >>> relation_key(End("method", "grad-cam"), RelationType.GENERALIZES, End("method", "cam"), "xaikg")
    'grad-cam-generalizes-cam-683fc2'
    """
    said = "\n".join((source.kind, source.key, type.value, target.kind, target.key, by))
    verb = type.value.lower().replace("_", "-")
    return f"{source.key}-{verb}-{target.key}-{hashlib.sha256(said.encode()).hexdigest()[:6]}"
