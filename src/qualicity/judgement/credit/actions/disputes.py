"""Disputing an event, by the enterprise or an officer, and deciding it by somebody else: nothing is ever deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry.queries import moment as now
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.lifecycle import DisputeState
from qualicity.judgement.credit.models import Dispute
from qualicity.judgement.credit.queries import files
from qualicity.judgement.credit.queries.disputes import keeper_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def dispute(*, uscc: str, source: str, number: str, reason: str, by: Person) -> Dispute:
    """Say that an event in a file is wrong: opens a case for the organisation that keeps the file.

    NotFoundError where the file holds no such event; NotPossibleError while a dispute of it is open, or once it was
    upheld.
    """
    found = files.file(uscc, by=by)
    enterprise = found.enterprise
    if not permissions.speaks_for(by, enterprise.uscc):
        permissions.check_manage_file(by, enterprise, permissions.MANAGE)
    if not reason.strip():
        raise InputError("请写明哪里有误、依据是什么。", "Say what is wrong and by what it shows.")
    event = next((one for one in found.events if (one.source.code, one.number) == (source, number)), None)
    if event is None:
        raise NotFoundError(f"档案中没有事项“{number}”。", f"The file holds no event “{number}”.")
    if event.is_wrong:
        raise NotPossibleError("这一事项已更正，不再计分。", "This event was found wrong already and does not count.")
    title = event.source.title
    try:
        with transaction.atomic():
            case = cases.open_case(
                type="credit_dispute", subject=f"credit_event:{source}.{number}"[:200],
                title_zh=f"信用信息异议：{enterprise.name}，{title.zh}"[:300],
                title_en=f"Disputed: {title.en}, {enterprise.name}"[:300],
                organisation=keeper_of(enterprise), place=enterprise.place, enterprise=enterprise.uscc,
                detail={"source": source, "number": number, "reason": reason.strip()}, by=by,
            )  # fmt: skip
            new = Dispute.objects.create(
                uscc=enterprise.uscc, source=source, number=number, reason=reason.strip(), case=case,
                state=DisputeState.OPEN, filed_by=by, filed_at=now(),
            )  # fmt: skip
            audit.record(
                by=by, verb="credit.dispute", subject=f"credit_dispute:{new.pk}",
                detail={"enterprise": enterprise.uscc, "source": source, "number": number, "reason": new.reason},
            )  # fmt: skip
    except IntegrityError as error:
        raise NotPossibleError(
            "这一事项已有待裁定的异议。", "A dispute of this event is waiting to be decided."
        ) from error
    return new


@transaction.atomic
def decide(*, dispute: Dispute, upheld: bool, answer: str, by: Person) -> Dispute:
    """Decide a dispute, not by who filed it. The event of an upheld one stays in the file and stops counting."""
    held = _locked(dispute, by)
    enterprise = files.enterprise_seen(held.uscc, by=by)
    permissions.check_manage_file(by, enterprise, permissions.DECIDE)
    if not by.is_operator and by.pk == held.filed_by_id:
        raise NotAllowedError(
            "提出异议的人不能裁定，请由另一位同事办理。", "Who filed it may not decide it; somebody else must."
        )
    if not answer.strip():
        raise InputError("请写明核实情况和理由。", "Say what was found, and why.")
    cases.move(case=held.case, move="uphold" if upheld else "reject", reason=answer.strip(), by=by)
    return _close(held, DisputeState.UPHELD if upheld else DisputeState.REJECTED, answer, by)


@transaction.atomic
def withdraw(*, dispute: Dispute, reason: str, by: Person) -> Dispute:
    """Take a dispute back: who filed it, or who speaks for the same enterprise."""
    held = _locked(dispute, by)
    ours = permissions.speaks_for(by, held.uscc) and held.filed_by.enterprise == held.uscc
    if not (by.is_operator or ours or by.pk == held.filed_by_id):
        raise NotAllowedError("只有提出异议的一方可以撤回。", "Only who filed a dispute may take it back.")
    cases.move(case=held.case, move="withdraw", reason=reason, by=by)
    return _close(held, DisputeState.WITHDRAWN, reason, by)


def _locked(dispute: Dispute, by: Person) -> Dispute:
    held = Dispute.objects.select_for_update(of=("self",)).select_related("case").get(pk=dispute.pk)
    files.enterprise_seen(held.uscc, by=by)
    if held.state != DisputeState.OPEN:
        raise NotPossibleError("这项异议已经办结。", "This dispute is closed already.")
    return held


def _close(held: Dispute, state: DisputeState, answer: str, by: Person) -> Dispute:
    held.state, held.decided_by, held.decided_at, held.answer = state, by, now(), answer.strip()
    held.save(update_fields=["state", "decided_by", "decided_at", "answer"])
    audit.record(
        by=by, verb="credit.decide_dispute", subject=f"credit_dispute:{held.pk}",
        detail={"enterprise": held.uscc, "source": held.source, "number": held.number, "state": str(state),
                "answer": held.answer},
    )  # fmt: skip
    return held
