"""What units report, hand in and get back. Closing takes evidence, and another person than the one who handed in."""

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
from qualicity.goals.tasks.models import Assignment, Progress

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path
    from typing import Any

    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case

    Files = Sequence[UploadedFile[Any] | Path]


def find(number: int) -> Assignment:
    """Return an assignment to be written on; NotFoundError when there is none."""
    found = Assignment.objects.select_related("organisation", "level", "case").filter(pk=number).first()
    if found is None:
        raise permissions.not_there(number)
    return found


@transaction.atomic
def report(
    *,
    assignment: int,
    percent: int,
    text: str,
    by: Person,
    milestone: str = "",
    files: Files = (),
    on: date | None = None,
) -> Progress:
    """Report progress on an assignment: percent or milestone, in words, with evidence files."""
    one = _open_for(assignment, by)
    if not 0 <= percent <= 100:
        raise InputError(
            f"进度应在 0 到 100 之间，现为 {percent}。", f"Progress is between 0 and 100 percent, not {percent}."
        )
    if not text.strip():
        raise InputError("请用文字写明进展。", "Say in words what was done.")
    moment = registry.moment()
    case = _case(one)
    if case.state == "assigned":
        case = cases.move(case=case, move="begin", by=by, on=on)
    for file in files:
        cases.attach(case=case, file=file, by=by)
    made = Progress.objects.create(
        assignment=one, percent=percent, milestone=milestone.strip()[:200], text=text.strip(), files=len(files),
        day=on or timezone.localdate(moment), reported_by=by, reported_at=moment,
    )  # fmt: skip
    audit.record(
        by=by,
        verb="tasks.report",
        subject=f"assignment:{one.pk}",
        detail={"percent": percent, "milestone": made.milestone, "files": len(files), "day": made.day.isoformat()},
    )
    return made


@transaction.atomic
def hand_in(*, assignment: int, text: str, by: Person, files: Files = (), on: date | None = None) -> Progress:
    """Report an assignment as done and ask for the check; it takes evidence, now or before."""
    made = report(assignment=assignment, percent=100, text=text, files=files, by=by, on=on)
    case = _case(find(assignment))
    kept = tuple(case.attachments.values_list("pk", flat=True))
    cases.move(case=case, move="submit", by=by, reason=text.strip(), evidence=kept, on=on)
    return made


@transaction.atomic
def close(
    *, assignment: int, by: Person, reason: str = "", seen: int | None = None, on: date | None = None
) -> Assignment:
    """Close an assignment after the check; somebody else than who handed it in."""
    one = _to_check(assignment, by)
    cases.move(case=_case(one), move="close", by=by, reason=reason, seen=seen, on=on)
    audit.record(by=by, verb="tasks.close", subject=f"assignment:{one.pk}", detail={"reason": reason})
    return one


@transaction.atomic
def give_back(
    *, assignment: int, reason: str, by: Person, seen: int | None = None, on: date | None = None
) -> Assignment:
    """Return what was handed in, with the reason."""
    one = _to_check(assignment, by)
    cases.move(case=_case(one), move="return", by=by, reason=reason, seen=seen, on=on)
    audit.record(by=by, verb="tasks.return", subject=f"assignment:{one.pk}", detail={"reason": reason})
    return one


@transaction.atomic
def fix(
    *,
    assignment: int,
    section: str,
    post: str,
    person: str,
    quality: str,
    quantity: str,
    by: Person,
) -> Assignment:
    """Fill in the six fixes of one assignment: by the unit that it was given to, or by who hands out."""
    one = find(assignment)
    if not permissions.can_assign(by, one.level):
        accounts.check(by, permissions.REPORT, organisation=one.organisation)
    _check_stands(one)
    given = {"section": section, "post": post, "person": person, "quality": quality, "quantity": quantity}
    before = {name: getattr(one, name) for name in given}
    for name, value in given.items():
        setattr(one, name, value.strip())
    one.save(update_fields=list(given))
    audit.record(by=by, verb="tasks.fix", subject=f"assignment:{one.pk}", detail={"before": before, "after": given})
    return one


def _open_for(number: int, by: Person) -> Assignment:
    one = find(number)
    permissions.check_report(by, one.organisation)
    _check_stands(one)
    if _case(one).state not in ("assigned", "in_progress", "extension_asked"):
        raise NotPossibleError(
            "这项分工已提交核查或已办结，不能再报进展。", "It was handed in or closed; nothing can be reported now."
        )
    return one


def _to_check(number: int, by: Person) -> Assignment:
    one = find(number)
    accounts.check(by, permissions.CHECK, organisation=one.level)
    _check_stands(one)
    return one


def _case(one: Assignment) -> Case:
    assert one.case is not None, "every assignment that stands has its case"
    return one.case


def _check_stands(one: Assignment) -> None:
    if one.replaced_at is not None:
        raise NotPossibleError(
            "这项分工已被新的任务分解表替换，仅供查阅。",
            "A newer breakdown replaced this assignment.",
        )


__all__ = ["close", "find", "fix", "give_back", "hand_in", "report"]
