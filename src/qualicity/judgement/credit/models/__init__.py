"""Tables of the desk, one file per subject; private to it."""

from __future__ import annotations

from qualicity.judgement.credit.models.disputes import Dispute
from qualicity.judgement.credit.models.listing import Listing, ListingObjection, ListingRepair, Notified
from qualicity.judgement.credit.models.scores import ClassChange, ScoreRun, Weighting

__all__ = [
    "ClassChange",
    "Dispute",
    "Listing",
    "ListingObjection",
    "ListingRepair",
    "Notified",
    "ScoreRun",
    "Weighting",
]
