"""What the fault tests do to the list of the seriously dishonest: list, end by time, look whether all is whole."""

from __future__ import annotations

import os
from datetime import date
from typing import Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.cases.models import CaseClock
from qualicity.commons.registry import actions as registry
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.models import Listing, Notified

FIRM = "91410122000000190J"
FAR = "2017-04-11"
"""The day after the last day of whoever is listed on the day of the home."""


def propose_listing(turn: int) -> int:
    """Bring an enterprise to the decision; return the number of its listing."""
    by = accounts.operator()
    registry.register_enterprise(uscc=FIRM, name="模拟企业", place="410122", by=by)
    listing = actions.propose_listing(
        organisation="zhongmu", enterprise=FIRM, ground="not_performed", facts=f"第{turn}次", by=by
    )
    listing = actions.notify_party(listing=listing, by=by)
    listing = actions.state_defence(listing=listing, text="无异议", by=by)
    listing = actions.ask_consent(listing=listing, by=by)
    return actions.give_consent(listing=listing, by=by).pk


def list_it(number: int) -> str:
    """Decide the listing, publish it and tell the organisations."""
    by = accounts.operator()
    listing = Listing.objects.get(pk=number)
    if listing.listed_on is None:
        listing = actions.decide_listing(listing=listing, number=f"{number}号", by=by)
    if listing.published_on is None:
        listing = actions.publish_listing(listing=listing, by=by)
    actions.tell_organisations(listing=listing, by=by)
    return "listed"


def end_it(number: int) -> str:
    """Let the chore of the day after the last day end what is over."""
    os.environ["QUALICITY_TODAY"] = FAR
    actions.expire_listings(by=accounts.operator())
    return Listing.objects.get(pk=number).ended_how


def look_at_listings() -> dict[str, Any]:
    """Return how each listing stands, and whether its row, its case, its clocks and its duties agree."""
    faults = []
    for one in Listing.objects.select_related("case"):
        listed, ended = one.listed_on is not None, one.ended_on is not None
        if listed != (one.case.state not in ("consented",)) or listed != bool(one.number and one.until):
            faults.append(f"{one.pk}: {one.case.state}, listed {one.listed_on}, until {one.until}")
        if (one.published_on is not None) != (one.case.state in ("published", "expired")):
            faults.append(f"{one.pk}: {one.case.state}, published {one.published_on}")
        if not ended == (one.case.state == "expired") == one.case.sealed == (not one.case.is_open):
            faults.append(f"{one.pk}: ended {one.ended_on}, {one.case.state}, sealed {one.case.sealed}")
        if ended and CaseClock.objects.filter(case=one.case).exclude(stand="stopped").exists():
            faults.append(f"{one.pk}: it has ended and a clock runs on")
        if Notified.objects.filter(listing=one, lift_due__isnull=ended).exists():
            faults.append(f"{one.pk}: ended {ended}, and a measure says otherwise")
        kept = AuditRecord.objects.filter(subject=f"listing:{one.pk}", verb="credit.expired").count()
        if kept != ended:
            faults.append(f"{one.pk}: ended {ended}, {kept} records of it")
    standing = {one.pk: one.ended_how or one.case.state for one in Listing.objects.select_related("case")}
    shown = len(queries.public_listings(on=date(2014, 4, 10)))
    return {"standing": standing, "shown": shown, "faults": faults, "audit": audit.verify().ok}


STEPS = {
    "propose_listing": propose_listing,
    "list_it": list_it,
    "end_it": end_it,
    "look_at_listings": look_at_listings,
}
