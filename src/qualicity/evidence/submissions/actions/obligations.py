"""Closing periods that need no report, and reminding those who owe one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.errors import InputError, NotPossibleError
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.models import ObligationClosure, Reminder
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.obligations import ObligationState, obligations
from qualicity.evidence.submissions.queries.registers import register_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class Reminded:
    """Who was reminded today, and how many had been already."""

    sent: tuple[ObligationState, ...]
    already: int


def close(*, register: str, organisation: Organisation, period: Period, reason: str, by: Person) -> ObligationClosure:
    """Say that an organisation need not report a period, and why."""
    accounts.check(by, permissions.CLOSE_OBLIGATIONS, organisation=organisation)
    register_of(register)
    if not reason.strip():
        raise InputError("请写明关闭该期的理由。", "Give the reason why the period is closed.")
    with transaction.atomic():
        closure, is_new = ObligationClosure.objects.get_or_create(
            register=register, organisation=organisation, period_start=period.start, period_end=period.end,
            defaults={"reason": reason.strip(), "closed_by": by, "closed_at": now()},
        )  # fmt: skip
        if not is_new:
            raise NotPossibleError(
                f"该期已由他人关闭：{closure.reason}", f"The period has been closed already: {closure.reason}"
            )
        audit.record(
            by=by, verb="obligations.close", subject=f"register:{register}",
            detail={"organisation": organisation.code, "period": period.label, "reason": closure.reason},
        )  # fmt: skip
    return closure


def reopen(*, register: str, organisation: Organisation, period: Period, by: Person) -> None:
    """Ask again for a period that had been closed."""
    accounts.check(by, permissions.CLOSE_OBLIGATIONS, organisation=organisation)
    with transaction.atomic():
        count, _ = ObligationClosure.objects.filter(
            register=register, organisation=organisation, period_start=period.start, period_end=period.end
        ).delete()
        if not count:
            raise NotPossibleError("该期没有关闭，无需重开。", "The period is not closed.")
        audit.record(
            by=by, verb="obligations.reopen", subject=f"register:{register}",
            detail={"organisation": organisation.code, "period": period.label},
        )  # fmt: skip


def remind(*, plan: Plan, as_of: date, by: Person, within_days: int = 5) -> Reminded:
    """Remind everybody whose report is missing or falls due within some days; each obligation at most once a day.

    A reminder stands on the desk of the unit's people; who was reminded of what and when is kept.
    """
    accounts.check(by, permissions.CLOSE_OBLIGATIONS)
    owed = [one for one in obligations(plan=plan, as_of=as_of, by=by) if _is_pressing(one, within_days)]
    with transaction.atomic():
        moment = now()
        fresh = [one for one in owed if one.reminded_on != moment.date()]
        Reminder.objects.bulk_create(
            [
                Reminder(
                    register=one.register, organisation=one.organisation, period_start=one.period.start,
                    period_end=one.period.end, due=one.due, day=moment.date(), sent_by=by, sent_at=moment,
                )
                for one in fresh
            ],
            ignore_conflicts=True,
        )  # fmt: skip
        if fresh:
            audit.record(
                by=by, verb="obligations.remind", subject=f"plan:{plan.code}",
                detail={"count": len(fresh), "organisations": sorted({one.organisation.code for one in fresh})},
            )  # fmt: skip
    return Reminded(tuple(fresh), len(owed) - len(fresh))


def _is_pressing(one: ObligationState, within_days: int) -> bool:
    return one.state == "missing" or (one.state == "due" and one.days <= within_days)
