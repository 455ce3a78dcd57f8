"""The way onto the list: proposed with a heavier penalty, told, heard, consented to, decided, published by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.definitions.cases import LawStep
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.actions.listing_ends import end_listing
from qualicity.judgement.credit.lifecycle import LISTING, EndOfListing
from qualicity.judgement.credit.models import Listing
from qualicity.judgement.credit.queries.listing_rules import ground_of, grounds

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.judgement.enforcement.models import Penalty

LAW = "serious_dishonesty"


@transaction.atomic
def propose_listing(
    *,
    organisation: Organisation | str,
    enterprise: str,
    ground: str,
    facts: str,
    by: Person,
    penalty: Penalty | None = None,
    on: date | None = None,
) -> Listing:
    """Propose to list an enterprise on a ground of the law of the day, with the heavier penalty that it goes with.

    Raises NotPossibleError where the penalty is none of the heavier, is annulled or another's, or where the
    enterprise is proposed or listed on this ground already.
    """
    if isinstance(organisation, str):
        organisation = accounts.organisation(organisation)
    accounts.check(by, permissions.MANAGE, organisation=organisation)
    if not facts.strip():
        raise InputError("请写明列入的事实和理由。", "Say the facts and the reasons.")
    known = grounds()
    text = catalogue().laws[known.law].on(on or registry.present_day())
    chosen = ground_of(text.code, ground)
    found = registry.enterprise(enterprise)
    if chosen.needs_penalty:
        _check_penalty(penalty, found.uscc)
    if Listing.objects.filter(enterprise=found.uscc, ground=ground, ended_on=None).exists():
        raise NotPossibleError(
            f"“{found.name}”已因该情形拟列入或已列入名单。",
            f"“{found.name}” is proposed or listed on this ground already.",
        )
    case = cases.open_case(
        type=LISTING, subject=f"enterprise:{found.uscc}", title_zh=f"{found.name}：列入严重违法失信名单",
        title_en=f"{found.name}: listing of the seriously dishonest", organisation=organisation, place=found.place,
        enterprise=found.uscc, by=by, on=on,
    )  # fmt: skip
    listing = Listing.objects.create(
        case=case, penalty=penalty, enterprise=found.uscc, enterprise_name=found.name, place=found.place,
        organisation=organisation, law_text=text.code, ground=ground, facts=facts.strip(), proposed_by=by,
        proposed_on=case.opened_on,
    )  # fmt: skip
    _log(listing, "propose_listing", by, ground=ground, penalty=penalty.pk if penalty else None)
    return listing


@transaction.atomic
def notify_party(*, listing: Listing, by: Person, seen: int | None = None) -> Listing:
    """Give the enterprise notice of what is intended, and of its right to speak."""
    fresh = locked(listing)
    _move(fresh, "notify", by, seen=seen)
    return fresh


@transaction.atomic
def state_defence(
    *,
    listing: Listing,
    text: str,
    by: Person,
    claims_no_intent: bool = False,
    evidence: Sequence[object] = (),
    seen: int | None = None,
) -> Listing:
    """Take in what the enterprise says, from itself or from an officer who heard it.

    Who claims that there was no intent adds what shows it.
    """
    fresh = locked(listing)
    if claims_no_intent and not evidence:
        raise InputError("主张没有主观故意的，请附证据。", "Who claims that there was no intent adds what shows it.")
    _move(fresh, "state", by, reason=text, evidence=evidence, seen=seen)
    fresh.statement, fresh.claims_no_intent = text.strip(), claims_no_intent
    fresh.save(update_fields=["statement", "claims_no_intent"])
    return fresh


@transaction.atomic
def note_silence(*, listing: Listing, by: Person, seen: int | None = None) -> Listing:
    """Note that the time to speak is over and nobody spoke."""
    fresh = locked(listing)
    now = registry.moment()
    for clock in reading.clocks_of(fresh.case):
        if clock.code == "statement" and clock.stopped_at is None and clock.due is not None and clock.due >= now:
            raise NotPossibleError(
                f"陈述申辩期限至 {clock.due:%Y-%m-%d}，期满前不能视为放弃。",
                f"The enterprise may speak until {clock.due:%Y-%m-%d}; only then has it waived.",
            )
    _move(fresh, "waive", by, seen=seen)
    return fresh


@transaction.atomic
def ask_consent(*, listing: Listing, by: Person, seen: int | None = None) -> Listing:
    """Put a proposal that was heard to the level above."""
    fresh = locked(listing)
    _check_penalty_stands(fresh)
    _move(fresh, "ask_consent", by, seen=seen)
    return fresh


@transaction.atomic
def give_consent(*, listing: Listing, by: Person, reason: str = "", seen: int | None = None) -> Listing:
    """Consent to a listing, for the level above, by somebody who has not proposed it."""
    fresh = locked(listing)
    accounts.check(by, permissions.CONSENT)
    _move(fresh, "consent", by, reason=reason, seen=seen)
    return fresh


@transaction.atomic
def refuse_consent(*, listing: Listing, reason: str, by: Person, seen: int | None = None) -> Listing:
    """Refuse consent: the enterprise is not listed."""
    fresh = locked(listing)
    accounts.check(by, permissions.CONSENT)
    _move(fresh, "refuse_consent", by, reason=reason, seen=seen)
    return end_listing(fresh, EndOfListing.NOT_LISTED, reason=reason, by=by)


@transaction.atomic
def decide_listing(
    *, listing: Listing, number: str, by: Person, on_intent: str = "", seen: int | None = None, on: date | None = None
) -> Listing:
    """Decide to list: after consent where the law asks for it, by somebody else than who proposed and consented.

    Where the enterprise claims that there was no intent, ``on_intent`` says why that is not proven.
    """
    fresh = locked(listing)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    rules = grounds().of(fresh.law_text)
    if fresh.case.state == "heard" and rules.needs_consent:
        raise NotPossibleError(
            "列入决定须先报经上一级同意。", "The level above has to consent before an enterprise is listed."
        )
    if not number.strip():
        raise InputError("请写明列入决定书文号。", "Give the number of the decision.")
    if fresh.claims_no_intent and rules.spares_without_intent and not on_intent.strip():
        raise InputError(
            "企业主张没有主观故意：请写明为何不能认定，能证明的不得列入。",
            "The enterprise claims that there was no intent: say why that is not proven; if it is, nobody is listed.",
        )
    _check_penalty_stands(fresh)
    if Listing.objects.filter(organisation=fresh.organisation, number=number.strip()).exists():
        raise NotPossibleError(f"决定书文号“{number}”已经使用。", f"The number “{number}” is taken.")
    day = on or registry.present_day()
    _move(fresh, "list", by, reason=on_intent, seen=seen, on=on)
    fresh.number, fresh.decided_by, fresh.listed_on = number.strip(), by, day
    set_days(fresh, under=fresh.case.opened_on)
    fresh.save()
    _log(fresh, "list", by, number=fresh.number, until=_iso(fresh.until))
    return fresh


@transaction.atomic
def drop_listing(
    *, listing: Listing, reason: str, by: Person, no_intent: bool = False, seen: int | None = None
) -> Listing:
    """Decide not to list; with ``no_intent`` because the enterprise has shown that there was none."""
    fresh = locked(listing)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    _move(fresh, "not_list", by, reason=reason, seen=seen)
    words = f"没有主观故意：{reason.strip()}" if no_intent else reason
    return end_listing(fresh, EndOfListing.NOT_LISTED, reason=words, by=by)


@transaction.atomic
def publish_listing(*, listing: Listing, by: Person, seen: int | None = None) -> Listing:
    """Show a listing to the public, by somebody else than who decided it."""
    fresh = locked(listing)
    accounts.check(by, permissions.MANAGE, organisation=fresh.organisation)
    _move(fresh, "publish", by, seen=seen)
    fresh.published_on, fresh.published_by = registry.present_day(), by
    fresh.save(update_fields=["published_on", "published_by"])
    _log(fresh, "publish_listing", by)
    return fresh


def locked(listing: Listing) -> Listing:
    """Return a listing as it is now, locked, while it lasts; over, it is not there."""
    found = (
        Listing.objects.select_for_update(of=("self",))
        .select_related("case", "organisation", "penalty")
        .filter(pk=listing.pk, ended_on=None)
        .first()
    )
    if found is None or (found.until is not None and found.until < registry.present_day()):
        raise not_there(listing.pk)
    return found


def not_there(number: int) -> NotFoundError:
    """Return the one answer to a listing that does not exist, is over, or is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的列入事项，或您无权查看。",
        f"There is no listing {number}, or it is not for you to see.",
    )


def set_days(listing: Listing, *, under: date, early: bool = True) -> None:
    """Set the days that follow from the day of the listing, by the text of a day; nothing is saved."""
    assert listing.listed_on is not None
    event = listing.listed_on
    listing.until = reading.last_day(LawStep(law=LAW, step="removal"), event=event, under=under).day
    earliest = reading.last_day_if_any(LawStep(law=LAW, step="early_removal"), event=event, under=under)
    listing.early_from = earliest.day if early and earliest else None
    due = reading.last_day_if_any(LawStep(law=LAW, step="publish"), event=event, under=under)
    listing.publish_due = due.day if due else None


def _move(
    listing: Listing,
    move: str,
    by: Person,
    *,
    reason: str = "",
    evidence: Sequence[object] = (),
    seen: int | None = None,
    on: date | None = None,
) -> None:
    listing.case = cases.move(
        case=listing.case, move=move, by=by, reason=reason, evidence=evidence, seen=seen, on=on  # type: ignore[arg-type]
    )  # fmt: skip


def _check_penalty(penalty: Penalty | None, uscc: str) -> None:
    if penalty is None:
        raise NotPossibleError(
            "该情形须与较重行政处罚一并作出列入决定，请选择处罚决定。",
            "On this ground an enterprise is listed only together with a heavier penalty: choose it.",
        )
    if penalty.enterprise != uscc:
        raise InputError("所选处罚不是该企业的。", "This penalty is not this enterprise's.")
    if penalty.annulled_on is not None:
        raise NotPossibleError("所选处罚已被撤销。", "This penalty was annulled.")
    if not penalty.is_heavy:
        raise NotPossibleError(
            "所选处罚不属于较重行政处罚，不能据此列入名单。", "This penalty is none of the heavier: it lists nobody."
        )


def _check_penalty_stands(listing: Listing) -> None:
    if listing.penalty is not None and listing.penalty.annulled_on is not None:
        raise NotPossibleError(
            "所依据的处罚已被撤销，不能列入。", "The penalty that it goes with was annulled: nobody is listed."
        )


def _log(listing: Listing, verb: str, by: Person, **detail: object) -> None:
    audit.record(
        by=by, verb=f"credit.{verb}", subject=f"listing:{listing.pk}",
        detail={"enterprise": listing.enterprise, **detail},
    )  # fmt: skip


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
