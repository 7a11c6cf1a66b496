"""Arrow as this package uses it: the library, and names for its values.

The published stubs disagree with the library (to them ``pa.array`` of a numpy array is an array of booleans), so
the library counts as untyped here, and the tests hold the values.
"""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import pyarrow
import pyarrow.compute
from numpy.typing import NDArray

__all__ = ["Bools", "Column", "Ints", "Table", "pa", "pc"]

pa: Any = pyarrow
pc: Any = pyarrow.compute

Column: TypeAlias = Any
"""A ``pyarrow.Array``: one column."""

Table: TypeAlias = Any
"""A ``pyarrow.Table`` or ``RecordBatch``."""

Ints: TypeAlias = NDArray[np.int64]
"""Rows, places or numbers."""

Bools: TypeAlias = NDArray[np.bool_]
"""Which rows are meant."""
