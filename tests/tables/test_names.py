"""Looking things up by identifier, IRI or name, and what is near a name that nothing has."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tables.worlds import Named, Paper, World, quads, say
from xaikg.tables import ColumnStore, build_tables, names, open_columns
from xaikg.tables.signatures import bigrams

GRAD_CAM = Paper(
    "1610.02391",
    "Grad-CAM: Visual Explanations",
    ("Grad-CAM: Why did you say that?",),
    arxiv="1610.02391",
    doi="10.1007/s11263-019-01228-7",
    other_arxiv=("1610.02391", "1611.07450"),
)
WORLD = World(
    papers=(
        GRAD_CAM,
        Paper("old", "Exponentiated Gradient", arxiv="cs/0612056", former=("older",)),
        Paper("other", "Attention is not Explanation"),
        Paper("reply", "Attention is not not Explanation"),
        Paper("same", "Attention is not explanation?"),
    ),
    authors=(
        Named("been-kim", "Been Kim", ("B. Kim",)),
        Named("been-kim-2", "Been Kim"),
        Named("schutt", "Kristof Schütt"),
    ),
    venues=(Named("nips", "Neural Information Processing Systems", ("NIPS",), "NeurIPS", "conference"),),
    methods=(
        Named("grad-cam", "Grad-CAM", ("GradCAM",)),
        Named("lime", "LIME"),
        Named("am", "Activation Maximization", ("AM",)),
        Named("gradcampp", "Grad-CAM++"),
    ),
    lists=("xai-papers",),
    extra=(say("person", "been-kim", "owl:sameAs", ("person", "bkim")),),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ColumnStore:
    folder = tmp_path_factory.mktemp("names")
    build_tables(quads(WORLD), folder)
    return open_columns(folder)


@pytest.mark.parametrize(
    ("kind", "field", "value", "found"),
    [
        ("paper", "doi", "10.1007/S11263-019-01228-7", ("1610.02391",)),
        ("paper", "doi", " https://doi.org/10.1007/s11263-019-01228-7 ", ("1610.02391",)),
        ("paper", "doi", "10.48550/arXiv.1610.02391", ("1610.02391",)),
        ("paper", "doi", "10.1007/nothing", ()),
        ("paper", "doi", "", ()),
        ("paper", "arxiv", "1610.02391", ("1610.02391",)),
        ("paper", "arxiv", "arXiv:1610.02391v3", ("1610.02391",)),
        ("paper", "arxiv", "1610.02391v2", ("1610.02391",)),
        ("paper", "arxiv", "https://arxiv.org/abs/1611.07450", ("1610.02391",)),
        ("paper", "arxiv", "cs/0612056v1", ("old",)),
        ("paper", "arxiv", "9999.99999", ()),
        ("method", "doi", "10.1007/s11263-019-01228-7", ()),
        ("paper", "iri", "https://w3id.org/xaikg/id/paper/old", ("old",)),
        ("paper", "iri", "https://w3id.org/xaikg/id/paper/older", ("old",)),
        ("paper", "iri", "https://w3id.org/xaikg/id/paper/oldest", ()),
        ("paper", "iri", "https://w3id.org/xaikg/id/method/lime", ()),
        ("paper", "iri", "old", ()),
        ("author", "iri", "https://w3id.org/xaikg/id/person/been-kim", ("been-kim",)),
        ("author", "iri", "https://w3id.org/xaikg/id/person/bkim", ("been-kim",)),
        ("author", "iri", "https://w3id.org/xaikg/id/author/been-kim", ()),
        ("list", "iri", "https://w3id.org/xaikg/id/list/xai-papers", ("xai-papers",)),
        ("paper", "name", "grad cam visual explanations", ("1610.02391",)),
        ("paper", "name", "Grad-CAM: Why did you say that?", ("1610.02391",)),
        ("paper", "name", "ATTENTION is not Explanation", ("other", "same")),
        ("paper", "name", "Attention is not not Explanation", ("reply",)),
        ("author", "name", "been kim", ("been-kim", "been-kim-2")),
        ("author", "name", "b kim", ("been-kim",)),
        ("author", "name", "Kristof Schutt", ("schutt",)),
        ("venue", "name", "nips", ("nips",)),
        ("venue", "name", "NEURIPS", ("nips",)),
        ("method", "name", "gradcam", ("grad-cam",)),
        ("method", "name", "grad-cam", ("grad-cam",)),
        ("method", "name", "Grad-CAM++", ("gradcampp",)),
        ("method", "name", "…", ()),
        ("list", "name", "xai papers", ("xai-papers",)),
        ("relation", "name", "anything", ()),
    ],
)
def test_an_identifier_iri_or_name_finds_what_has_it(
    store: ColumnStore, kind: Any, field: Any, value: str, found: tuple[str, ...]
) -> None:
    assert store.lookup(kind, field, value) == found


@pytest.mark.parametrize(
    ("kind", "name", "best"),
    [
        ("method", "grad cam", "Grad-CAM"),
        ("method", "GrdCAM", "GradCAM"),
        ("method", "lima", "LIME"),
        ("method", "activation maximisation", "Activation Maximization"),
        ("author", "Ben Kim", "Been Kim"),
        ("author", "Kim Been", "Been Kim"),
        ("author", "Kristof Shuett", "Kristof Schütt"),
        ("paper", "attention explanation", "Attention is not Explanation"),
        ("venue", "neural information systems", "Neural Information Processing Systems"),
    ],
)
def test_the_nearest_name_is_the_one_that_was_meant(store: ColumnStore, kind: Any, name: str, best: str) -> None:
    assert store.nearest(kind, name)[0] == best


def test_a_short_name_inside_another_is_not_near_it(store: ColumnStore) -> None:
    assert store.nearest("method", "gradcam++x", limit=2) == ("Grad-CAM++", "GradCAM")


def test_nearest_names_are_few_different_and_of_one_entity_each(store: ColumnStore) -> None:
    assert store.nearest("author", "Been Kim", limit=5) == ("Been Kim",)
    assert store.nearest("method", "Grad CAM", limit=5) == ("Grad-CAM", "Grad-CAM++")
    assert store.nearest("method", "cam", limit=1) != ()
    assert store.nearest("method", "cam", limit=0) == ()
    assert store.nearest("method", "something quite different") == ()
    assert store.nearest("method", "…") == ()
    assert store.nearest("relation", "cam") == ()


@given(st.lists(st.text("abcdeé한", min_size=1, max_size=9), min_size=1, max_size=4))
def test_the_signature_of_a_text_holds_that_of_each_of_its_words(words: list[str]) -> None:
    whole, *parts = bigrams(pa.array([" ".join(words), *words]))
    assert all((whole & part == part).all() and part.any() for part in parts)


def test_among_thousands_of_names_the_shortlist_holds_the_mistyped_and_the_partial(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(names, "_SHORTLIST", 20)
    titles = [f"Study {n} of {word} networks" for n in range(60) for word in ("deep", "wide", "sparse", "graph")]
    titles += [
        "Sanity Checks for Saliency Maps",
        "Learning Important Features Through Propagating Activation Differences",
    ]
    build_tables(quads(World(papers=tuple(Paper(f"p{n}", title) for n, title in enumerate(titles)))), tmp_path)
    store = open_columns(tmp_path)
    assert store.nearest("paper", "sanitiy cheks for saliency maps", limit=1) == (titles[-2],)
    assert store.nearest("paper", "propagating activation differences", limit=1) == (titles[-1],)
