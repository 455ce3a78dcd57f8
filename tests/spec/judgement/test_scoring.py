"""How points are given, and how sure they are: by threshold, evenly, by steps, by checklist.

分数怎样给、有几分把握：达标给分、按比例给分、分级给分、清单给分。
"""

import pytest

from qualicity.errors import Text
from qualicity.methods import scoring

TITLE = Text(zh="评分与把握", en="Points and how sure they are")


def test_a_target_met_for_certain_brings_certain_points() -> None:
    """97.7 % against ≥ 96 %, interval 97.2 to 98.1: all three points are certain.

    合格率 97.7%，目标 ≥ 96%，区间 97.2–98.1：三分全部稳得。
    """
    marks = scoring.by_curve(scoring.Threshold("at_least", 96.0), 3.0, 97.7, 97.2, 98.1)
    assert (marks.points, marks.certain, marks.at_risk) == (3.0, 3.0, 0.0)


def test_an_interval_that_straddles_the_target_puts_the_points_at_risk() -> None:
    """80.0 against ≥ 80, interval 79.7 to 80.3: four points count today, and stand with a chance of about 63 %.

    The value is judged after rounding to one decimal, so 79.95 and more still reach the target.
    满意度 80.0，目标 ≥ 80，区间 79.7–80.3：今天计 4 分，但有风险，保住的概率约 63%（修约到一位小数后判定）。
    """
    marks = scoring.by_curve(scoring.Threshold("at_least", 80.0), 4.0, 80.0, 79.7, 80.3)
    assert (marks.points, marks.certain, marks.at_risk) == (4.0, 0.0, 4.0)
    assert marks.probability == pytest.approx(0.628, abs=0.002)
    assert marks.expected == pytest.approx(2.51, abs=0.01)


def test_a_miss_within_the_interval_is_within_reach() -> None:
    """89.6 % against ≥ 90 %, interval 88.9 to 90.3: nothing counts today, three points are within reach.

    合格率 89.6%，目标 ≥ 90%，区间 88.9–90.3：今天不计分，三分够得着。
    """
    marks = scoring.by_curve(scoring.Threshold("at_least", 90.0), 3.0, 89.6, 88.9, 90.3)
    assert (marks.points, marks.within_reach, marks.lost) == (0.0, 3.0, 0.0)
    assert marks.probability == pytest.approx(0.16, abs=0.01)


def test_points_given_evenly_between_two_values() -> None:
    """91.8 % where 85 % brings nothing and 92.5 % everything: 1.81 of 2 points.

    处理率 91.8%，85% 起计、92.5% 满分：2 分中得 1.81 分。
    """
    assert scoring.by_curve(scoring.Linear(85.0, 92.5), 2.0, 91.8).points == 1.81


def test_points_by_steps_and_by_checklist() -> None:
    """A satisfaction of 79 reaches the second step; a filed document is likely, a checked one certain.

    满意度 79 达到第二级；材料已交为“较有把握”，经核验为“稳得”，未交为“待补”。
    """
    steps = scoring.Steps((75.0, 78.0, 80.0), (0.5, 0.75, 1.0))
    assert scoring.by_curve(steps, 4.0, 79.0).points == 3.0
    marks = scoring.by_items([1.0, 0.5, 0.5], ["checked", "filed", "missing"])
    assert (marks.points, marks.certain, marks.likely, marks.open) == (1.5, 1.0, 0.5, 0.5)


def test_the_chance_of_a_band_is_that_of_the_sum() -> None:
    """Ten certain points and four that stand with 63 %: the sum reaches 12 with about 60 % by normal approximation.

    稳得 10 分，另 4 分保住的概率 63%：合计达到 12 分的概率按正态近似约 60%。
    """
    risky = scoring.by_curve(scoring.Threshold("at_least", 80.0), 4.0, 80.0, 79.7, 80.3)
    whole = scoring.total([scoring.settled(10.0, 1.0), risky])
    assert (whole.points, whole.certain, whole.at_risk) == (14.0, 10.0, 4.0)
    assert whole.chance_of(12.0) == pytest.approx(0.60, abs=0.01)
