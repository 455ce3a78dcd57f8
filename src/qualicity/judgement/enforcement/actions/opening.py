"""Opening cases of enforcement and moving them: what a case's own table cannot ask is asked here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import CASE, CampaignState, Origin, Party
from qualicity.judgement.enforcement.models import Investigation, Penalty
from qualicity.judgement.enforcement.queries.grading import definitions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.commons.cases.models import Case
    from qualicity.judgement.enforcement.models import Campaign


@dataclass(frozen=True, slots=True)
class Suspect:
    """Whom a case is about: an enterprise by its credit code, or a person by name alone."""

    name: str
    uscc: str = ""
    kind: str = Party.ENTERPRISE


@transaction.atomic
def open_investigation(
    *,
    organisation: Organisation | str,
    suspect: Suspect,
    what: str,
    origin: str,
    sector: str,
    by: Person,
    origin_ref: str = "",
    product: str = "",
    place: str = "",
    goods_fen: int | None = None,
    campaign: Campaign | None = None,
    on: date | None = None,
) -> Investigation:
    """Open a case on a clue; whether it is filed is decided next. ``what`` says in a few words what it is about.

    Raises InputError, NotAllowedError, NotFoundError (no rule of procedure for the day), NotPossibleError where the
    clue was taken over already.
    """
    if isinstance(organisation, str):
        organisation = accounts.organisation(organisation)
    accounts.check(by, permissions.ACT, organisation=organisation)
    who = _checked(suspect)
    _check_words(what, origin, sector)
    if campaign is not None and campaign.state != CampaignState.RUNNING:
        raise NotPossibleError("该专项行动不在进行中。", "This campaign is not running.")
    if origin_ref and Investigation.objects.filter(origin_ref=origin_ref).exists():
        raise _taken_over(origin_ref)
    case = cases.open_case(
        type=CASE, subject=f"enterprise:{who.uscc}" if who.uscc else "person:-",
        title_zh=f"{who.name}：{what.strip()}", organisation=organisation,
        place=place or organisation.place, enterprise=who.uscc, by=by, on=on,
    )  # fmt: skip
    try:
        with transaction.atomic():
            return Investigation.objects.create(
                case=case, origin=origin, origin_ref=origin_ref, sector=sector, product=product, party_kind=who.kind,
                party_name=who.name, goods_fen=goods_fen, campaign=campaign,
            )  # fmt: skip
    except IntegrityError as error:  # somebody took it over between the question and the answer
        raise _taken_over(origin_ref) from error


@transaction.atomic
def move_case(
    *,
    case: Case,
    move: str,
    by: Person,
    reason: str = "",
    evidence: Sequence[object] = (),
    seen: int | None = None,
    on: date | None = None,
) -> Case:
    """Move a case of enforcement, save to its decision, for which there is ``decide``.

    That nobody spoke may be noted only after the time to speak; a case is closed with the penalty performed.
    """
    if case.type != CASE:
        raise permissions.not_there(f"案件 {case.pk}")
    if move == "decide":
        raise InputError("请在处罚决定页面作出决定。", "Decide on the page of the decision.")
    if move == "waive":
        _check_time_is_over(case)
    moved = cases.move(case=case, move=move, by=by, reason=reason, evidence=evidence, seen=seen, on=on)  # type: ignore[arg-type]
    if move == "close":
        Penalty.objects.filter(case=moved, performed_on=None).update(performed_on=on or registry.present_day())
    return moved


def _check_time_is_over(case: Case) -> None:
    now = registry.moment()
    for clock in reading.clocks_of(case):
        if clock.code == "statement" and clock.stopped_at is None and clock.due is not None and clock.due >= now:
            raise NotPossibleError(
                f"陈述申辩期限至 {clock.due:%Y-%m-%d}，期满前不能视为放弃。",
                f"The party may speak until {clock.due:%Y-%m-%d}; only then has it waived.",
            )


def _checked(suspect: Suspect) -> Suspect:
    name = suspect.name.strip()
    if suspect.kind == Party.PERSON:
        if not name:
            raise InputError("请写明当事人姓名。", "Give the name of the party.")
        return Suspect(name, "", Party.PERSON)
    code = suspect.uscc.strip().upper()
    registry.organisation_code(code)  # raises where the code is wrong
    try:
        name = registry.enterprise(code).name
    except NotFoundError:
        if not name:
            raise InputError("请写明企业名称。", "Give the name of the enterprise.") from None
    return Suspect(name, code, Party.ENTERPRISE)


def _check_words(what: str, origin: str, sector: str) -> None:
    if not what.strip():
        raise InputError("请写明涉嫌的违法行为。", "Say what breach is suspected.")
    if origin not in set(Origin):
        raise InputError(f"没有案件来源“{origin}”。", f"There is no origin “{origin}”.")
    if sector not in {one.code for one in definitions().sectors}:
        raise InputError(f"没有领域“{sector}”。", f"There is no field “{sector}”.")


def _taken_over(origin_ref: str) -> NotPossibleError:
    return NotPossibleError(f"“{origin_ref}”已经移送立案核查。", f"“{origin_ref}” has been taken over already.")
