import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.survey import Design, mean, ratio, ratio_from_sums, share, total

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


def slow_variance_by_chances(weighted: list[float], chances: list[float], strata: list[int]) -> float:
    """Return Hájek's variance by plain loops."""
    variance = 0.0
    for stratum in set(strata):
        rows = [(z, 1 - p) for z, p, home in zip(weighted, chances, strata, strict=True) if home == stratum]
        left = [one for one in rows if one[1] > 0]
        if not left:
            continue
        if len(rows) < 2:
            return math.nan
        centre = sum(z * c for z, c in left) / sum(c for _, c in left)
        variance += len(rows) / (len(rows) - 1) * sum(c * (z - centre) ** 2 for z, c in left)
    return variance


CHANCES = st.lists(
    st.tuples(st.one_of(st.floats(0.01, 1), st.just(1.0)), st.integers(0, 1), st.integers(0, 2)),
    min_size=2,
    max_size=20,
)


@given(CHANCES)
def test_the_error_of_a_draw_by_chances_is_that_of_plain_loops(rows: list[tuple[float, int, int]]) -> None:
    chances, y, strata = (list(column) for column in zip(*rows, strict=True))
    design = Design(1 / np.array(chances), strata=np.array(strata), chances=np.array(chances))
    expected = slow_variance_by_chances([a / p for a, p in zip(y, chances, strict=True)], chances, strata)
    found = total(np.array(y, dtype=float), design)
    assert found.se == pytest.approx(math.sqrt(expected), rel=1e-7, abs=1e-9, nan_ok=True)


@given(CHANCES)
def test_a_share_lies_within_its_interval_and_both_between_0_and_1(rows: list[tuple[float, int, int]]) -> None:
    chances, y, strata = (np.array(column) for column in zip(*rows, strict=True))
    found = share(y.astype(float), Design(1 / chances, strata=strata, chances=chances))
    assert 0 <= found.low <= found.value <= found.high <= 1
