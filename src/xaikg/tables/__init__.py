"""From RDF to rows: tables that are built in bulk, mapped, and asked for rows, filters, orders, pages and counts."""

from xaikg.tables.build import build_tables
from xaikg.tables.columns import ColumnStore, open_columns

__all__ = ["ColumnStore", "build_tables", "open_columns"]
