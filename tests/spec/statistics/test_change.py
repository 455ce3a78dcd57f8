"""Changes, shortfalls and ranks: published examples and other people's programs.

变化的显著性、缺口的来源与名次：公开算例及其他软件的结果。
"""

import numpy as np
import pytest
from scipy import stats

from qualicity.errors import Text
from qualicity.methods.change import error_of, of_estimates, of_rates
from qualicity.methods.decomposition import shift, shortfall
from qualicity.methods.ranking import ranks

TITLE = Text(zh="变化、缺口与名次", en="Change, shortfall and rank")


def test_the_difference_of_two_rates_has_newcombes_interval() -> None:
    """56 of 70 against 48 of 80: the difference 0.20 lies between 0.0524 and 0.3339 (Newcombe 1998, method 10).

    70 个中 56 个与 80 个中 48 个之差为 0.20，区间为 0.0524 至 0.3339（Newcombe 1998，方法 10）。
    """
    found = of_rates(56, 70, 48, 80)
    assert found.difference == pytest.approx(0.20)
    assert (found.low, found.high) == pytest.approx((0.0524, 0.3339), abs=5e-5)
    assert found.is_significant() is True


def test_the_chance_of_a_difference_is_that_of_pearsons_chi_square() -> None:
    """For large samples the p-value is that of the chi-square test without correction, as SciPy gives it.

    大样本的 p 值与 SciPy 不加校正的卡方检验相同。
    """
    for k, n, j, m in ((56, 70, 48, 80), (19739, 20764, 19512, 20717), (833, 889, 790, 870)):
        expected = stats.chi2_contingency([[k, n - k], [j, m - j]], correction=False).pvalue
        assert of_rates(k, n, j, m).p_value == pytest.approx(expected, rel=1e-9)


def test_small_samples_are_tested_exactly() -> None:
    """Fisher's tea: three cups of four told right against one of four is no proof (p = 0.486).

    费希尔的品茶试验：四杯中对三杯与四杯中对一杯，不足为证（p = 0.486）。
    """
    found = of_rates(3, 4, 1, 4)
    assert found.p_value == pytest.approx(0.4857, abs=5e-5)
    assert found.is_significant() is False


def test_what_is_no_sample_has_no_chance_in_it() -> None:
    """Two complete counts differ by what they differ; there is no p-value to give.

    两个全面统计数之差就是其差，没有 p 值可言。
    """
    found = of_estimates(95.3, 0.0, 94.6, 0.0)
    assert found.difference == pytest.approx(0.7)
    assert found.p_value is None
    assert found.is_significant() is None


def test_survey_estimates_are_compared_by_their_own_errors() -> None:
    """80.0 (79.7 to 80.3) against 78.2 (77.9 to 78.5): z = 1.8 / 0.2165, far beyond chance.

    80.0（79.7—80.3）与 78.2（77.9—78.5）：z = 1.8 / 0.2165，远非偶然。
    """
    found = of_estimates(80.0, error_of(79.7, 80.3), 78.2, error_of(77.9, 78.5))
    assert error_of(79.7, 80.3) == pytest.approx(0.6 / (2 * stats.norm.ppf(0.975)))
    assert found.p_value == pytest.approx(2 * stats.norm.sf(1.8 / np.hypot(error_of(0, 0.6), error_of(0, 0.6))))


def test_the_parts_of_a_shortfall_add_up_to_it() -> None:
    """200 of 1000 at 70 %, 800 at 95 %: the whole has 90 % where 95 % are asked for; the small part carries all.

    1000 个中 200 个合格率 70%、800 个 95%：总体 90%，目标 95%，缺口全部来自前者。
    """
    found = shortfall([200, 800], [140, 760], 0.95)
    assert found.gap == pytest.approx(0.05)
    assert found.contributions == pytest.approx([0.05, 0.0])
    assert found.contributions.sum() == pytest.approx(found.gap)


def test_where_less_is_better_the_signs_turn() -> None:
    """Two sections of ten worse than class V where none may be: the two carry the whole excess.

    十个断面中两个劣Ⅴ类而目标为零：超出部分全部来自这两个断面。
    """
    found = shortfall([1, 1, 8], [1, 1, 0], 0.0, falling=True)
    assert found.gap == pytest.approx(0.2)
    assert found.contributions == pytest.approx([0.1, 0.1, 0.0])


def test_a_change_splits_into_rates_and_mixture_without_rest() -> None:
    """Both parts keep their rates, the weaker one grows from 20 % to 60 %: all 10 points are mixture (Kitagawa).

    两部分各自的合格率不变，较弱部分的比重由 20% 升至 60%：下降的 10 个百分点全部来自结构（Kitagawa 分解）。
    """
    found = shift([600, 400], [420, 380], [200, 800], [140, 760])
    assert found.by_rate == pytest.approx([0.0, 0.0])
    assert found.by_weight.sum() == pytest.approx(0.8 - 0.9)
    assert found.total == pytest.approx(-0.1)


def test_ranks_are_as_wide_as_the_intervals_leave_them() -> None:
    """Ninety and eighty-nine cannot be told apart with an error of one each; seventy surely comes last.

    90 与 89 的标准误各为 1，分不出先后；70 肯定居末。
    """
    found = ranks([90.0, 89.0, 70.0], [1.0, 1.0, 1.0])
    assert found.best.tolist() == [1, 1, 3]
    assert found.worst.tolist() == [2, 2, 3]
    assert found.can_tell


def test_complete_counts_are_ranked_as_they_stand() -> None:
    """Without sampling there is nothing to doubt: less is better, equal values share a rank.

    没有抽样就没有疑义：以低为优时，数值相同的并列。
    """
    found = ranks([55.0, 54.0, 55.0], [0.0, 0.0, 0.0], falling=True)
    assert found.best.tolist() == [2, 1, 2]
    assert found.worst.tolist() == [3, 1, 3]
