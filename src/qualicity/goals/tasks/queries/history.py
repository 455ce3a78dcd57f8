"""What was written down of an assignment: its reports, its lights, the breakdowns that it came from and went into."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import Assignment, Breakdown, LightChange, Progress
from qualicity.methods.lights import Reason, words

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.db.models import QuerySet

    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Plan
    from qualicity.errors import Text


@dataclass(frozen=True, slots=True)
class Change:
    """A light that changed: from what to what, on which day, and why."""

    assignment: int
    before: str
    light: str
    reason: Text
    day: date
    at: datetime


def last_lights(plan: Plan) -> dict[int, str]:
    """Return the light that was last kept of each assignment."""
    found = LightChange.objects.filter(assignment__plan=plan.code).order_by("pk")
    return dict(found.values_list("assignment_id", "light"))


def changes(*, number: int, by: Somebody) -> tuple[Change, ...]:
    """Return every change of an assignment's light, the latest first."""
    accounts.check(by, permissions.READ)
    return tuple(_change(one) for one in LightChange.objects.filter(assignment_id=number))


def changes_of_plan(*, plan: Plan, since: date, until: date, by: Somebody) -> tuple[Change, ...]:
    """Return every change of light between two days, the latest first."""
    accounts.check(by, permissions.READ)
    found = LightChange.objects.filter(assignment__plan=plan.code, day__gte=since, day__lte=until)
    return tuple(_change(one) for one in found)


def _change(one: LightChange) -> Change:
    said = words(Reason(one.reason), one.figure)
    return Change(one.assignment_id, one.before, one.light, said, one.day, one.at)


def reports(*, number: int, by: Somebody) -> QuerySet[Progress]:
    """Return what was reported on an assignment, the latest first."""
    accounts.check(by, permissions.READ)
    return Progress.objects.filter(assignment_id=number).select_related("reported_by")


def breakdowns(*, plan: Plan, by: Somebody) -> QuerySet[Breakdown]:
    """Return every breakdown of the plan, the latest first."""
    accounts.check(by, permissions.READ)
    return Breakdown.objects.filter(plan=plan.code).select_related("level", "made_by")


def earlier(*, number: int, by: Somebody) -> QuerySet[Assignment]:
    """Return the assignments that the same unit had in the same task before: replaced ones, kept to be read."""
    accounts.check(by, permissions.READ)
    one = Assignment.objects.filter(pk=number).first()
    if one is None:
        raise permissions.not_there(number)
    found = Assignment.objects.filter(
        plan=one.plan, level=one.level, task=one.task, organisation=one.organisation, counterpart=one.counterpart
    )
    return found.exclude(replaced_at=None).exclude(pk=number).select_related("replaced_by")
