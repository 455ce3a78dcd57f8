"""Agreement by plain loops over ranks and sums of squares, and scoring by integration."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from qualicity.methods import scoring
from qualicity.methods.agreement import intraclass, kendall_w


@st.composite
def tables(draw: st.DrawFn) -> np.ndarray:
    reviewers, things = draw(st.integers(2, 5)), draw(st.integers(2, 7))
    values = draw(st.lists(st.integers(0, 6), min_size=reviewers * things, max_size=reviewers * things))
    return np.array(values, dtype=np.float64).reshape(reviewers, things)


def slow_w(table: np.ndarray) -> float:
    """W from the mean of Spearman's correlations of all pairs of reviewers, as Kendall defines it with ties."""
    reviewers = table.shape[0]
    ranks = [[1 + sum(b < a for b in row) + (sum(b == a for b in row) - 1) / 2 for a in row] for row in table]
    wide = len(ranks[0])
    sums = [sum(row[column] for row in ranks) for column in range(wide)]
    mean = sum(sums) / wide
    spread = sum((one - mean) ** 2 for one in sums)
    most = reviewers * sum(sum((one - (wide + 1) / 2) ** 2 for one in row) for row in ranks)
    return spread / most if most else float("nan")


@settings(max_examples=150, deadline=None)
@given(tables())
def test_w_is_the_spread_of_rank_sums_over_the_most_it_could_be(table: np.ndarray) -> None:
    assert kendall_w(table).w == pytest.approx(slow_w(table), nan_ok=True)


def slow_icc(table: np.ndarray) -> tuple[float, float]:
    k, n = table.shape
    grand = sum(sum(row) for row in table) / (k * n)
    by_thing = [sum(table[j][i] for j in range(k)) / k for i in range(n)]
    by_judge = [sum(table[j]) / n for j in range(k)]
    rows = k * sum((one - grand) ** 2 for one in by_thing) / (n - 1)
    columns = n * sum((one - grand) ** 2 for one in by_judge) / (k - 1)
    rest = sum((table[j][i] - by_thing[i] - by_judge[j] + grand) ** 2 for j in range(k) for i in range(n))
    error = rest / ((n - 1) * (k - 1))
    return (
        (rows - error) / (rows + (k - 1) * error + k * (columns - error) / n),
        (rows - error) / whole if (whole := rows + (columns - error) / n) else float("nan"),
    )


@settings(max_examples=150, deadline=None)
@given(tables())
def test_the_intraclass_correlations_are_those_of_plain_sums_of_squares(table: np.ndarray) -> None:
    found = intraclass(table)
    if np.isnan(found.single.value):
        return
    single, average = slow_icc(table)
    assert found.single.value == pytest.approx(single, rel=1e-7, abs=1e-9)
    if not np.isnan(found.average.value):
        assert found.average.value == pytest.approx(average, rel=1e-7, abs=1e-9)


def slow_share(curve: scoring.Curve, x: float) -> float:
    if isinstance(curve, scoring.Linear):
        return min(1.0, max(0.0, (x - curve.zero_at) / (curve.full_at - curve.zero_at)))
    if isinstance(curve, scoring.Steps):
        return max((share for bound, share in zip(curve.bounds, curve.steps, strict=True) if x >= bound), default=0.0)
    return 1.0 if round(x, curve.decimals) >= curve.bound else 0.0


CURVES = st.one_of(
    st.builds(lambda low, wide: scoring.Linear(low, low + wide), st.floats(60, 90), st.floats(1, 30)),
    st.builds(lambda bound: scoring.Threshold("at_least", bound, 1), st.integers(600, 950).map(lambda n: n / 10)),
    st.builds(lambda b: scoring.Steps((b, b + 3, b + 6), (0.25, 0.5, 1.0)), st.floats(60, 90)),
)


@settings(max_examples=60, deadline=None)
@given(CURVES, st.floats(60, 95), st.floats(0.2, 8))
def test_expected_points_are_the_integral_over_the_normal_distribution(
    curve: scoring.Curve, value: float, half: float
) -> None:
    marks = scoring.by_curve(curve, 10.0, value, value - half, value + half)
    if marks.probability is None:
        return
    error = half / 1.959963984540054
    points = np.linspace(value - 8 * error, value + 8 * error, 8001)
    density = stats.norm.pdf(points, value, error)
    slow = integrate.trapezoid([10 * slow_share(curve, x) * d for x, d in zip(points, density, strict=True)], points)
    assert marks.expected == pytest.approx(slow, abs=0.04)


@settings(max_examples=200, deadline=None)
@given(CURVES, st.floats(0, 100), st.floats(0, 20), st.floats(0, 20), st.floats(0.5, 40))
def test_the_six_parts_always_add_up_to_what_the_criterion_is_worth(
    curve: scoring.Curve, value: float, below: float, above: float, full: float
) -> None:
    full = round(full, 2)
    marks = scoring.by_curve(curve, full, value, value - below, value + above)
    parts = (marks.certain, marks.likely, marks.at_risk, marks.within_reach, marks.open, marks.lost)
    assert sum(parts) == pytest.approx(full, abs=1e-9)
    assert min(parts) >= 0
    assert marks.points == pytest.approx(full * slow_share(curve, value), abs=0.0051)
