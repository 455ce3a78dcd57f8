"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.judgement.credit.queries.disputes import corrections, dispute, disputes
from qualicity.judgement.credit.queries.files import (
    CreditFile,
    Event,
    FamilyPoints,
    Point,
    beginnings,
    enterprise_seen,
    file,
    find,
    map_codes,
)
from qualicity.judgement.credit.queries.filing import lacking
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
from qualicity.judgement.credit.queries.runs import (
    Spread,
    Standing,
    changes_of,
    is_due,
    latest,
    run_of,
    scores,
    spread,
    standing,
    standings,
)
from qualicity.judgement.credit.queries.schemes import Weights, defined, digest, read_weights, scheme, with_weights
from qualicity.judgement.credit.queries.simulating import Simulation, proposal, proposals, simulate

__all__ = [
    "CreditFile",
    "Event",
    "FamilyPoints",
    "ListedFact",
    "Point",
    "PublicListing",
    "Simulation",
    "Spread",
    "Standing",
    "Weights",
    "beginnings",
    "changes_of",
    "corrections",
    "defined",
    "digest",
    "dispute",
    "disputes",
    "enterprise_seen",
    "file",
    "find",
    "is_due",
    "is_listed",
    "lacking",
    "latest",
    "listed",
    "listing_events",
    "listing_version",
    "map_codes",
    "proposal",
    "proposals",
    "public_listing",
    "public_listings",
    "read_weights",
    "run_of",
    "scheme",
    "scores",
    "simulate",
    "spread",
    "standing",
    "standings",
    "with_weights",
]
