"""Lists in, works out: what holds for all lists, and the cases that the domain is known for."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xaikg.errors import UsageError
from xaikg.model import Fact, Mention, PersonName, Place, ReadingList, Resolution, Work
from xaikg.resolve import Authority, CuratedJudgement, resolve

Lists = Callable[..., ReadingList]

ENTRIES = (
    "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization"
    " | a=Ramprasaath R. Selvaraju et al.;y=2017;x=1610.02391",
    "Grad-cam: Visual explanations from deep networks via gradient-based localisation | a=Selvaraju et al.;v=ICCV",
    "Grad-CAM: Why did you say that? | a=Ramprasaath R. Selvaraju et al.;y=2016;x=1611.07450",
    "grad cam++",
    "Grad-CAM++: Improved Visual Explanations for Deep Convolutional Networks | y=2018;x=1710.11063",
    "Attention is not Explanation | y=2019;x=1902.10186",
    "Attention is not not Explanation | y=2019;x=1908.04626",
    "Attention is not not explanation | a=Sarah Wiegreffe and Yuval Pinter",
    "Explainable Artificial Intelligence: A Survey | a=Erico Tjoa and Cuntai Guan;y=2019",
    "Explainable Artificial Intelligence: A Survey | a=F. K. Došilović et al.;y=2018;v=MIPRO",
    "Learning important features through propagating activation differences | a=Shrikumar et al.;x=1605.01713;y=2017",
    "Learning Important Features Through Propagating Activation Differences"
    " | a=Avanti Shrikumar and Peyton Greenside;x=1704.02685;y=2017",
    "Not Just a Black Box: Learning Important Features Through Propagating Activation Differences"
    " | x=1605.01713;y=2016",
    "Feature Visualization | l=https://distill.pub/2017/feature-visualization/",
    "???",
    "!!!",
)


def refs(work: Work) -> list[str]:
    return [m.place.ref for m in work.mentions]


def titles(found: Resolution) -> list[list[str]]:
    return sorted(sorted(m.title for m in w.mentions) for w in found.works)


def mixed(given: list[ReadingList], dice: random.Random) -> list[ReadingList]:
    turned = [replace(each, mentions=tuple(dice.sample(each.mentions, len(each.mentions)))) for each in given]
    dice.shuffle(turned)
    return turned


@settings(max_examples=60, deadline=None)
@given(
    picked=st.lists(st.lists(st.sampled_from(ENTRIES), max_size=8), min_size=1, max_size=4),
    dice=st.randoms(use_true_random=False),
)
def test_order_of_lists_and_mentions_changes_nothing(picked: list[list[str]], dice: random.Random) -> None:
    given = [_list(f"list-{n}", entries) for n, entries in enumerate(picked)]
    facts = Authority(facts=(FACT,))
    for authority in (Authority(), facts):
        assert resolve(given, authority) == resolve(mixed(given, dice), authority)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=40), st.sampled_from(["", "y=2019", "x=1610.02391", "a=A B"])), max_size=12))
def test_every_mention_is_in_one_work_and_no_key_or_identifier_stands_twice(entries: list[tuple[str, str]]) -> None:
    given = _list("any", [f"{title.replace('|', ' ')} | {more}" for title, more in entries])
    found = resolve([given], Authority())
    assert sorted(r for w in found.works for r in refs(w)) == sorted(m.place.ref for m in given.mentions)
    keys = [w.key for w in found.works]
    ids = [x for w in found.works for x in (w.arxiv, *w.other_arxiv, w.doi) if x]
    assert len(set(keys)) == len(keys)
    assert len(set(ids)) == len(ids)
    assert {a.person for w in found.works for a in w.authorships} == {p.key for p in found.persons}
    assert {w.venue for w in found.works if w.venue} == {v.key for v in found.venues}


def test_known_cases_fall_into_the_right_works(lists: Lists) -> None:
    found = resolve([lists("a", *ENTRIES)], Authority())
    by_line = {r: w.key for w in found.works for r in refs(w)}
    same = [("a:1", "a:2"), ("a:4", "a:5"), ("a:7", "a:8"), ("a:11", "a:12")]
    assert [pair for pair in same if by_line[pair[0]] != by_line[pair[1]]] == []
    assert len(found.works) == len(ENTRIES) - len(same)


def test_title_wins_over_a_wrong_link(lists: Lists) -> None:
    found = resolve([lists("a", *ENTRIES[10:13])], Authority())
    work = next(w for w in found.works if len(w.mentions) == 2)
    other = next(w for w in found.works if len(w.mentions) == 1)
    assert (work.arxiv, other.arxiv) == ("1704.02685", "1605.01713")
    assert work.other_arxiv == ()
    assert not any("1605.01713" in url for url in work.urls)
    assert ("arxiv", "1605.01713", False) in {(s.field, s.value, s.chosen) for s in work.field_sources}
    reasons = [r.evidence for j in found.judgements if not j.same for r in j.reasons]
    assert "title_claimed_elsewhere" in reasons


def test_result_of_a_single_list_holds_inside_many(lists: Lists) -> None:
    alone = resolve([lists("a", *ENTRIES[:8])], Authority())
    among = resolve([lists("a", *ENTRIES[:8]), lists("b", "Something Else Entirely | y=2020")], Authority())
    assert titles(alone) == [t for t in titles(among) if t != ["Something Else Entirely"]]


def test_two_lists_of_one_key_are_refused(lists: Lists) -> None:
    with pytest.raises(UsageError, match="two reading lists have the key 'a'"):
        resolve([lists("a"), lists("a")], Authority())


def test_nothing_gives_nothing() -> None:
    assert resolve([], Authority()) == Resolution((), (), (), ())


# --------------------------------------------------------------------------- facts and context

FACT = Fact(
    1,
    "Grad-CAM: Visual Explanations from Deep Networks via Gradient-based Localization",
    authors=(PersonName("Ramprasaath R.", "Selvaraju"), PersonName("Michael", "Cogswell")),
    year=2017,
    venue="ICCV",
    form="conference paper",
    arxiv="1610.02391",
    doi="10.1109/iccv.2017.74",
)
OTHER = Fact(2, "Sanity Checks for Saliency Maps", year=2018, venue="NeurIPS", arxiv="1810.03292")


def test_fact_becomes_a_work_only_where_a_list_or_the_context_names_it(lists: Lists) -> None:
    authority = Authority(facts=(FACT, OTHER))
    assert [w.key for w in resolve([], authority).works] == []
    assert [w.key for w in resolve([lists("a", "Grad-CAM")], authority).works] == ["1610.02391"]
    for ref in ("arxiv:1810.03292", "title:Sanity checks for saliency maps"):
        works = resolve([], authority, [ref, "doi:10.1/unknown"]).works
        assert [(w.key, w.mentions, w.fact) for w in works] == [("1810.03292", (), OTHER)]


def test_facts_values_win_and_the_lists_stay_visible(lists: Lists) -> None:
    given = lists(
        "a",
        "Grad-CAM: visual explanations from deep networks via gradient-based localization"
        " | y=2016;x=1610.02391;v=arXiv;c=13006",
    )
    work = resolve([given], Authority(facts=(FACT,))).works[0]
    assert (work.title, work.year, work.doi, work.form) == (FACT.title, 2017, FACT.doi, "conference paper")
    said = {(s.field, s.value, s.source, s.line, s.chosen) for s in work.field_sources}
    assert {
        ("year", "2017", "facts", None, True),
        ("year", "2016", "a", 1, False),
        ("venue", "arXiv", "a", 1, False),
        ("arxiv", "1610.02391", "a", 1, True),
        ("citations", "13006", "a", 1, True),
    } <= said
    assert [a.credited for a in work.authorships] == ["Ramprasaath R. Selvaraju", "Michael Cogswell"]


def test_title_of_one_fact_with_the_link_of_another_goes_by_the_title(lists: Lists) -> None:
    found = resolve([lists("a", "Sanity Checks for Saliency Maps | x=1610.02391")], Authority(facts=(FACT, OTHER)))
    assert [(w.key, w.arxiv, w.urls) for w in found.works] == [("1810.03292", "1810.03292", ())]
    refused = next(j for j in found.judgements if "facts:1" in (j.left, j.right))
    assert any("wrong link" in r.sentence for r in refused.reasons)


# --------------------------------------------------------------------------- people's judgements


def judged(left: str, right: str, same: bool) -> CuratedJudgement:
    return CuratedJudgement(2, left, right, same, "it was looked up", "xaikg", "2026-01-01")


def test_people_can_join_what_evidence_keeps_apart(lists: Lists) -> None:
    given = lists("a", "Attention is not Explanation", "Attention is not not Explanation")
    by_hand = Authority(judgements=(judged("a:1", "title:attention is NOT not explanation", True),))
    assert len(resolve([given], Authority()).works) == 2
    assert len(resolve([given], by_hand).works) == 1


def test_people_can_keep_apart_what_evidence_joins_even_through_others(lists: Lists) -> None:
    same = "Stop Explaining Black Box Models"
    given = lists("a", f"{same} | x=1811.10154", f"{same} | y=2019", f"{same} | y=2018;v=AAAI")
    by_hand = Authority(judgements=(judged("a:1", "a:3", False),))
    assert len(resolve([given], Authority()).works) == 1
    works = resolve([given], by_hand).works
    assert len(works) == 2
    assert not any({"a:1", "a:3"} <= set(refs(w)) for w in works)


def test_judgement_about_something_that_is_not_there_says_nothing(lists: Lists) -> None:
    by_hand = Authority(judgements=(judged("other:1", "arxiv:1234.56789", True),))
    assert len(resolve([lists("a", "Anything at All")], by_hand).works) == 1


# --------------------------------------------------------------------------- values


def test_values_without_a_fact(lists: Lists) -> None:
    given = [
        lists(
            "a",
            "TCAV: Quantitative Testing with Concept Vectors"
            " | a=Been Kim et al.;y=2017;v=arXiv;c=10;x=1711.11279;n=TCAV",
            "Quantitative Testing with Concpet Vectors"
            " | y=2018;v=ICML;c=12;l=https://Example.org/tcav/;code=https://github.com/tensorflow/tcav",
        ),
        lists(
            "b",
            "Quantitative testing with concept vectors | a=B. Kim and M. Wattenberg;y=2018;l=http://example.org/tcav",
            "TCAV",
        ),
    ]
    work = resolve(given, Authority(venues=())).works[0]
    assert refs(work) == ["a:1", "a:2", "b:1", "b:2"]
    assert work.title == "TCAV: Quantitative Testing with Concept Vectors"
    assert (work.year, work.venue, work.citations, work.arxiv) == (2018, "icml", 12, "1711.11279")
    assert work.aliases == ("TCAV",)
    assert work.other_titles == ()
    assert work.urls == ("https://arxiv.org/abs/1711.11279", "https://Example.org/tcav/")
    assert work.code_urls == ("https://github.com/tensorflow/tcav",)
    assert [a.credited for a in work.authorships] == ["B. Kim", "M. Wattenberg"]


def _list(key: str, entries: list[str]) -> ReadingList:
    """Return a list of entries: what the fixture gives, for tests that hypothesis calls many times."""
    fields = [
        dict(part.split("=", 1) for part in entry.partition("|")[2].strip().split(";") if part) for entry in entries
    ]
    mentions = tuple(
        Mention(
            Place(key, (), line, line),
            entry.partition("|")[0].strip(),
            authors=tuple(more["a"].removesuffix(" et al.").split(" and ")) if "a" in more else (),
            authors_complete="a" in more and not more["a"].endswith("et al."),
            year=int(more["y"]) if "y" in more else None,
            venue=more.get("v"),
            identifiers=(f"arxiv:{more['x']}",) if "x" in more else (),
        )
        for line, (entry, more) in enumerate(zip(entries, fields, strict=True), 1)
    )
    return ReadingList(key, key, "0" * 64, len(entries), mentions)
