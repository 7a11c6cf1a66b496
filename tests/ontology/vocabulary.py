"""The ontology as the tests see it: its graphs, and the terms that the code names."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from rdflib import OWL, RDF, Graph, URIRef
from rdflib.term import Node

from xaikg.rdf import namespaces
from xaikg.resources import ontology_dir

XAI = namespaces.XAI
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
CODE = Path(namespaces.__file__).parent


@cache
def graph(*names: str) -> Graph:
    """Return these files of the ontology in one graph; without names, all Turtle files."""
    found = Graph()
    for path in sorted(ontology_dir().glob("*.ttl")):
        if not names or path.name in names:
            found.parse(path, format="turtle")
    return found


def kinds(term: Node) -> set[Node]:
    """Return as what ``xai.ttl`` declares a term."""
    return set(graph("xai.ttl").objects(term, RDF.type)) & set(KINDS)


def minted() -> set[str]:
    """Return the local names that ``xai.ttl`` declares in the project's namespace."""
    declared = (s for kind in KINDS for s in graph("xai.ttl").subjects(RDF.type, kind))
    return {str(s).removeprefix(XAI) for s in declared if isinstance(s, URIRef) and s.startswith(XAI)}


def named_in_code() -> set[str]:
    """Return every prefixed name that the modules of ``xaikg.rdf`` and the rules use."""
    texts = [path.read_text("utf-8") for path in CODE.glob("*.py")]
    texts += [re.sub(r"#.*", "", path.read_text("utf-8")) for path in (ontology_dir() / "rules").glob("*.rq")]
    prefixes = "|".join(namespaces.PREFIXES)
    return {name for text in texts for name in re.findall(rf"(?<![\w.])((?:{prefixes}):[A-Za-z]\w*)", text)}


def expanded(name: str) -> URIRef:
    """Return the IRI of a prefixed name."""
    return URIRef(namespaces.term(name).value)
