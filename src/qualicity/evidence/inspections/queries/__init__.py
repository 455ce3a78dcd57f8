"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.evidence.inspections.queries.deliveries import DeliveryDue, delivery_due
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
from qualicity.evidence.inspections.queries.samples import (
    SampleStep,
    SamplesWanted,
    files_of,
    my_samples,
    my_target,
    my_targets,
    sample,
    sample_file,
    sample_of,
    samples,
    steps_of,
)

__all__ = [
    "DeliveryDue",
    "PublicCorrection",
    "PublicFollowUp",
    "PublicItem",
    "PublicMeasure",
    "PublicNarrowing",
    "PublicNotice",
    "PublicResult",
    "SampleStep",
    "SamplesWanted",
    "delivery_due",
    "files_of",
    "my_samples",
    "my_target",
    "my_targets",
    "public_corrections",
    "public_counts",
    "public_follow_ups",
    "public_results",
    "public_version",
    "sample",
    "sample_file",
    "sample_of",
    "samples",
    "steps_of",
]
