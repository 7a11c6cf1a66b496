"""The shapes of ``ontology/shapes.ttl`` as SPARQL: for each constraint, the query that finds every node that breaks it.

A shape asks "is this node right?" once a node; these queries ask "which nodes are wrong?" once a graph, which
is what makes large builds possible. Only what the shapes use is translated: anything else is an error, so that
nobody adds a constraint that the queries would miss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Identifier, Node

from xaikg.resources import ontology_dir

__all__ = ["Check", "checks", "shapes_graph"]

_ABOUT = {SH.path, SH.message, SH.severity, SH.name, SH.description, RDF.type}
_TARGETS = {
    SH.targetClass: f"?this <{RDF.type}> <{{}}> .",
    SH.targetSubjectsOf: "?this <{}> ?anything .",
    SH.targetObjectsOf: "?anything <{}> ?this .",
}
_CASTS = {"dateTime", "decimal", "integer"}
_XSD = "http://www.w3.org/2001/XMLSchema#"


@dataclass(frozen=True, slots=True)
class Check:
    """One named shape: severity (``Violation``, ``Warning``), message, path as SPARQL, queries for ``?this``."""

    shape: str
    severity: str
    message: str
    path: str | None
    queries: tuple[str, ...]


@cache
def shapes_graph(path: Path | None = None) -> Graph:
    """Return the shapes as an rdflib graph."""
    return Graph().parse(path or ontology_dir() / "shapes.ttl", format="turtle")


@cache
def checks(path: Path | None = None) -> tuple[Check, ...]:
    """Return every named shape as queries, in the order of their IRIs; raises ValueError for an unknown constraint."""
    graph = shapes_graph(path)
    found = (check for shape in graph.subjects(RDF.type, SH.NodeShape) for check in _node_shape(graph, shape))
    return tuple(sorted(found, key=lambda check: check.shape))


def _node_shape(graph: Graph, shape: Node) -> Iterator[Check]:
    targets = [(p, o) for p, o in graph.predicate_objects(shape) if p in _TARGETS]
    if len(targets) != 1:
        raise ValueError(f"{shape} has {len(targets)} targets; exactly one is translated")
    target = _TARGETS[URIRef(str(targets[0][0]))].format(targets[0][1])
    for predicate in graph.predicates(shape):
        if predicate not in {*_TARGETS, *_ABOUT, SH.property, SH.sparql}:
            raise ValueError(f"{shape}: {predicate} is not translated; put it on a property shape")
    for each in graph.objects(shape, SH.property):
        yield _property_shape(graph, each, target)
    for each in graph.objects(shape, SH.sparql):
        yield Check(str(shape), _severity(graph, shape), _message(graph, each), None, (_select(graph, each, target),))


def _property_shape(graph: Graph, shape: Node, target: str) -> Check:
    path = _path(graph, _one(graph, shape, SH.path))
    wrong, patterns = [], []
    for predicate, value in sorted(graph.predicate_objects(shape)):
        if predicate in _ON_VALUES:
            wrong.append(f"!COALESCE({_ON_VALUES[predicate](graph, value)}, false)")
        elif predicate in _ON_NODES:
            patterns.append(_ON_NODES[predicate](graph, path, value))
        elif predicate not in _ABOUT:
            raise ValueError(f"{shape}: {predicate} is not translated")
    if wrong:  # one walk over the values for all that is asked of each
        patterns.append(f"?this {path} ?value . FILTER({' || '.join(wrong)})")
    queries = tuple(f"SELECT DISTINCT ?this WHERE {{ {target} {pattern} }}" for pattern in patterns)
    return Check(str(shape), _severity(graph, shape), _message(graph, shape), path, queries)


def _one(graph: Graph, subject: Node, predicate: URIRef) -> Node:
    found = graph.value(subject, predicate)
    if found is None:
        raise ValueError(f"{subject} has no {predicate}")
    return found


def _severity(graph: Graph, shape: Node) -> str:
    return str(graph.value(shape, SH.severity) or SH.Violation).removeprefix(str(SH))


def _message(graph: Graph, shape: Node) -> str:
    return str(_one(graph, shape, SH.message))


def _path(graph: Graph, path: Node) -> str:
    """Return a predicate, or the inverse of one, as a SPARQL path."""
    if isinstance(path, URIRef):
        return f"<{path}>"
    inverse = graph.value(path, SH.inversePath)
    if not isinstance(inverse, URIRef):
        raise ValueError(f"{path} is neither a predicate nor the inverse of one")
    return f"^<{inverse}>"


def _select(graph: Graph, constraint: Node, target: str) -> str:
    """Return the query of a ``sh:sparql`` constraint, for all nodes at once."""
    holder = _one(graph, constraint, SH.prefixes)
    prefixes = "".join(
        f"PREFIX {graph.value(each, SH.prefix)}: <{graph.value(each, SH.namespace)}>\n"
        for each in graph.objects(holder, SH.declare)
    )
    written = str(_one(graph, constraint, SH.select)).replace("$this", "?this")
    head, _, body = written.partition("{")
    return f"{prefixes}{head.replace('SELECT', 'SELECT DISTINCT', 1)}{{ {target} {body}"


# --------------------------------------------------------------------------- constraints on a node: what it breaks


def _min_count(_: Graph, path: str, value: Node) -> str:
    if int(str(value)) != 1:
        raise ValueError("only sh:minCount 1 is translated")
    return f"FILTER NOT EXISTS {{ ?this {path} ?value }}"


def _max_count(_: Graph, path: str, value: Node) -> str:
    if int(str(value)) != 1:
        raise ValueError("only sh:maxCount 1 is translated")
    return f"?this {path} ?value . ?this {path} ?other . FILTER(!sameTerm(?value, ?other))"


def _class(_: Graph, path: str, value: Node) -> str:
    return f"?this {path} ?value . {_no_instance(value)}"


def _or(graph: Graph, path: str, value: Node) -> str:
    members = [list(graph.predicate_objects(each)) for each in Collection(graph, value)]
    if not all(len(pairs) == 1 and pairs[0][0] == SH["class"] for pairs in members):
        raise ValueError("sh:or is translated between single sh:class constraints only")
    return f"?this {path} ?value . " + " ".join(_no_instance(pairs[0][1]) for pairs in members)


def _no_instance(value: Node) -> str:
    return f"FILTER NOT EXISTS {{ ?value <{RDF.type}> {_n3(value)} }}"


def _disjoint(_: Graph, path: str, value: Node) -> str:
    return f"?this {path} ?value . ?this {_n3(value)} ?value ."


def _less_than_or_equals(_: Graph, path: str, value: Node) -> str:
    return f"?this {path} ?value . ?this {_n3(value)} ?other . FILTER(!COALESCE(?value <= ?other, false))"


_ON_NODES: dict[Node, Callable[[Graph, str, Node], str]] = {
    SH.minCount: _min_count,
    SH.maxCount: _max_count,
    SH["class"]: _class,
    SH["or"]: _or,
    SH.disjoint: _disjoint,
    SH.lessThanOrEquals: _less_than_or_equals,
}

# --------------------------------------------------------------------------- constraints on a value: what must hold


def _datatype(_: Graph, value: Node) -> str:
    asked = f"DATATYPE(?value) = {_n3(value)}"
    if str(value).removeprefix(_XSD) in _CASTS:  # text that does not fit its type has the type and no value
        asked += f" && DATATYPE({_n3(value)}(STR(?value))) = {_n3(value)}"
    return asked


def _node_kind(_: Graph, value: Node) -> str:
    if value != SH.IRI:
        raise ValueError("only sh:nodeKind sh:IRI is translated")
    return "isIRI(?value)"


def _pattern(_: Graph, value: Node) -> str:
    return f"REGEX(STR(?value), {_n3(value)})"


def _in(graph: Graph, value: Node) -> str:
    return " || ".join(f"sameTerm(?value, {_n3(each)})" for each in Collection(graph, value))


def _min_inclusive(_: Graph, value: Node) -> str:
    return f"?value >= {_n3(value)}"


def _max_inclusive(_: Graph, value: Node) -> str:
    return f"?value <= {_n3(value)}"


def _n3(value: Node) -> str:
    if not isinstance(value, Literal | URIRef):
        raise ValueError(f"{value} is neither a literal nor an IRI")
    term: Identifier = value
    return term.n3()


_ON_VALUES: dict[Node, Callable[[Graph, Node], str]] = {
    SH.datatype: _datatype,
    SH.nodeKind: _node_kind,
    SH.pattern: _pattern,
    SH["in"]: _in,
    SH.minInclusive: _min_inclusive,
    SH.maxInclusive: _max_inclusive,
}
