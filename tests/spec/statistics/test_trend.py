"""Trends of monthly air in Zhengzhou, against R's cor.test, lm and the median of pairwise slopes.

郑州空气月值的趋势，与 R 的 cor.test、lm 和两两斜率中位数对照。
"""

import csv
from pathlib import Path

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.trend import kendall, ols_slope, spearman, theil_sen_slope

TITLE = Text(zh="趋势检验", en="Tests of trend")


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def test_five_years_of_falling_values_are_a_trend() -> None:
    """Five values that fall every year have a rank correlation of -1 with a chance of 2 in 120.

    五年逐年下降，秩相关为 −1，偶然出现的概率为 120 分之 2。
    """
    falling = np.array([108.0, 95.0, 88.0, 80.0, 79.0])
    assert spearman(falling).value == pytest.approx(-1.0)
    assert spearman(falling).p_value == pytest.approx(2 / 120)
    assert kendall(falling).p_value == pytest.approx(2 / 120)


def test_one_wild_year_turns_the_mean_slope_but_not_the_median_one() -> None:
    """A sixth value gone wild makes the least-squares slope rise; the median slope keeps falling.

    第六个值异常偏高，最小二乘斜率转为上升，斜率中位数仍为下降。
    """
    wild = np.array([100.0, 98.0, 96.0, 94.0, 92.0, 190.0])
    assert ols_slope(wild) > 0
    assert theil_sen_slope(wild) == -2.0


@pytest.mark.shared
def test_trends_of_six_pollutants_equal_those_of_r(shared: Path) -> None:
    """Tau, rho, their p-values and both slopes of 38 months for six pollutants, to 1e-8 (tau by approximation).

    六种污染物 38 个月的 tau、rho、p 值和两种斜率，误差在 1e-8 以内（tau 用近似法）。
    """
    folder = shared / "data/14_stats_refs"
    months = _rows(folder / "zhengzhou_monthly_means.csv")
    expected = _rows(folder / "ref_trend_zhengzhou_monthly.csv")
    assert len(expected) == 6
    for row in expected:
        values = np.array([float(month[row["var"]]) for month in months])
        tau, rho = kendall(values, exact=False), spearman(values)
        ours = [tau.value, tau.p_value, rho.value, rho.p_value, ols_slope(values), theil_sen_slope(values)]
        names = ["kendall_tau", "kendall_p", "spearman_rho", "spearman_p", "ols_slope", "theil_sen"]
        assert ours == pytest.approx([float(row[name]) for name in names], abs=1e-8), row["var"]
        # Without ties the exact distribution is our default; at 38 months it differs by a hundredth.
        assert kendall(values).p_value == pytest.approx(tau.p_value, abs=0.02)
