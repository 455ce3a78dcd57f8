import math

import numpy as np
import pytest

from qualicity.methods.intervals import (
    at_least_p_value,
    clopper_pearson,
    poisson_byar,
    poisson_exact,
    proportion,
    proportion_bounds,
    student,
    wilson,
)


def test_nothing_examined_gives_no_interval() -> None:
    for method in (wilson, clopper_pearson, proportion, poisson_exact, poisson_byar):
        interval = method(0, 0)
        assert math.isnan(interval.low)
        assert math.isnan(interval.high)
    assert math.isnan(at_least_p_value(0, 0, 0.96))
    assert math.isnan(student(1, 3.0, 9.0).low)


def test_small_samples_get_the_exact_interval() -> None:
    assert proportion(10, 39) == clopper_pearson(10, 39)
    assert proportion(197, 200) == clopper_pearson(197, 200)
    assert proportion(4, 200) == clopper_pearson(4, 200)


def test_larger_samples_get_wilsons_interval() -> None:
    assert proportion(195, 200) == wilson(195, 200)
    assert proportion(35, 40) == wilson(35, 40)


def test_arrays_give_the_ends_of_each_scalar() -> None:
    k, n = np.array([0, 0, 3, 190, 40]), np.array([0, 7, 3, 200, 80])
    low, high = proportion_bounds(k, n)
    for index in range(1, 5):
        interval = proportion(float(k[index]), float(n[index]))
        assert (low[index], high[index]) == (interval.low, interval.high)
    assert np.isnan(low[0])
    assert np.isnan(high[0])


def test_the_ends_stay_between_nothing_and_all() -> None:
    assert wilson(0, 10).low == 0.0
    assert wilson(10, 10).high == 1.0
    assert clopper_pearson(10, 10).high == 1.0
    assert poisson_byar(0, 10).low == 0.0


def test_students_interval_of_a_mean_is_the_textbook_one() -> None:
    values = np.array([8.0, 9.0, 7.0, 10.0, 6.0])
    interval = student(5, float(values.sum()), float((values**2).sum()))
    assert interval.low == pytest.approx(8 - 2.7764451051977987 * math.sqrt(2.5 / 5))
    assert interval.high == pytest.approx(8 + 2.7764451051977987 * math.sqrt(2.5 / 5))


def test_equal_values_have_a_mean_without_spread() -> None:
    interval = student(3, 0.3, 0.03)
    assert interval.low == pytest.approx(0.1)
    assert interval.high == pytest.approx(0.1)
