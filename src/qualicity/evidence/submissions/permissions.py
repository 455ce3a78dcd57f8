"""May this person? Asked by every read and write of the desk, never only by a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotAllowedError, NotFoundError

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.submissions.lifecycle import Move
    from qualicity.evidence.submissions.models import Submission

READ = "submissions.read"
CREATE = "submissions.create"
SUBMIT = "submissions.submit"
REVIEW = "submissions.review"
ACCEPT = "submissions.accept"
READ_OBLIGATIONS = "obligations.read"
CLOSE_OBLIGATIONS = "obligations.close"
READ_REGISTERS = "registers.read"
MANAGE_LAKE = "lake.manage"


def check_move(person: Person, submission: Submission, move: Move) -> None:
    """Raise NotAllowedError unless the person may make this move on this submission."""
    accounts.check(person, move.permission, organisation=submission.organisation)
    if move.verb in ("accept", "accept_good_rows"):
        check_four_eyes(person, submission)


def can_move(person: Person, submission: Submission, move: Move) -> bool:
    """Return whether `check_move` would let the person pass."""
    return accounts.can(person, move.permission, organisation=submission.organisation) and not (
        move.verb in ("accept", "accept_good_rows") and is_own(person, submission)
    )


def check_four_eyes(person: Person, submission: Submission) -> None:
    """Raise NotAllowedError where the person would accept what he or she filed or submitted."""
    if is_own(person, submission):
        raise NotAllowedError(
            "填报、提交和接收不能是同一个人。请由办公室另一位同事接收。",
            "Whoever filed or submitted this may not accept it. Another person of the office must.",
        )


def is_own(person: Person, submission: Submission) -> bool:
    """Return whether the person filed or submitted it; the operator of the command line answers for both steps."""
    return not is_operator(person) and person.pk in (submission.created_by_id, submission.submitted_by_id)


def is_operator(person: Person | None) -> bool:
    """Return whether this is the operator of the command line."""
    return bool(getattr(person, "is_operator", False))


def check_read(person: Person, submission: Submission) -> None:
    """Raise NotFoundError where the person may not know of this submission."""
    accounts.check(person, READ)
    if not can_read(person, submission):
        raise not_there(submission.pk)


def can_read(person: Person, submission: Submission) -> bool:
    """Return whether the person may see this submission."""
    return accounts.can(person, READ, organisation=submission.organisation)


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a number that does not exist and to one that is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的报送，或您无权查看。",
        f"There is no submission {number}, or it is not for you to see.",
    )


def own_organisation(person: Person | None) -> Organisation | None:
    """Return the organisation that the person works for."""
    return getattr(person, "organisation", None)
