"""The bytes of a list as text, or one sentence that says why they are none."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from xaikg.errors import SourceError

__all__ = ["MAX_BYTES", "MAX_LINE", "MAX_LINES", "checked", "source_text"]

MAX_BYTES = 32 * 1024 * 1024
MAX_LINES = 300_000
MAX_LINE = 100_000
"""The longest list that is read: bytes, lines, and characters of a line."""

_BINARY = (b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b")


def source_text(path: Path) -> tuple[str, str, int]:
    r"""Return the text of a file without a byte-order mark, the SHA-256 of its bytes and the number of its lines.

    Line ends become ``\n``. Raises :class:`SourceError` where the file cannot be read as Markdown.
    """
    raw = _bytes(path)
    try:
        text = raw.removeprefix(b"\xef\xbb\xbf").decode()
    except UnicodeDecodeError as fault:
        line = _lines(raw[: fault.start].decode(errors="replace")).count("\n") + 1
        raise SourceError(path, "is not UTF-8 from here on; save it as UTF-8", line) from fault
    text = _lines(text)
    return checked(text, path), hashlib.sha256(raw).hexdigest(), text.removesuffix("\n").count("\n") + 1


def checked(text: str, path: Path | str) -> str:
    """Return a text of lines if its size can be read; raises :class:`SourceError` else."""
    if not text.strip():
        raise SourceError(path, "is empty; give a Markdown list of papers")
    if len(text) > MAX_BYTES:
        raise SourceError(path, f"has {len(text):,} characters, more than {MAX_BYTES:,}; split it into several lists")
    lines = text.split("\n")
    if len(lines) > MAX_LINES:
        raise SourceError(path, f"has {len(lines):,} lines, more than {MAX_LINES:,}; split it into several lists")
    for number, line in enumerate(lines, 1):
        if len(line) > MAX_LINE:
            raise SourceError(
                path, f"the line has {len(line):,} characters, more than {MAX_LINE:,}; break it up", number
            )
    return text


def _bytes(path: Path) -> bytes:
    if path.is_dir():
        raise SourceError(path, "is a folder; give a Markdown file")
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise SourceError(path, f"has {size:,} bytes, more than {MAX_BYTES:,}; split it into several lists")
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError as fault:
        raise SourceError(path, "does not exist; give the path of a Markdown file") from fault
    except OSError as fault:
        raise SourceError(path, f"cannot be read ({fault.strerror or fault}); check the path and its rights") from fault
    if len(raw) > MAX_BYTES:
        raise SourceError(path, f"has more than {MAX_BYTES:,} bytes; split it into several lists")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise SourceError(path, "is UTF-16; save it as UTF-8", 1)
    if b"\0" in raw or raw.startswith(_BINARY):
        line = re.split(rb"\r\n|\r|\n", raw[: max(raw.find(b"\0"), 0)])
        raise SourceError(path, "is binary; give a Markdown file", len(line))
    return raw


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
