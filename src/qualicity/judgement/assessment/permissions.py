"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.judgement.assessment.models import Assessment

READ = "assessment.read"
MANAGE = "assessment.manage"
ANSWER = "assessment.answer"
SCORE = "assessment.score"
REVIEW = "assessment.review"


def can_read(person: Person | None, organisation: Organisation | None) -> bool:
    """Return whether a person may see an assessment: the city's is for readers, a unit's for it and the office."""
    return accounts.can(person, READ, organisation=organisation)


def check_read(person: Person | None, assessment: Assessment) -> None:
    """Raise NotFoundError where the person may not know of this assessment."""
    accounts.check(person, READ)
    if not can_read(person, assessment.organisation):
        raise not_there(assessment.pk)


def check_seen(person: Person | None, organisation: Organisation | None) -> None:
    """Raise NotAllowedError unless the person may see what is assessed of an organisation (None: of the city)."""
    accounts.check(person, READ, organisation=organisation)


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a number that does not exist and to one that is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的考核，或您无权查看。",
        f"There is no assessment {number}, or it is not for you to see.",
    )
