from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toy import values
from xaikg.describe import describe, relation_key
from xaikg.describe.relations import ENDS
from xaikg.errors import CuratedError
from xaikg.model import (
    AssertionMethod,
    Description,
    End,
    Evidence,
    Relation,
    RelationStatus,
    RelationType,
    Resolution,
    Work,
)

OLD = Work("1512.04150", "Old", year=2016, arxiv="1512.04150", doi="10.1000/old")
NEW = Work("1710.11063", "New", year=2018, arxiv="1710.11063")
BARE = Work("bare-abc", "Bare", year=2017)
METHODS = """
[[method]]
key = "old"
name = "Old method"
introduced_in = ["arxiv:1512.04150"]
[[method]]
key = "new"
name = "New method"
introduced_in = ["arxiv:1710.11063"]
"""
GOOD: dict[str, Any] = {
    "type": "EXTENDS", "source": "arxiv:1710.11063", "target": "arxiv:1512.04150", "confidence": 0.9,
    "status": "ACCEPTED", "by": "xaikg", "on": "2026-01-31",
}  # fmt: skip
PROOF = {"statement": "It says so.", "source": "https://arxiv.org/abs/1710.11063", "locator": "abstract"}


def toml(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def row(proof: dict[str, Any] | None = PROOF, **changes: Any) -> str:
    values_ = {k: v for k, v in {**GOOD, **changes}.items() if v is not None}
    text = "[[relation]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in values_.items())
    if proof is not None:
        text += "[[relation.evidence]]\n" + "".join(f"{k} = {toml(v)}\n" for k, v in proof.items())
    return text


def built(folder: Path, text: str, *works: Work, context: bool = False) -> Description:
    (folder / "methods.toml").write_text(METHODS, "utf-8")
    (folder / "relations.toml").write_text(text, "utf-8")
    return describe(Resolution(works or (OLD, NEW, BARE), (), ()), folder, context=context)


def test_the_toy_files_describe_the_toy_values() -> None:
    assert describe(values.RESOLUTION, values.CURATED, context=True) == values.DESCRIPTION


def test_a_row_becomes_a_relation_that_knows_its_line(tmp_path: Path) -> None:
    source, target = End("paper", "1710.11063"), End("paper", "1512.04150")
    assert built(tmp_path, "\n" + row(target="doi:10.1000/OLD")).relations == (
        Relation(
            relation_key(source, RelationType.EXTENDS, target, "xaikg"), RelationType.EXTENDS, source, target,
            (Evidence("It says so.", "https://arxiv.org/abs/1710.11063", "abstract"),), 0.9, RelationStatus.ACCEPTED,
            AssertionMethod.CURATED, "xaikg", "2026-01-31", "curated/relations.toml#2",
        ),
    )  # fmt: skip


def test_a_toml_date_and_a_text_date_are_one(tmp_path: Path) -> None:
    text = row().replace("'2026-01-31'", "2026-01-31")
    assert built(tmp_path, text).relations[0].asserted_at == "2026-01-31"


def test_a_locator_may_be_left_out(tmp_path: Path) -> None:
    assert built(tmp_path, row({"statement": "s", "source": "https://e.org/x"})).relations[0].evidence == (
        Evidence("s", "https://e.org/x", None),
    )


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (row(type="ENHANCES"), 1, "'type' is 'ENHANCES'; it must be one of EXTENDS, GENERALIZES"),
        (row(type=None), 1, "'type' is missing"),
        (row(status="MAYBE"), 1, "'status' is 'MAYBE'"),
        (row(confidence=1.01), 1, "'confidence' is 1.01"),
        (row(confidence=-0.1), 1, "'confidence' is -0.1"),
        (row(confidence="high"), 1, "'confidence' is 'high'"),
        (row(confidence=True), 1, "'confidence' is True"),
        (row(confidence=float("nan")), 1, "'confidence' is nan"),
        (row(on="yesterday"), 1, "'on' is 'yesterday'; it must be a date"),
        (row(on="2026-02-30"), 1, "'on' is '2026-02-30'"),
        (row().replace("'2026-01-31'", "2026-01-31T00:00:00"), 1, "it must be a date"),
        (row(by=" "), 1, "'by' must be a text that is not empty"),
        (row(source="1710.11063"), 1, "source is '1710.11063'; write method:"),
        (row(source="method:newest", target="method:old"), 1, "the method 'newest', which methods.toml does not know"),
        (row(target="arxiv:1710.11063v2"), 1, "source and target are both 'arxiv:1710.11063'"),
        (row(source="method:old", target="method:old"), 1, "source and target are both 'method:old'"),
        (row(source="arxiv:1512.04150", target="doi:10.1000/old"), 1, "are one paper"),
        (
            row(type="REPLIES_TO", source="method:new", target="method:old"),
            1,
            "REPLIES_TO runs from a paper to a paper",
        ),
        (
            row(source="method:new"),
            1,
            "EXTENDS runs from a method to a method or a paper to a paper, not from a method",
        ),
        (row(target="method:old"), 1, "not from a paper to a method"),
        (row(type="EVALUATES", source="method:new", target="method:old"), 1, "not from a method to a method"),
        (
            row(source="arxiv:1512.04150", target="arxiv:1710.11063"),
            1,
            "the source is older than the target (2016 and 2018)",
        ),
        (row(source="method:old", target="method:new"), 1, "the source is older than the target"),
        (row(type="CRITIQUES", source="arxiv:1512.04150", target="method:new"), 1, "older than the target (2016"),
        (row(note="x"), 1, "unknown key 'note'; known are type, source"),
        (row(None), 1, "'evidence' is missing; at least one is needed"),
        (row({**PROOF, "page": 3}), 9, "unknown key 'page'; known are statement, source, locator"),
        (row({**PROOF, "statement": ""}), 9, "'statement' must be a text"),
        (row({"source": "https://e.org"}), 9, "'statement' is missing"),
        (row({"statement": "s"}), 9, "'source' is missing"),
        (row({**PROOF, "source": "the paper"}), 9, "the source 'the paper' must be a web address"),
        (row({**PROOF, "source": "https://"}), 9, "must be a web address"),
        (row({**PROOF, "source": "javascript:alert(1)"}), 9, "must be a web address"),
        (row({**PROOF, "locator": 3}), 9, "'locator' must be a text"),
        (row() + "\n" + row(confidence=0.5), 14, "'xaikg' stated this relation already in line 1"),
        (row() + "\n" + row(target="doi:10.1000/old"), 14, "stated this relation already in line 1"),
        ("# one\n\n" + row() + row(type="USES", on=None), 15, "'on' is missing"),
        (row() + "[[relation]\n", 13, "is not valid TOML"),
    ],
)
def test_a_malformed_relation_is_refused_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    with pytest.raises(CuratedError) as caught:
        built(tmp_path, text)
    assert (caught.value.path, caught.value.line) == (tmp_path / "relations.toml", line)
    assert reason in caught.value.reason


def test_a_relation_whose_works_are_not_in_the_build_is_left_out_or_refused(tmp_path: Path) -> None:
    text = row() + row(type="CRITIQUES", source="title:Bare", target="method:old")
    assert built(tmp_path, text, NEW).relations == ()
    assert [r.target for r in built(tmp_path, text, OLD, BARE).relations] == [End("method", "old")]
    with pytest.raises(CuratedError, match=r"relations\.toml:13: 'title:Bare' names no work of this build"):
        built(tmp_path, text, OLD, NEW, context=True)


def test_two_agents_may_state_one_relation_and_contradict_each_other(tmp_path: Path) -> None:
    found = built(tmp_path, row() + row(by="https://orcid.org/0000-0002-1825-0097", status="REJECTED")).relations
    assert {r.asserted_by: r.status.value for r in found} == {
        "xaikg": "ACCEPTED",
        "https://orcid.org/0000-0002-1825-0097": "REJECTED",
    }
    assert len({r.key for r in found}) == 2


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (Work("a", "A", year=2016, arxiv="1611.02639"), Work("b", "B", year=2017, arxiv="1605.01713")),
        (Work("a", "A", year=2016), Work("b", "B", year=2017, arxiv="1605.01713")),
        (Work("a", "A", year=2017), Work("b", "B", year=2017)),
        (Work("a", "A"), Work("b", "B", year=2017)),
        (Work("a", "A", year=2016), Work("b", "B")),
        (Work("a", "A", year=1999, arxiv="cs/9905001"), Work("b", "B", year=2000, arxiv="cs/9901001")),
    ],
)
def test_a_source_that_may_be_newer_is_taken_whatever_the_years_of_print_say(
    tmp_path: Path, source: Work, target: Work
) -> None:
    text = row(source="title:A", target="title:B")
    (tmp_path / "relations.toml").write_text(text, "utf-8")
    assert len(describe(Resolution((source, target), (), ()), tmp_path, context=True).relations) == 1


@pytest.mark.parametrize(
    ("source", "target"),
    [
        (Work("a", "A", year=2016, arxiv="1605.01713"), Work("b", "B", year=2017, arxiv="1611.02639")),
        (Work("a", "A", year=2015), Work("b", "B", year=2017, arxiv="1605.01713")),
        (Work("a", "A", year=2016), Work("b", "B", year=2017)),
        (Work("a", "A", year=1999, arxiv="cs/9901001"), Work("b", "B", year=2001, arxiv="cs/0005001")),
    ],
)
def test_a_source_that_is_surely_older_is_refused(tmp_path: Path, source: Work, target: Work) -> None:
    (tmp_path / "relations.toml").write_text(row(source="title:A", target="title:B"), "utf-8")
    with pytest.raises(CuratedError, match="the newer side is the source"):
        describe(Resolution((source, target), (), ()), tmp_path, context=False)


def test_every_relation_type_says_which_ends_it_may_have() -> None:
    assert set(ENDS) == set(RelationType)


@given(st.randoms(use_true_random=False))
def test_keys_do_not_depend_on_the_order_of_rows(
    tmp_path_factory: pytest.TempPathFactory, shuffler: random.Random
) -> None:
    rows = [row(), row(type="USES"), row(type="CRITIQUES", target="method:old"), row(by="b"), row(type="USES", by="b")]
    folder = tmp_path_factory.mktemp("curated")
    straight = built(folder, "".join(rows))
    shuffler.shuffle(rows)
    shuffled = built(folder, "".join(rows))
    assert [(r.key, r.asserted_by) for r in straight.relations] == [(r.key, r.asserted_by) for r in shuffled.relations]
    assert len({r.key for r in straight.relations}) == len(rows)


ENDS_DRAWN = st.builds(End, st.sampled_from(["paper", "method"]), st.text("ab-", min_size=1, max_size=6))


@given(st.lists(st.tuples(ENDS_DRAWN, st.sampled_from(RelationType), ENDS_DRAWN, st.sampled_from("xy")), unique=True))
def test_different_statements_have_different_keys(said: list[tuple[End, RelationType, End, str]]) -> None:
    assert len({relation_key(*each) for each in said}) == len(said)
