"""The way back: an enterprise asks to be removed early; what was granted on false papers is undone, to begin anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as reading
from qualicity.commons.registry import queries as registry
from qualicity.definitions.cases import LawStep
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.actions.listing import locked, not_there, set_days
from qualicity.judgement.credit.actions.listing_ends import end_listing
from qualicity.judgement.credit.lifecycle import REPAIR, RESTORED, EndOfListing
from qualicity.judgement.credit.models import Listing, ListingRepair
from qualicity.judgement.credit.queries.listing_repairs import obstacles

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Person

AUDIT = "audit.read"


@transaction.atomic
def ask_repair(
    *, listing: Listing, promise: str, by: Person, evidence: Sequence[object] = (), on: date | None = None
) -> ListingRepair:
    """Ask for an early removal, for the enterprise: a promise, and what shows that it performed and mended.

    Raises NotPossibleError before the first day, while barred after a false request, and while another is open.
    """
    fresh = locked(listing)
    if not permissions.speaks_for(by, fresh.enterprise):
        raise not_there(listing.pk)
    if not promise.strip() or not evidence:
        raise InputError(
            "请填写守信承诺，并附履行义务、整改的材料。",
            "Give your promise, and add what shows that you performed and mended.",
        )
    for one in obstacles(fresh, granting=False):
        raise NotPossibleError(one.zh, one.en)
    if fresh.repairs.filter(case__is_open=True).exists():
        raise NotPossibleError("已有一件修复申请正在办理。", "A request is open already.")
    case = cases.open_case(
        type=REPAIR, subject=f"listing:{fresh.pk}", title_zh=f"{fresh.enterprise_name}：申请移出严重违法失信名单",
        title_en=f"{fresh.enterprise_name}: request to be removed from the list", organisation=fresh.organisation,
        place=fresh.place, enterprise=fresh.enterprise, by=by, on=on,
    )  # fmt: skip
    for file in evidence:
        cases.attach(case=case, file=file, by=by)  # type: ignore[arg-type]
    return ListingRepair.objects.create(listing=fresh, case=case, promise=promise.strip(), asked_on=case.opened_on)


@transaction.atomic
def withdraw_repair(*, repair: ListingRepair, by: Person) -> ListingRepair:
    """Withdraw a request, for the enterprise."""
    return _moved(repair, "withdraw", by)


@transaction.atomic
def accept_repair(*, repair: ListingRepair, by: Person, seen: int | None = None) -> ListingRepair:
    """Accept a request that is complete."""
    return _moved(repair, "accept", by, seen=seen)


@transaction.atomic
def refuse_repair(*, repair: ListingRepair, reason: str, by: Person, seen: int | None = None) -> ListingRepair:
    """Do not accept a request, with the reason."""
    return _moved(repair, "refuse", by, reason=reason, seen=seen)


@transaction.atomic
def deny_repair(*, repair: ListingRepair, reason: str, by: Person, seen: int | None = None) -> ListingRepair:
    """Deny a request after it was verified, with the reason."""
    return _moved(repair, "deny", by, reason=reason, seen=seen)


@transaction.atomic
def grant_repair(*, repair: ListingRepair, verified: str, by: Person, seen: int | None = None) -> ListingRepair:
    """Grant a request: performed, mended, not punished heavily again; ``verified`` says how that was found out."""
    fresh = _locked(repair)
    for one in obstacles(fresh.listing, granting=True):
        raise NotPossibleError(one.zh, one.en)
    moved = _moved(fresh, "grant", by, reason=verified, seen=seen)
    moved.granted_on = registry.present_day()
    moved.save(update_fields=["granted_on"])
    return moved


@transaction.atomic
def process_repair(*, repair: ListingRepair, by: Person, seen: int | None = None) -> ListingRepair:
    """Put a granted repair into effect: the listing ends, its publicity stops, its measures are to be lifted."""
    fresh = _moved(repair, "process", by, seen=seen)
    listing = locked(fresh.listing)
    accounts.check(by, permissions.DECIDE, organisation=listing.organisation)
    end_listing(listing, EndOfListing.REMOVED, reason="准予信用修复", by=by)
    return fresh


@transaction.atomic
def undo_repair(*, repair: ListingRepair, number: str, reason: str, by: Person) -> Listing:
    """Undo a repair that rested on false papers: the enterprise is listed anew, without an early end, and barred.

    It touches what is sealed, so it is for who reads the audit trail and decides. Returns the restored listing.
    """
    fresh = _locked(repair)
    accounts.check(by, AUDIT)
    old = Listing.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=fresh.listing_id)
    accounts.check(by, permissions.DECIDE, organisation=old.organisation)
    if old.ended_how != EndOfListing.REMOVED or fresh.granted_on is None:
        raise NotPossibleError("该申请没有使企业移出名单。", "This request removed nobody from the list.")
    if fresh.undone_on is not None:
        raise NotPossibleError("该修复已经撤销。", "This repair is undone already.")
    if not reason.strip() or not number.strip():
        raise InputError("请写明决定书文号和理由。", "Give the number of the decision and the reason.")
    today = registry.present_day()
    case = cases.open_case(
        type=RESTORED, subject=f"listing:{old.pk}", title_zh=f"{old.enterprise_name}：恢复列入严重违法失信名单",
        title_en=f"{old.enterprise_name}: listing restored", organisation=old.organisation, place=old.place,
        enterprise=old.enterprise, by=by,
    )  # fmt: skip
    restored = Listing(
        case=case, penalty_id=old.penalty_id, restores=old, enterprise=old.enterprise,
        enterprise_name=old.enterprise_name, place=old.place, organisation=old.organisation, law_text=old.law_text,
        ground=old.ground, facts=old.facts, proposed_by=by, proposed_on=today, number=number.strip(), decided_by=by,
        listed_on=today,
    )  # fmt: skip
    set_days(restored, under=case.opened_on, early=False)
    restored.save()
    barred = reading.last_day(LawStep(law="credit_repair", step="false_application"), event=today, under=today)
    fresh.undone_on, fresh.undone_by, fresh.undo_reason = today, by, reason.strip()[:500]
    fresh.barred_until = barred.day
    fresh.save()
    audit.record(
        by=by, verb="credit.undo_repair", subject=f"listing:{restored.pk}",
        detail={"restores": old.pk, "enterprise": old.enterprise, "reason": fresh.undo_reason,
                "barred_until": barred.day.isoformat()},
    )  # fmt: skip
    return restored


def _moved(
    repair: ListingRepair, move: str, by: Person, *, reason: str = "", seen: int | None = None
) -> ListingRepair:
    fresh = _locked(repair)
    fresh.case = cases.move(case=fresh.case, move=move, by=by, reason=reason, seen=seen)
    return fresh


def _locked(repair: ListingRepair) -> ListingRepair:
    return (
        ListingRepair.objects.select_for_update(of=("self",))
        .select_related("case", "listing__organisation", "listing__penalty", "listing__case")
        .get(pk=repair.pk)
    )
