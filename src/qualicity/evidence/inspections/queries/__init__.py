"""Reads of the desk: what other desks may ask, one import for each subject."""

from __future__ import annotations

from qualicity.evidence.inspections.queries.conflicts import conflicts
from qualicity.evidence.inspections.queries.deliveries import DeliveryDue, delivery_due
from qualicity.evidence.inspections.queries.drawing import RECIPE, Hit, Roster, checked_seed, chosen, hits, roster_of
from qualicity.evidence.inspections.queries.draws import draw, draws, frame_file, repeated, targets
from qualicity.evidence.inspections.queries.frame import Frame, frame_of, read_frame
from qualicity.evidence.inspections.queries.plain import (
    draw_as_plain,
    draw_head,
    hits_as_plain,
    line_as_plain,
    plan_as_plain,
    target_as_plain,
)
from qualicity.evidence.inspections.queries.plans import (
    LineRow,
    PlanRow,
    Progress,
    line_rows,
    plan,
    plan_of_year,
    plan_rows,
    plans,
)
from qualicity.evidence.inspections.queries.products import product_titles
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
from qualicity.evidence.inspections.queries.repeats import checked_lately, rule_of
from qualicity.evidence.inspections.queries.result_files import JudgedFile, JudgedRow, judge_file
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
from qualicity.evidence.inspections.queries.transfers import Transferred, transferred

__all__ = [
    "RECIPE",
    "DeliveryDue",
    "Frame",
    "Hit",
    "JudgedFile",
    "JudgedRow",
    "LineRow",
    "PlanRow",
    "Progress",
    "PublicCorrection",
    "PublicFollowUp",
    "PublicItem",
    "PublicMeasure",
    "PublicNarrowing",
    "PublicNotice",
    "PublicResult",
    "Roster",
    "SampleStep",
    "SamplesWanted",
    "Transferred",
    "checked_lately",
    "checked_seed",
    "chosen",
    "conflicts",
    "delivery_due",
    "draw",
    "draw_as_plain",
    "draw_head",
    "draws",
    "files_of",
    "frame_file",
    "frame_of",
    "hits",
    "hits_as_plain",
    "judge_file",
    "line_as_plain",
    "line_rows",
    "my_samples",
    "my_target",
    "my_targets",
    "plan",
    "plan_as_plain",
    "plan_of_year",
    "plan_rows",
    "plans",
    "product_titles",
    "public_corrections",
    "public_counts",
    "public_follow_ups",
    "public_results",
    "public_version",
    "read_frame",
    "repeated",
    "roster_of",
    "rule_of",
    "sample",
    "sample_file",
    "sample_of",
    "samples",
    "steps_of",
    "target_as_plain",
    "targets",
    "transferred",
]
