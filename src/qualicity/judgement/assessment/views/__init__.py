"""Pages of the desk."""

from __future__ import annotations

from qualicity.judgement.assessment.views.documents import application, package_file, packages
from qualicity.judgement.assessment.views.evidence import check, evidence_file, file
from qualicity.judgement.assessment.views.home import actions, criterion, home, missing, units
from qualicity.judgement.assessment.views.results import objection_move, objections, rectifications, results, run
from qualicity.judgement.assessment.views.reviews import opinion, recuse, review

__all__ = [
    "actions",
    "application",
    "check",
    "criterion",
    "evidence_file",
    "file",
    "home",
    "missing",
    "objection_move",
    "objections",
    "opinion",
    "package_file",
    "packages",
    "rectifications",
    "recuse",
    "results",
    "review",
    "run",
    "units",
]
