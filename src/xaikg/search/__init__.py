"""Search and related work: documents and vectors in, an index out; texts in, ranked entities with reasons out.

Importing this package is cheap: neither torch nor ONNX Runtime is loaded before a model is.
"""

from xaikg.search.build import build_index
from xaikg.search.edge import open_index
from xaikg.search.encoder import Encoder
from xaikg.search.exported import encoder_for, export_encoder, open_encoder
from xaikg.search.highlights import highlights
from xaikg.search.index import Document, Hit, SearchIndex
from xaikg.search.models import load_encoder
from xaikg.search.related import Part, RelatedHit, related
from xaikg.search.signals import Signal
from xaikg.search.texts import documents
from xaikg.search.vectors import vectors_for

__all__ = [
    "Document",
    "Encoder",
    "Hit",
    "Part",
    "RelatedHit",
    "SearchIndex",
    "Signal",
    "build_index",
    "documents",
    "encoder_for",
    "export_encoder",
    "highlights",
    "load_encoder",
    "open_encoder",
    "open_index",
    "related",
    "vectors_for",
]
