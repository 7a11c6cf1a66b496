"""The five shipped lists: every entry in the work that a reader put it into."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from xaikg import ingest
from xaikg.model import ReadingList, Resolution, Work
from xaikg.resolve import Authority, explain, new_id_rows, resolve
from xaikg.resources import graph_dir

LISTS = (
    "xai-papers-2018",
    "xai-papers",
    "awesome-xai",
    "interpretability-of-deep-nns",
    "awesome-deep-learning-interpretability",
)


@pytest.fixture(scope="module")
def five() -> tuple[ReadingList, ...]:
    return tuple(each for each in ingest.load(graph_dir()) if each.key in LISTS)


@pytest.fixture(scope="module")
def found(five: tuple[ReadingList, ...], shipped: Authority) -> Resolution:
    return resolve(five, shipped)


@pytest.fixture(scope="module")
def expected() -> dict[str, tuple[frozenset[str], str]]:
    with Path(__file__).with_name("shipped_clusters.tsv").open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row["key"]: (frozenset(row["entries"].split()), row["title"]) for row in rows}


def by_key(found: Resolution) -> dict[str, Work]:
    return {w.key: w for w in found.works}


def test_every_entry_is_in_the_work_that_was_checked_by_eye(
    found: Resolution, expected: dict[str, tuple[frozenset[str], str]]
) -> None:
    got = {w.key: (frozenset(m.place.ref for m in w.mentions), w.title) for w in found.works}
    assert {k: v for k, v in got.items() if expected.get(k) != v} == {}
    assert set(expected) == set(got)


def test_counts(five: tuple[ReadingList, ...], found: Resolution) -> None:
    assert sorted(each.key for each in five) == sorted(LISTS)
    assert sum(len(w.mentions) for w in found.works) == sum(len(each.mentions) for each in five) == 272
    assert len(found.works) == 202
    assert sum(len(w.mentions) > 1 for w in found.works) == 47
    assert all(w.fact for w in found.works)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("interpretability-of-deep-nns:25", "arxiv:1710.11063", True),
        ("xai-papers:34", "arxiv:1704.02685", True),
        ("xai-papers:34", "arxiv:1605.01713", False),
        ("awesome-xai:80", "arxiv:1710.00935", True),
        ("awesome-deep-learning-interpretability:67", "arxiv:1901.02413", True),
        ("awesome-deep-learning-interpretability:67", "arxiv:1710.00935", False),
        ("awesome-deep-learning-interpretability:143", "awesome-deep-learning-interpretability:166", True),
        ("awesome-deep-learning-interpretability:170", "awesome-deep-learning-interpretability:188", False),
        ("awesome-deep-learning-interpretability:64", "awesome-deep-learning-interpretability:65", False),
        ("awesome-deep-learning-interpretability:75", "awesome-deep-learning-interpretability:178", False),
        ("xai-papers:2", "arxiv:1811.11553", True),
        ("xai-papers-2018:8", "awesome-xai:12", True),
    ],
)
def test_doubtful_cases_are_decided_and_explained(
    left: str, right: str, same: bool, five: tuple[ReadingList, ...], shipped: Authority
) -> None:
    judged = explain(left, right, five, shipped)
    assert judged.same is same
    assert judged.reasons
    assert all(r.sentence.endswith(".") for r in judged.reasons)


def test_identifier_of_a_wrong_link_is_not_taken_over(found: Resolution) -> None:
    work = by_key(found)["1704.02685"]
    assert (work.arxiv, work.other_arxiv) == ("1704.02685", ())
    assert not any("1605.01713" in url for url in work.urls)


def test_values_of_a_work_of_four_lists(found: Resolution) -> None:
    work = by_key(found)["1610.02391"]
    assert (work.year, work.venue, work.citations, work.form) == (2017, "iccv", 13006, "conference paper")
    assert [a.person for a in work.authorships][:2] == ["ramprasaath-r-selvaraju", "michael-cogswell"]
    assert len(work.authorships) == 6
    assert work.code_urls == ("https://github.com/leftthomas/GradCAM",)
    assert {s.source for s in work.field_sources if s.field == "title"} == {
        "facts",
        *(m.place.list for m in work.mentions),
    }


def test_people_and_venues_of_the_lists(found: Resolution) -> None:
    names = {p.key: p for p in found.persons}
    assert "Jaakola" in names["tommi-s-jaakkola"].variants
    assert names["aditya-chattopadhyay"].variants == ("Aditya Chattopadhay", "Aditya Chattopadhyay", "Chattopadhyay")
    assert "S. C. H. Yang" in names["scott-cheng-hsin-yang"].variants
    assert {"jun-zhu"} <= set(names)
    assert {"neurips", "cvpr-workshops", "tvcg", "sosp", "facct", "access"} <= {v.key for v in found.venues}
    assert [v.key for v in found.venues if v.key not in {w.venue for w in found.works}] == []


def test_keys_are_published(found: Resolution, shipped: Authority) -> None:
    assert new_id_rows(found.works, shipped) == ()


def test_evidence_alone_finds_nearly_the_same_works(
    five: tuple[ReadingList, ...], found: Resolution, shipped: Authority
) -> None:
    """Without facts and judgements nothing is joined that is two, and only renamed versions fall apart."""
    alone = resolve(five, Authority(venues=shipped.venues))
    true = {m.place.ref: w.key for w in found.works for m in w.mentions}
    joined = [w.title for w in alone.works if len({true[m.place.ref] for m in w.mentions}) > 1]
    assert joined == []
    assert len(alone.works) - len(found.works) <= 4


def test_wrong_link_stands_among_the_judgements_with_its_reason(found: Resolution) -> None:
    refused = [j for j in found.judgements if "xai-papers:34" in (j.left, j.right) and not j.same]
    sentences = [r.sentence for j in refused for r in j.reasons]
    assert any("arXiv 1605.01713 is taken for a wrong link" in s for s in sentences)
