"""Joint meetings to be read, with agenda, attendance, minutes, and decisions with what became of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Prefetch

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.models import AgendaItem, Attendance, Decision, Meeting, Practice

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Plan


def meetings(*, plan: Plan, by: Somebody, since: date | None = None, until: date | None = None) -> QuerySet[Meeting]:
    """Return the plan's joint meetings, the latest first."""
    accounts.check(by, permissions.READ)
    found = Meeting.objects.filter(plan=plan.code)
    if since is not None:
        found = found.filter(held_on__gte=since)
    return found if until is None else found.filter(held_on__lte=until)


def meeting(*, number: int, by: Somebody) -> Meeting:
    """Return one meeting with agenda, attendance and decisions read along."""
    accounts.check(by, permissions.READ)
    found = (
        Meeting.objects.filter(pk=number)
        .prefetch_related(
            Prefetch("agenda", AgendaItem.objects.select_related("organisation")),
            Prefetch("attendance", Attendance.objects.select_related("organisation")),
            Prefetch("decisions", Decision.objects.select_related("organisation", "assignment__case")),
        )
        .first()
    )
    if found is None:
        raise permissions.not_there("联席会议", "joint meeting", number)
    return found


def practices(*, plan: Plan, by: Somebody) -> QuerySet[Practice]:
    """Return good practice, the latest first; what is not shared yet only for who manages supervision."""
    accounts.check(by, permissions.READ)
    found = Practice.objects.filter(plan=plan.code).select_related("organisation")
    return found if accounts.can(by, permissions.MANAGE) else found.exclude(shared_on=None)
