"""Relations with their evidence, and the links from their ends."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from urllib.parse import unquote

import numpy as np

from xaikg.errors import InvalidGraphError
from xaikg.model import AssertionMethod, RelationStatus, RelationType
from xaikg.tables.arrow import Column, Ints, pa, pc
from xaikg.tables.frame import Frame
from xaikg.tables.kinds import END_KINDS
from xaikg.tables.links import csr
from xaikg.tables.text import TEXT
from xaikg.tables.writer import Writer

__all__ = ["RELATION_CURIES", "write_relations"]

RELATION_CURIES = (
    *("xai:relationType", "xai:source", "xai:target", "xai:confidence", "xai:status", "xai:assertionMethod"),
    *("prov:wasAttributedTo", "prov:generatedAtTime", "xai:hasEvidence"),
    *("xai:statement", "prov:hadPrimarySource", "xai:locator"),
)

_NO_ADDRESS = "urn:xaikg:source:"
"""How a source that has no web address is written in RDF; its words follow, percent-encoded."""


def write_relations(graph: Frame, writer: Writer) -> None:
    """Write relations in the order of their keys, their evidence, and the relations of each paper and method."""
    ends = {side: _ends(graph, f"xai:{side}") for side in ("source", "target")}
    writer.table(
        "relation",
        key=graph.nodes("relation").keys,
        type=_codes(graph, "xai:relationType", RelationType),
        status=_codes(graph, "xai:status", RelationStatus),
        method=_codes(graph, "xai:assertionMethod", AssertionMethod),
        confidence=_confidence(graph),
        source_kind=ends["source"][0].astype(np.int8),
        source=ends["source"][1].astype(np.int32),
        target_kind=ends["target"][0].astype(np.int8),
        target=ends["target"][1].astype(np.int32),
        by=_agents(graph),
        at=graph.required("relation", "prov:generatedAtTime"),
    )
    writer.keys("relation", graph.nodes("relation").keys)
    for number, kind in enumerate(END_KINDS):
        for direction, side in (("out", "source"), ("in", "target")):
            kinds, rows = ends[side]
            own = np.flatnonzero(kinds == number)
            writer.links(f"{kind}.{direction}", csr(rows[own], own, len(graph.nodes(kind))))
    _write_evidence(graph, writer)


def _ends(graph: Frame, curie: str) -> tuple[Ints, Ints]:
    """Return kind and row of the node at one end of every relation."""
    values = graph.required("relation", curie)
    kinds = np.full(len(values), -1, dtype=np.int64)
    rows = np.full(len(values), -1, dtype=np.int64)
    for number, kind in enumerate(END_KINDS):
        found = graph.nodes(kind).rows(values)
        kinds[found >= 0], rows[found >= 0] = number, found[found >= 0]
    if (rows < 0).any():
        lost = pa.array(np.flatnonzero(rows < 0))
        pairs = zip(graph.nodes("relation").iris.take(lost).to_pylist(), values.take(lost).to_pylist(), strict=True)
        raise InvalidGraphError(tuple(f"{curie} of {iri} is {end}, no paper and no method" for iri, end in pairs))
    return kinds, rows


def _codes(graph: Frame, curie: str, names: Iterable[StrEnum]) -> Column:
    """Return the place of each relation's value among the names of an enum."""
    values = graph.required("relation", curie)
    codes = pc.index_in(values, value_set=pa.array([name.value for name in names], TEXT))
    if codes.null_count:
        wrong = pc.unique(pc.filter(values, pc.is_null(codes))).to_pylist()
        raise InvalidGraphError(tuple(f"{value!r} is no value of {curie}" for value in wrong))
    return pc.cast(codes, pa.int8())


def _confidence(graph: Frame) -> Column:
    values = graph.required("relation", "xai:confidence")
    try:
        return pc.cast(pc.replace_substring_regex(values, r"^\s*\+|\s", ""), pa.float64())
    except pa.ArrowInvalid as error:
        raise InvalidGraphError(("xai:confidence of a relation is no decimal number",)) from error


def _agents(graph: Frame) -> Column:
    """Return who asserted each relation: the agent's name, or its IRI if it has none."""
    agents = graph.required("relation", "prov:wasAttributedTo")
    subjects, names = graph.subjects("foaf:name")
    return pc.coalesce(names.take(pc.index_in(agents, value_set=subjects)), agents)


def _write_evidence(graph: Frame, writer: Writer) -> None:
    """Write evidence by relation, in the order of its number: ``…-2`` stands before ``…-10``."""
    links = graph.links("relation", "xai:hasEvidence", "evidence")
    relations = links.sources
    lengths = pc.utf8_length(graph.nodes("evidence").keys).to_numpy()[links.targets]
    rows = pa.array(links.targets[np.lexsort((links.targets, lengths, relations))])
    sources = graph.required("evidence", "prov:hadPrimarySource").take(rows)
    writer.table(
        "evidence",
        statement=graph.required("evidence", "xai:statement").take(rows),
        source=_addresses(sources),
        locator=graph.one("evidence", "xai:locator").take(rows),
    )
    writer.array("evidence.offsets", links.offsets)


def _addresses(sources: pa.Array) -> Column:
    """Return sources as they are read: an address, or the words that stand for one."""
    worded = pc.starts_with(sources, _NO_ADDRESS)
    words = [unquote(source.removeprefix(_NO_ADDRESS)) for source in pc.filter(sources, worded).to_pylist()]
    return pc.replace_with_mask(sources, worded, pa.array(words, TEXT))
