"""How the plan's tasks stand, as the assignments of the tasks desk tell it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Count, Sum

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.goals.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task: completed (its lead's assignment is closed), not completed, or (None) never handed out."""

    number: int
    lead: str
    done: bool | None
    progress: int = 0


@dataclass(frozen=True, slots=True)
class TaskStates:
    """Every task by number, and for each organisation its assignments that are due or closed, and those closed."""

    by_number: Mapping[int, TaskState]
    assigned: Mapping[str, tuple[int, int]]


_STATES: Kept[TaskStates] = Kept(60)


def stamp() -> tuple[object, ...]:
    """Return what changes whenever an assignment is made or moved."""
    found = cases.cases(accounts.operator(), type="assignment").aggregate(Count("pk"), Sum("version"))
    return tuple(found.values())


def task_states(plan: Plan, *, as_of: date) -> TaskStates:
    """Return how each task of a plan stands on a day; whoever may see an assessment sees its sums."""
    key = (str(settings.QUALICITY_HOME), plan.code, as_of, stamp())
    return _STATES.get(key, lambda: _states(plan, as_of))


def _states(plan: Plan, as_of: date) -> TaskStates:
    rows = tasks.assignments(plan=plan, as_of=as_of, by=accounts.operator())
    found = {one.number: TaskState(one.number, one.lead, None) for one in plan.tasks}
    closed: Counter[str] = Counter()
    due: Counter[str] = Counter()
    for row in rows:
        if row.level is None and row.is_lead:
            found[row.task] = TaskState(row.task, row.organisation.code, row.is_closed, row.progress)
        # a county's breakdown is its own affair; it answers for the whole of it
        unit = row.level.code if row.level is not None else row.organisation.code
        if row.is_closed or row.deadline <= as_of:
            due[unit] += 1
            closed[unit] += row.is_closed
    return TaskStates(found, {unit: (closed[unit], number) for unit, number in due.items()})
