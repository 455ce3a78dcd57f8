"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.judgement.credit.queries.listing_public import (
    ListedFact,
    PublicListing,
    is_listed,
    listed,
    listing_events,
    listing_version,
    public_listing,
    public_listings,
)

__all__ = [
    "ListedFact",
    "PublicListing",
    "is_listed",
    "listed",
    "listing_events",
    "listing_version",
    "public_listing",
    "public_listings",
]
