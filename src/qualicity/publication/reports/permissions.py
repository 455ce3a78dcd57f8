"""Who may see, draft, sign and number a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.publication.reports.models import Report

READ = "reports.read"
DRAFT = "reports.draft"
APPROVE = "reports.approve"
ISSUE = "reports.issue"


def can_read(by: Person, report: Report) -> bool:
    """Say whether a person may see a document: what is issued, what the own organisation drafts, or all."""
    if not accounts.can(by, READ):
        return False
    own = by.organisation_id is not None and by.organisation_id == report.organisation_id
    return own or report.number_text != "" or accounts.sees_all(by, READ)


def check_read(by: Person, report: Report) -> None:
    """Raise NotFoundError where the person may not know of this document."""
    accounts.check(by, READ)
    if not can_read(by, report):
        raise not_there(report.pk)


def check_draft(by: Person, report: Report) -> None:
    """Raise NotFoundError or NotAllowedError unless the person may change the words of this document."""
    check_read(by, report)
    accounts.check(by, DRAFT, organisation=report.organisation)


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a number that does not exist and to one that is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的公文，或您无权查看。", f"There is no document {number}, or it is not for you to see."
    )
