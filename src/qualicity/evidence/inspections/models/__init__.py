"""What the desk remembers. Private to the desk."""

from __future__ import annotations

from qualicity.evidence.inspections.models.aftermath import Transfer
from qualicity.evidence.inspections.models.field import Sample, SampleFile, Visit
from qualicity.evidence.inspections.models.laboratory import ItemResult, LabFile, LabReport
from qualicity.evidence.inspections.models.planning import CheckPlan, Commitment, Conflict, Draw, PlanLine, Target
from qualicity.evidence.inspections.models.publication import Correction, Notice
from qualicity.evidence.inspections.models.risk import RiskRelease

__all__ = [
    "CheckPlan",
    "Commitment",
    "Conflict",
    "Correction",
    "Draw",
    "ItemResult",
    "LabFile",
    "LabReport",
    "Notice",
    "PlanLine",
    "RiskRelease",
    "Sample",
    "SampleFile",
    "Target",
    "Transfer",
    "Visit",
]
