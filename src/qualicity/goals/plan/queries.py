"""Reads of the plan: its tasks, phases, organisations and what each unit answers for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError, nearest

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Indicator, Organisation, Phase, Plan, Strategy, Task

PERMISSION = "plan.read"


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task with its strategy, the units that answer for it and the indicators that hang on it."""

    task: Task
    strategy: Strategy
    lead: Organisation
    supporting: tuple[Organisation, ...]
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class PhaseState:
    """One phase seen from a day: past, current or ahead, with the days until it ends or begins."""

    phase: Phase
    position: Literal["past", "current", "ahead"]
    days: int


@dataclass(frozen=True, slots=True)
class Responsibility:
    """What one organisation leads and supports."""

    organisation: Organisation
    leads: tuple[Indicator, ...]
    supports: tuple[Indicator, ...]
    tasks_led: tuple[Task, ...]
    tasks_supported: tuple[Task, ...]


def tasks(
    *, plan: Plan, by: Somebody, search: str = "", strategy: int | None = None, organisation: str = ""
) -> tuple[TaskRow, ...]:
    """Return the plan's tasks in order, narrowed by words, strategy and organisation code."""
    accounts.check(by, PERMISSION)
    units = {unit.code: unit for unit in plan.organisations}
    groups = {group.number: group for group in plan.strategies}
    needle = search.strip().lower()
    return tuple(
        TaskRow(
            task=task,
            strategy=groups[task.strategy],
            lead=units[task.lead],
            supporting=tuple(units[code] for code in task.supporting),
            indicators=tuple(one for one in plan.indicators if one.task == task.number),
        )
        for task in plan.tasks
        if (strategy is None or task.strategy == strategy)
        and (not organisation or organisation in (task.lead, *task.supporting))
        and (not needle or needle in _words_of(task))
    )


def _words_of(task: Task) -> str:
    words = (str(task.number), task.title.zh, task.title.en, task.text.zh, task.text.en)
    return " ".join(words).lower()


def task(*, plan: Plan, number: int, by: Somebody) -> TaskRow:
    """Return one task; NotFoundError when the plan has none of that number."""
    for row in tasks(plan=plan, by=by):
        if row.task.number == number:
            return row
    raise NotFoundError(
        f"方案中没有第 {number} 项任务（共 {len(plan.tasks)} 项）。",
        f"The plan has no task {number} (it has {len(plan.tasks)}).",
    )


def phases(*, plan: Plan, as_of: date, by: Somebody) -> tuple[PhaseState, ...]:
    """Return the phases as they stand on a day; ``days`` to the end (current), the start (ahead) or since (past)."""
    accounts.check(by, PERMISSION)
    return tuple(_state(phase, as_of) for phase in plan.phases)


def _state(phase: Phase, day: date) -> PhaseState:
    if day > phase.end:
        return PhaseState(phase, "past", (day - phase.end).days)
    if day < phase.start:
        return PhaseState(phase, "ahead", (phase.start - day).days)
    return PhaseState(phase, "current", (phase.end - day).days)


def responsibilities(*, plan: Plan, by: Somebody) -> tuple[Responsibility, ...]:
    """Return every organisation of the plan with what it leads and supports."""
    accounts.check(by, PERMISSION)
    return tuple(
        Responsibility(
            organisation=unit,
            leads=tuple(one for one in plan.indicators if one.lead == unit.code),
            supports=tuple(one for one in plan.indicators if unit.code in one.supporting),
            tasks_led=tuple(one for one in plan.tasks if one.lead == unit.code),
            tasks_supported=tuple(one for one in plan.tasks if unit.code in one.supporting),
        )
        for unit in plan.organisations
    )


def responsibility(*, plan: Plan, code: str, by: Somebody) -> Responsibility:
    """Return one organisation's part; NotFoundError names the nearest code."""
    every = responsibilities(plan=plan, by=by)
    for one in every:
        if one.organisation.code == code:
            return one
    like = nearest(code, [one.organisation.code for one in every])
    raise NotFoundError(
        f"方案中没有代码为“{code}”的单位。" + (f"是否指“{like}”？" if like else ""),
        f"The plan has no organisation “{code}”." + (f" Did you mean “{like}”?" if like else ""),
    )
