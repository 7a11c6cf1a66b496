"""The graph as text: canonical N-Quads, the same bytes for the same statements, in any order, on any machine."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse, serialize

from xaikg.errors import DamagedError

__all__ = ["canonical", "ordered", "read"]


def canonical(quads: Iterable[Quad]) -> bytes:
    r"""Return canonical N-Quads: UTF-8, one statement a line, lines sorted by their bytes, none twice.

    >>> from pyoxigraph import Literal, NamedNode
    >>> a, b = NamedNode("x:a"), NamedNode("x:b")
    >>> canonical([Quad(b, b, Literal("é"), a), Quad(a, b, b, a), Quad(a, b, b, a)]).decode()
    '<x:a> <x:b> <x:b> <x:a> .\n<x:b> <x:b> "é" <x:a> .\n'
    """
    return b"".join(sorted(set(_lines(list(quads)))))


def ordered(quads: Iterable[Quad]) -> list[Quad]:
    """Return the quads in the order in which :func:`canonical` writes them, none twice."""
    given = list(quads)
    by_line = dict(zip(_lines(given), given, strict=True))
    return [by_line[line] for line in sorted(by_line)]


def read(path: Path) -> list[Quad]:
    """Return the quads of an N-Quads file; raises DamagedError with the line that cannot be read."""
    try:
        return list(parse(path=path, format=RdfFormat.N_QUADS))
    except SyntaxError as error:
        where = f"line {error.lineno} is" if error.lineno else "it holds what is"
        raise DamagedError(path, f"{where} no N-Quads statement ({error.msg})") from error
    except OSError as error:
        raise DamagedError(path, f"cannot be read ({error.strerror or error})") from error


def _lines(quads: list[Quad]) -> list[bytes]:
    """Return the line of each quad: a line break inside a literal is always escaped."""
    written = serialize(quads, format=RdfFormat.N_QUADS)
    assert written is not None  # bytes, since no output was named
    return written.splitlines(keepends=True)
