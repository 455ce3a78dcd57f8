import csv
import math
from pathlib import Path

import numpy as np
import pytest

from qualicity.methods.integrity import (
    copied_rows,
    copied_run,
    digit_preference,
    evenness,
    repeated_run,
    row_keys,
    seasonal_outliers,
    used_decimals,
)

RANDOM = np.random.default_rng(7)


def test_measured_figures_show_no_preference() -> None:
    result = digit_preference(np.round(RANDOM.normal(90.0, 20.0, 1000), 1))
    assert result.decimals == 1
    assert result.p_value > 1e-4
    assert not result.is_suspicious()


def test_figures_rounded_to_fives_by_hand_are_noticed() -> None:
    measured = np.round(RANDOM.normal(300.0, 60.0, 400))
    measured[::2] = np.round(measured[::2] / 5) * 5
    result = digit_preference(measured)
    assert result.is_suspicious()
    assert result.digit in {0, 5}
    assert "400" in result.evidence.en


def test_few_figures_or_a_narrow_range_are_not_tested() -> None:
    assert math.isnan(digit_preference(np.arange(20.0)).p_value)
    assert math.isnan(digit_preference(np.full(500, 7.0)).p_value)
    assert math.isnan(digit_preference(np.array([])).p_value)
    assert not digit_preference(np.full(500, 7.0)).is_suspicious()


def test_readings_at_the_limit_of_detection_are_left_out() -> None:
    measured = np.concatenate((np.full(200, 0.02), np.round(RANDOM.uniform(0.03, 3.0, 500), 2)))
    result = digit_preference(measured)
    assert result.n == 500
    assert not result.is_suspicious()


def test_the_resolution_is_that_of_most_figures() -> None:
    assert used_decimals(np.array([1.2, 3.4, 5.0, 7.1, 2.123456])) == 1
    assert used_decimals(np.array([1.123456789] * 3)) == 6
    assert used_decimals(np.array([math.nan, 12.0])) == 0


def test_rates_that_are_all_alike_are_too_even() -> None:
    sizes = np.full(30, 200)
    even = evenness(np.full(30, 190), sizes)
    assert even.statistic == 0.0
    assert even.is_suspicious()
    assert "30" in even.evidence.en


def test_rates_scattered_by_chance_are_not() -> None:
    sizes = RANDOM.integers(80, 300, 40)
    assert evenness(RANDOM.binomial(sizes, 0.8), sizes).p_value > 0.001


def test_rates_that_differ_more_than_chance_are_not_too_even() -> None:
    assert evenness(np.array([100, 150, 200]), np.full(3, 200)).p_value > 0.999


def test_small_counts_are_compared_with_drawn_tables() -> None:
    result = evenness(np.full(25, 19), np.full(25, 20))
    assert result.p_value == pytest.approx(1e-4, abs=1e-4)
    assert evenness(np.full(25, 19), np.full(25, 20)) == result


def test_all_passed_or_two_units_say_nothing() -> None:
    assert math.isnan(evenness(np.full(9, 50), np.full(9, 50)).p_value)
    assert math.isnan(evenness(np.zeros(9), np.full(9, 50)).p_value)
    assert math.isnan(evenness(np.array([9, 9, 0]), np.array([10, 10, 0])).p_value)
    assert not evenness(np.full(9, 50), np.full(9, 50)).is_suspicious()


def test_a_winter_value_is_an_outlier_only_in_summer() -> None:
    months = np.tile(np.arange(1, 13), 10)
    values = np.where(months < 4, 150.0, 40.0) + np.tile([-2.0, 0.0, 1.0, 2.0, -1.0], 24)
    values[6] = 150.0
    result = seasonal_outliers(values, months)
    assert np.flatnonzero(result.is_outlier).tolist() == [6]
    assert result.p_value < 1e-6
    assert result.n == 120
    assert "1 of 120" in result.evidence.en


def test_a_month_with_few_values_is_judged_by_all() -> None:
    values, months = np.array([10.0, 11.0, 9.0, 10.0, 12.0, 8.0, 10.0, 11.0, 9.0, 90.0]), np.arange(1, 11)
    assert np.flatnonzero(seasonal_outliers(values, months).is_outlier).tolist() == [9]


def test_new_values_are_held_against_what_was_known() -> None:
    history, months = np.tile([9.0, 10.0, 11.0], 20), np.tile(np.arange(1, 13), 5)
    result = seasonal_outliers(
        np.array([50.0, 51.0, 49.0]), np.array([1, 2, 3]), history=history, history_months=months
    )
    assert result.is_outlier.all()


def test_values_without_any_spread_have_no_outliers() -> None:
    result = seasonal_outliers(np.array([5.0, 5.0, math.nan]), np.array([1, 1, 1]))
    assert not result.is_outlier.any()
    assert math.isnan(result.p_value)
    assert math.isnan(seasonal_outliers(np.array([]), np.array([], dtype=int)).p_value)


def test_mostly_equal_values_still_have_a_yardstick() -> None:
    values = np.array([5.0] * 60 + [6.0] * 20 + [500.0])
    assert np.flatnonzero(seasonal_outliers(values, np.ones(81, dtype=int)).is_outlier).tolist() == [80]


def test_on_a_logarithmic_scale_high_days_are_less_strange() -> None:
    values = np.exp(RANDOM.normal(4.0, 0.7, 2000))
    months = RANDOM.integers(1, 13, 2000)
    assert not seasonal_outliers(values, months, logarithmic=True).is_outlier.any()
    assert math.isnan(seasonal_outliers(np.append(values, 0.0), np.append(months, 1), logarithmic=True).scores[-1])


def test_rows_have_equal_keys_when_all_their_values_are_equal() -> None:
    first = row_keys([np.array([1.0, math.nan, 0.0]), np.array(["a", "bb", ""])])
    second = row_keys([np.array([1.0, math.nan, -0.0]), np.array(["a", "bb", ""], dtype="U9")])
    assert first.tolist() == second.tolist()
    assert len(set(first.tolist())) == 3
    assert row_keys([np.array([True]), np.array([None])]).size == 1
    assert row_keys([np.array([])]).size == 0


def test_the_order_of_columns_matters() -> None:
    ones, twos = np.array([1.0]), np.array([2.0])
    assert row_keys([ones, twos])[0] != row_keys([twos, ones])[0]


def test_copies_of_earlier_rows_are_counted() -> None:
    result = copied_rows(row_keys([np.array([1.0, 2.0, 3.0, 4.0])]), row_keys([np.array([3.0, 1.0])]))
    assert (result.copies, result.share, result.n) == (2, 0.5, 4)
    assert result.is_copy.tolist() == [True, False, True, False]
    assert math.isnan(copied_rows(row_keys([np.array([])]), row_keys([np.array([])])).share)


def test_a_block_copied_from_last_period_is_found_where_it_stands() -> None:
    earlier, new = RANDOM.normal(size=500), RANDOM.normal(size=400)
    new[100:160] = earlier[30:90]
    result = copied_run(row_keys([new]), row_keys([earlier]))
    assert (result.statistic, result.start, result.earlier_start, result.distinct) == (60, 100, 30, 60)
    assert result.is_suspicious()
    assert "60 rows" in result.evidence.en


def test_rows_that_are_mostly_alike_repeat_by_chance() -> None:
    earlier, new = (RANDOM.random(300) < 0.98).astype(float), (RANDOM.random(300) < 0.98).astype(float)
    assert not copied_run(row_keys([new]), row_keys([earlier])).is_suspicious()
    alike = row_keys([np.ones(50)])
    assert copied_run(alike, alike).p_value == 1.0
    assert repeated_run(alike).p_value == 1.0


def test_nothing_in_common_is_no_run() -> None:
    result = copied_run(row_keys([np.arange(5.0)]), row_keys([np.arange(9.0, 15.0)]))
    assert (result.statistic, result.start, result.p_value) == (0, -1, 1.0)
    empty = row_keys([np.array([])])
    assert math.isnan(copied_run(empty, empty).p_value)
    assert repeated_run(empty).statistic == 0


def test_a_block_repeated_in_the_same_file_is_found() -> None:
    values = RANDOM.normal(size=300)
    values[200:240] = values[50:90]
    result = repeated_run(row_keys([values]))
    assert (result.statistic, result.start, result.earlier_start) == (40, 200, 50)
    assert result.is_suspicious()


def test_a_hundred_thousand_rows_are_compared() -> None:
    earlier, new = RANDOM.normal(size=100_000), RANDOM.normal(size=100_000)
    new[:50_000] = earlier[50_000:]
    assert copied_run(row_keys([new]), row_keys([earlier])).statistic == 50_000


@pytest.mark.shared
def test_real_instruments_are_not_accused_of_preferring_digits(shared: Path) -> None:
    for file in sorted((shared / "data/01_air").glob("daily_2013-2017_*.csv")):
        with file.open(encoding="utf-8-sig") as lines:
            rows = list(csv.reader(lines))
        for place in (2, 5, 6, 7, 8, 9, 10):
            assert not digit_preference(np.array([float(row[place]) for row in rows if row[place]])).is_suspicious()


def test_empty_texts_have_keys_too() -> None:
    assert row_keys([np.array(["", ""])]).tolist() == row_keys([np.array(["", ""], dtype="U5")]).tolist()
    assert row_keys([np.array([], dtype=str)]).size == 0
