"""Where a proposal of weights and a dispute may stand."""

from __future__ import annotations

from enum import StrEnum


class WeightingState(StrEnum):
    """A proposal waits for a second person; what was adopted gives way to what is adopted after it."""

    PROPOSED = "proposed"
    ADOPTED = "adopted"
    REJECTED = "rejected"


class DisputeState(StrEnum):
    """A dispute is open until somebody else decides; an event of an upheld one no longer counts."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
