"""How a value is judged against a target: status, certainty and pace.

数值如何对照目标值判定：达标状态、把握和进度。
"""

from qualicity.errors import Text
from qualicity.methods.intervals import proportion
from qualicity.methods.judgement import Certainty, Judgement, Pace, Status, judge, judge_every, linear_path

TITLE = Text(zh="达标判定", en="The judgement of targets")

PATH = {2013: 108.0, 2016: 95.0}


def test_a_full_count_is_judged_firmly() -> None:
    """All 12 000 projects were counted and 98.2 % passed: a target of at least 98 % is met, firmly.

    全部 12 000 项工程逐一统计，合格率 98.2%，不低于 98% 的目标达标，判定可靠。
    """
    assert judge(kind="at_least", value=98.2, target=98.0) == Judgement(Status.met, Certainty.firm)


def test_a_sample_close_to_its_target_is_uncertain() -> None:
    """486 of 500 samples passed (97.2 %): at least 96 % is met, but 95.4 % is possible, so it is uncertain.

    500 个样合格 486 个（97.2%），不低于 96% 达标，但真值可能只有 95.4%，判定临界。
    """
    ends = proportion(486, 500)
    verdict = judge(
        kind="at_least", value=97.2, target=96.0, low=100 * ends.low, high=100 * ends.high, n=500, minimum_n=30
    )
    assert verdict == Judgement(Status.met, Certainty.uncertain)


def test_a_sample_too_small_is_left_undecided() -> None:
    """Twelve samples of twelve passed: too few to decide anything.

    十二个样全部合格，样本太少，尚难判定。
    """
    verdict = judge(kind="at_least", value=100.0, target=96.0, low=73.5, high=100.0, n=12, minimum_n=30)
    assert verdict == Judgement(Status.undecided, Certainty.too_few)


def test_above_and_at_least_differ_at_the_target() -> None:
    """Exactly 30 % meets "at least 30 %" and misses "above 30 %".

    恰为 30% 时，“不低于 30%”达标，“大于 30%”不达标。
    """
    assert judge(kind="at_least", value=30.0, target=30.0).status is Status.met
    assert judge(kind="above", value=30.0, target=30.0).status is Status.not_met


def test_pm25_of_2014_is_not_due_but_on_its_way() -> None:
    """PM2.5 is to fall from 108 in 2013 to 95 in 2016; 87.1 in 2014 lies below the path of 103.7.

    PM2.5 应由 2013 年的 108 降到 2016 年的 95；2014 年为 87.1，低于当年应达到的 103.7，按序时推进。
    """
    verdict = judge(
        kind="trajectory", value=87.137, target=95.0, year=2014, year_due=2016, path=linear_path(PATH, 2014)
    )
    assert verdict == Judgement(Status.not_due, Certainty.firm, Pace.on_track)


def test_pm25_of_2016_is_met() -> None:
    """In 2016 the value of 78.6 is held against 95 itself.

    2016 年的 78.6 直接对照 95。
    """
    verdict = judge(kind="trajectory", value=78.625, target=95.0, year=2016, year_due=2016)
    assert verdict == Judgement(Status.met, Certainty.firm)


def test_a_value_is_rounded_before_it_is_judged() -> None:
    """A road noise of 68.04 dB(A) is reported as 68.0 and meets "at most 68".

    道路交通噪声 68.04 dB(A) 修约为 68.0，符合“不高于 68”。
    """
    assert judge(kind="at_most", value=68.04, target=68.0).status is Status.met


def test_stable_means_every_period() -> None:
    """A rate that is to stay above 96 % and fell below it in one year of three is missed.

    应稳定在 96% 以上的合格率，三年中有一年低于，即未达标。
    """
    years = [judge(kind="at_least", value=value, target=96.0) for value in (97.0, 95.2, 98.0)]
    assert judge_every(years).status is Status.not_met


def test_no_reference_is_no_data() -> None:
    """A rate that must lie below the national average cannot be judged before that average is known.

    应低于全国平均水平的指标，在全国平均值公布之前无法判定。
    """
    assert judge(kind="below_reference", value=0.3, target=None).status is Status.no_data
