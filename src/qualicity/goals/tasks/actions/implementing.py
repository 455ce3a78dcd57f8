"""A unit's own plan of how it does its part: filed with its file, approved or returned by the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import ImplementationPlan
from qualicity.goals.tasks.queries.implementing import find_plan

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.goals.tasks.actions.progress import Files

CASE_TYPE = "implementation_plan"


@transaction.atomic
def file_plan(
    *,
    plan: Plan,
    organisation: Organisation,
    title: str,
    summary: str,
    files: Files,
    by: Person,
    on: date | None = None,
) -> ImplementationPlan:
    """File a unit's implementation plan with its file; one that was returned is filed again on the same case."""
    accounts.check(by, permissions.REPORT, organisation=organisation)
    if not title.strip() or not summary.strip():
        raise InputError("请填写名称和摘要。", "Give the title and a summary.")
    last = ImplementationPlan.objects.filter(plan=plan.code, organisation=organisation).select_related("case").first()
    if last is not None and last.case.state != "returned":
        raise NotPossibleError(
            f"本单位的实施方案（{last.title}）已上报，正在审定或已审定；退回后才能重新上报。",
            f"“{last.title}” waits for approval or has it; only one that came back is refiled.",
        )
    moment = registry.moment()
    day, due = on or timezone.localdate(moment), plan.implementation_plans_due or plan.end
    if last is None:
        case = cases.open_case(
            type=CASE_TYPE,
            subject=f"plan:{plan.code}:{organisation.code}",
            title_zh=f"{organisation.title_zh}实施方案",
            title_en=f"Implementation plan of {organisation.title_en}",
            organisation=organisation,
            due=due,
            by=by,
            on=min(day, due),  # a plan that comes late counts from the day that it was due
        )
        made = ImplementationPlan(plan=plan.code, organisation=organisation, case=case)
    else:
        case, made = last.case, last
    made.title, made.summary, made.filed_by = title.strip()[:200], summary.strip(), by
    made.filed_at, made.filed_on = moment, day
    made.save()
    kept = tuple(case.attachments.values_list("pk", flat=True))
    cases.move(case=case, move="submit", by=by, reason=summary.strip(), evidence=(*kept, *files), on=on)
    audit.record(
        by=by,
        verb="tasks.file_plan",
        subject=f"implementation_plan:{made.pk}",
        detail={"organisation": organisation.code, "title": made.title, "files": len(files)},
    )
    return made


@transaction.atomic
def decide_plan(
    *, number: int, approve: bool, by: Person, reason: str = "", seen: int | None = None, on: date | None = None
) -> ImplementationPlan:
    """Approve a unit's implementation plan, or return it with the reason."""
    permissions.check_assign(by, None)
    one = find_plan(number)
    cases.move(case=one.case, move="approve" if approve else "return", by=by, reason=reason.strip(), seen=seen, on=on)
    audit.record(
        by=by,
        verb="tasks.approve_plan" if approve else "tasks.return_plan",
        subject=f"implementation_plan:{one.pk}",
        detail={"organisation": one.organisation.code, "reason": reason.strip()},
    )
    return one
