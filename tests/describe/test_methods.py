from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from toy import values
from xaikg.describe import describe, references
from xaikg.errors import CuratedError
from xaikg.model import Method, Resolution, Work

ONE = Work("1610.02391", "Grad-CAM", year=2017, arxiv="1610.02391", doi="10.1109/iccv.2017.74", aliases=("GC",))
TWO = Work("two-abc", "Second  Work", other_titles=("An Older Title",), year=2015)


def curate(folder: Path, methods: str, relations: str = "") -> Path:
    (folder / "methods.toml").write_text(methods, "utf-8")
    (folder / "relations.toml").write_text(relations, "utf-8")
    return folder


def method(key: str, name: str, *refs: str, aliases: str = "[]") -> str:
    return f'[[method]]\nkey = "{key}"\nname = "{name}"\naliases = {aliases}\nintroduced_in = {list(refs)!r}\n'


def built(folder: Path, *works: Work, context: bool = False) -> tuple[Method, ...]:
    return describe(Resolution(works, (), ()), folder, context=context).methods


@pytest.mark.parametrize(
    ("reference", "work"),
    [
        ("arxiv:1610.02391", ONE),
        ("arxiv:1610.02391v2", ONE),
        ("doi:10.1109/ICCV.2017.74", ONE),
        ("title:Grad-CAM!", ONE),
        ("title:second work", TWO),
        ("title:AN OLDER TITLE", TWO),
    ],
)
def test_a_reference_finds_its_work_by_identifier_and_by_folded_title(
    tmp_path: Path, reference: str, work: Work
) -> None:
    curate(tmp_path, method("m", "M", reference))
    assert [each.introduced_in for each in built(tmp_path, ONE, TWO, context=True)] == [(work.key,)]


def test_methods_are_sorted_and_know_their_first_year_and_their_line(tmp_path: Path) -> None:
    curate(tmp_path, method("z", "Z", "arxiv:1610.02391", "title:Second Work") + method("b", "B", "title:Second Work"))
    assert built(tmp_path, ONE, TWO) == (
        Method("b", "B", (), ("two-abc",), 2015, "curated/methods.toml#6"),
        Method("z", "Z", ("GC",), ("1610.02391", "two-abc"), 2015, "curated/methods.toml#1"),
    )


def test_a_method_whose_works_are_not_in_the_build_is_left_out_of_a_list_of_ones_own(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "M", "arxiv:1611.11111") + method("n", "N", "arxiv:1611.11111", "title:Second Work"))
    assert [(each.key, each.introduced_in) for each in built(tmp_path, TWO)] == [("n", ("two-abc",))]


def test_the_shipped_build_must_resolve_every_reference(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "M", "title:Second Work") + method("n", "N", "arxiv:1611.11111"))
    with pytest.raises(CuratedError, match=r"methods\.toml:6: 'arxiv:1611\.11111' names no work of this build"):
        built(tmp_path, TWO, context=True)


def test_a_title_that_two_works_have_is_refused_in_the_shipped_build_and_left_out_elsewhere(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "M", "title:Second Work"))
    twin = replace(TWO, key="twin")
    assert built(tmp_path, TWO, twin) == ()
    with pytest.raises(CuratedError, match=r"names 2 works \(twin, two-abc\); use an identifier"):
        built(tmp_path, TWO, twin, context=True)


def test_a_name_that_a_list_gives_becomes_an_alias_of_the_one_method_of_the_work(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "M", "arxiv:1610.02391"))
    assert built(tmp_path, ONE)[0].aliases == ("GC",)


@pytest.mark.parametrize(
    ("curated", "why"),
    [
        (method("m", "M", "arxiv:1610.02391") + method("n", "N", "arxiv:1610.02391"), "two methods of one work"),
        (method("m", "M", "arxiv:1610.02391") + method("n", "gc", "title:Second Work"), "another's name"),
        (method("m", "M", "arxiv:1610.02391") + method("n", "N", "title:Second Work", aliases='["Gc"]'), "its alias"),
        (method("m", "G.C", "arxiv:1610.02391") + method("n", "GC", "title:Second Work"), "a name by other letters"),
    ],
)
def test_a_name_of_a_list_is_no_alias_where_it_may_mean_another_method(tmp_path: Path, curated: str, why: str) -> None:
    curate(tmp_path, curated)
    assert "GC" not in built(tmp_path, ONE, TWO)[0].aliases, why


def test_a_name_that_lists_give_to_two_methods_belongs_to_neither(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "M", "arxiv:1610.02391") + method("n", "N", "title:Second Work"))
    assert [each.aliases for each in built(tmp_path, ONE, replace(TWO, aliases=("gc",)))] == [(), ()]


def test_aliases_are_sorted_without_the_name_and_without_doubles(tmp_path: Path) -> None:
    curate(tmp_path, method("m", "Grad-CAM", "arxiv:1610.02391", aliases='["z", "GradCAM", "grad cam", "Z"]'))
    assert built(tmp_path, ONE)[0].aliases == ("GC", "GradCAM", "Z")


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        (method("A", "A", "arxiv:1610.02391"), 1, "the key 'A' must be of small letters"),
        (method("a", "?!", "arxiv:1610.02391"), 1, "holds no letter or digit"),
        (method("a", "A"), 1, "'introduced_in' is missing"),
        (method("a", "A", "1610.02391"), 1, "'1610.02391' is no reference"),
        (method("a", "A", "arxiv:nothing"), 1, "'arxiv:nothing' is no reference"),
        (method("a", "A", "title:x") + method("a", "B", "title:x"), 6, "the key 'a' is that of the method in line 1"),
        (method("a", "A", "title:x") + method("b", "a", "title:x"), 6, "'a' also names the method 'a' in line 1"),
        (method("a", "A", "title:x") + method("b", "B", "title:x", aliases='["A."]'), 6, "'A.' also names"),
        (method("a", "A", "title:x") + 'year = 2017\n', 1, "unknown key 'year'"),
        ('[[method]]\nname = "A"\nintroduced_in = ["title:x"]\n', 1, "'key' is missing"),
        ('[[method]]\nkey = "a"\nname = "A"\naliases = "B"\n', 1, "'aliases' must be a list of texts"),
    ],
)  # fmt: skip
def test_a_malformed_method_is_refused_with_file_line_and_reason(
    tmp_path: Path, text: str, line: int, reason: str
) -> None:
    curate(tmp_path, text)
    for read in (lambda: references(tmp_path), lambda: built(tmp_path)):
        with pytest.raises(CuratedError) as caught:
            read()
        assert (caught.value.path, caught.value.line) == (tmp_path / "methods.toml", line)
        assert reason in caught.value.reason


def test_references_name_every_paper_of_both_files_in_one_form(tmp_path: Path) -> None:
    relation = (
        '[[relation]]\ntype = "CRITIQUES"\nsource = "doi:10.1000/X"\ntarget = "method:m"\nconfidence = 1\n'
        'status = "ACCEPTED"\nby = "xaikg"\non = 2026-01-31\n[[relation.evidence]]\nstatement = "s"\nsource = "https://e.org"\n'
    )
    curate(tmp_path, method("m", "M", "arxiv:1610.02391v1", "title:A  Title"), relation)
    assert references(tmp_path) == {"arxiv:1610.02391", "title:A Title", "doi:10.1000/x"}


def test_without_curated_files_nothing_is_described(tmp_path: Path) -> None:
    assert references(tmp_path) == frozenset()
    assert describe(values.RESOLUTION, tmp_path, context=True).methods == ()
