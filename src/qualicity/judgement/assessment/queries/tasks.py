"""How the plan's tasks stand, as far as it is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class TaskState:
    """One task: completed, not completed, or (None) nothing recorded."""

    number: int
    lead: str
    done: bool | None


def task_states(plan: Plan, *, as_of: date, by: Person) -> Mapping[int, TaskState]:
    """Return how each task of a plan stands on a day."""
    del as_of, by  # nothing is recorded of tasks yet
    return {one.number: TaskState(one.number, one.lead, None) for one in plan.tasks}
