"""One document of an assessment, and where it lies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import IntegrityError, NotFoundError
from qualicity.evidence.submissions.queries.paths import file_path
from qualicity.judgement.assessment import permissions
from qualicity.judgement.assessment.models import EvidenceFile, Finding, Objection

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.assessment.models import Assessment


def evidence(number: int, *, by: Person) -> EvidenceFile:
    """Return one document; NotFoundError where there is none or it is not for this person."""
    accounts.check(by, permissions.READ)
    found = EvidenceFile.objects.select_related("assessment__organisation").filter(pk=number).first()
    if found is None or not permissions.can_read(by, found.assessment.organisation):
        raise NotFoundError(
            f"没有编号为 {number} 的材料，或您无权查看。",
            f"There is no document {number}, or it is not for you to see.",
        )
    return found


def evidence_path(found: EvidenceFile) -> Path:
    """Return where a document lies; IntegrityError when it is gone."""
    path = file_path(found.sha256)
    if not path.is_file():
        raise IntegrityError(
            f"材料“{found.name}”的文件已不在库中，请从备份恢复。",
            f"The file of “{found.name}” is gone from the store; restore it from a backup.",
        )
    return path


def objections(assessment: Assessment, *, by: Person) -> tuple[Objection, ...]:
    """Return the objections to an assessment: all of them for who runs it, else those of the own organisation."""
    permissions.check_read(by, assessment)
    found = Objection.objects.filter(assessment=assessment).select_related(
        "organisation", "filed_by", "decided_by", "case"
    )
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(organisation=by.organisation_id)
    return tuple(found)


def objection(number: int, *, by: Person) -> Objection:
    """Return one objection; NotFoundError where there is none or it is not for this person."""
    accounts.check(by, permissions.READ)
    found = (
        Objection.objects.select_related("assessment__organisation", "organisation", "case").filter(pk=number).first()
    )
    if found is None or not permissions.can_read(by, found.organisation):
        raise NotFoundError(
            f"没有编号为 {number} 的异议，或您无权查看。", f"There is no objection {number}, or it is not for you."
        )
    return found


def findings(assessment: Assessment, *, by: Person) -> tuple[Finding, ...]:
    """Return what has to be mended: all of it for who runs the assessment, else that of the own organisation."""
    permissions.check_read(by, assessment)
    found = Finding.objects.filter(assessment=assessment).select_related("organisation", "made_by", "case")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(organisation=by.organisation_id)
    return tuple(found)
