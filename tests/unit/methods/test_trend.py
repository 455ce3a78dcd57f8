import math

import numpy as np
import pytest

from qualicity.methods.trend import kendall, ols_slope, spearman, theil_sen_slope


def test_short_or_constant_series_have_no_correlation() -> None:
    for method in (kendall, spearman):
        assert math.isnan(method(np.array([1.0, 2.0])).value)
        assert math.isnan(method(np.full(5, 3.0)).value)


def test_missing_values_are_left_out_with_their_time() -> None:
    values, times = np.array([1.0, math.nan, 3.0, 4.0]), np.array([2010, 2011, 2012, 2013])
    assert kendall(values, times).n == 3
    assert ols_slope(values, times) == pytest.approx(1.0)
    assert theil_sen_slope(values, times) == 1.0


def test_one_time_has_no_slope() -> None:
    assert math.isnan(ols_slope(np.array([1.0, 2.0]), np.array([5, 5])))
    assert math.isnan(theil_sen_slope(np.array([1.0, 2.0]), np.array([5, 5])))
    assert math.isnan(theil_sen_slope(np.array([1.0])))


def test_ties_fall_back_to_approximations() -> None:
    values = np.array([1.0, 2.0, 2.0, 3.0, 5.0, 4.0, 6.0])
    assert 0 < kendall(values).p_value < 0.05
    assert 0 < spearman(values).p_value < 0.05
    assert spearman(np.array([1.0, 1.0, 2.0, 2.0]), np.array([1, 1, 2, 2])).p_value == 0.0
    with pytest.raises(AssertionError):
        kendall(values, exact=True)


def test_a_rising_and_a_falling_series_are_equally_sure() -> None:
    rising = np.array([1.0, 3.0, 2.0, 4.0, 5.0, 6.0, 8.0, 7.0, 9.0, 10.0, 12.0, 11.0])
    assert spearman(rising).p_value == pytest.approx(spearman(-rising).p_value, abs=1e-12)
    assert spearman(rising[:8]).p_value == pytest.approx(spearman(-rising[:8]).p_value)


def test_no_relation_at_all_has_a_p_value_of_one_at_most() -> None:
    assert spearman(np.array([2.0, 4.0, 1.0, 3.0])).p_value <= 1.0
