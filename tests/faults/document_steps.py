"""What the fault tests do to documents and to archives of evidence."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Any

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.audit.models import AuditRecord
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.engines.archives.verifying import verify
from qualicity.errors import NotPossibleError
from qualicity.judgement.assessment import actions as assessment
from qualicity.judgement.assessment import queries as assessments
from qualicity.judgement.assessment.models import Package
from qualicity.judgement.assessment.queries.packages import package_path, packages_folder
from qualicity.publication.reports import actions as reports
from qualicity.publication.reports import queries as documents
from qualicity.publication.reports.models import NumberBook, Report

PLAN = "zhengzhou-2014"


def sign_report() -> int:
    """Draft a report and send it to the leader; return its number in the house."""
    by = accounts.operator()
    report = reports.draft_quality(plan=catalogue().plans[PLAN], period=parse("2014Q1"), by=by)
    for move in ("to_section", "to_office", "to_leader"):
        report = reports.move(report=documents.report(report.pk, by=by), move=move, by=by)
    return report.pk


def issue_report(number: int) -> int | str:
    """Issue a signed report; return the number of the document."""
    by = accounts.operator()
    try:
        given = reports.issue(report=documents.report(number, by=by), by=by).number
    except NotPossibleError:
        return "issued already"
    assert given is not None
    return given


def look_at_reports() -> dict[str, Any]:
    """Return which reports have which number, and whether all of it agrees."""
    faults, numbers = [], {}
    for report in Report.objects.select_related("case"):
        state = documents.state_of(report)
        records = AuditRecord.objects.filter(verb="reports.issue", subject=f"report:{report.pk}").count()
        if (state == "issued") != (report.number is not None) or records != (report.number is not None):
            faults.append(f"{report.pk}: {state}, number {report.number}, {records} records")
        if report.number is not None:
            numbers[report.pk] = report.number
            for sha256 in (report.docx_sha256, report.pdf_sha256, report.figures_sha256):
                file = documents.file_of(sha256)
                if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                    faults.append(f"{report.pk}: a file is gone or half")
    last = NumberBook.objects.values_list("last", flat=True).first() or 0
    if sorted(numbers.values()) != list(range(1, last + 1)):
        faults.append(f"numbers {sorted(numbers.values())}, the book says {last}")
    return {"numbers": numbers, "faults": faults, "audit": audit.verify().ok}


def open_assessment() -> int:
    """Open an assessment of the city; return its number."""
    rubric = assessments.rubric_of(catalogue().plans[PLAN])
    return assessment.open_assessment(rubric=rubric, since=date(2014, 3, 1), by=accounts.operator()).pk


def make_package(number: int) -> str:
    """Pack the evidence of an assessment; return the hash of the manifest."""
    by = accounts.operator()
    return assessment.make_package(
        assessment=assessments.assessment(number, by=by), purpose="acceptance", as_of=registry.today(), by=by
    ).manifest_sha256


def look_at_packages() -> dict[str, Any]:
    """Return how many archives are known, what lies in the folder, and whether all of it agrees."""
    faults, folder = [], packages_folder()
    seen = sorted(one.name for one in folder.iterdir()) if folder.is_dir() else []
    for name in (one for one in seen if not one.startswith(".")):
        found = verify(folder / name)
        if not found.ok or name != f"{found.manifest_sha256}.zip":
            faults.append(f"{name} is not whole")
    for one in Package.objects.all():
        path = package_path(one.manifest_sha256)
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != one.sha256:
            faults.append(f"package {one.pk} has no file, or another")
    known = Package.objects.count()
    if AuditRecord.objects.filter(verb="assessment.package").count() != known:
        faults.append("archives and records differ")
    return {"known": known, "seen": seen, "faults": faults, "audit": audit.verify().ok}


STEPS = {
    "sign_report": sign_report, "issue_report": issue_report, "look_at_reports": look_at_reports,
    "open_assessment": open_assessment, "make_package": make_package, "look_at_packages": look_at_packages,
}  # fmt: skip
