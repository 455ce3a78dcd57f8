"""Sending a document on its way: section, office, leader, and back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.errors import NotPossibleError
from qualicity.publication.reports import permissions
from qualicity.publication.reports.actions.writing import locked, touched

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.publication.reports.models import Report


@transaction.atomic
def move(*, report: Report, move: str, by: Person, reason: str = "", seen: int | None = None) -> Report:
    """Make one move of a document's approval; what the move needs and who may make it stands in the case's table.

    StaleError where somebody was faster.
    """
    permissions.check_read(by, report)
    fresh = locked(report, seen=seen)
    if fresh.case is None:
        raise NotPossibleError("这份公文没有审签流程。", "This document has no approval.")
    fresh.case = cases.move(case=fresh.case, move=move, by=by, reason=reason)
    touched(fresh)
    audit.record(by=by, verb="reports.move", subject=f"report:{fresh.pk}", detail={"move": move, "reason": reason})
    return fresh
