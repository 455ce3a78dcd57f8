"""One more assignment, beside those of the breakdown: what a joint meeting decided, what a rectification asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.errors import InputError, NotFoundError
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.actions.breaking_down import hand_out, new_breakdown
from qualicity.goals.tasks.models import Assignment, Breakdown

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@transaction.atomic
def add(
    *,
    plan: Plan,
    task: int,
    organisation: Organisation,
    duty_zh: str,
    deadline: date,
    by: Person,
    duty_en: str = "",
    start: date,
    quality: str = "",
    quantity: str = "",
    decision: int | None = None,
    on: date | None = None,
) -> Assignment:
    """Give one organisation one more thing to do within a task; return the assignment."""
    permissions.check_assign(by, None)
    found = next((one for one in plan.tasks if one.number == task), None)
    if found is None:
        raise NotFoundError(f"方案中没有第 {task} 项任务。", f"The plan has no task {task}.")
    if not duty_zh.strip():
        raise InputError("请写明职责。", "Say what is to be done.")
    if deadline < start:
        raise InputError(
            f"时限 {deadline} 早于开始 {start}。", f"The deadline {deadline} is before the start {start}."
        )
    breakdown = new_breakdown(plan=plan, level=None, origin=Breakdown.Origin.ADDED, by=by)
    made = Assignment(
        task=task,
        strategy=found.strategy,
        organisation=organisation,
        role=Assignment.Role.SUPPORTING,
        duty_zh=duty_zh.strip()[:500],
        duty_en=(duty_en or duty_zh).strip()[:500],
        start=start,
        deadline=deadline,
        quality=quality.strip()[:500],
        quantity=quantity.strip()[:200],
        responsibility="stated",
        decision=decision,
    )
    hand_out(plan=plan, breakdown=breakdown, made=[made], by=by, on=on)
    return made
