"""How fast texts are embedded, an index is built and opened, and searches and related work are answered.

    python benchmarks/search.py [--papers 20000] [--texts 1000]

The papers are made up: titles of 4 to 12 words with Zipf's frequencies, two to six authors, lists with sections, a
relation for every fourth paper. Their vectors are random, since the time of an exact search does not depend on them;
embedding is measured on the titles.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from xaikg import search
from xaikg.model import (
    AssertionMethod,
    Authorship,
    Description,
    End,
    Evidence,
    Mention,
    Method,
    Person,
    Place,
    ReadingList,
    Relation,
    RelationStatus,
    RelationType,
    Resolution,
    Work,
)
from xaikg.rdf.triples import quads
from xaikg.tables import build_tables, open_columns
from xaikg.tables.store import Filter, IntFilter, Kind

SEED = 7
DIMENSIONS = 384
SUBJECTS = (
    "explanation saliency attention concept network image gradient relevance perturbation prototype model feature"
)
SYLLABLES = ("ba", "ce", "di", "fo", "gu", "ka", "le", "mi", "no", "pu", "ra", "se", "ti", "vo", "zu", "la")


def vocabulary(size: int) -> list[str]:
    """Return made-up words after the usual subjects, frequent ones first."""
    random = np.random.default_rng(SEED)
    made = {"".join(random.choice(SYLLABLES, random.integers(2, 5))) for _ in range(size)}
    return [*SUBJECTS.split(), *sorted(made)]


def graph(papers: int) -> tuple[tuple[ReadingList, ...], Resolution, Description]:
    """Return made-up lists, works and statements."""
    random, words = np.random.default_rng(SEED), vocabulary(8000)
    people = max(10, 2 * papers)
    keys = [f"{n:06}" for n in range(papers)]
    works, mentions = [], []
    for n, key in enumerate(keys):
        places = (random.zipf(1.3, random.integers(4, 13)) - 1) % len(words)
        title = " ".join(words[place] for place in places).capitalize()
        authors = sorted({int(a) for a in (random.zipf(1.6, random.integers(2, 7)) * 7 + n * 13) % people})
        mention = Mention(Place(f"list{n % 5}", (f"Section {n % 97}",), n + 1, n + 1), title)
        credited = tuple(Authorship(i, f"Author {a}", f"author-{a}") for i, a in enumerate(authors, start=1))
        works.append(Work(key, title, year=2000 + n % 25, authorships=credited, mentions=(mention,)))
        mentions.append(mention)
    lists = tuple(
        ReadingList(f"list{i}", f"List {i}", "0" * 64, papers, tuple(mentions[i::5])) for i in range(min(5, papers))
    )
    persons = tuple(Person(f"author-{a}", f"Author {a}") for a in range(people))
    methods = tuple(Method(f"method-{n}", f"Method {n}", (), (keys[n],)) for n in range(0, papers, 10))
    relations = tuple(
        Relation(
            f"relation-{n}",
            RelationType.EXTENDS,
            End("paper", keys[n]),
            End("paper", keys[n // 2]),
            (Evidence("It says so.", "https://example.org/", None),),
            0.9,
            RelationStatus.ACCEPTED,
            AssertionMethod.CURATED,
            "xaikg",
            "2026-01-31",
            f"relations.toml#{n}",
        )
        for n in range(4, papers, 4)
    )
    return lists, Resolution(tuple(works), persons, ()), Description(methods, relations)


@contextmanager
def measured(what: str) -> Iterator[None]:
    start = time.perf_counter()
    yield
    print(f"{what:44} {time.perf_counter() - start:9.2f} s")


def timed(what: str, ask: Callable[[int], object], times: int = 60) -> None:
    ask(0)
    took = []
    for n in range(times):
        start = time.perf_counter()
        ask(n)
        took.append((time.perf_counter() - start) * 1000)
    print(f"{what:44} median {np.median(took):7.1f} ms   p95 {np.quantile(took, 0.95):7.1f} ms")


def embedding(titles: list[str], folder: Path) -> search.Encoder:
    """Print the rates of embedding and return the encoder that queries use."""
    with measured("import torch and load the model"):
        encoder = search.load_encoder()
    start = time.perf_counter()
    encoder.encode(titles)
    print(f"{'embed with torch':44} {len(titles) / (time.perf_counter() - start):9.0f} titles/s")
    with measured("export the encoder"):
        search.export_encoder(encoder, folder)
    with measured("open the exported encoder"):
        opened = search.open_encoder(folder)
    start = time.perf_counter()
    opened.encode(titles)
    print(f"{'embed with ONNX Runtime':44} {len(titles) / (time.perf_counter() - start):9.0f} titles/s")
    return opened


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--papers", type=int, default=20_000)
    options.add_argument("--texts", type=int, default=1_000)
    given = options.parse_args()
    print("python", " ".join(sys.argv))
    random = np.random.default_rng(SEED)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = graph(given.papers)
        titles = [work.title for work in made[1].works]
        with measured(f"triples and columns of {given.papers} papers"):
            build_tables(quads(*made), folder / "columns")
        store = open_columns(folder / "columns")
        encoder = embedding(titles[: given.texts], folder / "encoder")
        with measured("documents"):
            documents = list(search.documents(store))
        vectors = random.standard_normal((len(documents), DIMENSIONS)).astype(np.float32)
        vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
        with measured(f"index of {len(documents)} documents"):
            search.build_index(folder / "index", documents, vectors, encoder.digest)
        with measured("open the index"):
            index = search.open_index(folder / "index", store)
        asked = [" ".join(title.split()[:3]) for title in titles[:60]]
        encoded = encoder.encode(asked)
        recent = Filter(year=IntFilter(gte=2010))
        timed("encode a query", lambda n: encoder.encode([asked[n]]))
        timed("encode and search, hybrid", lambda n: index.search(asked[n], encoder.encode([asked[n]])[0]))
        timed("hybrid", lambda n: index.search(asked[n], encoded[n]))
        timed("hybrid, papers", lambda n: index.search(asked[n], encoded[n], kinds=["paper"]))
        timed(
            "hybrid, papers since 2010",
            lambda n: index.search(asked[n], encoded[n], kinds=["paper"], where=recent),
        )
        timed("hybrid, with a phrase", lambda n: index.search(f'"{asked[n]}"', encoded[n]))
        timed("lexical", lambda n: index.search(asked[n], None, mode="lexical"))
        timed("lexical, mistyped", lambda n: index.search("explnation " + asked[n], None, mode="lexical"))
        timed("semantic", lambda n: index.search("", encoded[n], mode="semantic"))
        keys = store.keys("paper")
        seeds: list[tuple[Kind, str]] = [("paper", keys[n * 31 % len(keys)]) for n in range(60)]
        timed("related to a paper", lambda n: search.related(store, index, None, [seeds[n]]))
        timed("related to a paper, since 2010", lambda n: search.related(store, index, None, [seeds[n]], where=recent))
        timed("related to three papers", lambda n: search.related(store, index, None, seeds[n // 3 : n // 3 + 3]))
        index.close()


if __name__ == "__main__":
    main()
