"""Joint meetings: who came, what was decided, and that decisions become assignments."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.goals.supervision import actions, queries
from qualicity.goals.tasks import queries as tasks

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


def planned(plan: Plan, by: Any, day: date = date(2014, 8, 28)) -> Any:
    units = [accounts.organisation(code) for code in ("environment", "agriculture", "zhongmu")]
    return actions.plan_meeting(
        plan=plan, title="第一次联席会议", held_on=day, agenda=["通报进展", "研究大气治理"], invited=units, by=by
    )


def test_a_decision_with_unit_task_and_deadline_becomes_an_assignment(plan: Plan, derived: Any, office: Any) -> None:
    meeting = planned(plan, office)
    actions.hold(meeting=meeting.pk, present={"environment": "某处", "zhongmu": ""}, by=office)
    unit = accounts.organisation("environment")
    actions.decide(
        meeting=meeting.pk,
        text="十月底前拆改",
        organisation=unit,
        task=4,
        deadline=date(2014, 10, 31),
        by=office,
    )
    actions.decide(meeting=meeting.pk, text="继续宣传", by=office)
    actions.minute(meeting=meeting.pk, text="会议通报了进展……", plan=plan, by=office)
    found = queries.meeting(number=meeting.pk, by=office)
    first, second = found.decisions.all()
    assert second.assignment is None
    row = tasks.assignment(plan=plan, number=first.assignment_id, as_of=DAY, by=office)
    assert (row.organisation.code, row.task, row.deadline) == ("environment", 4, date(2014, 10, 31))
    assert {one.organisation.code: one.present for one in found.attendance.all()} == {
        "agriculture": False, "environment": True, "zhongmu": True,
    }  # fmt: skip
    with pytest.raises(NotPossibleError):
        actions.decide(meeting=meeting.pk, text="补一条", by=office)


def test_a_meeting_that_is_yet_to_come_was_not_held(plan: Plan, office: Any) -> None:
    meeting = planned(plan, office, date(2014, 9, 2))
    with pytest.raises(NotPossibleError):
        actions.hold(meeting=meeting.pk, present={}, by=office)


def test_nobody_comes_who_was_not_invited(plan: Plan, office: Any) -> None:
    meeting = planned(plan, office)
    with pytest.raises(InputError):
        actions.hold(meeting=meeting.pk, present={"gongyi": ""}, by=office)


def test_only_who_manages_supervision_holds_meetings(plan: Plan, office: Any, make_person: Any) -> None:
    for role, unit in (("county", "zhongmu"), ("reporter", "environment"), ("leader", None), ("auditor", None)):
        with pytest.raises(NotAllowedError):
            planned(plan, make_person(role, unit))
