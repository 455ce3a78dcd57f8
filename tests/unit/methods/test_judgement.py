import math

import pytest

from qualicity.methods.judgement import Certainty, Judgement, Pace, Status, judge, judge_every, linear_path


@pytest.mark.parametrize(
    ("kind", "value", "target", "expected"),
    [
        ("at_least", 96.0, 96.0, "met"),
        ("at_least", 95.9, 96.0, "not_met"),
        ("above", 30.0, 30.0, "not_met"),
        ("above", 30.1, 30.0, "met"),
        ("at_most", 56.0, 56.0, "met"),
        ("at_most", 56.1, 56.0, "not_met"),
        ("below", 2.0, 2.0, "not_met"),
        ("equals", 3.0, 3.0, "met"),
        ("none_of", 0.0, None, "met"),
        ("none_of", 1.0, None, "not_met"),
        ("cut", 14.8, 14.8, "met"),
        ("below_reference", 0.3, 0.4, "met"),
        ("below_reference", 0.4, 0.4, "not_met"),
        ("trajectory", 95.0, 95.0, "met"),
        ("unstated", 5.0, None, "no_target"),
        ("unstated", None, None, "no_target"),
        ("at_least", None, 96.0, "no_data"),
        ("at_least", math.nan, 96.0, "no_data"),
        ("at_least", 96.0, None, "no_target"),
        ("below_reference", 0.3, None, "no_data"),
    ],
)
def test_each_kind_is_judged_as_it_is_written(
    kind: str, value: float | None, target: float | None, expected: str
) -> None:
    assert judge(kind=kind, value=value, target=target).status == expected


def test_the_value_is_rounded_before_it_is_compared() -> None:
    assert judge(kind="at_least", value=95.96, target=96.0).status is Status.met
    assert judge(kind="at_most", value=68.05, target=68.0).status is Status.met
    assert judge(kind="at_least", value=95.96, target=96.0, decimals=2).status is Status.not_met


def test_a_census_is_firm() -> None:
    assert judge(kind="at_least", value=97.0, target=96.0) == Judgement(Status.met, Certainty.firm)


def test_an_interval_across_the_target_is_uncertain_without_changing_the_status() -> None:
    verdict = judge(kind="at_least", value=96.5, target=96.0, low=95.0, high=98.0, n=200, minimum_n=30)
    assert verdict == Judgement(Status.met, Certainty.uncertain)
    assert judge(kind="at_most", value=4.0, target=5.0, low=3.0, high=4.9).certainty is Certainty.firm


def test_a_value_met_only_by_rounding_is_uncertain_when_its_interval_misses() -> None:
    verdict = judge(kind="at_least", value=95.96, target=96.0, low=95.955, high=95.965)
    assert verdict == Judgement(Status.met, Certainty.uncertain)


def test_none_of_in_a_sample_stays_uncertain() -> None:
    assert judge(kind="none_of", value=0.0, target=None, low=0.0, high=0.7).certainty is Certainty.uncertain
    assert judge(kind="none_of", value=0.0, target=None).certainty is Certainty.firm


def test_too_few_samples_leave_the_status_undecided() -> None:
    verdict = judge(kind="at_least", value=100.0, target=96.0, low=88.0, high=100.0, n=29, minimum_n=30)
    assert verdict == Judgement(Status.undecided, Certainty.too_few)


def test_a_trajectory_before_its_year_is_not_due_but_has_a_pace() -> None:
    ahead = judge(kind="trajectory", value=87.1, target=95.0, year=2014, year_due=2016, path=103.7)
    assert ahead == Judgement(Status.not_due, Certainty.firm, Pace.on_track)
    late = judge(kind="trajectory", value=104.0, target=95.0, year=2014, year_due=2016, path=103.7)
    assert late.pace is Pace.behind
    due = judge(kind="trajectory", value=78.6, target=95.0, year=2016, year_due=2016, path=95.0)
    assert due == Judgement(Status.met, Certainty.firm)


def test_a_rising_trajectory_asks_for_at_least_its_path() -> None:
    verdict = judge(kind="trajectory", value=50.0, target=60.0, year=2014, year_due=2016, path=49.0, falling=False)
    assert verdict.pace is Pace.on_track


def test_a_cut_before_its_year_is_not_due() -> None:
    assert judge(kind="cut", value=20.0, target=14.8, year=2014, year_due=2015).status is Status.not_due
    assert judge(kind="cut", value=None, target=14.8, year=2014, year_due=2015).status is Status.no_data


def test_other_kinds_are_judged_at_once_and_show_their_pace() -> None:
    verdict = judge(kind="at_least", value=70.0, target=80.0, year=2014, year_due=2015, path=65.0)
    assert verdict == Judgement(Status.not_met, Certainty.firm, Pace.on_track)


def test_too_few_samples_have_no_pace() -> None:
    verdict = judge(kind="at_least", value=70.0, target=80.0, year=2014, year_due=2015, path=65.0, n=3, minimum_n=30)
    assert verdict == Judgement(Status.undecided, Certainty.too_few)


def test_an_unknown_kind_is_impossible() -> None:
    with pytest.raises(AssertionError):
        judge(kind="at_laest", value=1.0, target=1.0)


def test_a_straight_path_runs_between_its_points() -> None:
    points = {2013: 108.0, 2016: 95.0}
    assert linear_path(points, 2013) == 108.0
    assert linear_path(points, 2014) == pytest.approx(103.667, abs=1e-3)
    assert linear_path(points, 2016) == 95.0
    assert linear_path(points, 2020) == 95.0
    assert linear_path(points, 2012) is None
    assert linear_path({}, 2014) is None


def test_a_target_of_every_period_is_missed_by_one_miss() -> None:
    met, missed = Judgement(Status.met, Certainty.firm), Judgement(Status.not_met, Certainty.uncertain)
    gap, few = Judgement(Status.no_data), Judgement(Status.undecided, Certainty.too_few)
    doubtful = Judgement(Status.met, Certainty.uncertain)
    assert judge_every([met, met]) == met
    assert judge_every([met, doubtful]) == doubtful
    assert judge_every([met, missed]) == missed
    assert judge_every([met, gap]).status is Status.undecided
    assert judge_every([met, few]).status is Status.undecided
    assert judge_every([gap]) == gap
    assert judge_every([]).status is Status.no_data
