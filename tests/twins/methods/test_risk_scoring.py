import math
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.risk_scoring import (
    calibration_table,
    chance_interval,
    chance_of_higher,
    days_earlier,
    days_interval,
    draw_gain,
    in_first_half,
    precision_at,
)

CHECKS = st.lists(
    st.tuples(st.sampled_from([0.1, 0.2, 0.3, 0.5, 0.9]), st.booleans(), st.integers(0, 30)), min_size=1, max_size=6
)


@given(CHECKS)
def test_ranking_measures_are_means_over_every_order_that_the_ties_leave_open(
    checks: list[tuple[float, bool, int]],
) -> None:
    scores = np.array([one[0] for one in checks])
    failed = np.array([float(one[1]) for one in checks])
    days = np.array([one[2] for one in checks])
    orders = [
        order for order in permutations(range(len(checks)))
        if all(scores[a] >= scores[b] for a, b in pairwise(order))
    ]  # fmt: skip
    slots = sorted(days.tolist())
    k = (len(checks) + 1) // 2
    best = [sum(failed[place] for place in order[:k]) / k for order in orders]
    assert precision_at(k, scores, failed) == pytest.approx(sum(best) / len(best))
    if not failed.any():
        assert math.isnan(days_earlier(scores, failed, days))
        return
    gains, halves = [], []
    half = len(checks) / 2
    for order in orders:
        gains.append(sum(failed[one] * (days[one] - slots[place]) for place, one in enumerate(order)) / failed.sum())
        halves.append(
            sum(failed[one] * min(1.0, max(0.0, half - place)) for place, one in enumerate(order)) / failed.sum()
        )
    assert days_earlier(scores, failed, days) == pytest.approx(sum(gains) / len(gains))
    assert in_first_half(scores, failed) == pytest.approx(sum(halves) / len(halves))


@given(CHECKS)
def test_the_chance_of_a_higher_score_counts_pairs(checks: list[tuple[float, bool, int]]) -> None:
    bad = [one[0] for one in checks if one[1]]
    good = [one[0] for one in checks if not one[1]]
    found = chance_of_higher(np.array([one[0] for one in checks]), np.array([float(one[1]) for one in checks]))
    if not (bad and good):
        assert math.isnan(found)
        return
    pairs = [(a > b) + (a == b) / 2 for a in bad for b in good]
    assert found == pytest.approx(sum(pairs) / len(pairs))


@given(CHECKS)
def test_the_interval_of_that_chance_comes_from_how_each_check_fares(checks: list[tuple[float, bool, int]]) -> None:
    bad = [one[0] for one in checks if one[1]]
    good = [one[0] for one in checks if not one[1]]
    scores, failed = np.array([one[0] for one in checks]), np.array([float(one[1]) for one in checks])
    found = chance_interval(scores, failed)
    if len(bad) < 2 or len(good) < 2:
        assert math.isnan(found.low)
        return
    wins = [[(a > b) + (a == b) / 2 for b in good] for a in bad]
    of_bad, of_good = np.mean(wins, axis=1), np.mean(wins, axis=0)
    reach = 1.959964 * math.sqrt(of_bad.var(ddof=1) / len(bad) + of_good.var(ddof=1) / len(good))
    assert found.low == pytest.approx(max(0.0, np.mean(wins) - reach), abs=1e-6)
    assert found.high == pytest.approx(min(1.0, np.mean(wins) + reach), abs=1e-6)


@given(CHECKS)
def test_the_days_earlier_lie_in_the_middle_of_their_interval(checks: list[tuple[float, bool, int]]) -> None:
    scores = np.array([one[0] for one in checks])
    failed, days = np.array([float(one[1]) for one in checks]), np.array([one[2] for one in checks])
    found = days_interval(scores, failed, days)
    if failed.sum() < 2:
        assert math.isnan(found.low)
        return
    assert (found.low + found.high) / 2 == pytest.approx(days_earlier(scores, failed, days), abs=1e-6)


@given(CHECKS, st.integers(1, 5))
def test_a_calibration_table_holds_every_check_once(checks: list[tuple[float, bool, int]], bins: int) -> None:
    scores, failed = np.array([one[0] for one in checks]), np.array([float(one[1]) for one in checks])
    table = calibration_table(scores, failed, bins)
    assert sum(one.n for one in table) == len(checks)
    assert sum(one.observed * one.n for one in table) == pytest.approx(failed.sum())
    assert all(one.high < after.low for one, after in pairwise(table))


@given(CHECKS)
def test_a_draw_by_the_truth_never_finds_less_than_a_plain_one(checks: list[tuple[float, bool, int]]) -> None:
    failed = np.array([float(one[1]) for one in checks] * 5)
    gain = draw_gain(failed, failed)
    assert math.isnan(gain) if not failed.any() else gain >= 1 - 1e-9
