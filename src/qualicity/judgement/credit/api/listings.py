"""Calls of the list of the seriously dishonest."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ninja import Router, Schema

from qualicity.commons.registry import queries as registry
from qualicity.judgement.credit import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router()


class ListingOut(Schema):
    """One listing in force."""

    number: int
    uscc: str
    name: str
    place: str
    ground: str
    ground_zh: str
    ground_en: str
    decision: str
    authority: str
    listed_on: date
    published_on: date | None
    until: date


class ListingsOut(Schema):
    """The list as it is today."""

    day: date
    listings: list[ListingOut]


@router.get("/credit/listings", response=ListingsOut, summary="The seriously dishonest, today")
def listings(request: SignedIn, search: str = "", limit: int = 200) -> ListingsOut:
    """Return who is on the list today; what has ended is not there, on whatever day it is asked for."""
    found = queries.in_force(request.user, search=search[:100])[: min(max(limit, 1), 1000)]
    rows = queries.listing_rows(list(found))
    return ListingsOut(
        day=registry.present_day(),
        listings=[
            ListingOut(
                number=one.listing.pk, uscc=one.listing.enterprise, name=one.listing.enterprise_name,
                place=one.listing.place, ground=one.listing.ground, ground_zh=one.ground.zh, ground_en=one.ground.en,
                decision=one.listing.number, authority=one.listing.organisation.code, listed_on=one.listing.listed_on,
                published_on=one.listing.published_on, until=one.listing.until,
            )
            for one in rows
            if one.listing.listed_on is not None and one.listing.until is not None
        ],
    )  # fmt: skip
