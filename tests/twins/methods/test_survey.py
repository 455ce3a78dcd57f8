import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.survey import Design, mean, ratio, ratio_from_sums, total

ROWS = st.lists(
    st.tuples(st.floats(0.5, 50), st.floats(-20, 100), st.integers(0, 2), st.integers(0, 4)), min_size=2, max_size=25
)


def slow_variance(weighted: list[float], strata: list[int], clusters: list[int]) -> float:
    """Return the ultimate-cluster variance by plain loops."""
    variance = 0.0
    for stratum in set(strata):
        sums: dict[int, float] = {}
        for value, home, cluster in zip(weighted, strata, clusters, strict=True):
            if home == stratum:
                sums[cluster] = sums.get(cluster, 0.0) + value
        if len(sums) < 2:
            return math.nan
        middle = sum(sums.values()) / len(sums)
        variance += len(sums) / (len(sums) - 1) * sum((one - middle) ** 2 for one in sums.values())
    return variance


@given(ROWS)
def test_the_error_of_a_total_is_that_of_plain_loops(rows: list[tuple[float, float, int, int]]) -> None:
    w, y, strata, clusters = (list(column) for column in zip(*rows, strict=True))
    estimate = total(np.array(y), Design(np.array(w), np.array(strata), np.array(clusters)))
    expected = slow_variance([a * b for a, b in zip(w, y, strict=True)], strata, clusters)
    assert estimate.se == pytest.approx(math.sqrt(expected), rel=1e-7, abs=1e-6, nan_ok=True)


@given(ROWS)
def test_a_mean_is_a_ratio_over_ones(rows: list[tuple[float, float, int, int]]) -> None:
    w, y, strata, clusters = (np.array(column) for column in zip(*rows, strict=True))
    design = Design(w, strata, clusters)
    plain, over_ones = mean(y, design), ratio(y, np.ones(y.size), design)
    assert plain.value == pytest.approx(over_ones.value)
    assert plain.se == pytest.approx(over_ones.se, rel=1e-9, abs=1e-9, nan_ok=True)


@given(ROWS)
def test_sums_that_add_up_give_the_estimate_of_the_rows(rows: list[tuple[float, float, int, int]]) -> None:
    w, y = (np.array(column) for column in list(zip(*rows, strict=True))[:2])
    half = w.size // 2
    parts = [
        (a.size, a.sum(), a @ b, a @ a, a**2 @ b, a**2 @ b**2)
        for a, b in ((w[:half], y[:half]), (w[half:], y[half:]))
    ]
    n, *sums = (left + right for left, right in zip(*parts, strict=True))
    by_sums, by_rows = ratio_from_sums(n, *sums), mean(y, Design(w))
    assert by_sums.value == pytest.approx(by_rows.value)
    assert by_sums.se == pytest.approx(by_rows.se, rel=1e-5, abs=1e-5)
    assert by_sums.low == pytest.approx(by_rows.low, rel=1e-4, abs=1e-3)
