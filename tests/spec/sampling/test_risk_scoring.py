"""Scores of risk: whether they are calibrated, whether they rank, and how much earlier failures would be found.

风险评分：概率准不准、排序好不好、能提前多少天发现不合格。
"""

import numpy as np
import pytest

from qualicity.errors import NotPossibleError, Text
from qualicity.methods.risk_scoring import (
    calibration_table,
    chance_of_higher,
    days_earlier,
    draw_gain,
    errors_by_group,
    expected_calibration_error,
    fit_plain,
    in_first_half,
    precision_at,
    quality,
    rival_scores,
    squared_error,
)

TITLE = Text(zh="风险评分的检验", en="Holding scores of risk to account")

SCORES = np.array([0.1, 0.4, 0.35, 0.8])
FAILED = np.array([0.0, 0.0, 1.0, 1.0])


def test_four_checks_by_hand() -> None:
    """Scores 0.1, 0.4, 0.35, 0.8; the last two failed: error 0.1581, three of four pairs in order, half of two right.

    评分 0.1、0.4、0.35、0.8，后两个不合格：布赖尔分 0.1581；四对中三对次序正确（AUC 0.75）；最高两个中一个不合格。
    """
    assert squared_error(SCORES, FAILED) == pytest.approx((0.01 + 0.16 + 0.4225 + 0.04) / 4)
    assert chance_of_higher(SCORES, FAILED) == 0.75
    assert precision_at(2, SCORES, FAILED) == 0.5


def test_failures_move_to_the_days_of_the_highest_scores() -> None:
    """Checks on the days 1, 2, 3 and 4; in the order of the scores the failures fall on the days 1 and 3.

    They were found on the days 3 and 4: on the mean 1.5 days earlier.

    四次检查在第 1、2、3、4 天；按评分从高到低重排后，两个不合格落在第 1 天和第 3 天，
    原在第 3、4 天，平均提前 1.5 天。
    """
    days = np.array([1, 2, 3, 4])
    assert days_earlier(SCORES, FAILED, days) == pytest.approx(((3 - 3) + (4 - 1)) / 2)
    assert in_first_half(SCORES, FAILED) == 0.5


def test_equal_scores_gain_nothing_over_chance() -> None:
    """All scores alike: each check takes the mean day, precision is the base rate, a draw by them is a plain one.

    评分全部相同：每次检查都取平均日期，最高若干个的不合格率等于总体，按其抽取等于等概率抽取。
    """
    even, failed, days = np.full(10, 0.3), np.array([1.0] * 3 + [0.0] * 7), np.arange(10)
    assert days_earlier(even, failed, days) == pytest.approx((0 + 1 + 2) / 3 - 4.5)
    assert precision_at(4, even, failed) == pytest.approx(0.3)
    assert chance_of_higher(even, failed) == 0.5
    assert draw_gain(even, failed) == pytest.approx(1.0)


def test_a_calibration_table_holds_scores_against_what_happened() -> None:
    """100 checks scored 0.1 of which 10 failed, and 100 scored 0.4 of which 60 failed: an error of 0.1 on the mean.

    评 0.1 的 100 次有 10 次不合格，评 0.4 的 100 次有 60 次不合格：平均校准误差 0.1。
    """
    scores = np.repeat([0.1, 0.4], 100)
    failed = np.concatenate((np.repeat([1.0, 0.0], [10, 90]), np.repeat([1.0, 0.0], [60, 40])))
    table = calibration_table(scores, failed)
    assert [(one.n, one.expected, one.observed) for one in table] == [
        (100, pytest.approx(0.1), 0.1), (100, pytest.approx(0.4), 0.6),
    ]  # fmt: skip
    assert expected_calibration_error(table) == pytest.approx(0.1)
    assert table[1].observed_low > 0.4


def test_a_group_for_whom_the_scores_are_wrong_is_named() -> None:
    """Both groups were expected to fail in 10 of 100; one failed in 11, the other in 30.

    两组预计都有 10% 不合格；甲组实际 11%，在区间之内；乙组实际 30%，明显偏离。
    """
    scores = np.full(200, 0.1)
    failed = np.concatenate((np.repeat([1.0, 0.0], [11, 89]), np.repeat([1.0, 0.0], [30, 70])))
    first, second = errors_by_group(scores, failed, ["a"] * 100 + ["b"] * 100)
    assert (first.group, first.failures, first.off) == ("a", 11, False)
    assert (second.group, second.failures, second.off) == ("b", 30, True)


def test_the_plain_model_finds_what_raises_the_risk_and_says_how_much() -> None:
    """One flag doubles the odds, one number leaves them alone: the model finds both; its parts add up to its score.

    一个标志使不合格的几率翻倍，另一个数值毫无影响：模型都能认出；各部分相加恰为评分。
    """
    flag = np.tile([0.0, 1.0], 4000)
    other = np.tile(np.linspace(-1, 1, 100), 80)
    chance = np.where(flag > 0, 1 / 6, 1 / 11)
    failed = (np.mod(np.arange(8000) * 0.6180339887, 1.0) < chance).astype(float)
    model = fit_plain(("flag", "other"), np.column_stack((flag, other)), failed, np.array([True, False]))
    assert np.exp(model.coefficients[0]) == pytest.approx(2.0, abs=0.2)
    assert abs(model.coefficients[1]) < 0.05
    rows = np.array([[1.0, 0.0], [0.0, 0.5]])
    parts = model.parts(rows)
    odds = model.base + parts.sum(axis=1)
    assert model.scores(rows) == pytest.approx(1 / (1 + np.exp(-odds)))


def test_the_rival_sees_a_risk_that_rises_at_both_ends() -> None:
    """The very young and the very old enterprises fail: a straight line is blind to it, boosted trees are not.

    很年轻和很老的企业不合格多：平直的模型看不出来，提升树看得出来，两者并列才知道前者漏了什么。
    """
    place = np.arange(4000)
    age = np.mod(place * 0.6180339887, 1.0) * 2 - 1
    failed = ((np.abs(age) > 0.7) & (place % 8 < 5)).astype(float)
    values = age.reshape(-1, 1)
    plain = fit_plain(("age",), values, failed, np.array([False])).scores(values)
    rival = rival_scores(values, failed, values, seed=1)
    assert chance_of_higher(plain, failed) < 0.6
    assert chance_of_higher(rival, failed) > 0.8
    assert quality(rival, failed, place, 400).draw_gain > 1.5
    assert (rival_scores(values, failed, values, seed=1) == rival).all()


def test_a_model_needs_both_kinds_of_results() -> None:
    """Where nothing ever failed there is nothing to learn.

    全部合格的数据学不出任何东西。
    """
    with pytest.raises(NotPossibleError, match="some checks passed and some failed"):
        fit_plain(("a",), np.zeros((10, 1)), np.zeros(10), np.array([True]))
