"""Where the ontology and the graph's text lie: in a checkout, or inside an installed copy."""

from __future__ import annotations

from pathlib import Path

__all__ = ["checkout", "graph_dir", "ontology_dir"]

_PACKAGE = Path(__file__).resolve().parent


def checkout() -> Path | None:
    """Return the root of the checkout that this code runs from, or None for an installed copy."""
    root = _PACKAGE.parent.parent
    return root if (root / "pyproject.toml").is_file() and (root / "ontology").is_dir() else None


def ontology_dir() -> Path:
    """Return the folder with ``xai.ttl``, ``shapes.ttl`` and ``rules/``."""
    return _folder("ontology")


def graph_dir() -> Path:
    """Return the folder with ``lists/`` and ``curated/``; read-only in an installed copy."""
    return _folder("graph")


def _folder(name: str) -> Path:
    root = checkout()
    return root / name if root else _PACKAGE / "_data" / name
