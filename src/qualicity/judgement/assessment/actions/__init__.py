"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.judgement.assessment.actions.applications import answer_form
from qualicity.judgement.assessment.actions.assessments import adopt, finish, open_assessment, reopen
from qualicity.judgement.assessment.actions.evidence import (
    answering,
    check_evidence,
    criterion_of,
    file_evidence,
)
from qualicity.judgement.assessment.actions.objections import decide, object_to, require, take_up
from qualicity.judgement.assessment.actions.packages import make_package
from qualicity.judgement.assessment.actions.rounds import (
    close_round,
    declare_conflict,
    give_opinion,
    give_points,
    open_round,
)

__all__ = [
    "adopt",
    "answer_form",
    "answering",
    "check_evidence",
    "close_round",
    "criterion_of",
    "decide",
    "declare_conflict",
    "file_evidence",
    "finish",
    "give_opinion",
    "give_points",
    "make_package",
    "object_to",
    "open_assessment",
    "open_round",
    "reopen",
    "require",
    "take_up",
]
