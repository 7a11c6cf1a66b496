"""Quads in, one table of subjects and values per predicate out: the only pass over the graph in Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice

from pyoxigraph import NamedNode, Quad

from xaikg.rdf.namespaces import term
from xaikg.tables.arrow import Table, pa
from xaikg.tables.text import TEXT

__all__ = ["grouped"]

BATCH = 200_000
"""Quads held as Python objects at a time; the rest lies in Arrow, a third of the size."""

_SCHEMA = pa.schema({"subject": TEXT, "value": TEXT})


def grouped(quads: Iterable[Quad], curies: Sequence[str]) -> dict[str, Table]:
    """Return for each predicate a table of ``subject`` (IRI) and ``value`` (IRI or lexical form).

    Graph, datatype and language are left out, since no column needs them; other predicates are passed over.
    """
    lists: dict[NamedNode, tuple[list[str], list[str]]] = {term(curie): ([], []) for curie in curies}
    batches: dict[NamedNode, list[Table]] = {node: [] for node in lists}
    rest = iter(quads)
    while _sort_in(islice(rest, BATCH), lists):
        for node, (subjects, values) in lists.items():
            if subjects:
                arrays = [pa.array(subjects, TEXT), pa.array(values, TEXT)]
                batches[node].append(pa.RecordBatch.from_arrays(arrays, schema=_SCHEMA))
                subjects.clear()
                values.clear()
    return {curie: pa.Table.from_batches(batches[term(curie)], _SCHEMA).combine_chunks() for curie in curies}


def _sort_in(quads: Iterable[Quad], lists: dict[NamedNode, tuple[list[str], list[str]]]) -> int:
    """Append each quad's subject and value to its predicate's lists; return how many quads there were."""
    seen = 0
    for seen, (subject, predicate, value, _) in enumerate(quads, 1):  # noqa: B007
        pair = lists.get(predicate)
        if pair is not None:
            pair[0].append(subject.value)
            pair[1].append(value.value)
    return seen
