"""Whether a snapshot is whole, and whether this installation is fit."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from xaikg import __version__, snapshot
from xaikg.config import Settings
from xaikg.errors import DamagedError, InvalidGraphError, NotBuiltError, SnapshotError
from xaikg.kg import KnowledgeGraph
from xaikg.rdf import export, validate

__all__ = ["Verified", "diagnosis", "verified"]

_SHOWN = (
    "pyoxigraph",
    "qdrant-edge-py",
    "sentence-transformers",
    "torch",
    "onnxruntime",
    "strawberry-graphql",
    "fastapi",
)


@dataclass(frozen=True, slots=True)
class Verified:
    """What a whole snapshot amounts to; ``fingerprint`` is a hex digest of every byte of it."""

    folder: str
    version: str
    fingerprint: str
    files: int
    triples: int
    counts: dict[str, int]


def verified(where: Path) -> Verified:
    """Return the fingerprint of a snapshot after checking digests, counts and shapes.

    DamagedError names the file that is wrong, InvalidGraphError the broken shapes.
    """
    opened = snapshot.open_snapshot(where)
    fingerprint = snapshot.verify(opened)
    quads = export.read(opened.nquads)
    if len(quads) != opened.triples:
        raise DamagedError(opened.nquads, f"holds {len(quads)} triples, {opened.triples} were written")
    with KnowledgeGraph(opened) as kg:
        if len(kg.triples) != opened.triples:
            raise DamagedError(
                opened.folder / "oxigraph", f"holds {len(kg.triples)} triples, {opened.triples} were written"
            )
        for kind, count in opened.counts.items():
            if (found := kg.store.count(kind)) != count:  # type: ignore[arg-type]
                raise DamagedError(opened.folder / "columns", f"hold {found} of kind {kind}, {count} were written")
    broken = tuple(str(each) for each in validate.violations(quads) if each.refuses)
    if broken:
        raise InvalidGraphError(broken)
    return Verified(str(opened.folder), opened.version, fingerprint, len(opened.files), opened.triples, opened.counts)


def diagnosis(settings: Settings) -> dict[str, Any]:
    """Return what is installed and in use, in words; the key ``problem`` is there only when something is wrong."""
    found: dict[str, Any] = {"xaikg": __version__, "python": platform.python_version()}
    for name in _SHOWN:
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            found[name] = "not installed"
    found |= {"home": str(settings.home), "model of a build": settings.model}
    try:
        opened = snapshot.open_snapshot(settings.home)
        with KnowledgeGraph(opened) as kg:
            found |= {
                "snapshot": str(opened.folder),
                "version": opened.version,
                "built at": opened.built_at,
                "triples": opened.triples,
                "model of the snapshot": kg.encoder.name,
            }
    except NotBuiltError as error:
        found["snapshot"] = str(error)
    except SnapshotError as error:
        found["problem"] = str(error)
    return found
