"""Writes the folder of a store: Arrow tables that can be mapped, and arrays."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from xaikg.tables.arrow import Column, pa
from xaikg.tables.files import FORMAT, INDEX
from xaikg.tables.links import Links

__all__ = ["Writer"]


class Writer:
    """Writes a folder; it can be opened only after :meth:`close`."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / INDEX).unlink(missing_ok=True)
        self._folder = folder
        self._sizes: dict[str, int] = {}

    def table(self, table: str, /, **columns: Any) -> None:
        """Write columns of one length (Arrow or numpy) as ``TABLE.arrow``, uncompressed and in one batch."""
        arrays = [column if isinstance(column, pa.Array) else pa.array(column) for column in columns.values()]
        batch = pa.RecordBatch.from_arrays(arrays, names=list(columns))
        path = self._folder / f"{table}.arrow"
        with pa.OSFile(str(path), "wb") as sink, pa.ipc.new_file(sink, batch.schema) as writer:
            writer.write_batch(batch)
        self._sizes[path.name] = path.stat().st_size

    def array(self, name: str, values: NDArray[Any]) -> None:
        """Write an array as ``NAME.npy``."""
        path = self._folder / f"{name}.npy"
        np.save(path, np.ascontiguousarray(values), allow_pickle=False)
        self._sizes[path.name] = path.stat().st_size

    def links(self, name: str, links: Links) -> None:
        """Write links as ``NAME.offsets.npy`` and ``NAME.targets.npy``."""
        self.array(f"{name}.offsets", links.offsets)
        self.array(f"{name}.targets", links.targets.astype(np.int32))

    def keys(self, kind: str, keys: Column) -> None:
        """Write what finds the row of a key: the checksums of all keys in order, and their rows."""
        sums = np.fromiter((zlib.crc32(key.encode()) for key in keys.to_pylist()), np.uint32, len(keys))
        order = np.argsort(sums, kind="stable")
        self.array(f"{kind}.sums", sums[order])
        self.array(f"{kind}.rows", order.astype(np.int32))

    def close(self) -> None:
        """Write the list of files, with their sizes."""
        text = json.dumps({"format": FORMAT, "files": dict(sorted(self._sizes.items()))}, indent=1)
        (self._folder / INDEX).write_text(text + "\n", encoding="utf-8")
