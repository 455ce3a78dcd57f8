"""Rewards for who reported: the identity is sealed at once, opened only by who pays, on record, with a reason."""

from __future__ import annotations

import base64
import hashlib
import secrets
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import CASE, WORDS, RewardState
from qualicity.judgement.enforcement.models import Penalty, Tip
from qualicity.judgement.enforcement.queries.grading import definitions
from qualicity.methods.rewards import reward

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case


@transaction.atomic
def record_tip(*, case: Case, identity: str, by: Person, on: date | None = None) -> Tip:
    """Record that a case came from a report, and seal who reported; the number is what the reporter keeps."""
    accounts.check(by, permissions.ACT, organisation=case.organisation)
    if case.type != CASE:
        raise permissions.not_there(f"案件 {case.pk}")
    if not identity.strip():
        raise InputError(
            "请写明举报人和联系方式；保存后即封存。", "Say who reported and how to reach them; it is sealed at once."
        )
    tip = Tip.objects.create(
        number=f"JB{secrets.token_hex(5).upper()}", case=case, identity=_seal(identity.strip()),
        received_on=on or registry.present_day(), received_by=by,
    )  # fmt: skip
    audit.record(by=by, verb="enforcement.record_tip", subject=f"tip:{tip.number}", detail={"case": case.pk})
    return tip


@transaction.atomic
def propose_reward(*, tip: Tip, level: str, by: Person) -> Tip:
    """Propose a reward by a level of the rule of the day on which the report came in; the amount is worked out."""
    fresh = _locked(tip)
    accounts.check(by, permissions.ACT, organisation=fresh.case.organisation)
    _check_state(fresh, RewardState.SEALED)
    rules = definitions().rewards_on(fresh.received_on)
    try:
        chosen = rules.level(level)
    except KeyError:
        raise InputError(f"没有奖励等级“{level}”。", f"There is no level “{level}”.") from None
    standing = Penalty.objects.filter(case=fresh.case, annulled_on=None)
    if not standing.exists() and fresh.case.state != "transferred":
        raise NotPossibleError(
            "案件尚未作出处罚决定或移送公安机关，不能提出奖励。",
            "There is no penalty yet, and the police have not filed it: no reward can be proposed.",
        )
    sums = standing.aggregate(fine=Sum("fine_fen"), confiscated=Sum("confiscated_fen"))
    taken = (sums["fine"] or 0) + (sums["confiscated"] or 0)
    found = reward(taken=taken, per_mille=chosen.per_mille, floor=chosen.floor, cap=rules.cap)
    fresh.rule, fresh.level, fresh.taken_fen, fresh.amount_fen = rules.code, chosen.code, taken, found.amount
    fresh.needs_finance = rules.finance_from is not None and found.amount >= rules.finance_from
    fresh.state, fresh.proposed_by = RewardState.PROPOSED, by
    fresh.save()
    _log(fresh, "propose_reward", by, level=level, taken_fen=taken, amount_fen=found.amount)
    return fresh


@transaction.atomic
def approve_reward(*, tip: Tip, by: Person, finance_agreed: str = "") -> Tip:
    """Approve a reward that somebody else proposed; a large one needs the reference under which finance agreed."""
    fresh = _locked(tip)
    accounts.check(by, permissions.DECIDE, organisation=fresh.case.organisation)
    _check_state(fresh, RewardState.PROPOSED)
    if fresh.proposed_by_id == by.pk and not by.is_operator:
        raise NotAllowedError("奖励由您提出，须由另一人批准。", "You proposed it: another person approves it.")
    if fresh.needs_finance and not finance_agreed.strip():
        raise InputError(
            "该奖励须与同级财政部门共同确定，请写明文号。", "Finance has a say in this reward: give its reference."
        )
    fresh.state, fresh.approved_by, fresh.finance_agreed = RewardState.APPROVED, by, finance_agreed.strip()[:200]
    fresh.save()
    _log(fresh, "approve_reward", by, amount_fen=fresh.amount_fen, finance=fresh.finance_agreed)
    return fresh


@transaction.atomic
def refuse_reward(*, tip: Tip, reason: str, by: Person) -> Tip:
    """Refuse a reward, with the reason."""
    fresh = _locked(tip)
    accounts.check(by, permissions.DECIDE, organisation=fresh.case.organisation)
    if fresh.state not in (RewardState.SEALED, RewardState.PROPOSED):
        raise _wrong(fresh)
    if not reason.strip():
        raise InputError("请写明理由。", "Give the reason.")
    fresh.state, fresh.reason = RewardState.REFUSED, reason.strip()[:500]
    fresh.save()
    _log(fresh, "refuse_reward", by, reason=fresh.reason)
    return fresh


@transaction.atomic
def pay_reward(*, tip: Tip, by: Person) -> Tip:
    """Record that an approved reward was paid, by somebody else than who approved it."""
    fresh = _locked(tip)
    accounts.check(by, permissions.PAY, organisation=fresh.case.organisation)
    _check_state(fresh, RewardState.APPROVED)
    if fresh.approved_by_id == by.pk and not by.is_operator:
        raise NotAllowedError("奖励由您批准，须由另一人发放。", "You approved it: another person pays it.")
    fresh.state, fresh.paid_by, fresh.paid_on = RewardState.PAID, by, registry.present_day()
    fresh.save()
    _log(fresh, "pay_reward", by, amount_fen=fresh.amount_fen)
    return fresh


@transaction.atomic
def open_identity(*, tip: Tip, reason: str, by: Person) -> str:
    """Return who reported, for paying an approved reward; that it was opened, by whom and why, is kept for ever."""
    fresh = _locked(tip)
    accounts.check(by, permissions.PAY, organisation=fresh.case.organisation)
    if fresh.state not in (RewardState.APPROVED, RewardState.PAID):
        raise _wrong(fresh)
    if not reason.strip():
        raise InputError("请写明查看的理由。", "Say why you look.")
    _log(fresh, "open_identity", by, reason=reason.strip()[:500])
    return _key().decrypt(fresh.identity.encode()).decode()


def _seal(text: str) -> str:
    return _key().encrypt(text.encode()).decode()


def _key() -> Fernet:
    """Return the key of this house, drawn from its secret: a copy of the database alone tells nobody's name."""
    digest = hashlib.sha256(b"enforcement.tip\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))


def _locked(tip: Tip) -> Tip:
    return Tip.objects.select_for_update(of=("self",)).select_related("case__organisation").get(pk=tip.pk)


def _check_state(tip: Tip, state: RewardState) -> None:
    if tip.state != state:
        raise _wrong(tip)


def _wrong(tip: Tip) -> NotPossibleError:
    now = WORDS[RewardState(tip.state)]
    return NotPossibleError(f"该举报现为“{now.zh}”。", f"This report is at “{now.en}”.")


def _log(tip: Tip, verb: str, by: Person, **detail: object) -> None:
    audit.record(by=by, verb=f"enforcement.{verb}", subject=f"tip:{tip.number}", detail=detail)
