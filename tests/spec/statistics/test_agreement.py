"""Whether reviewers agree, against published examples: Kendall's W and the intraclass correlations.

评审人意见是否一致：肯德尔和谐系数 W 与组内相关系数 ICC，与已发表的算例对照。
"""

import numpy as np
import pytest

from qualicity.errors import Text
from qualicity.methods.agreement import intraclass, kendall_w, lying_apart

TITLE = Text(zh="评审一致性", en="Agreement of reviewers")

JUDGES = np.array([[9, 6, 8, 7, 10, 6], [2, 1, 4, 1, 5, 2], [5, 3, 6, 2, 6, 4], [8, 2, 8, 6, 9, 7]], dtype=np.float64)
"""Four judges (rows) of six targets (columns): table 2 of Shrout and Fleiss (1979)."""

ANXIETY = np.array(
    [
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
    ],
    dtype=np.float64,
)
"""Three raters of twenty subjects, with many ties: the data set ``anxiety`` of R's package irr."""


def test_one_judge_and_four_judges_of_shrout_and_fleiss() -> None:
    """Four judges of six targets: one judge is worth 0.29, the mean of four 0.62; F(5, 15) = 11.03.

    四位评委评六个对象：单个评委的可靠性为 0.29，四人均值为 0.62；F(5, 15) = 11.03。
    """
    found = intraclass(JUDGES)
    assert round(found.single.value, 2) == 0.29
    assert round(found.average.value, 2) == 0.62
    assert round(found.single.f, 2) == 11.03
    assert found.single.p_value == pytest.approx(0.000135, abs=1e-6)


def test_the_intervals_are_wide_with_six_targets() -> None:
    """The 95 % intervals run from 0.019 to 0.761 for one judge, from 0.071 to 0.927 for the mean of four.

    95% 区间：单个评委 0.019 至 0.761，四人均值 0.071 至 0.927——六个对象太少，难下定论。
    """
    found = intraclass(JUDGES)
    assert [round(one, 3) for one in (found.single.low, found.single.high)] == [0.019, 0.761]
    assert [round(one, 3) for one in (found.average.low, found.average.high)] == [0.071, 0.927]


def test_three_executives_rank_six_applicants() -> None:
    """Without ties W = 0.16: hardly any agreement (Siegel, 1956, table 9.4).

    无并列名次时 W = 0.16，几乎没有一致意见（Siegel，1956，表 9.4）。
    """
    ranks = np.array([[1, 6, 3, 2, 5, 4], [1, 5, 6, 4, 2, 3], [6, 3, 2, 5, 4, 1]], dtype=np.float64)
    assert round(kendall_w(ranks).w, 2) == 0.16


def test_ties_are_corrected_for() -> None:
    """With many ties W = 0.5397, chi-square 30.8 on 19 degrees, p = 0.0429, as R's irr and DescTools give it.

    并列较多时校正后 W = 0.5397，卡方 30.8（自由度 19），p = 0.0429，与 R 的 irr、DescTools 一致。
    """
    found = kendall_w(ANXIETY)
    assert found.w == pytest.approx(0.5396569, abs=1e-7)
    assert (round(found.chi_square, 1), found.degrees, round(found.p_value, 4)) == (30.8, 19, 0.0429)


def test_who_gives_two_points_less_than_everybody_lies_apart() -> None:
    """Five agree within half a point; the sixth is shown, and the others agree better without him or her.

    五位评审相差不过半分，第六位普遍低两分：系统列出此人，并给出去掉后的一致性。
    """
    level = np.array([6.0, 7.0, 8.0, 5.0])
    scores = np.vstack([level, level + 0.2, level - 0.3, level + 0.4, level - 0.1, level - 2.2])
    found = lying_apart(scores)
    assert [one.is_apart for one in found] == [False] * 5 + [True]
    assert round(found[5].bias, 2) == -2.24
