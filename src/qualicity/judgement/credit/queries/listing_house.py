"""The list as the house works on it: each unit its proposals, everybody what is public, nobody what is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError, Text
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.lifecycle import END_WORDS, EndOfListing
from qualicity.judgement.credit.models import Listing, ListingObjection, ListingRepair, Notified
from qualicity.judgement.credit.queries.listing_days import alive, on_the_list, shown_to_the_public
from qualicity.judgement.credit.queries.listing_public import ground_words, law_words
from qualicity.judgement.credit.queries.listing_rules import measures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.queries import CaseRow

LARGEST = 2**53
RELATED = ("case", "case__organisation", "organisation", "penalty", "decided_by", "proposed_by")


@dataclass(frozen=True, slots=True)
class ListingRow:
    """One listing as a list or its page shows it."""

    listing: Listing
    case: CaseRow
    field: Text
    ground: Text
    clause: str
    law: Text
    is_listed: bool
    is_public: bool


@dataclass(frozen=True, slots=True)
class Duty:
    """What one organisation was told of one listing; the ground is not shown once the listing is over."""

    pk: int
    measure: Text
    clause: str
    organisation: Text
    enterprise: str
    enterprise_name: str
    ground: Text | None
    told_on: date
    due_on: date
    done: str
    done_on: date | None
    lift_due: date | None
    lifted_on: date | None
    is_late: bool
    is_mine: bool


@dataclass(frozen=True, slots=True)
class SealedRow:
    """One listing that is over, for readers of the audit trail alone."""

    listing: Listing
    ground: Text
    end: Text
    granted: ListingRepair | None


def listing_proposals(by: Person, *, search: str = "") -> QuerySet[Listing]:
    """Return what is on its way onto the list: of the person's own unit, or all."""
    return _own(by, search).filter(listed_on=None)


def in_force(by: Person, *, search: str = "") -> QuerySet[Listing]:
    """Return what is on the list today: what is public, and what the person's own unit has still to publish."""
    accounts.check(by, permissions.READ)
    found = on_the_list().select_related(*RELATED)
    if not accounts.sees_all(by, permissions.READ):
        public = shown_to_the_public().values("pk")
        found = found.filter(Q(organisation=by.organisation_id) | Q(pk__in=public))
    return _searched(found, search).order_by("-listed_on", "-pk")


def listing(number: int, by: Person) -> Listing:
    """Return one proposal or listing of the person's own unit (or any, for who sees all) while it lasts."""
    found = _own(by, "").filter(pk=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise not_there(number)
    return found


def own_listings(by: Person) -> QuerySet[Listing]:
    """Return what concerns a person's own enterprise, once it was told."""
    accounts.check(by, permissions.OBJECT)
    told = alive().exclude(case__state="proposed").filter(enterprise=by.enterprise or "-")
    return told.select_related(*RELATED).order_by("-pk")


def own_listing(number: int, by: Person) -> Listing:
    """Return one of them."""
    found = own_listings(by).filter(pk=number).first() if 0 < number < LARGEST else None
    if found is None:
        raise not_there(number)
    return found


def listing_rows(found: Sequence[Listing]) -> tuple[ListingRow, ...]:
    """Return listings as lists show them, with their clocks, in one more query."""
    shown = {row.case.pk: row for row in cases.case_rows(one.case for one in found)}
    today = registry.present_day()
    rows = []
    for one in found:
        field, ground, clause = ground_words(one)
        listed = one.listed_on is not None and one.ended_on is None and (one.until or today) >= today
        rows.append(
            ListingRow(
                one, shown[one.case_id], field, ground, clause, law_words(one), is_listed=listed,
                is_public=listed and one.published_on is not None,
            )
        )  # fmt: skip
    return tuple(rows)


def repairs_of(one: Listing) -> tuple[ListingRepair, ...]:
    """Return the requests to be removed, the latest first."""
    return tuple(one.repairs.select_related("case"))


def repair(number: int, by: Person) -> ListingRepair:
    """Return one request concerning a listing of the person's own unit or enterprise."""
    found = ListingRepair.objects.select_related("case", "listing").filter(pk=number).first()
    if found is None or not 0 < number < LARGEST:
        raise not_there(number)
    _reach(found.listing_id, by)
    return found


def objections_of(one: Listing) -> tuple[ListingObjection, ...]:
    """Return the objections, the latest first."""
    return tuple(one.objections.select_related("case"))


def objection(number: int, by: Person) -> ListingObjection:
    """Return one objection concerning a listing of the person's own unit or enterprise."""
    found = ListingObjection.objects.select_related("case", "listing").filter(pk=number).first()
    if found is None or not 0 < number < LARGEST:
        raise not_there(number)
    _reach(found.listing_id, by)
    return found


def told_of(one: Listing, by: Person) -> tuple[Duty, ...]:
    """Return who was told of a listing and what they did."""
    rows = one.notified.select_related("organisation", "listing")
    return tuple(_duty(each, by) for each in rows)


def duties(by: Person) -> tuple[Duty, ...]:
    """Return what waits for a person's own unit: measures to be reported, and measures to be lifted."""
    accounts.check(by, permissions.READ)
    today = registry.present_day()
    open_ones = Q(done_on=None, listing__ended_on=None, listing__until__gte=today) | Q(
        lift_due__isnull=False, lifted_on=None
    )
    rows = Notified.objects.filter(open_ones, organisation=by.organisation_id)
    return tuple(_duty(one, by) for one in rows.select_related("organisation", "listing").order_by("due_on", "pk"))


def duty(number: int, by: Person) -> Notified:
    """Return one thing that the person's own unit was told, while it has something to do about it."""
    if number not in {one.pk for one in duties(by)}:
        raise not_there(number)
    return Notified.objects.select_related("listing", "organisation").get(pk=number)


def sealed(by: Person, *, search: str = "") -> QuerySet[Listing]:
    """Return the listings that are over, for readers of the audit trail alone."""
    accounts.check(by, "audit.read")
    over = Q(ended_on__isnull=False) | Q(listed_on__isnull=False, until__lt=registry.present_day())
    return _searched(Listing.objects.filter(over).select_related(*RELATED), search)


def sealed_rows(found: Sequence[Listing]) -> tuple[SealedRow, ...]:
    """Return the sealed listings in words, with the request that removed each, in one more query."""
    granted = {
        one.listing_id: one
        for one in ListingRepair.objects.filter(listing__in=list(found), granted_on__isnull=False).select_related(
            "case"
        )
    }
    return tuple(
        SealedRow(
            one,
            ground_words(one)[1],
            END_WORDS[EndOfListing(one.ended_how or EndOfListing.EXPIRED)],
            granted.get(one.pk),
        )
        for one in found
    )


def sealed_repair(number: int, by: Person) -> ListingRepair:
    """Return a granted request of a listing that it ended, for who may undo it."""
    accounts.check(by, "audit.read")
    found = ListingRepair.objects.select_related("case", "listing__organisation").filter(pk=number).first()
    if found is None:
        raise not_there(number)
    return found


def not_there(number: int) -> NotFoundError:
    """Return the one answer to what does not exist, is over, and is not for this person."""
    return NotFoundError(
        f"没有编号为 {number} 的列入事项，或您无权查看。",
        f"There is no listing {number}, or it is not for you to see.",
    )


def _own(by: Person, search: str) -> QuerySet[Listing]:
    accounts.check(by, permissions.READ)
    found = alive().select_related(*RELATED)
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(organisation=by.organisation_id)
    return _searched(found, search).order_by("-pk")


def _reach(number: int, by: Person) -> None:
    """Raise NotFoundError where a listing is not for this person."""
    if by.enterprise:
        own_listing(number, by)
    else:
        listing(number, by)


def _searched(found: QuerySet[Listing], search: str) -> QuerySet[Listing]:
    words = search.strip()
    if not words:
        return found
    return found.filter(
        Q(enterprise_name__icontains=words) | Q(enterprise=words.upper()) | Q(number__icontains=words)
    )


def _duty(one: Notified, by: Person) -> Duty:
    today = registry.present_day()
    known = {each.code: each for each in measures().measures}
    measure, unit, over = known.get(one.measure), one.organisation, one.lift_due is not None
    late = (one.lifted_on is None and one.lift_due < today) if one.lift_due else (one.done_on or today) > one.due_on
    return Duty(
        pk=one.pk,
        measure=measure.title.text if measure else Text(one.measure, one.measure),
        clause=measure.clause if measure else "",
        organisation=Text(unit.title_zh, unit.title_en),
        enterprise=one.listing.enterprise,
        enterprise_name=one.listing.enterprise_name,
        ground=None if over else ground_words(one.listing)[1],
        told_on=one.told_on,
        due_on=one.due_on,
        done="" if over else one.done,
        done_on=one.done_on,
        lift_due=one.lift_due,
        lifted_on=one.lifted_on,
        is_late=late,
        is_mine=one.organisation_id == by.organisation_id,
    )
