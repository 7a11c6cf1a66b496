"""A store that counts the calls that reach it, so that a test can hold a query to a fixed number of reads."""

from __future__ import annotations

from collections import Counter
from typing import Any

from xaikg.tables.store import EntityStore

__all__ = ["CountingStore"]

_Anything: Any = object
"""To a type checker, a store that passes every call on is whatever is asked of it."""


class CountingStore(_Anything):  # type: ignore[misc]
    """Passes every call of an :class:`~xaikg.tables.store.EntityStore` on; ``reads`` counts them by name."""

    def __init__(self, store: EntityStore) -> None:
        self.reads: Counter[str] = Counter()
        self._store = store

    @property
    def total(self) -> int:
        """Return the number of calls so far."""
        return self.reads.total()

    def __getattr__(self, name: str) -> Any:
        """Return the store's own method, counted when it is called."""
        method = getattr(self._store, name)

        def counted(*args: Any, **options: Any) -> Any:
            self.reads[name] += 1
            return method(*args, **options)

        return counted
