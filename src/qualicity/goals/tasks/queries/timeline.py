"""The plan along the days: bars of phases and tasks for a Gantt chart, and a month with what falls on its days."""

from __future__ import annotations

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qualicity.goals.tasks.queries.assignments import Wanted, assignments
from qualicity.goals.tasks.queries.counting import Count, by_task, count
from qualicity.goals.tasks.queries.implementing import unit_plans

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.model import Words
    from qualicity.definitions.plans import Phase, Plan
    from qualicity.goals.tasks.queries.assignments import AssignmentRow


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: from when to when, how far along (percent), which light; shares are of the plan's whole time."""

    number: int
    title: Words
    start: date
    end: date
    left: float
    width: float
    progress: int
    light: str
    count: Count | None
    is_phase: bool = False

    @property
    def done(self) -> float:
        """Return how wide the part that is done is."""
        return self.width * self.progress / 100


@dataclass(frozen=True, slots=True)
class Gantt:
    """The whole chart: the months as ticks, today's line, phases and tasks as bars."""

    start: date
    end: date
    today: float | None
    months: tuple[tuple[date, float], ...]
    phases: tuple[Bar, ...]
    tasks: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What falls on a day: an assignment's deadline, a phase's first or last day, a plan that is due."""

    kind: str
    title: Words
    light: str
    count: int
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """One day of a month's grid."""

    day: date
    is_month: bool
    is_today: bool
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """A month as a grid of weeks, with the months before and after it."""

    first: date
    weeks: tuple[tuple[Day, ...], ...]
    before: date
    after: date

    @property
    def entries(self) -> tuple[Day, ...]:
        """Return the days of the month on which something falls."""
        return tuple(day for week in self.weeks for day in week if day.is_month and day.entries)


def gantt(*, plan: Plan, as_of: date, by: Person, strategy: int | None = None) -> Gantt:
    """Return the chart of the plan's phases and tasks as they stand on a day."""
    rows = assignments(plan=plan, as_of=as_of, by=by, wanted=Wanted(level="city"))
    total = (plan.end - plan.start).days + 1

    def share(day: date) -> float:
        return 100 * (day - plan.start).days / total

    tasks = []
    for one in by_task(plan, rows):
        here = [row for row in rows if row.task == one.task.number]
        if not here or (strategy is not None and one.task.strategy != strategy):
            continue
        start, end = min(row.start for row in here), max(row.deadline for row in here)
        tasks.append(
            Bar(
                number=one.task.number,
                title=one.task.title,
                start=start,
                end=end,
                left=share(start),
                width=share(end + timedelta(days=1)) - share(start),
                progress=one.city.progress,
                light=one.city.worst,
                count=one.city,
            )
        )
    inside = plan.start <= as_of <= plan.end
    return Gantt(
        start=plan.start,
        end=plan.end,
        today=share(as_of) if inside else None,
        months=tuple((day, share(day)) for day in _months(plan.start, plan.end)),
        phases=tuple(_phase_bar(phase, rows, as_of, plan.start, total) for phase in plan.phases),
        tasks=tuple(tasks),
    )


def _phase_bar(phase: Phase, rows: Iterable[AssignmentRow], as_of: date, start: date, total: int) -> Bar:
    gone = (min(as_of, phase.end) - phase.start).days + 1
    span = (phase.end - phase.start).days + 1
    inside = [row for row in rows if phase.start <= row.deadline <= phase.end]
    return Bar(
        number=phase.number,
        title=phase.title,
        start=phase.start,
        end=phase.end,
        left=100 * (phase.start - start).days / total,
        width=100 * span / total,
        progress=max(0, min(100, round(100 * gone / span))),
        light="",
        count=count(inside),
        is_phase=True,
    )


def _months(start: date, end: date) -> Iterable[date]:
    day = start.replace(day=1)
    while day <= end:
        if day >= start:
            yield day
        day = (day + timedelta(days=32)).replace(day=1)


def month(*, plan: Plan, first: date, as_of: date, by: Person, organisation: str = "") -> Month:
    """Return a month with the deadlines of assignments and plans and the phases' first and last days."""
    start = first.replace(day=1)
    wanted = Wanted(level="" if organisation else "city", organisation=organisation)
    rows = assignments(plan=plan, as_of=as_of, by=by, wanted=wanted)
    entries = _entries(plan, rows, as_of, by, organisation)
    grid = calendar.Calendar(firstweekday=0).monthdatescalendar(start.year, start.month)
    weeks = tuple(
        tuple(Day(day, day.month == start.month, day == as_of, tuple(entries.get(day, ()))) for day in week)
        for week in grid
    )
    return Month(
        start, weeks, (start - timedelta(days=1)).replace(day=1), (start + timedelta(days=32)).replace(day=1)
    )


def _entries(
    plan: Plan, rows: Iterable[AssignmentRow], as_of: date, by: Person, organisation: str
) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = defaultdict(list)
    for phase in plan.phases:
        found[phase.start].append(Entry("phase_begins", phase.title, "", 1))
        found[phase.end].append(Entry("phase_ends", phase.title, "", 1))
    due = [
        one
        for one in unit_plans(plan=plan, as_of=as_of, by=by)
        if one.state != "approved" and organisation in ("", one.organisation.code)
    ]
    if due:
        found[due[0].due].append(Entry("plans_due", plan.title, "", len(due)))
    groups: dict[tuple[date, int], list[AssignmentRow]] = defaultdict(list)
    for row in rows:
        groups[row.deadline, row.task].append(row)
    for (day, task), here in sorted(groups.items()):
        found[day].append(Entry("deadline", here[0].title, count(here).worst, len(here), task))
    return found
