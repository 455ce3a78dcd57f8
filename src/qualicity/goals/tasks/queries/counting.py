"""Assignments counted: by task, by organisation, by strategy, by county."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.methods.lights import LIGHTS

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence
    from typing import TypeVar

    from qualicity.definitions.plans import Plan, Strategy, Task
    from qualicity.goals.tasks.queries.assignments import AssignmentRow, Unit

    K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Count:
    """How many assignments have which light, how many are closed, and how far the rest has come."""

    total: int
    closed: int
    green: int
    blue: int
    yellow: int
    red: int
    progress: int

    @property
    def closed_share(self) -> float:
        """Return the share that is closed."""
        return self.closed / self.total if self.total else 0.0

    @property
    def worst(self) -> str:
        """Return the worst light among them; empty where there are none."""
        shown = (("red", self.red), ("yellow", self.yellow), ("blue", self.blue), ("green", self.green))
        return next((light for light, count in shown if count), "")

    @property
    def lights(self) -> tuple[tuple[str, int], ...]:
        """Return the lights that are there with how many, the worst first."""
        every = (("red", self.red), ("yellow", self.yellow), ("blue", self.blue), ("green", self.green))
        return tuple(one for one in every if one[1])


@dataclass(frozen=True, slots=True)
class TaskCount:
    """One task of the plan with its lead and how all its assignments stand, and those of the city alone."""

    task: Task
    strategy: Strategy
    lead: AssignmentRow | None
    supporting: tuple[AssignmentRow, ...]
    city: Count
    counties: Count


@dataclass(frozen=True, slots=True)
class UnitCount:
    """One organisation and how what it was given stands."""

    organisation: Unit
    led: Count
    all: Count


def count(rows: Iterable[AssignmentRow]) -> Count:
    """Count assignments by light."""
    given = tuple(rows)
    by_light = Counter(one.light for one in given)
    lights = {light.value: by_light[light] for light in LIGHTS}
    progress = round(sum(one.progress for one in given) / len(given)) if given else 0
    return Count(total=len(given), closed=sum(one.is_closed for one in given), progress=progress, **lights)


def by_task(plan: Plan, rows: Sequence[AssignmentRow]) -> tuple[TaskCount, ...]:
    """Return every task of the plan with how its assignments stand."""
    groups = _grouped(rows, lambda one: one.task)
    strategies = {one.number: one for one in plan.strategies}
    found = []
    for task in plan.tasks:
        here = groups.get(task.number, [])
        city = [one for one in here if one.level is None]
        found.append(
            TaskCount(
                task=task,
                strategy=strategies[task.strategy],
                lead=next((one for one in city if one.is_lead), None),
                supporting=tuple(one for one in city if not one.is_lead),
                city=count(city),
                counties=count(one for one in here if one.level is not None),
            )
        )
    return tuple(found)


def by_organisation(rows: Sequence[AssignmentRow]) -> tuple[UnitCount, ...]:
    """Return every organisation that was given something, the one with most trouble first."""
    groups = _grouped(rows, lambda one: one.organisation)
    found = [UnitCount(unit, count(one for one in here if one.is_lead), count(here)) for unit, here in groups.items()]
    return tuple(
        sorted(found, key=lambda one: (-one.all.red, -one.all.yellow, -one.all.total, one.organisation.code))
    )


def _grouped(rows: Iterable[AssignmentRow], key: Callable[[AssignmentRow], K]) -> dict[K, list[AssignmentRow]]:
    groups: dict[K, list[AssignmentRow]] = defaultdict(list)
    for one in rows:
        groups[key(one)].append(one)
    return groups
