"""Files of results: taken whole or not at all, kept as they came, the same one once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.engines.tables import findings
from qualicity.engines.tables.findings import Note, Wording
from qualicity.errors import InputError, QualicityError, Text
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.actions.reporting import NewReport, record_reports
from qualicity.evidence.inspections.models import LabFile
from qualicity.evidence.inspections.queries.result_sheets import FilledSheet, read_sheet
from qualicity.evidence.submissions.actions.files import keep, take_in

if TYPE_CHECKING:
    import polars as pl
    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Person

_KEPT = 1000
"""So many findings are kept with a file."""


def record_file(*, file: Path | UploadedFile[Any], by: Person, name: str = "") -> LabFile:
    """Take in a file of results: all its reports, or none and every fault by row and cell.

    A file that was taken before does nothing again; one that was refused is looked at anew, because what it speaks of
    may be there by now. Raises FileError for what is no file of results; that is not kept.
    """
    accounts.check(by, permissions.TEST)
    if by.organisation is None:
        raise InputError("您不属于任何检验机构。", "You belong to no laboratory.")
    title = Path(name or file.name or "results").name[:255]
    incoming = take_in(file)
    try:
        known = LabFile.objects.filter(laboratory=by.organisation, sha256=incoming.sha256).first()
        if known is not None and known.is_taken:
            return known
        sheet = read_sheet(path=incoming.path, name=title, by=by)
        sha256, size = incoming.sha256, incoming.size
        keep(incoming)
    finally:
        incoming.path.unlink(missing_ok=True)
    new = LabFile(
        laboratory=by.organisation, sha256=sha256, size=size, name=title,
        rows=sheet.rows, sent_by=by, sent_at=registry.moment(),
    )  # fmt: skip
    if not sheet.errors:
        try:
            return _taken(new, sheet, by)
        except IntegrityError:  # the same file came from elsewhere at this very moment
            return LabFile.objects.get(laboratory=by.organisation, sha256=sha256)
        except QualicityError as error:  # what only the whole house knows: a report that is there already
            sheet = _with(sheet, error.text)
    return _refused(new, sheet.findings, by)


@transaction.atomic
def _taken(new: LabFile, sheet: FilledSheet, by: Person) -> LabFile:
    known = _known(new)
    if known is not None and known.is_taken:
        return known
    new.pk, new.is_taken, new.findings = known.pk if known else None, True, []
    new.save()
    reports = [NewReport(one.sample, one.number, one.reported_on, one.results, one.reason) for one in sheet.reports]
    record_reports(reports=reports, by=by, source="file", file=new)
    audit.record(
        by=by, verb="inspections.take_file", subject=f"lab_file:{new.pk}",
        detail={"sha256": new.sha256, "rows": new.rows, "reports": len(reports)},
    )  # fmt: skip
    return new


@transaction.atomic
def _refused(new: LabFile, found: pl.DataFrame, by: Person) -> LabFile:
    known = _known(new)
    if known is not None and known.is_taken:
        return known
    new.pk, new.is_taken, new.findings = known.pk if known else None, False, found.head(_KEPT).to_dicts()
    new.save()
    audit.record(
        by=by, verb="inspections.refuse_file", subject=f"lab_file:{new.pk}",
        detail={"sha256": new.sha256, "rows": new.rows, "findings": found.height},
    )  # fmt: skip
    return new


def _known(new: LabFile) -> LabFile | None:
    """Return the record of the same file, locked: another machine may have sent it in meanwhile."""
    found = LabFile.objects.select_for_update().filter(laboratory=new.laboratory, sha256=new.sha256)
    return found.first()


def _with(sheet: FilledSheet, said: Text) -> FilledSheet:
    wording = Wording(
        Text("可以收下的报告", "reports that can be taken"),
        said,
        Text("改正后重新上传整份文件", "mend it and send the whole file"),
    )
    note = Note("not_possible", "error", None, "", "", wording)
    return FilledSheet(sheet.reports, findings.together([sheet.findings, findings.from_notes([note])]), sheet.rows)
