from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from xaikg.search.fusion import reciprocal_ranks, share, shares

rankings = st.lists(st.lists(st.integers(0, 20), unique=True), min_size=1, max_size=4)


@given(rankings)
def test_scores_lie_between_nothing_and_one(given_rankings: list[list[int]]) -> None:
    assert all(0 < score <= 1 + 1e-12 for score in reciprocal_ranks(given_rankings).values())


@given(rankings)
def test_every_ranked_item_is_scored_and_nothing_else(given_rankings: list[list[int]]) -> None:
    assert set(reciprocal_ranks(given_rankings)) == {item for ranking in given_rankings for item in ranking}


@given(rankings)
def test_an_item_that_is_ahead_everywhere_is_ahead_in_the_end(given_rankings: list[list[int]]) -> None:
    scores = reciprocal_ranks(given_rankings)
    for left in scores:
        for right in scores:
            ahead = [
                r.index(left) < r.index(right) if left in r and right in r else right not in r for r in given_rankings
            ]
            if left != right and all(ahead):
                assert scores[left] > scores[right]


@given(rankings, st.permutations(range(4)))
def test_the_order_of_the_rankings_does_not_matter(given_rankings: list[list[int]], order: list[int]) -> None:
    shuffled = [given_rankings[place] for place in order if place < len(given_rankings)]
    before, after = reciprocal_ranks(given_rankings), reciprocal_ranks(shuffled)
    assert all(abs(before[item] - after[item]) < 1e-12 for item in before)


@given(st.lists(st.integers(), unique=True))
def test_one_ranking_keeps_its_order(ranking: list[int]) -> None:
    scores = reciprocal_ranks([ranking])
    assert sorted(scores, key=lambda item: -scores[item]) == ranking


@given(st.integers(1, 50), st.integers(1, 5))
def test_shares_are_the_share_of_each_rank(ranked: int, count: int) -> None:
    assert shares(ranked, count).tolist() == [share(rank, count) for rank in range(1, ranked + 1)]
