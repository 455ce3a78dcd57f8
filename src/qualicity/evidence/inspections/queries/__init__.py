"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.evidence.inspections.queries.public import (
    PublicCorrection,
    PublicFollowUp,
    PublicItem,
    PublicMeasure,
    PublicNarrowing,
    PublicNotice,
    PublicResult,
    public_corrections,
    public_counts,
    public_follow_ups,
    public_results,
    public_version,
)

__all__ = [
    "PublicCorrection",
    "PublicFollowUp",
    "PublicItem",
    "PublicMeasure",
    "PublicNarrowing",
    "PublicNotice",
    "PublicResult",
    "public_corrections",
    "public_counts",
    "public_follow_ups",
    "public_results",
    "public_version",
]
