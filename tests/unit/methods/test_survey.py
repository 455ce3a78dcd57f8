import math

import numpy as np
import pytest

from qualicity.methods.survey import Design, mean, proportion_from_sums, ratio, ratio_from_sums, total

Y = np.array([1.0, 4.0, 2.0, 8.0])


def test_a_simple_random_sample_has_the_textbook_error() -> None:
    estimate = mean(Y, Design(np.full(4, 25.0), population=np.full(4, 100.0)))
    assert estimate.value == 3.75
    assert estimate.se == pytest.approx(math.sqrt(0.96 * Y.var(ddof=1) / 4))
    assert estimate.deff == pytest.approx(1.0)


def test_a_full_count_has_no_error() -> None:
    estimate = total(Y, Design(np.ones(4), population=np.full(4, 4.0)))
    assert (estimate.value, estimate.se, estimate.cv) == (15.0, 0.0, 0.0)


def test_clusters_share_their_fate() -> None:
    alone = mean(Y, Design(np.full(4, 10.0)))
    grouped = mean(Y, Design(np.full(4, 10.0), clusters=np.array(["a", "b", "a", "b"])))
    assert grouped.se > alone.se
    assert grouped.deff > 1


def test_clusters_of_one_name_in_two_strata_are_two() -> None:
    strata, same = np.array([1, 1, 2, 2]), np.array(["a", "b", "a", "b"])
    other = np.array(["a", "b", "c", "d"])
    assert total(Y, Design(np.ones(4), strata, same)).se == total(Y, Design(np.ones(4), strata, other)).se


def test_a_stratum_of_one_unit_has_no_known_error() -> None:
    estimate = total(Y, Design(np.ones(4), np.array([1, 1, 1, 2])))
    assert math.isnan(estimate.se)
    whole = total(Y, Design(np.ones(4), np.array([1, 1, 1, 2]), population=np.array([9.0, 9.0, 9.0, 1.0])))
    assert whole.se > 0


def test_more_units_than_the_population_are_impossible() -> None:
    with pytest.raises(AssertionError):
        total(Y, Design(np.ones(4), population=np.full(4, 3.0)))


def test_a_ratio_of_proportional_columns_is_certain() -> None:
    estimate = ratio(2.0 * Y, Y, Design(np.ones(4)))
    assert estimate.value == pytest.approx(2.0)
    assert estimate.se == pytest.approx(0.0, abs=1e-12)


def test_sums_of_nothing_give_nothing() -> None:
    assert math.isnan(ratio_from_sums(0, 0, 0, 0, 0, 0).value)
    assert math.isnan(proportion_from_sums(0, 0, 0, 0, 0).value)
    alone = ratio_from_sums(1, 2.0, 2.0, 4.0, 4.0, 4.0)
    assert alone.value == 1.0
    assert math.isnan(alone.low)


def test_a_share_where_all_agree_still_has_an_interval() -> None:
    estimate = proportion_from_sums(50, 100.0, 100.0, 200.0, 200.0)
    assert (estimate.value, estimate.high) == (1.0, 1.0)
    assert estimate.low == pytest.approx(0.928878263535802)


def test_unequal_weights_know_less_than_equal_ones() -> None:
    w = np.tile([1.0, 9.0], 100)
    y = np.tile([1.0, 1.0, 1.0, 0.0, 1.0], 40)
    estimate = proportion_from_sums(200, w.sum(), w @ y, w @ w, w**2 @ y)
    equal = proportion_from_sums(200, 200.0, y.sum(), 200.0, y.sum())
    assert estimate.high - estimate.low > equal.high - equal.low
    assert estimate.deff > 1.0
