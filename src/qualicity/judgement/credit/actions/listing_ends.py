"""How a listing ends: by time, by repair, by annulment. What ends is sealed in the same transaction."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.engines.clocks import Clock, Length, due
from qualicity.errors import InputError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.lifecycle import EndOfListing
from qualicity.judgement.credit.models import Listing, ListingObjection, ListingRepair, Notified
from qualicity.judgement.credit.queries.listing_rules import measures

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person

MOVES = {EndOfListing.EXPIRED: "expire", EndOfListing.REMOVED: "remove", EndOfListing.REVOKED: "revoke"}


def end_listing(listing: Listing, how: EndOfListing, *, reason: str, by: Person, on: date | None = None) -> Listing:
    """End a listing whose case has ended or now does: seal it, and order its measures lifted; in one transaction.

    A request or an objection that is still open ends with it, for nobody could find it any more to answer it.
    ``listing`` is locked by the caller, who has asked whether ``by`` may.
    """
    assert transaction.get_connection().in_atomic_block, "a listing ends whole or not at all"
    if how in MOVES:
        listing.case = cases.move(case=listing.case, move=MOVES[how], by=by, reason=reason)
    day = on or registry.present_day()
    listing.ended_on, listing.ended_how, listing.end_reason = day, how, reason.strip()[:500]
    listing.save(update_fields=["ended_on", "ended_how", "end_reason"])
    cases.seal(case=listing.case, by=by)
    for kind in (ListingRepair, ListingObjection):
        for other in kind.objects.filter(listing=listing).select_related("case"):
            if other.case.is_open:
                other.case = cases.move(case=other.case, move="lapse", by=by)
            cases.seal(case=other.case, by=by)
    Notified.objects.filter(listing=listing, lifted_on=None).update(
        lift_due=working_days_after(day, measures().lifting_days)
    )
    audit.record(
        by=by, verb=f"credit.{how}", subject=f"listing:{listing.pk}",
        detail={"enterprise": listing.enterprise, "reason": listing.end_reason},
    )  # fmt: skip
    return listing


def expire_listings(*, by: Person) -> int:
    """End every listing whose last day is over, each in a transaction of its own; return how many.

    Nobody could see them since that day: this only closes their cases and orders the measures lifted.
    """
    accounts.check(by, permissions.DECIDE)
    over = Listing.objects.filter(ended_on=None, listed_on__isnull=False, until__lt=registry.present_day())
    return sum(_expire(number, by) for number in over.order_by("until", "pk").values_list("pk", flat=True))


def revoke_annulled(*, by: Person) -> int:
    """Annul every listing whose penalty was annulled since; return how many."""
    accounts.check(by, permissions.DECIDE)
    void = Listing.objects.filter(ended_on=None, listed_on__isnull=False, penalty__annulled_on__isnull=False)
    return sum(_revoke_annulled(number, by) for number in void.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def revoke_listing(*, listing: Listing, reason: str, by: Person) -> Listing:
    """Annul a listing: its penalty was annulled, or an objection holds."""
    fresh = _locked(listing.pk)
    if fresh is None:
        raise permissions.not_there(listing.enterprise)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if not reason.strip():
        raise InputError("请写明撤销的依据和理由。", "Say by what and why it is annulled.")
    return end_listing(fresh, EndOfListing.REVOKED, reason=reason, by=by)


def working_days_after(day: date, number: int) -> date:
    """Return the day that many working days after a day."""
    at = due(
        Clock(datetime.combine(day, time(12), tzinfo=reading.zone()), Length(number, "working_days")),
        reading.calendar(),
        reading.zone(),
    ).at
    assert at is not None
    return at.astimezone(reading.zone()).date()


@transaction.atomic
def _expire(number: int, by: Person) -> int:
    fresh = _locked(number)
    if fresh is None or fresh.until is None or fresh.until >= registry.present_day():
        return 0  # somebody ended it meanwhile
    end_listing(fresh, EndOfListing.EXPIRED, reason="公示期满", by=by)
    return 1


@transaction.atomic
def _revoke_annulled(number: int, by: Person) -> int:
    fresh = _locked(number)
    if fresh is None or fresh.penalty is None or fresh.penalty.annulled_on is None:
        return 0
    end_listing(fresh, EndOfListing.REVOKED, reason=f"所依据的处罚已撤销：{fresh.penalty.annul_reason}", by=by)
    return 1


def _locked(number: int) -> Listing | None:
    return (
        Listing.objects.select_for_update(of=("self",))
        .select_related("case", "organisation", "penalty")
        .filter(pk=number, ended_on=None)
        .first()
    )
