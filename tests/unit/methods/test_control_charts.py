import numpy as np
import pytest

from qualicity.methods.capability import capability
from qualicity.methods.control_charts import mean_limits, p_limits, range_limits, u_limits
from qualicity.methods.standardisation import direct_standardisation


def test_limits_of_shares_stay_between_nothing_and_all() -> None:
    limits = p_limits(np.array([0, 1, 0]), np.array([10, 10, 5]))
    assert (limits.lower == 0.0).all()
    assert limits.upper[2] > limits.upper[0]
    assert (p_limits(np.array([9, 10]), np.array([10, 10])).upper <= 1.0).all()


def test_limits_of_counts_and_ranges_are_not_negative() -> None:
    assert (u_limits(np.array([1, 2]), np.array([1.0, 2.0])).lower == 0.0).all()
    assert (range_limits(np.array([[1.0, 2.0], [2.0, 4.0]])).lower == 0.0).all()


def test_samples_too_large_for_ranges_are_refused() -> None:
    with pytest.raises(AssertionError):
        mean_limits(np.ones((3, 11)))


def test_a_process_off_its_target_has_a_lower_cpm() -> None:
    on = capability(center=10.0, sigma=1.0, n=50, lower=4.0, upper=16.0)
    off = capability(center=10.0, sigma=1.0, n=50, lower=4.0, upper=16.0, target=11.0)
    assert on.cpm.value == on.cp.value == on.cpk.value == 2.0
    assert off.cpm.value == pytest.approx(2.0 / np.sqrt(2.0))


def test_a_group_without_people_leaves_no_standard_rate() -> None:
    assert np.isnan(direct_standardisation(np.array([1, 0]), np.array([10, 0]), np.array([1, 1])).value)
    unused = direct_standardisation(np.array([1, 0]), np.array([10, 0]), np.array([1, 0]))
    assert unused.value == pytest.approx(0.1)


def test_no_event_has_a_rate_of_nothing_with_an_upper_end() -> None:
    rate = direct_standardisation(np.zeros(2), np.array([100, 100]), np.array([1, 1]))
    assert (rate.value, rate.low) == (0.0, 0.0)
    assert rate.high == pytest.approx(3.6888794541139363 / 200, rel=1e-6)
