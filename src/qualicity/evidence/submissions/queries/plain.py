"""Submissions and findings as plain values, for the API, the command line and downloads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.evidence.submissions.lifecycle import WHO_ACTS, State

if TYPE_CHECKING:
    from datetime import date, datetime

    import polars as pl

    from qualicity.evidence.submissions.models import Submission


@dataclass(frozen=True, slots=True)
class Finding:
    """One broken check on one row: Chinese under the plain name, English beside it."""

    rule: str
    severity: str
    row: int | None
    key: str
    column: str
    value: str
    expected: str
    expected_en: str
    why: str
    why_en: str
    mend: str
    mend_en: str


@dataclass(frozen=True, slots=True)
class Summary:
    """One submission as plain values."""

    submission: int
    register: str
    organisation: str
    period: str
    period_start: date
    period_end: date
    profile: str
    state: str
    late: bool
    rows: int
    accepted_rows: int
    refused_rows: int
    left_out: int
    errors: int
    warnings: int
    file_name: str
    sha256: str
    size: int
    corrects: int | None
    explanation: str
    reason: str
    next_zh: str
    next_en: str
    created_by: str
    created_at: datetime
    submitted_by: str | None
    submitted_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None


def summary(one: Submission) -> Summary:
    """Return a submission as plain values."""
    after = WHO_ACTS[State(one.state)]
    return Summary(
        submission=one.pk, register=one.register, organisation=one.organisation.code, period=one.period.label,
        period_start=one.period_start, period_end=one.period_end, profile=one.profile, state=str(one.state),
        late=one.late, rows=one.rows, accepted_rows=one.accepted_rows, refused_rows=one.refused_rows,
        left_out=one.left_out, errors=one.errors, warnings=one.warnings, file_name=one.file_name,
        sha256=one.file.sha256, size=one.file.size, corrects=one.corrects_id, explanation=one.explanation,
        reason=one.reason, next_zh=after.zh, next_en=after.en, created_by=one.created_by.get_username(),
        created_at=one.created_at, submitted_by=one.submitted_by.get_username() if one.submitted_by else None,
        submitted_at=one.submitted_at, reviewed_by=one.reviewed_by.get_username() if one.reviewed_by else None,
        reviewed_at=one.reviewed_at,
    )  # fmt: skip


def plain_findings(frame: pl.DataFrame) -> list[Finding]:
    """Return findings as plain values, in the order of the frame."""
    return [
        Finding(
            rule=row["rule"], severity=row["severity"], row=row["row"], key=row["key"] or "",
            column=row["column"] or "", value=row["value"] or "", expected=row["expected_zh"] or "",
            expected_en=row["expected_en"] or "", why=row["why_zh"] or "", why_en=row["why_en"] or "",
            mend=row["mend_zh"] or "", mend_en=row["mend_en"] or "",
        )
        for row in frame.iter_rows(named=True)
    ]  # fmt: skip
