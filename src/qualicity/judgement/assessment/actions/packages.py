"""Making an evidence archive, and remembering the hash of its manifest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry.queries import moment as now
from qualicity.engines.archives.writing import write_archive
from qualicity.errors import InputError, NotPossibleError
from qualicity.judgement.assessment import permissions, queries
from qualicity.judgement.assessment.models import Package
from qualicity.judgement.assessment.queries.archive import entries
from qualicity.judgement.assessment.queries.packages import packages_folder

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.assessment.models import Assessment

PURPOSES = ("self_assessment", "pre_acceptance", "acceptance")


def make_package(
    *, assessment: Assessment, purpose: str, as_of: date, out: Path | None = None, by: Person
) -> Package:
    """Pack everything that proves an assessment into one archive; adopted ones speak for the day they were adopted.

    With ``out`` the archive goes there, else into the home. The file is whole before anything is recorded of it; the
    audit trail holds the hash of its manifest.
    """
    accounts.check(by, permissions.MANAGE)
    if purpose not in PURPOSES:
        raise InputError(f"用途应为 {'、'.join(PURPOSES)} 之一。", f"The purpose is one of {', '.join(PURPOSES)}.")
    if out is not None and out.exists():
        raise InputError(f"“{out}”已存在，为免覆盖已停止。", f"“{out}” exists already; nothing was overwritten.")
    if out is not None and not out.absolute().parent.is_dir():
        raise InputError(f"没有目录“{out.parent}”。", f"There is no folder “{out.parent}”.")
    day = assessment.as_of if assessment.state != "open" and assessment.as_of else as_of
    rubric = queries.rubric_for(assessment)
    found = queries.whole(rubric=rubric, as_of=day, organisation=assessment.organisation, by=by)
    if found.assessment is None or found.assessment.pk != assessment.pk:
        raise NotPossibleError(
            f"{day} 不在这次考核的时间内（自 {assessment.since} 起）。",
            f"{day} is outside the time of this assessment (from {assessment.since} on).",
        )
    files, about = entries(found, by=by)
    if out is None:
        packages_folder().mkdir(parents=True, exist_ok=True)
    written = write_archive(out or packages_folder(), files, {**about, "purpose": purpose})
    with transaction.atomic():
        new = Package.objects.create(
            assessment=assessment, purpose=purpose, as_of=day, sha256=written.sha256,
            manifest_sha256=written.manifest_sha256, size=written.size, files=written.files, made_by=by,
            made_at=now(),
        )  # fmt: skip
        audit.record(
            by=by, verb="assessment.package", subject=f"package:{new.pk}",
            detail={"assessment": assessment.pk, "purpose": purpose, "as_of": day.isoformat(),
                    "manifest_sha256": written.manifest_sha256, "sha256": written.sha256, "files": written.files},
        )  # fmt: skip
    return new
