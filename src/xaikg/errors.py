"""Every error that xaikg raises on purpose.

    XaikgError                  what went wrong, where, and the next step
    ├── SourceError             a reading list cannot be read (missing, a folder, binary, not UTF-8 …)
    ├── CuratedError            a curated line is malformed or contradicts another
    ├── InvalidGraphError       the graph breaks a shape; nothing was written
    ├── SnapshotError           a snapshot cannot be used
    │   ├── NotBuiltError       there is none
    │   ├── DamagedError        a file is missing, cut or changed
    │   └── OutdatedError       it has the format of another version
    ├── EncoderError            a model cannot be loaded or does not fit the snapshot
    ├── UsageError              a wrong argument from a caller
    │   ├── NotFoundError       nothing has this name
    │   └── AmbiguousNameError  several things have this name
    └── ServeError              the server cannot start (a taken port …)

A message is one sentence that says what, where and what to do next; the objects it speaks of are
attributes, so that a caller need not parse it.
"""

from __future__ import annotations

from pathlib import Path

__all__ = [
    "AmbiguousNameError",
    "CuratedError",
    "DamagedError",
    "EncoderError",
    "InvalidGraphError",
    "NotBuiltError",
    "NotFoundError",
    "OutdatedError",
    "ServeError",
    "SnapshotError",
    "SourceError",
    "UsageError",
    "XaikgError",
]


class XaikgError(Exception):
    """The root of all errors below."""


class SourceError(XaikgError):
    """A reading list cannot be read: ``path`` and, where known, ``line`` (from 1)."""

    def __init__(self, path: Path | str, reason: str, line: int | None = None) -> None:
        self.path, self.reason, self.line = path, reason, line
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}")


class CuratedError(XaikgError):
    """A curated file holds a line that cannot be used: ``path``, ``line`` (from 1) and ``reason``."""

    def __init__(self, path: Path | str, line: int | None, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"{path}{f':{line}' if line else ''}: {reason}")


class InvalidGraphError(XaikgError):
    """The graph breaks its shapes; ``violations`` are sentences, one a broken constraint."""

    def __init__(self, violations: tuple[str, ...]) -> None:
        self.violations = violations
        shown = "\n  ".join(violations[:20])
        more = f"\n  … and {len(violations) - 20} more" if len(violations) > 20 else ""
        super().__init__(f"the graph breaks {len(violations)} rule(s), nothing was written:\n  {shown}{more}")


class SnapshotError(XaikgError):
    """A snapshot cannot be used."""


class NotBuiltError(SnapshotError):
    """There is no snapshot under ``home``."""

    def __init__(self, home: Path | str) -> None:
        self.home = home
        super().__init__(f"no snapshot in {home}; run 'xaikg build'")


class DamagedError(SnapshotError):
    """A file of a snapshot is missing, cut short or changed: ``path`` and ``reason``."""

    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"{path}: {reason}; run 'xaikg build' to make the snapshot anew")


class OutdatedError(SnapshotError):
    """A snapshot was written by another version of the format."""

    def __init__(self, path: Path | str, found: int, wanted: int) -> None:
        self.path, self.found, self.wanted = path, found, wanted
        super().__init__(f"{path} has snapshot format {found}, this version reads {wanted}; run 'xaikg build'")


class EncoderError(XaikgError):
    """A sentence model cannot be loaded, or is not the one that the snapshot was made with."""


class UsageError(XaikgError):
    """A caller's argument is wrong; the message says which and what it may be."""


class NotFoundError(UsageError):
    """Nothing has this name; ``nearest`` holds the closest known names, best first."""

    def __init__(self, what: str, name: str, nearest: tuple[str, ...] = ()) -> None:
        self.what, self.name, self.nearest = what, name, nearest
        hint = f"; nearest: {', '.join(nearest)}" if nearest else ""
        super().__init__(f"no {what} named {name!r}{hint}")


class AmbiguousNameError(UsageError):
    """Several entities have this name; ``candidates`` are their IRIs or keys."""

    def __init__(self, what: str, name: str, candidates: tuple[str, ...]) -> None:
        self.what, self.name, self.candidates = what, name, candidates
        super().__init__(f"{len(candidates)} {what}s are named {name!r}: {', '.join(candidates)}; say which")


class ServeError(XaikgError):
    """The server cannot start."""
