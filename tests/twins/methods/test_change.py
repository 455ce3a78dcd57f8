from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.methods.change import of_rates
from qualicity.methods.decomposition import shift, shortfall
from qualicity.methods.ranking import ranks

PART = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(lambda pair: (max(pair), min(pair)))
PARTS = st.lists(st.tuples(PART, PART), min_size=1, max_size=8).filter(
    lambda parts: sum(now[0] for now, _ in parts) > 0 and sum(then[0] for _, then in parts) > 0
)


@given(PARTS)
def test_nothing_of_a_change_is_left_over(parts: list[tuple[tuple[int, int], tuple[int, int]]]) -> None:
    n, k = np.array([now for now, _ in parts]).T
    m, j = np.array([then for _, then in parts]).T
    assert shift(n, k, m, j).total == pytest.approx(k.sum() / n.sum() - j.sum() / m.sum(), abs=1e-9)


@given(PARTS, st.floats(0, 1), st.booleans())
def test_nothing_of_a_shortfall_is_left_over(
    parts: list[tuple[tuple[int, int], tuple[int, int]]], aim: float, falling: bool
) -> None:
    n, k = np.array([now for now, _ in parts]).T
    found = shortfall(n, k, aim, falling=falling)
    assert found.contributions.sum() == pytest.approx(found.gap, abs=1e-9)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.01, 20)), min_size=1, max_size=7))
def test_ranks_are_those_of_a_plain_loop_over_pairs(found: list[tuple[float, float]]) -> None:
    from scipy import stats

    pairs = []
    for a, b in combinations(range(len(found)), 2):
        gap, spread = found[a][0] - found[b][0], np.hypot(found[a][1], found[b][1])
        pairs.append((2 * stats.norm.sf(abs(gap) / spread), a, b))
    best, worst = [1] * len(found), [len(found)] * len(found)
    for left, (p_value, a, b) in zip(range(len(pairs), 0, -1), sorted(pairs), strict=True):
        if p_value >= 0.05 / left:
            break
        high, low = (a, b) if found[a][0] > found[b][0] else (b, a)
        best[low] += 1
        worst[high] -= 1
    ours = ranks([value for value, _ in found], [error for _, error in found])
    assert ours.best.tolist() == best
    assert ours.worst.tolist() == worst


@settings(max_examples=30, deadline=None)
@given(PART.filter(lambda part: part[0] > 0), PART.filter(lambda part: part[0] > 0))
def test_a_change_read_backwards_is_the_same_change(now: tuple[int, int], then: tuple[int, int]) -> None:
    there, back = of_rates(now[1], now[0], then[1], then[0]), of_rates(then[1], then[0], now[1], now[0])
    assert there.difference == pytest.approx(-back.difference)
    assert (there.low, there.high) == pytest.approx((-back.high, -back.low))
    assert there.p_value == pytest.approx(back.p_value)
    assert there.low <= there.difference <= there.high
