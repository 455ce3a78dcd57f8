"""Drafting a report, and building it again after a correction."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotAllowedError
from qualicity.publication.reports import lifecycle, permissions
from qualicity.publication.reports.actions.writing import check_editable, locked, touched
from qualicity.publication.reports.models import Rebuild, Report
from qualicity.publication.reports.queries.changes import Changed, compared
from qualicity.publication.reports.queries.composing import compose_quality
from qualicity.publication.reports.queries.facts import Asked
from qualicity.publication.reports.queries.reports import composed_again
from qualicity.publication.reports.queries.stored import kept, restored

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Plan


def draft_quality(*, plan: Plan, period: Period, by: Person, language: str = "zh-hans") -> Report:
    """Compose the quality analysis report of a period and open its approval."""
    unit = _unit(plan, by)
    accounts.check(by, permissions.DRAFT, organisation=unit)
    composed = compose_quality(Asked(plan, period), language=language)
    with transaction.atomic():
        moment = registry.moment()
        report = Report.objects.create(
            kind=composed.document.kind,
            plan=plan.code,
            place=plan.place,
            period_start=period.start,
            period_end=period.end,
            language=language,
            title=composed.document.title,
            content=kept(composed),
            versions=composed.versions,
            known_on=moment,
            organisation=unit,
            created_by=by,
            created_at=moment,
            changed_at=moment,
        )
        report.case = cases.open_case(
            type=lifecycle.CASE,
            subject=f"report:{report.pk}",
            title_zh=report.title,
            title_en=report.title if language.startswith("en") else f"Quality analysis report of {period.label}",
            organisation=unit,
            by=by,
            person=None if by.is_operator else by,
        )
        report.save(update_fields=["case"])
        detail = {"period": period.label, "plan": plan.code, "language": language, "versions": composed.versions}
        audit.record(by=by, verb="reports.draft", subject=f"report:{report.pk}", detail=detail)
    return report


def _unit(plan: Plan, by: Person) -> Organisation:
    if by.organisation is not None:
        return by.organisation
    if by.is_operator or accounts.sees_all(by, permissions.DRAFT):
        return accounts.organisation(plan.office)
    raise NotAllowedError(
        "您没有所属单位，不能起草公文。", "You belong to no organisation and cannot draft documents."
    )


def rebuild(*, report: Report, by: Person, seen: int | None = None) -> tuple[Changed, ...]:
    """Compose a draft again from what is known now, keep its changed prose, and return what changed."""
    permissions.check_draft(by, report)
    composed = composed_again(report)
    with transaction.atomic():
        fresh = locked(report, seen=seen)
        check_editable(fresh, by)
        document, parts = restored(fresh.content)
        found = compared(document, parts, composed.document, composed.parts)
        fresh.content, fresh.versions, fresh.known_on = kept(composed), composed.versions, registry.moment()
        touched(fresh, "content", "versions", "known_on")
        Rebuild.objects.create(
            report=fresh,
            by=by,
            at=registry.moment(),
            changes=[asdict(one) for one in found],
            versions=composed.versions,
        )
        audit.record(
            by=by,
            verb="reports.rebuild",
            subject=f"report:{fresh.pk}",
            detail={"changes": len(found), "versions": composed.versions},
        )
    return found
