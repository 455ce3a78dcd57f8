"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.judgement.assessment.queries.answering import answering, criterion_of
from qualicity.judgement.assessment.queries.applications import Answered, FilledForm, filled, form_of
from qualicity.judgement.assessment.queries.assessments import (
    assessment,
    assessments,
    current,
    rubric_for,
    rubric_of,
    rubrics,
)
from qualicity.judgement.assessment.queries.documents import (
    evidence,
    evidence_path,
    findings,
    objection,
    objections,
)
from qualicity.judgement.assessment.queries.marking import Document, Need, Scored
from qualicity.judgement.assessment.queries.packages import package_file, packages
from qualicity.judgement.assessment.queries.report import SelfAssessmentReport, self_assessment_report
from qualicity.judgement.assessment.queries.reviews import (
    OwnPoints,
    PublicResult,
    RoundResult,
    expert_criteria,
    my_opinion,
    my_points,
    open_round,
    public_result,
    round_result,
    rounds,
)
from qualicity.judgement.assessment.queries.sensitivity import Action, actions
from qualicity.judgement.assessment.queries.units import UnitScore, unit_scores
from qualicity.judgement.assessment.queries.whole import CategoryTotal, VetoState, Whole, official, whole

__all__ = [
    "Action",
    "Answered",
    "CategoryTotal",
    "Document",
    "FilledForm",
    "Need",
    "OwnPoints",
    "PublicResult",
    "RoundResult",
    "Scored",
    "SelfAssessmentReport",
    "UnitScore",
    "VetoState",
    "Whole",
    "actions",
    "answering",
    "assessment",
    "assessments",
    "criterion_of",
    "current",
    "evidence",
    "evidence_path",
    "expert_criteria",
    "filled",
    "findings",
    "form_of",
    "my_opinion",
    "my_points",
    "objection",
    "objections",
    "official",
    "open_round",
    "package_file",
    "packages",
    "public_result",
    "round_result",
    "rounds",
    "rubric_for",
    "rubric_of",
    "rubrics",
    "self_assessment_report",
    "unit_scores",
    "whole",
]
