"""One criterion, its facts, its points; and the whole, explained to the last point."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.judgement.assessment.conftest import PLAN, RUBRIC, UNITS, inputs_of, value_of

from qualicity.judgement.assessment.queries.inputs import Timeliness
from qualicity.judgement.assessment.queries.marking import Scored, mark
from qualicity.judgement.assessment.queries.plain import PARTS, whole_as_plain
from qualicity.judgement.assessment.queries.sensitivity import actions
from qualicity.judgement.assessment.queries.tasks import TaskState, TaskStates
from qualicity.judgement.assessment.queries.whole import _whole
from qualicity.methods.judgement import Certainty, Pace, Status


def scored(code: str, value: float | None, status: Status, **given: Any) -> Scored:
    source = RUBRIC.criterion(code).rule.source.code  # type: ignore[union-attr]
    return mark(RUBRIC, RUBRIC.criterion(code), inputs_of(value_of(source, value, status, **given)))


def parts(one: Scored) -> dict[str, float]:
    return {name: getattr(one.marks, name) for name in PARTS if getattr(one.marks, name)}


def test_a_target_met_for_sure_is_certain() -> None:
    one = scored("product-6", 95.9, Status.met, certainty=Certainty.firm, low=95.1, high=96.6)
    assert parts(one) == {"certain": 2.0}
    assert one.reason.zh == "达标"


def test_an_interval_that_straddles_puts_points_at_risk_with_a_chance() -> None:
    one = scored("product-7", 95.06, Status.met, certainty=Certainty.uncertain, low=94.8, high=95.3)
    assert parts(one) == {"at_risk": 3.0}
    # (95.06 − 95) over a standard error of 0.5 / (2 × 1.96)
    assert one.marks.probability == pytest.approx(0.681, abs=0.003)
    assert "正态近似" in one.reason.zh
    assert "normal approximation" in one.reason.en


def test_a_miss_within_the_interval_is_within_reach() -> None:
    one = scored("product-7", 94.9, Status.not_met, certainty=Certainty.uncertain, low=94.6, high=95.2)
    assert parts(one) == {"within_reach": 3.0}
    assert one.marks.probability == pytest.approx(0.257, abs=0.005)


def test_a_value_reported_without_its_rows_is_only_likely() -> None:
    one = scored("product-1", 30.7, Status.met, certainty=Certainty.uncertain, source="reported")
    assert parts(one) == {"likely": 2.0}
    one = scored("environment-2", 91.8, Status.not_met, certainty=Certainty.uncertain, source="mixed")
    assert parts(one) == {"likely": 1.81, "lost": 0.19}


def test_a_target_ahead_gets_its_points_by_pace_where_the_rubric_says_so() -> None:
    assert parts(scored("environment-6b", 101.6, Status.not_due, pace=Pace.on_track)) == {"likely": 2.0}
    assert parts(scored("environment-6b", 107.0, Status.not_due, pace=Pace.behind)) == {"lost": 2.0}
    assert parts(scored("environment-6b", 107.0, Status.not_due)) == {"open": 2.0}


def test_too_few_samples_and_no_data_leave_points_open_and_ask() -> None:
    few = scored("product-3", 95.0, Status.undecided, certainty=Certainty.too_few, n=12)
    assert parts(few) == {"open": 3.0}
    assert [one.kind for one in few.needs] == ["samples"]
    assert "18" in few.needs[0].text.zh
    none = scored("product-3", None, Status.no_data)
    assert [(one.kind, one.points, one.who) for one in none.needs] == [("data", 3.0, "quality-supervision")]


def test_an_earlier_period_that_failed_loses_all_and_is_named() -> None:
    one = scored("product-2", 97.0, Status.not_met, certainty=Certainty.firm, failed=("2014Q2",))
    assert parts(one) == {"lost": 3.0}
    assert "2014Q2" in one.reason.zh


def test_an_earlier_period_that_could_go_either_way_puts_points_at_risk() -> None:
    one = scored("product-2", 97.7, Status.met, certainty=Certainty.uncertain, low=97.2, high=98.1)
    assert parts(one) == {"at_risk": 3.0}
    assert one.marks.expected == 1.5


def test_points_by_steps_follow_the_rounded_value() -> None:
    one = scored("service-1", 79.96, Status.met, certainty=Certainty.firm)
    assert one.points == 4.0, "79.96 is judged as 80.0"
    assert scored("service-1", 79.94, Status.not_met, certainty=Certainty.firm).points == 3.0


def test_a_share_of_tasks_counts_what_is_done_and_leaves_open_what_is_unknown() -> None:
    tasks = {one.number: TaskState(one.number, one.lead, None) for one in PLAN.tasks}
    tasks |= {34: TaskState(34, "quality-supervision", True), 35: TaskState(35, "quality-supervision", False)}
    one = mark(RUBRIC, RUBRIC.criterion("tasks-platforms"), inputs_of(tasks=TaskStates(tasks, {})))
    assert parts(one) == {"certain": 0.5, "open": 1.0, "lost": 0.5}
    assert [need.text.zh for need in one.needs] == ["请分解并记录任务 36、37", "请完成任务 35"]


def test_a_unit_is_scored_by_its_assignments_that_are_due() -> None:
    tasks = TaskStates({}, {"quality-supervision": (3, 4)})
    one = mark(UNITS, UNITS.criterion("own-tasks"), inputs_of(tasks=tasks))
    assert parts(one) == {"certain": 18.75, "lost": 6.25}


def test_reports_on_time() -> None:
    reports = {"waste": Timeliness(80, 5, 5, 3), "sewage": Timeliness(10, 0, 0, 1)}
    one = mark(RUBRIC, RUBRIC.criterion("timeliness"), inputs_of(reports=reports))
    assert one.points == 1.5, "90 % on time, half of the way from 80 to 100"


def test_what_does_not_apply_is_left_out_and_the_rest_brought_to_the_total() -> None:
    found = _whole(UNITS, PLAN, None, inputs_of())
    by_code = {one.code: one for one in found.scored}
    assert not by_code["own-tasks"].applies
    assert found.total.full < 100
    assert found.factor == pytest.approx(100 / found.total.full)


def whole(*values: Any, **given: Any) -> Any:
    return _whole(RUBRIC, PLAN, None, inputs_of(*values, **given))


def test_a_regional_event_makes_d_whatever_the_points_are() -> None:
    struck = whole(value_of("task-19", 1.0, Status.not_met))
    assert (struck.final_band.code, struck.vetoes[0].strikes) == ("D", True)
    assert whole(value_of("task-19", 0.0, Status.met)).vetoes[0].strikes is False
    assert whole().vetoes[0].strikes is None, "without data it cannot be ruled out"


VALUES = st.fixed_dictionaries(
    {
        one.code: st.tuples(
            st.sampled_from([Status.met, Status.not_met, Status.no_data, Status.undecided, Status.not_due]),
            st.sampled_from([None, Certainty.firm, Certainty.uncertain, Certainty.too_few]),
            st.sampled_from([None, Pace.on_track, Pace.behind]),
            st.floats(0, 110), st.floats(0, 5), st.booleans(), st.sampled_from(["rows", "reported", "mixed"]),
        )
        for one in PLAN.indicators
    }
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(VALUES)
def test_every_point_is_accounted_for_whatever_the_facts_are(drawn: dict[str, Any]) -> None:
    values = []
    for code, (status, certainty, pace, value, half, sample, source) in drawn.items():
        known = None if status is Status.no_data else value
        ends = {"low": value - half, "high": value + half} if sample and known is not None else {}
        extra = {"certainty": certainty, "pace": pace, **ends}
        if known is not None:
            extra["source"] = source
        values.append(value_of(code, known, status, **extra))
    found = whole(*values)
    assert sum(one.criterion.points for one in found.scored) == pytest.approx(100)
    for one in found.scored:
        sums = sum(getattr(one.marks, name) for name in PARTS)
        assert sums == pytest.approx(one.criterion.points, abs=1e-9), one.code
        assert min(getattr(one.marks, name) for name in PARTS) >= 0
        assert all((one.reason.zh, one.reason.en, one.rule.zh, one.rule.en, one.criterion.clause.zh)), one.code
        if one.marks.open:
            assert one.needs or one.value is not None
    assert found.score == pytest.approx(sum(one.points for one in found.scored), abs=1e-6)
    assert found.score == pytest.approx(sum(group.total.points for group in found.categories), abs=1e-6)
    counted = found.total.certain + found.total.likely + found.total.at_risk
    assert found.score == pytest.approx(counted, abs=1e-6)
    plain = whole_as_plain(found)
    assert plain["score"] == pytest.approx(sum(one["points"] for one in plain["criteria"]), abs=1e-6)
    listed = actions(found)
    assert all(one.gain > 0 for one in listed)
    assert [one.in_time for one in listed] == sorted((one.in_time for one in listed), reverse=True)
    in_time = [one.gain for one in listed if one.in_time]
    assert in_time == sorted(in_time, reverse=True)
    assert all(one.then <= 100 for one in listed)


def test_the_gap_is_said_in_units_and_cases() -> None:
    value = value_of(
        "product-5", 99.05, Status.not_met, numerator=5088.0, denominator=5137.0, certainty=Certainty.firm
    )
    (one,) = [each for each in actions(whole(value)) if each.criterion == "product-5" and each.kind == "reach"]
    assert "0.95" in one.gap.zh
    assert "49" in one.gap.zh
    assert one.gain == 0.38
    assert one.per_unit == 0.4


def test_a_yearly_value_cannot_change_before_the_next_year_is_over() -> None:
    late = value_of("service-4", 0.0, Status.not_met)
    (one,) = [each for each in actions(whole(late)) if each.criterion == "service-4"]
    assert not one.in_time
    assert "2015-06-30" in one.why.zh
    (one,) = [
        each
        for each in actions(whole(late), deadline=late.as_of.replace(month=12, day=31))
        if each.criterion == "service-4"
    ]
    assert one.in_time
