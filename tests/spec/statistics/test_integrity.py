"""Evidence of invented data: what raises a question and what does not.

编造数据的迹象：哪些会引起疑问，哪些不会。
"""

import numpy as np

from qualicity.errors import Text
from qualicity.methods.integrity import (
    copied_run,
    digit_preference,
    evenness,
    filed_again,
    row_keys,
    seasonal_outliers,
)

TITLE = Text(zh="数据真实性疑问的依据", en="Evidence of invented data")


def test_twelve_counties_with_the_same_pass_rate_are_asked_about() -> None:
    """Twelve counties of 200 samples each that all pass 191 or 192 differ less than chance would make them.

    十二个县各抽 200 个样，合格数都是 191 或 192，彼此相差小于偶然波动，予以询问。
    """
    passed = np.array([191, 192] * 6)
    assert evenness(passed, np.full(12, 200)).is_suspicious()


def test_counties_that_differ_as_chance_makes_them_are_not() -> None:
    """Pass counts from 184 to 197 of 200 are what a common rate of 95.5 % looks like.

    200 个样中合格 184 至 197 个，正是共同合格率 95.5% 下应有的波动，不予询问。
    """
    passed = np.array([191, 188, 194, 184, 197, 190, 193, 189, 195, 192, 187, 192])
    assert not evenness(passed, np.full(12, 200)).is_suspicious()


def test_readings_that_end_in_0_or_5_are_asked_about() -> None:
    """Of 200 readings 140 end in 0 or 5, where an instrument would give 40.

    200 个读数中有 140 个末位为 0 或 5，而仪器读数应约为 40 个，予以询问。
    """
    readings = np.concatenate((np.arange(100, 800, 5), np.arange(101, 401, 5)))
    assert digit_preference(readings.astype(float)).is_suspicious()


def test_last_month_under_a_new_date_is_asked_about() -> None:
    """Twelve rows in a row that stood in last month's file in the same order are no coincidence.

    连续十二行与上月文件内容、顺序都相同，不会是巧合，予以询问。
    """
    last, copied = np.arange(40) * 1.7 % 9.0, np.arange(40) * 2.3 % 7.0 + 0.1
    copied[5:17] = last[20:32]
    run = copied_run(row_keys([copied]), row_keys([last]))
    assert run.statistic == 12
    assert run.is_suspicious()


def test_a_smoggy_july_is_stranger_than_a_smoggy_january() -> None:
    """PM2.5 of 180 µg/m³ lies within what January is used to, but far beyond any July.

    PM2.5 为 180 µg/m³ 在一月属常见，在七月则远超往年。
    """
    january, july = np.linspace(60, 260, 31), np.linspace(30, 70, 31)
    history, months = np.concatenate((january, july)), np.repeat([1, 7], 31)
    result = seasonal_outliers(np.array([180.0, 180.0]), np.array([1, 7]), history=history, history_months=months)
    assert result.is_outlier.tolist() == [False, True]


def test_three_months_of_waste_filed_again_whole_are_asked_about() -> None:
    """Three rows of four figures each, the same as in the quarter before to the last digit, are no coincidence.

    三行、每行四个数，与上一季度整份相同、末位也相同，不会是巧合，予以询问。
    """
    quarter = np.array([[1031.7, 998.2, 700.1, 298.1], [964.3, 951.9, 640.2, 311.7], [1102.9, 1068.4, 731.6, 336.8]])
    found = filed_again(quarter, quarter[::-1])
    assert found.statistic == 27
    assert found.is_suspicious()


def test_a_quarter_without_events_after_another_is_not_asked_about() -> None:
    """Noughts, small counts and round figures repeat by themselves: they carry no digit that could have differed.

    零、小的个数和整数本来就会重复，没有可资比较的位数，不予询问。
    """
    quiet = np.array([[0.0, 0.0, 12.0], [0.0, 3.0, 12.0], [1.0, 0.0, 1500.0]])
    assert filed_again(quiet, quiet).statistic == 0
    assert not filed_again(quiet, quiet).is_suspicious()
