"""States and moves of the desk, one file per subject."""

from __future__ import annotations

from qualicity.judgement.credit.lifecycle.files import DisputeState, WeightingState
from qualicity.judgement.credit.lifecycle.listing import END_WORDS, LISTING, OBJECTION, REPAIR, RESTORED, EndOfListing

__all__ = [
    "END_WORDS",
    "LISTING",
    "OBJECTION",
    "REPAIR",
    "RESTORED",
    "DisputeState",
    "EndOfListing",
    "WeightingState",
]
