"""Receiving a file: read, check, examine; then keep it with its findings, or refuse it before anything is stored."""

from __future__ import annotations

from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.engines.tables import checking, integrity, reading
from qualicity.engines.tables.evolution import fitted
from qualicity.errors import FileError, InputError, NotPossibleError
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.actions.examining import (
    doubled_keys,
    in_one_frame,
    left_out_rows,
    rows_of_others,
)
from qualicity.evidence.submissions.actions.files import Incoming, keep, limit, take_in, write_frame
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import StoredFile, Submission
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.obligations import is_late
from qualicity.evidence.submissions.queries.paths import findings_path, incoming_path, rows_path
from qualicity.evidence.submissions.queries.registers import profile_of, register_of
from qualicity.evidence.submissions.queries.tables import open_lake, versions

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.core.files.uploadedfile import UploadedFile

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period
    from qualicity.definitions.profiles import Profile
    from qualicity.definitions.registers import Register


@dataclass(frozen=True, slots=True)
class Examined:
    """What reading and checking a file gave."""

    rows: pl.DataFrame
    findings: pl.DataFrame
    total: int
    refused: int
    left_out: int
    version: int | None

    @property
    def errors(self) -> int:
        """Return the number of findings that are errors."""
        return int((self.findings.get_column("severity") == "error").sum())

    @property
    def warnings(self) -> int:
        """Return the number of findings that are warnings."""
        return int((self.findings.get_column("severity") == "warning").sum())


def receive(
    *,
    register: str,
    organisation: Organisation | str,
    period: Period,
    file: Path | UploadedFile[Any],
    name: str,
    by: Person,
    profile: str | None = None,
    corrects: Submission | None = None,
    channel: str = "page",
) -> Submission:
    """Take a file in and return its submission: a draft, or returned at once where rows have errors.

    Raises FileError (WrongFileError for another register's file) before anything is stored, NotPossibleError for
    bytes that were filed before, NotAllowedError, NotFoundError and InputError.
    """
    unit = accounts.organisation(organisation) if isinstance(organisation, str) else organisation
    check_request(register=register, organisation=unit, period=period, profile=profile, corrects=corrects, by=by)
    incoming = take_in(file)
    try:
        return _examine_and_store(
            incoming, register=register, organisation=unit, period=period, name=name, by=by, profile=profile,
            corrects=corrects, channel=channel,
        )  # fmt: skip
    finally:
        incoming.path.unlink(missing_ok=True)


def check_request(
    *,
    register: str,
    organisation: Organisation,
    period: Period,
    profile: str | None,
    corrects: Submission | None,
    by: Person,
) -> tuple[Register, Profile | None]:
    """Raise where a file could not be received whatever is in it; return the definitions that will read it."""
    accounts.check(by, permissions.CREATE, organisation=organisation)
    definition = register_of(register)
    mapping = profile_of(profile, definition) if profile else None
    if not organisation.is_active:
        raise InputError(
            f"单位“{organisation.title_zh}”已停用，不能报送。",
            f"“{organisation.title_en}” is no longer active and cannot report.",
        )
    if corrects is not None:
        _check_correction(corrects, register, organisation, period)
    return definition, mapping


def _check_correction(corrects: Submission, register: str, organisation: Organisation, period: Period) -> None:
    if corrects.state != State.ACCEPTED:
        raise NotPossibleError(
            f"报送 {corrects.pk} 未在台账中，不能更正；请直接重新报送。",
            f"Submission {corrects.pk} is not in the register, so there is nothing to correct; file it anew.",
        )
    if (corrects.register, corrects.organisation_id, corrects.period) != (register, organisation.pk, period):
        raise InputError(
            f"更正须与原报送 {corrects.pk} 的台账、单位、期间一致（{corrects.register}，{corrects.period.label}）。",
            f"A correction keeps the register, organisation and period of submission {corrects.pk} "
            f"({corrects.register}, {corrects.period.label}).",
        )


def _examine_and_store(
    incoming: Incoming,
    *,
    register: str,
    organisation: Organisation,
    period: Period,
    name: str,
    by: Person,
    profile: str | None,
    corrects: Submission | None,
    channel: str,
) -> Submission:
    _check_new(incoming.sha256, register, period, by)
    definition = register_of(register)
    mapping = profile_of(profile, definition) if profile else None
    examined = examine(
        incoming.path, name=name, register=definition, profile=mapping, organisation=organisation, period=period,
        corrects=corrects,
    )  # fmt: skip
    submission = Submission(
        register=register, organisation=organisation, period_start=period.start, period_end=period.end,
        profile=profile or "", file_name=Path(name).name[:255], channel=channel, corrects=corrects, created_by=by,
    )  # fmt: skip
    return _store(submission, incoming, examined)


def examine(
    path: Path,
    *,
    name: str,
    register: Register,
    profile: Profile | None,
    organisation: Organisation,
    period: Period,
    corrects: Submission | None,
) -> Examined:
    """Read and check a file without storing anything."""
    places = registry.places(registry.plan(organisation.plan or None))
    table = reading.read_file(
        path, register=register, profile=profile, places=places, original_name=name, max_bytes=limit()
    )
    checked = checking.check(table, register, places=places, period=(period.start, period.end))
    if checked.total == 0:
        raise _nothing_to_file(table)
    # A county vouches for itself: rows of another one are refused before they are held against that one's past.
    foreign = rows_of_others(checked.rows, register, organisation.place if organisation.is_local else "", places)
    rows = checked.rows.filter(~pl.col("row_number").is_in(foreign["row"].implode()))
    version = versions().get(register.code)
    history = None if version is None else fitted(open_lake().scan(register.code, version), register)
    if history is not None and corrects is not None:
        history = history.filter(pl.col("submission_id") != corrects.pk)
    suspicious = integrity.examine(rows, register, history=history)
    doubled = doubled_keys(rows, register, history)
    return Examined(
        rows=rows,
        findings=in_one_frame(checked.findings, foreign, suspicious, doubled, left_out_rows(table)),
        total=checked.total,
        refused=checked.refused + foreign.height,
        left_out=len(table.left_out),
        version=version,
    )


def _nothing_to_file(table: reading.Table) -> FileError:
    """Return the refusal of a file without rows for the register, naming why its rows were left out."""
    reasons = Counter((one.why.zh, one.why.en) for one in table.left_out).most_common(3)
    first = {(one.why.zh, one.why.en): one.row for one in reversed(table.left_out)}
    zh = "；".join(f"{why[0]}（{count} 行，首见第 {first[why]} 行）" for why, count in reasons)
    en = "; ".join(f"{why[1]} ({count} rows, first in row {first[why]})" for why, count in reasons)
    return FileError(
        "文件中没有可报送的数据行。"
        + (f"全部 {len(table.left_out)} 行均不属于本台账：{zh}。" if reasons else "")
        + "若本期确无数据，请由办公室注明原因后关闭该期。",
        "The file has no rows to file. "
        + (f"All {len(table.left_out)} rows do not belong into this register: {en}. " if reasons else "")
        + "If there is nothing to report, ask the office to close the period.",
    )


def _check_new(sha256: str, register: str, period: Period, by: Person) -> None:
    """Refuse bytes that already stand for this register and period; only a returned file may come again unchanged."""
    if not StoredFile.objects.filter(sha256=sha256).exists():
        return
    same = Submission.objects.filter(
        file__sha256=sha256, register=register, period_start=period.start, period_end=period.end
    ).exclude(state=State.RETURNED)
    earlier = same.select_related("organisation").first()
    if earlier is not None and not permissions.can_read(by, earlier):
        raise NotPossibleError(
            "另一单位已就同一期间报送过内容完全相同的文件，未收件。请核对是否选错了文件。",
            "Another organisation filed the very same bytes for this period; they were not taken. "
            "See whether this is the right file.",
        )
    if earlier is not None:
        raise NotPossibleError(
            f"这个文件已经报送过：{earlier.organisation.title_zh}，{earlier.period.label}，报送 {earlier.pk}"
            f"（{earlier.get_state_display()}）。文件内容完全相同，未重复收件。",
            f"This file was filed before: submission {earlier.pk} of {earlier.organisation.title_en} for "
            f"{earlier.period.label} ({earlier.state}). The bytes are the same; it was not taken twice.",
        )


def _store(submission: Submission, incoming: Incoming, examined: Examined) -> Submission:
    _fill(submission, examined)
    with _staged(incoming.token, examined) as (rows, findings), transaction.atomic():
        # Asked again under the write lock: two people may have sent the same file at the same moment.
        _check_new(incoming.sha256, submission.register, submission.period, submission.created_by)
        submission.file, _ = StoredFile.objects.get_or_create(
            sha256=incoming.sha256, defaults={"size": incoming.size, "name": submission.file_name}
        )
        submission.created_at = now()
        submission.late = is_late(submission)
        submission.save()
        for staged, target in ((rows, rows_path(submission.pk)), (findings, findings_path(submission.pk))):
            target.parent.mkdir(parents=True, exist_ok=True)
            staged.replace(target)
        keep(incoming)
        audit.record(
            by=submission.created_by, verb="submissions.receive", subject=f"submission:{submission.pk}",
            detail=_summary(submission, incoming),
        )  # fmt: skip
    return submission


@contextmanager
def _staged(token: str, examined: Examined) -> Iterator[tuple[Path, Path]]:
    """Write rows and findings beside the upload, so that under the lock only names change."""
    rows, findings = incoming_path(f"{token}.rows"), incoming_path(f"{token}.findings")
    try:
        write_frame(examined.rows, rows)
        write_frame(examined.findings, findings)
        yield rows, findings
    finally:
        rows.unlink(missing_ok=True)
        findings.unlink(missing_ok=True)


def _fill(submission: Submission, examined: Examined) -> None:
    submission.state = State.RETURNED if examined.errors else State.DRAFT
    submission.rows = examined.total
    submission.refused_rows = examined.refused
    submission.left_out = examined.left_out
    submission.errors = examined.errors
    submission.warnings = examined.warnings
    submission.examined_version = examined.version


def _summary(submission: Submission, incoming: Incoming) -> dict[str, object]:
    return {
        "register": submission.register,
        "organisation": submission.organisation.code,
        "period": submission.period.label,
        "profile": submission.profile,
        "file": submission.file_name,
        "sha256": incoming.sha256,
        "state": str(submission.state),
        "rows": submission.rows,
        "refused_rows": submission.refused_rows,
        "left_out": submission.left_out,
        "errors": submission.errors,
        "warnings": submission.warnings,
        "late": submission.late,
        "corrects": submission.corrects_id,
    }
