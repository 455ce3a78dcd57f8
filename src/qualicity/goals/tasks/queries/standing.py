"""Where assignments stood on a day, by their cases' trails and what was reported by then; whole sets at once."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count
from django.utils import timezone

from qualicity.commons.cases import lifecycle
from qualicity.goals.tasks.models import Progress

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.goals.tasks.models import Assignment

ASSIGNED, SUBMITTED, CLOSED, WITHDRAWN = "assigned", "submitted", "closed", "withdrawn"


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a case stood: its state, its deadline, since when it waits for the check, when it closed, its files."""

    state: str = ASSIGNED
    due: date | None = None
    handed_in: date | None = None
    closed: date | None = None
    evidence: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """The last report by a day."""

    percent: int = 0
    day: date | None = None
    milestone: str = ""


NOTHING = CaseStanding()


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def case_standings(found: QuerySet[Assignment], day: date) -> dict[int, CaseStanding]:
    """Return where the cases of assignments stood at the end of a day, by the number of the case."""
    plain = found.order_by()
    zone = timezone.get_current_timezone()
    known = {
        number: CaseStanding(due=due.astimezone(zone).date() if due else None)
        for number, due in plain.filter(case__isnull=False).values_list("case_id", "case__due")
    }
    codes = [move.code for move in lifecycle.case_type("assignment").moves]
    moves = plain.filter(case__trail__on__lte=day, case__trail__code__in=codes)
    trail = moves.order_by("case_id", "case__trail__number")
    for number, after, on in trail.values_list("case_id", "case__trail__after", "case__trail__on"):
        known[number] = replace(
            known[number],
            state=after,
            handed_in=on if after == SUBMITTED else None,
            closed=on if after == CLOSED else None,
        )
    files = plain.filter(case__attachments__added_at__lt=end_of(day)).values_list("case_id")
    for number, count in files.annotate(files=Count("case__attachments")):
        known[number] = replace(known[number], evidence=count)
    return known


def latest_reports(found: QuerySet[Assignment], day: date) -> dict[int, Report]:
    """Return the last report of each assignment by the end of a day."""
    columns = ("assignment_id", "percent", "day", "milestone")
    every = Progress.objects.filter(assignment__in=found.order_by(), day__lte=day).order_by("pk")
    return {number: Report(percent, on, milestone) for number, percent, on, milestone in every.values_list(*columns)}
