"""Objections to a listing: raised by the enterprise, answered by somebody who did not decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.definitions.cases import LawStep
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.actions.listing import LAW, locked, not_there
from qualicity.judgement.credit.actions.listing_ends import end_listing
from qualicity.judgement.credit.lifecycle import OBJECTION, EndOfListing
from qualicity.judgement.credit.models import Listing, ListingObjection

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.commons.accounts.models import Person


@transaction.atomic
def object_to_listing(
    *, listing: Listing, reason: str, by: Person, evidence: Sequence[object] = ()
) -> ListingObjection:
    """Object to a listing, for the enterprise, within the time that its law gives where it gives one."""
    fresh = locked(listing)
    if not permissions.speaks_for(by, fresh.enterprise):
        raise not_there(listing.pk)
    if not reason.strip():
        raise InputError("请写明异议的事实和理由。", "Say the facts and the reasons.")
    if fresh.listed_on is None:
        raise NotPossibleError("尚未作出列入决定。", "There is no listing yet.")
    if fresh.objections.filter(case__is_open=True).exists():
        raise NotPossibleError("已有一件异议正在办理。", "An objection is open already.")
    last = reading.last_day_if_any(LawStep(law=LAW, step="object"), event=fresh.listed_on, under=fresh.case.opened_on)
    if last is not None and registry.present_day() > last.day:
        raise NotPossibleError(
            f"异议期限至 {last.day}，可依法申请行政复议或者提起诉讼。",
            f"Objections could be raised until {last.day}; review and the courts remain.",
        )
    case = cases.open_case(
        type=OBJECTION, subject=f"listing:{fresh.pk}", title_zh=f"{fresh.enterprise_name}：对列入名单的异议",
        title_en=f"{fresh.enterprise_name}: objection to a listing", organisation=fresh.organisation,
        place=fresh.place, enterprise=fresh.enterprise, by=by,
    )  # fmt: skip
    for file in evidence:
        cases.attach(case=case, file=file, by=by)  # type: ignore[arg-type]
    return ListingObjection.objects.create(listing=fresh, case=case, reason=reason.strip(), raised_on=case.opened_on)


@transaction.atomic
def answer_objection(
    *, objection: ListingObjection, holds: bool, answer: str, by: Person, seen: int | None = None
) -> ListingObjection:
    """Answer an objection; where it holds the listing is annulled. Not by who decided the listing."""
    fresh = (
        ListingObjection.objects.select_for_update(of=("self",))
        .select_related("case", "listing__organisation")
        .get(pk=objection.pk)
    )
    accounts.check(by, permissions.DECIDE, organisation=fresh.listing.organisation)
    if fresh.listing.decided_by_id == by.pk and not by.is_operator:
        raise NotAllowedError(
            "列入决定由您作出，异议须由另一人核查答复。", "You decided the listing: another person answers."
        )
    fresh.case = cases.move(case=fresh.case, move="uphold" if holds else "reject", by=by, reason=answer, seen=seen)
    fresh.answer = answer.strip()[:500]
    fresh.save(update_fields=["answer"])
    if holds:
        end_listing(locked(fresh.listing), EndOfListing.REVOKED, reason=f"异议成立：{answer}", by=by)
    return fresh
