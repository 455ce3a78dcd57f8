from itertools import combinations, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.methods.trend import ols_slope, spearman, theil_sen_slope


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(6)))
def test_the_exact_chance_of_spearman_is_that_of_trying_all_orders(order: list[int]) -> None:
    squares = [sum((a - b) ** 2 for a, b in enumerate(ranks)) for ranks in permutations(range(6))]
    ours = sum((a - b) ** 2 for a, b in enumerate(order))
    below = sum(square <= ours for square in squares) / len(squares)
    above = sum(square >= ours for square in squares) / len(squares)
    assert spearman(np.array(order, dtype=float)).p_value == pytest.approx(min(1.0, 2 * min(below, above)))


@given(st.lists(st.floats(-1e3, 1e3), min_size=2, max_size=12))
def test_slopes_are_those_of_plain_loops(values: list[float]) -> None:
    slopes = sorted((b - a) / (j - i) for (i, a), (j, b) in combinations(enumerate(values), 2))
    assert theil_sen_slope(np.array(values)) == pytest.approx(float(np.median(slopes)))
    assert ols_slope(np.array(values)) == pytest.approx(np.polyfit(range(len(values)), values, 1)[0], abs=1e-6)
