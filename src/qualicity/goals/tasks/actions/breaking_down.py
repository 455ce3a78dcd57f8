"""Handing tasks out: derived from the plan, replaced by the annex, copied by a county. Whole sets at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import Assignment, Breakdown

if TYPE_CHECKING:
    from datetime import date

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan

CASE_TYPE = "assignment"


@transaction.atomic
def derive(*, plan: Plan, by: Person, on: date | None = None) -> Breakdown:
    """Hand every task of the plan to the units that the plan's definition names, where none was handed out yet.

    Section, post and person stay open: they are what the annex, or the unit itself, fills in.
    """
    permissions.check_assign(by, None)
    handed_out = set(current(plan, None).values_list("task", flat=True))
    units = {one.code: one for one in accounts.organisations()}
    breakdown = new_breakdown(plan=plan, level=None, origin=Breakdown.Origin.DERIVED, by=by)
    made = []
    for task in plan.tasks:
        if task.number in handed_out:
            continue
        for place, code in enumerate((task.lead, *task.supporting)):
            lead = place == 0
            made.append(
                Assignment(
                    task=task.number,
                    strategy=task.strategy,
                    organisation=units[code],
                    role=Assignment.Role.LEAD if lead else Assignment.Role.SUPPORTING,
                    duty_zh=task.text.zh if lead else f"配合“{task.title.zh}”，按牵头单位的安排完成本单位任务",
                    duty_en=task.text.en if lead else f"Support “{task.title.en}” as the leading unit arranges",
                    start=plan.start,
                    deadline=plan.tasks_due or plan.end,
                    responsibility="stated" if task.responsibility == "stated" else "derived",
                )
            )
    if not made:
        raise NotPossibleError(
            "方案的每项任务都已分解，没有可推定的分工。", "Every task is handed out already; nothing to derive."
        )
    hand_out(plan=plan, breakdown=breakdown, made=made, by=by, on=on)
    return breakdown


@transaction.atomic
def copy_to_county(*, plan: Plan, county: Organisation, by: Person, on: date | None = None) -> Breakdown:
    """Copy the city's breakdown to a county's own level, one assignment for each of the city's.

    Tasks that the county has broken down already stay as they are.
    """
    permissions.check_assign(by, county)
    if not county.is_local:
        raise NotPossibleError(
            f"“{county.title_zh}”不是县（市、区），没有本级的任务分解。",
            f"“{county.title_en}” is no county or zone: it has no breakdown of its own level.",
        )
    own = set(current(plan, county).values_list("task", flat=True))
    above = [one for one in current(plan, None).select_related("organisation") if one.task not in own]
    if not above:
        raise NotPossibleError(
            "市级还没有任务分解，或本级已全部分解。",
            "The city has no breakdown yet, or the county has it all.",
        )
    breakdown = new_breakdown(plan=plan, level=county, origin=Breakdown.Origin.COPY, by=by)
    made = [
        Assignment(
            task=one.task,
            strategy=one.strategy,
            organisation=county,
            counterpart=one.organisation,
            role=one.role,
            duty_zh=one.duty_zh,
            duty_en=one.duty_en,
            start=one.start,
            deadline=one.deadline,
            quality=one.quality,
            quantity=one.quantity,
            responsibility="derived",
            parent=one,
        )
        for one in above
    ]
    hand_out(plan=plan, breakdown=breakdown, made=made, by=by, on=on)
    return breakdown


def current(plan: Plan, level: Organisation | None) -> QuerySet[Assignment]:
    """Return the assignments that stand at a level."""
    return Assignment.objects.filter(plan=plan.code, level=level, replaced_at=None)


def new_breakdown(
    *, plan: Plan, level: Organisation | None, origin: str, by: Person, file_name: str = "", sha256: str = ""
) -> Breakdown:
    """Begin a breakdown."""
    return Breakdown.objects.create(
        plan=plan.code, level=level, origin=origin, file_name=file_name, sha256=sha256, made_by=by,
        made_at=registry.moment(),
    )  # fmt: skip


def hand_out(*, plan: Plan, breakdown: Breakdown, made: list[Assignment], by: Person, on: date | None = None) -> None:
    """Store assignments of a breakdown, each with its case, and one record in the trail."""
    # a deadline that is past already counts from its own day: it is red at once, not refused
    day = min([on or timezone.localdate(registry.moment()), *(one.deadline for one in made)])
    for one in made:
        one.breakdown, one.plan, one.level = breakdown, breakdown.plan, breakdown.level
    opened = cases.open_many(type=CASE_TYPE, items=[_new_case(plan, one) for one in made], by=by, on=day)
    for one, case in zip(made, opened, strict=True):
        one.case, one.made_at = case, breakdown.made_at
    Assignment.objects.bulk_create(made)
    audit.record(
        by=by,
        verb=f"tasks.{breakdown.origin}",
        subject=f"breakdown:{breakdown.pk}",
        detail={
            "plan": breakdown.plan,
            "level": breakdown.level.code if breakdown.level else "",
            "assignments": len(made),
            "tasks": sorted({one.task for one in made}),
            "file": breakdown.file_name,
            "sha256": breakdown.sha256,
        },
    )


def _new_case(plan: Plan, one: Assignment) -> cases.NewCase:
    task = next(task for task in plan.tasks if task.number == one.task)
    own = one.organisation.people.filter(username=one.person, is_active=True).first() if one.person else None
    return cases.NewCase(
        subject=f"task:{one.task}",
        title_zh=f"{one.task}. {task.title.zh}",
        title_en=f"{one.task}. {task.title.en}",
        organisation=one.organisation,
        person=own,
        place=one.organisation.place,
        detail={"role": one.role, "duty": one.duty_zh, "breakdown": one.breakdown.pk},
        due=one.deadline,
    )
