"""Keys that were published never change."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from xaikg.model import ReadingList
from xaikg.resolve import Authority, IdRow, load_authority, new_id_rows, resolve

Lists = Callable[..., ReadingList]


def with_ids(*rows: tuple[str, ...]) -> Authority:
    return Authority(ids=tuple(IdRow(n, "paper", row[0], row[1:]) for n, row in enumerate(rows, 2)))


def keys(found_in: ReadingList, authority: Authority) -> list[tuple[str, tuple[str, ...]]]:
    return [(w.key, w.former_keys) for w in resolve([found_in], authority).works]


def test_new_key_is_the_arxiv_identifier_else_the_doi_else_the_title(lists: Lists) -> None:
    given = lists(
        "a",
        "One Thing | x=1610.02391;d=10.1109/ICCV.2017.74",
        "Another Matter | d=10.1109/ICCV.2017.75",
        "Feature Visualization",
    )
    assert [key for key, _ in keys(given, Authority())] == [
        "10.1109-iccv.2017.75",
        "1610.02391",
        "feature-visualization-b018c6",
    ]


def test_published_key_stays_when_the_work_gets_an_identifier(lists: Lists) -> None:
    published = with_ids(("saliency-of-oceans-1a2b3c", "title:Saliency of oceans"))
    assert keys(lists("a", "Saliency of Oceans | x=1610.02391"), published) == [("saliency-of-oceans-1a2b3c", ())]


def test_merged_work_keeps_the_older_key_and_remembers_the_younger(lists: Lists) -> None:
    published = with_ids(
        ("oceans-old", "title:Saliency of Oceans"), ("1610.02391", "arxiv:1610.02391", "title:Ocean Saliency")
    )
    assert keys(lists("a", "Saliency of Oceans | x=1610.02391"), published) == [("oceans-old", ("1610.02391",))]


def test_work_that_was_split_keeps_the_key_with_its_identifier(lists: Lists) -> None:
    published = with_ids(("1610.02391", "arxiv:1610.02391", "title:Saliency of Oceans"))
    given = lists("a", "Saliency of Oceans | a=Ada Lovelace;y=2010", "Graphs of Bread | x=1610.02391")
    found = {w.title: w.key for w in resolve([given], published).works}
    assert found["Graphs of Bread"] == "1610.02391"
    assert found["Saliency of Oceans"].startswith("saliency-of-oceans-")


def test_key_of_a_work_that_is_gone_is_not_given_to_another(lists: Lists) -> None:
    published = with_ids(("1610.02391", "arxiv:1701.00001", "title:Something That Is Gone"))
    assert keys(lists("a", "Graphs of Bread | x=1610.02391"), published)[0][0] != "1610.02391"


def test_two_works_of_one_title_have_two_keys(lists: Lists) -> None:
    given = lists(
        "a", "A Survey of Explanations | a=Ada Lovelace;y=2015", "A Survey of Explanations | a=Alan Turing;y=2020"
    )
    found = [key for key, _ in keys(given, Authority())]
    assert len(set(found)) == 2


def test_other_works_of_the_same_title_do_not_take_a_published_key(lists: Lists) -> None:
    published = with_ids(("1610.02391", "arxiv:1610.02391", "title:A Survey of Explanations"))
    assert keys(lists("a", "A Survey of Explanations | x=2001.00001"), published) == [("2001.00001", ())]


def test_appended_rows_make_the_next_resolution_find_its_keys(lists: Lists, tmp_path: Path) -> None:
    given = lists("a", "Saliency of Oceans", "Graphs of Bread | x=1610.02391")
    first = resolve([given], Authority())
    rows = new_id_rows(first.works, Authority())
    (tmp_path / "ids.tsv").write_text("\n".join(("kind\tkey\trefs", *rows)) + "\n", encoding="utf-8")
    authority = load_authority(tmp_path)
    later = resolve(
        [lists("a", "Saliency of oceans | x=2001.00001;y=2020", "Graphs of Bread | x=1610.02391")], authority
    )
    assert {w.key for w in later.works} == {w.key for w in first.works}
    assert new_id_rows(later.works, authority) == (f"paper\t{later.works[1].key}\tarxiv:2001.00001",)


def test_shipped_keys_cover_every_fact(shipped: Authority) -> None:
    context = [ref for f in shipped.facts for ref in ([f"arxiv:{f.arxiv}"] if f.arxiv else [f"title:{f.title}"])]
    found = resolve([], shipped, context)
    assert len(found.works) == len(shipped.facts)
    assert new_id_rows(found.works, shipped) == ()
