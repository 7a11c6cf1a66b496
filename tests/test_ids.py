"""Identifiers in links and texts, and names that are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xaikg import ids


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://arxiv.org/abs/1706.03825", "1706.03825"),
        ("http://www.arxiv.org/pdf/1706.03825v2.pdf", "1706.03825"),
        ("https://arxiv.org/pdf/1706.03825v2#page=3", "1706.03825"),
        ("arxiv.org/abs/1706.03825)", "1706.03825"),
        ("https://ar5iv.org/abs/1706.03825", "1706.03825"),
        ("https://arxiv.org/abs/cs/0510436", "cs/0510436"),
        ("https://arxiv.org/abs/math/0510436v1", "math/0510436"),
        ("arXiv:1706.03825", "1706.03825"),
        ("arXiv preprint arXiv 1706.03825v2", "1706.03825"),
        ("https://doi.org/10.48550/arXiv.1706.03825", "1706.03825"),
        ("https://x.org/papers/1706.03825.pdf", None),
        ("https://arxiv.org/list/cs.LG/recent", None),
        ("1706.03825 citations", None),
        ("https://arxiv.org/abs/1799.03825", None),
        ("", None),
    ],
)
def test_an_arxiv_identifier_is_known_in_all_its_forms(text: str, expected: str | None) -> None:
    assert ids.arxiv(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://doi.org/10.1109/WACV.2018.00097", "10.1109/wacv.2018.00097"),
        ("doi: 10.1109/PacificVis48177.2020.2785.", "10.1109/pacificvis48177.2020.2785"),
        ("https://link.springer.com/content/pdf/10.1007%2F978-3-319-10590-1_53.pdf", "10.1007/978-3-319-10590-1_53"),
        ("https://link.springer.com/chapter/10.1007/978-3-030-28954-6_1", "10.1007/978-3-030-28954-6_1"),
        ("https://dl.acm.org/doi/pdf/10.1145/2939672.2939778?download=true", "10.1145/2939672.2939778"),
        ("https://dl.acm.org/doi/abs/10.1145/3292500.3330908#sec-cit", "10.1145/3292500.3330908"),
        ("https://www.frontiersin.org/articles/10.3389/frai.2021.550030/full", "10.3389/frai.2021.550030"),
        ("https://journals.plos.org/plosone/article?id=10.1371/journal.pone.0130140", "10.1371/journal.pone.0130140"),
        ("https://onlinelibrary.wiley.com/doi/full/10.1111/rssb.12027", "10.1111/rssb.12027"),
        ("https://www.nature.com/articles/s42256-019-0048-x", "10.1038/s42256-019-0048-x"),
        ("https://www.nature.com/articles/nature14539.pdf", "10.1038/nature14539"),
        ("(doi:10.1000/abc)", "10.1000/abc"),
        ("https://doi.org/10.48550/arXiv.1706.03825", None),
        ("https://www.nature.com/natmachintell", None),
        ("version 10.2/3", None),
        ("", None),
    ],
)
def test_a_doi_is_known_in_addresses_and_texts(text: str, expected: str | None) -> None:
    assert ids.doi(text) == expected


@given(st.from_regex(r"10\.\d{4,6}/[a-z0-9]{1,4}(?:[.-][a-z0-9]{1,6}){0,3}[0-9]", fullmatch=True))
def test_a_doi_is_found_again_in_its_own_address(name: str) -> None:
    assert ids.doi(f"https://doi.org/{name}") == name
    assert ids.doi(f"see doi:{name}.") == name


@given(st.integers(7, 26), st.integers(1, 12), st.integers(0, 9999), st.integers(1, 9))
def test_an_arxiv_identifier_is_found_again_in_its_own_address(
    year: int, month: int, number: int, version: int
) -> None:
    digits = 4 if (year, month) < (15, 1) else 5
    name = f"{year:02}{month:02}.{number:0{digits}}"
    found = ids.arxiv(f"https://arxiv.org/abs/{name}v{version}")
    assert found == (name if (year, month) >= (7, 4) else None)


@given(st.text(max_size=120))
def test_no_text_is_too_strange_for_the_recognisers(text: str) -> None:
    for found in (ids.arxiv(text), ids.doi(text), ids.doi(f"https://doi.org/{text}")):
        assert found is None or "/" in found or found[0].isdigit()


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert ids.fold(ids.fold(text)) == ids.fold(text)


@given(st.text(max_size=60))
def test_a_slug_is_the_slug_of_itself(text: str) -> None:
    assert ids.slug(ids.slug(text)) == ids.slug(text)
