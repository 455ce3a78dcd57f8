"""Good practice: written up, then shared with every member."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotFoundError
from qualicity.goals.supervision import lifecycle, permissions
from qualicity.goals.supervision.models import Practice

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@transaction.atomic
def write_up(
    *, plan: Plan, organisation: Organisation, title: str, text: str, by: Person, task: int | None = None
) -> Practice:
    """Write good practice up: the office, or the unit itself."""
    accounts.check(by, permissions.READ)
    if not accounts.can(by, permissions.MANAGE):
        accounts.check(by, "tasks.report", organisation=organisation)
    if not title.strip() or not text.strip():
        raise InputError("请填写标题和内容。", "Give a title and a text.")
    if task is not None and not any(one.number == task for one in plan.tasks):
        raise NotFoundError(f"方案中没有第 {task} 项任务。", f"The plan has no task {task}.")
    made = Practice.objects.create(
        plan=plan.code, organisation=organisation, task=task, title=title.strip()[:200], text=text.strip(),
        written_by=by, written_at=registry.moment(),
    )  # fmt: skip
    audit.record(
        by=by, verb="supervision.write_up", subject=f"practice:{made.pk}",
        detail={"organisation": organisation.code, "title": made.title},
    )  # fmt: skip
    return made


@transaction.atomic
def share(*, practice: int, by: Person, on: date | None = None) -> Practice:
    """Share good practice with every member."""
    accounts.check(by, permissions.MANAGE)
    one = Practice.objects.select_for_update(of=("self",)).filter(pk=practice).first()
    if one is None:
        raise permissions.not_there("典型经验", "good practice", practice)
    move = lifecycle.check(lifecycle.PRACTICE_MOVES, "share", one.state, title=one.title)
    one.state, one.shared_on = move.after, on or timezone.localdate(registry.moment())
    one.save(update_fields=["state", "shared_on"])
    audit.record(by=by, verb="supervision.share", subject=f"practice:{one.pk}", detail={"title": one.title})
    return one
