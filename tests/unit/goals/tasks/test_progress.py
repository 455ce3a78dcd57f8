"""Reports, handing in, the check by another person, and lights that follow from them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.goals.tasks import actions, queries
from qualicity.goals.tasks.models import LightChange

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


@pytest.fixture
def number(plan: Plan, derived: Any, office: Any) -> int:
    """The environment bureau leads task 4."""
    rows = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=queries.Wanted(task=4, role="lead"))
    assert [row.organisation.code for row in rows] == ["environment"]
    return rows[0].number


def row_of(plan: Plan, number: int, by: Any, day: date = DAY) -> queries.AssignmentRow:
    return queries.assignment(plan=plan, number=number, as_of=day, by=by)


def test_a_report_moves_the_case_and_the_light(
    plan: Plan, number: int, office: Any, reporter: Any, evidence: Path
) -> None:
    silent = row_of(plan, number, office)
    assert (silent.state, silent.light, silent.why) == ("assigned", "yellow", "behind")
    actions.report(assignment=number, percent=60, text="燃煤锅炉拆改过半", files=[evidence], by=reporter)
    row = row_of(plan, number, office)
    assert (row.state, row.progress, row.evidence, row.reported) == ("in_progress", 60, 1, DAY)
    assert (row.light, row.why) == ("green", "in_order")


def test_a_report_says_something_and_stays_in_bounds(number: int, reporter: Any) -> None:
    for percent, text in ((101, "多了"), (-1, "少了"), (50, "  ")):
        with pytest.raises(InputError):
            actions.report(assignment=number, percent=percent, text=text, by=reporter)


def test_only_the_responsible_organisation_reports(number: int, make_person: Any) -> None:
    for role, unit in (("reporter", "agriculture"), ("county", "zhongmu"), ("auditor", None)):
        person = make_person(role, unit, f"{role}-x")
        with pytest.raises(NotAllowedError):
            actions.report(assignment=number, percent=10, text="代报", by=person)


def test_handing_in_needs_evidence_and_closing_another_person(
    plan: Plan, number: int, office: Any, reporter: Any, evidence: Path, make_person: Any
) -> None:
    with pytest.raises(InputError):
        actions.hand_in(assignment=number, text="完成", by=reporter)
    assert row_of(plan, number, office).progress == 0, "nothing half done is left"
    actions.hand_in(assignment=number, text="完成，见佐证", files=[evidence], by=reporter)
    row = row_of(plan, number, office)
    assert (row.state, row.handed_in, row.light, row.why) == ("submitted", DAY, "blue", "awaiting_check")
    with pytest.raises(NotAllowedError):
        actions.close(assignment=number, by=reporter)
    reviewer = make_person("reviewer", "environment", "reviewer")
    with pytest.raises(NotAllowedError):
        actions.close(assignment=number, by=reviewer)
    actions.close(assignment=number, by=office)
    row = row_of(plan, number, office)
    assert (row.state, row.closed, row.progress, row.why) == ("closed", DAY, 100, "closed")
    with pytest.raises(NotPossibleError):
        actions.report(assignment=number, percent=10, text="又做", by=reporter)


def test_who_handed_it_in_does_not_close_it(
    plan: Plan, derived: Any, office: Any, colleague: Any, evidence: Path
) -> None:
    wanted = queries.Wanted(task=5, role="lead")
    (row,) = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=wanted)
    assert row.organisation.code == "quality-supervision", "the office's own house leads it"
    actions.hand_in(assignment=row.number, text="完成", files=[evidence], by=office)
    with pytest.raises(NotAllowedError):
        actions.close(assignment=row.number, by=office)
    actions.close(assignment=row.number, by=colleague)


def test_returning_takes_a_reason_and_work_goes_on(
    plan: Plan, number: int, office: Any, reporter: Any, evidence: Path
) -> None:
    actions.hand_in(assignment=number, text="完成", files=[evidence], by=reporter)
    with pytest.raises(InputError):
        actions.give_back(assignment=number, reason=" ", by=office)
    actions.give_back(assignment=number, reason="缺少监测数据", by=office)
    row = row_of(plan, number, office)
    assert (row.state, row.handed_in, row.closed) == ("in_progress", None, None)
    actions.report(assignment=number, percent=90, text="补充监测", by=reporter)


def test_lights_are_kept_when_they_change_and_only_then(
    plan: Plan, number: int, office: Any, reporter: Any, evidence: Path
) -> None:
    first = actions.look(plan=plan, by=office)
    assert first.total == len(first.changes) == LightChange.objects.count()
    assert actions.look(plan=plan, by=office).changes == ()
    actions.report(assignment=number, percent=60, text="过半", files=[evidence], by=reporter)
    (changed,) = actions.look(plan=plan, by=office).changes
    assert (changed.assignment_id, changed.before, changed.light) == (number, "yellow", "green")
    kept = queries.changes(number=number, by=office)
    assert [(one.before, one.light) for one in kept] == [("yellow", "green"), ("", "yellow")]
    assert "落后于时间" in kept[1].reason.zh


def test_the_past_is_read_as_it_stood_and_compared(
    plan: Plan, number: int, office: Any, reporter: Any, evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2015-01-10")
    later = date(2015, 1, 10)
    actions.hand_in(assignment=number, text="完成", files=[evidence], by=reporter, on=later)
    actions.close(assignment=number, by=office, on=later)
    then, now = row_of(plan, number, office), row_of(plan, number, office, later)
    assert (then.closed, then.progress, then.light) == (None, 0, "yellow")
    assert (now.closed, now.light, now.why) == (later, "green", "closed_late")
    found = queries.compare(plan=plan, then=DAY, day=later, by=office)
    assert [one.row.number for one in found.closed] == [number]
    assert found.now.red == found.now.total - 1
    assert all(one.worse for one in found.lights)
    assert found.made == found.replaced == ()


def test_unknown_numbers_are_told_apart_from_nothing(plan: Plan, office: Any) -> None:
    with pytest.raises(NotFoundError):
        actions.report(assignment=999999, percent=1, text="x", by=office)
    with pytest.raises(NotFoundError):
        queries.assignment(plan=plan, number=999999, as_of=DAY, by=office)


def test_counts_add_up(plan: Plan, derived: Any, office: Any) -> None:
    rows = queries.assignments(plan=plan, as_of=DAY, by=office)
    whole = queries.count(rows)
    assert whole.total == whole.green + whole.blue + whole.yellow + whole.red == len(rows)
    assert sum(one.city.total for one in queries.by_task(plan, rows)) == whole.total
    assert sum(one.all.total for one in queries.by_organisation(rows)) == whole.total
