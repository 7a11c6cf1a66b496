"""Every merge and every refusal can be explained, compared or not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from xaikg.errors import AmbiguousNameError, NotFoundError
from xaikg.model import ReadingList
from xaikg.resolve import EVIDENCE, Authority, CuratedJudgement, explain

Lists = Callable[..., ReadingList]


@pytest.fixture
def given(lists: Lists) -> list[ReadingList]:
    return [
        lists(
            "a",
            "Saliency Maps of Northern Oceans | x=1610.02391",
            "Saliency Maps of Northern Oceans | y=2017",
            "Graphs of Bread",
            "Attention is not Explanation",
            "Attention is not not Explanation",
        ),
        lists("b", "SWIM: Saliency Maps of Northern Oceans", "SWIM"),
    ]


def sentences(left: str, right: str, lists: list[ReadingList], authority: Authority = Authority()) -> str:  # noqa: B008
    return " ".join(r.sentence for r in explain(left, right, lists, authority).reasons)


def test_merge_says_what_spoke_for_it(given: list[ReadingList]) -> None:
    found = explain("a:1", "a:2", given, Authority())
    assert (found.left, found.right, found.same) == ("a:1", "a:2", True)
    assert found.score > 0.5
    assert [r.evidence for r in found.reasons] == ["same_title"]


def test_refusal_says_what_spoke_against_it(given: list[ReadingList]) -> None:
    found = explain("a:4", "a:5", given, Authority())
    assert not found.same
    assert found.score < 0.5
    assert "“not” in one alone" in sentences("a:4", "a:5", given)


def test_pair_that_was_never_compared_is_explained_too(given: list[ReadingList]) -> None:
    assert "never compared" in sentences("a:1", "a:3", given)
    assert "have little in common" in sentences("a:1", "a:3", given)


def test_pair_that_is_one_work_through_others_names_them(given: list[ReadingList]) -> None:
    found = explain("b:2", "a:1", given, Authority())
    assert found.same
    assert "through a:1 – " in sentences("b:2", "a:1", given)


def test_curated_judgement_is_the_first_reason(given: list[ReadingList]) -> None:
    row = CuratedJudgement(2, "a:4", "a:5", True, "both are one talk", "xaikg", "2026-01-01")
    found = explain("a:4", "a:5", given, Authority(judgements=(row,)))
    assert (found.same, found.score) == (True, 1.0)
    assert found.reasons[0].sentence == "xaikg judged on 2026-01-01 that they are one work: both are one talk."


def test_evidence_for_a_pair_that_others_keep_apart_says_so(lists: Lists) -> None:
    same = "Stop Explaining Black Box Models"
    given = [lists("a", f"{same} | x=1811.10154", f"{same} | y=2019", f"{same} | y=2018;v=AAAI")]
    rows = (CuratedJudgement(2, "a:1", "a:3", False, "checked", "xaikg", "2026-01-01"),)
    judged = [explain("a:2", ref, given, Authority(judgements=rows)) for ref in ("a:1", "a:3")]
    refused = next(j for j in judged if not j.same)
    assert "kept apart all the same" in refused.reasons[-1].sentence


@pytest.mark.parametrize(
    ("name", "ref"),
    [
        ("arxiv:1610.02391", "a:1"),
        ("saliency maps of northern OCEANS", "a:1"),
        ("title:Graphs of Bread", "a:3"),
        ("swim", "b:2"),
        ("b:2", "b:2"),
    ],
)
def test_entry_is_found_by_any_of_its_names(name: str, ref: str, given: list[ReadingList]) -> None:
    assert ref in (explain(name, "a:4", given, Authority()).left, explain(name, "a:4", given, Authority()).right)


def test_entry_and_itself_are_one(given: list[ReadingList]) -> None:
    assert explain("a:3", "Graphs of Bread", given, Authority()).same


def test_unknown_name_is_an_error_with_the_nearest(given: list[ReadingList]) -> None:
    with pytest.raises(NotFoundError) as caught:
        explain("Graphs of Breda", "a:1", given, Authority())
    assert caught.value.nearest[0] == "Graphs of Bread"


def test_title_of_two_works_is_ambiguous(lists: Lists) -> None:
    given = [
        lists(
            "a",
            "A Survey of Explanations | a=Ada Lovelace;y=2015",
            "A Survey of Explanations | a=Alan Turing;y=2020",
            "Else",
        )
    ]
    with pytest.raises(AmbiguousNameError) as caught:
        explain("A Survey of Explanations", "a:3", given, Authority())
    assert caught.value.candidates == ("a:1", "a:2")


def test_documentation_has_every_row_of_the_table_with_its_weight() -> None:
    page = (Path(__file__).parents[2] / "docs" / "resolve.md").read_text(encoding="utf-8")
    rows = [
        (e.name, f"{e.weight:+.2f}".replace("-", "−"), (e.row.__doc__ or "").removeprefix("Say that "))
        for e in EVIDENCE
    ]
    missing = [row for row in rows if f"| `{row[0]}` | {row[1]} | {row[2]} |" not in page]
    assert missing == []
    assert len({e.name for e in EVIDENCE}) == len(EVIDENCE)
    assert all(-1 <= e.weight <= 1 for e in EVIDENCE)
