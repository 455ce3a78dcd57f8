"""Deciding a penalty, and annulling one: each by the text of the day, with its publicity worked out at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.definitions.cases import LawStep
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import Publicity
from qualicity.judgement.enforcement.models import Investigation, Penalty
from qualicity.judgement.enforcement.queries.grading import (
    check_kinds,
    definitions,
    graded,
    is_heavy,
    public_days,
)

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.cases.models import Case

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is imposed: number of the decision, kinds, money in fen, what for, on what basis, by which scale."""

    number: str
    kinds: tuple[str, ...]
    violation: str
    basis: str = ""
    fine_fen: int = 0
    confiscated_fen: int = 0
    light: bool = False
    severe: bool = False
    limited_until: date | None = None


@dataclass(frozen=True, slots=True)
class PastPenalty:
    """One penalty that was decided before this house, as it is taken over."""

    verdict: Verdict
    organisation: Organisation
    enterprise: str
    party_name: str
    place: str
    sector: str
    decided_on: date
    published_on: date | None = None
    performed_on: date | None = None


@transaction.atomic
def decide(*, case: Case, verdict: Verdict, by: Person, seen: int | None = None, on: date | None = None) -> Penalty:
    """Decide a case that was heard: somebody else than who investigated and gave notice. Return the penalty."""
    about = Investigation.objects.select_related("campaign").filter(case=case).first()
    if about is None:
        raise permissions.not_there(f"案件 {case.pk}")
    _check(verdict)
    day = on or registry.present_day()
    moved = cases.move(case=case, move="decide", by=by, seen=seen, on=on)
    if Penalty.objects.filter(organisation=moved.organisation, number=verdict.number.strip()).exists():
        raise NotPossibleError(f"决定书文号“{verdict.number}”已经使用。", f"The number “{verdict.number}” is taken.")
    penalty = _penalty(
        verdict, organisation=moved.organisation, enterprise=moved.enterprise,
        party=(about.party_kind, about.party_name), place=moved.place, sector=about.sector, decided_on=day, by=by,
    )  # fmt: skip
    penalty.case, penalty.campaign = moved, about.campaign
    penalty.save()
    audit.record(
        by=by, verb="enforcement.decide", subject=f"penalty:{penalty.pk}",
        detail={"number": penalty.number, "kinds": penalty.kinds, "fine_fen": penalty.fine_fen,
                "confiscated_fen": penalty.confiscated_fen, "level": penalty.level, "law": penalty.law_text},
    )  # fmt: skip
    return penalty


@transaction.atomic
def take_over(*, penalties: Iterable[PastPenalty], by: Person) -> int:
    """Take over penalties that were decided elsewhere, many at once, with the publicity they had; return how many.

    The audit trail has one record for the batch.
    """
    accounts.check(by, "lake.manage")
    made = []
    for one in penalties:
        _check(one.verdict)
        penalty = _penalty(
            one.verdict, organisation=one.organisation, enterprise=one.enterprise,
            party=("enterprise", one.party_name), place=one.place, sector=one.sector, decided_on=one.decided_on,
            by=by,
        )  # fmt: skip
        penalty.performed_on = one.performed_on
        if one.published_on is not None and penalty.state == Publicity.DUE:
            show(penalty, day=one.published_on, by=by)
            assert penalty.public_until is not None
            if penalty.public_until < registry.present_day():
                penalty.state, penalty.ended_on = Publicity.ENDED, penalty.public_until
        made.append(penalty)
    Penalty.objects.bulk_create(made, batch_size=BATCH)
    if made:
        audit.record(by=by, verb="enforcement.take_over", subject="penalties", detail={"count": len(made)})
    return len(made)


@transaction.atomic
def annul(*, penalty: Penalty, reason: str, by: Person, on: date | None = None) -> Penalty:
    """Record that a penalty was annulled, changed or held void on a day; it is taken down at once."""
    fresh = Penalty.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=penalty.pk)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if not reason.strip():
        raise InputError("请写明撤销的依据和理由。", "Say by what and why it is annulled.")
    if fresh.annulled_on is not None:
        raise NotPossibleError("该处罚已经撤销。", "This penalty is annulled already.")
    today = registry.present_day()
    day = on or today
    if not fresh.decided_on <= day <= today:
        raise InputError("撤销日期应在处罚决定之后、今日之前。", "It was annulled between the decision and today.")
    step = LawStep(law=definitions().law, step="withdraw")
    due = reading.last_day_if_any(step, event=day, under=day)
    fresh.annulled_on, fresh.annul_reason = day, reason.strip()[:500]
    fresh.withdraw_due = due.day if due else None
    if fresh.state in (Publicity.DUE, Publicity.PUBLIC):
        fresh.state, fresh.ended_on = Publicity.WITHDRAWN, today
    fresh.save()
    audit.record(
        by=by, verb="enforcement.annul", subject=f"penalty:{fresh.pk}",
        detail={"number": fresh.number, "on": day.isoformat(), "reason": fresh.annul_reason},
    )  # fmt: skip
    return fresh


def show(penalty: Penalty, *, day: date, by: Person) -> None:
    """Set a penalty's publicity from a day on; nothing is saved."""
    most, least = public_days(
        text=penalty.law_text, level=penalty.level, decided_on=penalty.decided_on, published_on=day
    )
    # who is limited for longer than the period is shown as long as that lasts
    limited = penalty.limited_until
    penalty.state, penalty.published_on, penalty.published_by = Publicity.PUBLIC, day, by
    penalty.public_until = max(most.day, limited) if limited else most.day
    penalty.early_from = None
    if least is not None:
        penalty.early_from = max(least.day, limited) if limited else least.day


def _penalty(
    verdict: Verdict,
    *,
    organisation: Organisation,
    enterprise: str,
    party: tuple[str, str],
    place: str,
    sector: str,
    decided_on: date,
    by: Person,
) -> Penalty:
    kind, name = party
    found = graded(
        kinds=verdict.kinds, fine=verdict.fine_fen, light=verdict.light, sector=sector, party_kind=kind,
        decided_on=decided_on,
    )  # fmt: skip
    return Penalty(
        number=verdict.number.strip(), organisation=organisation, enterprise=enterprise, party_kind=kind,
        party_name=name, place=place, sector=sector, violation=verdict.violation.strip(), basis=verdict.basis.strip(),
        kinds=list(verdict.kinds), fine_fen=verdict.fine_fen, confiscated_fen=verdict.confiscated_fen,
        is_light=verdict.light, is_heavy=is_heavy(verdict.kinds, severe=verdict.severe),
        limited_until=verdict.limited_until, decided_on=decided_on, decided_by=by, law_text=found.text,
        level=found.found.code, state=Publicity.DUE if found.found.published else Publicity.NONE,
        publish_due=found.publish_by.day if found.publish_by else None,
    )  # fmt: skip


def _check(verdict: Verdict) -> None:
    check_kinds(verdict.kinds)
    if not verdict.number.strip() or not verdict.violation.strip():
        raise InputError("请写明决定书文号和违法行为。", "Give the number of the decision and the breach.")
    if verdict.light and verdict.severe:
        raise InputError("不能既从轻又从重。", "It cannot be lenient and severe at once.")
    amounts = {"fine": verdict.fine_fen, "confiscation": verdict.confiscated_fen}
    for kind in definitions().kinds:
        if kind.amount is None:
            continue
        given, has = amounts[kind.amount], kind.code in verdict.kinds
        if given < 0 or has != (given > 0):
            raise InputError(
                f"“{kind.title.zh}”须与其金额一并填写，金额大于零。",
                f"“{kind.title.en}” goes with its amount, above nothing.",
            )
    if verdict.limited_until is not None and not any(
        one.limits for one in definitions().kinds if one.code in verdict.kinds
    ):
        raise InputError("所选处罚没有限制期限。", "None of these kinds has a last day.")
