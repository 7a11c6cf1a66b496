"""Whose works they are, and which authors are one person."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from xaikg.model import Fact, PersonName, ReadingList, Resolution
from xaikg.resolve import Authority, PersonRow, resolve

Lists = Callable[..., ReadingList]


def persons(found: Resolution) -> dict[str, list[str]]:
    """Return the titles of each person's works."""
    by_person: dict[str, list[str]] = {}
    for work in found.works:
        for each in work.authorships:
            by_person.setdefault(each.person, []).append(work.title)
    return {key: sorted(titles) for key, titles in by_person.items()}


@pytest.mark.parametrize(
    ("first", "second", "number"),
    [
        ("Been Kim", "Been Kim", 1),
        ("Kristof T. Schütt", "Kristof T. Schutt", 1),
        ("Song-Chun Zhu", "Song Chun Zhu", 1),
        ("Matthew D. Zeiler", "Matthew Zeiler", 1),
        ("Jun-Yan Zhu", "Jun Zhu", 2),
        ("Yang Liu", "Yan Liu", 2),
        ("Tommi Jaakola", "Tommi Jaakkola", 2),
        ("B. Kim", "Been Kim", 2),
        ("Kim", "Been Kim", 2),
        ("Kim", "Kim", 2),
    ],
)
def test_names_in_two_works_are_so_many_people(first: str, second: str, number: int, lists: Lists) -> None:
    given = lists("a", f"Counterfactual Weather | a={first}", f"Saliency of Oceans | a={second}")
    assert len(resolve([given], Authority()).persons) == number


def test_initials_mean_the_one_full_name_that_shares_a_co_author(lists: Lists) -> None:
    given = lists(
        "a",
        "Saliency of Oceans | a=Karen Simonyan and Andrea Vedaldi",
        "Counterfactual Weather | a=K. Simonyan and A. Vedaldi",
        "Graphs of Bread | a=K. Simonyan and Somebody Else",
    )
    found = persons(resolve([given], Authority()))
    assert found["karen-simonyan"] == ["Counterfactual Weather", "Saliency of Oceans"]
    assert found["k-simonyan"] == ["Graphs of Bread"]


def test_initials_that_fit_two_full_names_mean_neither(lists: Lists) -> None:
    given = lists(
        "a",
        "Saliency of Oceans | a=Jun Zhu and Andrea Vedaldi",
        "Graphs of Bread | a=Jin Zhu and Andrea Vedaldi",
        "Counterfactual Weather | a=J. Zhu and Andrea Vedaldi",
    )
    assert persons(resolve([given], Authority()))["j-zhu"] == ["Counterfactual Weather"]


def test_two_people_with_one_name_in_one_paper_stay_two(lists: Lists) -> None:
    given = lists("a", "Saliency of Oceans | a=Wei Wang and Wei Wang", "Graphs of Bread | a=Wei Wang")
    found = resolve([given], Authority())
    assert len(found.persons) == 2
    assert {p.name for p in found.persons} == {"Wei Wang"}
    assert len({a.person for w in found.works if w.title.startswith("Saliency") for a in w.authorships}) == 2


def test_middle_names_that_differ_keep_a_shorter_name_apart(lists: Lists) -> None:
    given = lists(
        "a", "Saliency of Oceans | a=Jun S. Zhu", "Graphs of Bread | a=Jun T. Zhu", "Counterfactual Weather | a=Jun Zhu"
    )
    assert len(resolve([given], Authority()).persons) == 3


def test_spellings_of_one_works_lists_are_one_person(lists: Lists) -> None:
    entry = "Robust Interpretability with Self-Explaining Networks"
    given = [
        lists("a", f"{entry} | a=Alvarez-Melis and Jaakola"),
        lists("b", f"{entry} | a=David Alvarez-Melis and Tommi S. Jaakkola"),
        lists("c", f"{entry} | a=D. Alvarez-Melis et al."),
    ]
    found = resolve(given, Authority())
    assert [(p.key, p.variants) for p in found.persons] == [
        ("david-alvarez-melis", ("Alvarez-Melis", "D. Alvarez-Melis", "David Alvarez-Melis")),
        ("tommi-s-jaakkola", ("Jaakola", "Tommi S. Jaakkola")),
    ]


def test_family_name_before_given_name_is_the_same_person(lists: Lists) -> None:
    entry = "Bayesian Teaching of Machines"
    given = [
        lists("a", f"{entry} | a=Yang, S. C. H. and Shafto, P."),
        lists("b", f"{entry} | a=Scott Cheng-Hsin Yang and Patrick Shafto"),
    ]
    assert [p.key for p in resolve(given, Authority()).persons] == ["patrick-shafto", "scott-cheng-hsin-yang"]


def test_short_list_never_shortens_the_facts_authors(lists: Lists) -> None:
    fact = Fact(1, "Saliency of Oceans", authors=(PersonName("Ada", "Lovelace"), PersonName("Alan", "Turing")))
    work = resolve([lists("a", "Saliency of Oceans | a=Lovelace et al.")], Authority(facts=(fact,))).works[0]
    assert [(a.position, a.credited, a.person) for a in work.authorships] == [
        (1, "Ada Lovelace", "ada-lovelace"),
        (2, "Alan Turing", "alan-turing"),
    ]


def test_family_name_alone_is_a_person_of_this_work_alone(lists: Lists) -> None:
    found = resolve([lists("a", "Saliency of Oceans | a=Selvaraju et al.")], Authority())
    assert found.persons[0].name == "Selvaraju"
    assert found.persons[0].key.startswith("selvaraju-")


def test_curated_rows_say_who_is_who(lists: Lists) -> None:
    rows = (
        PersonRow(2, "sebastian-lapuschkin", "Sebastian Lapuschkin", "Sebastian Bach"),
        PersonRow(3, "jie-ren-2", "Jie Ren", "Jie Ren", ("arxiv:1906.02530",), "0000-0001-2345-6789"),
    )
    given = lists(
        "a",
        "Saliency of Oceans | a=Sebastian Bach",
        "Counterfactual Weather | a=Sebastian Lapuschkin",
        "Trust under Shift | a=Jie Ren;x=1906.02530",
        "Graphs of Bread | a=Jie Ren",
    )
    found = resolve([given], Authority(persons=rows))
    assert {key: len(titles) for key, titles in persons(found).items()} == {
        "sebastian-lapuschkin": 2,
        "jie-ren-2": 1,
        "jie-ren": 1,
    }
    by_key = {p.key: p for p in found.persons}
    assert by_key["sebastian-lapuschkin"].variants == ("Sebastian Bach", "Sebastian Lapuschkin")
    assert by_key["jie-ren-2"].orcid == "0000-0001-2345-6789"
