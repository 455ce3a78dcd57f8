"""The moves of a submission that people make: submit, withdraw, return, accept."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.engines.tables.evolution import fitted
from qualicity.errors import NotPossibleError
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.actions.examining import doubled_keys, in_one_frame
from qualicity.evidence.submissions.actions.files import write_frame
from qualicity.evidence.submissions.actions.publishing import Published, locked, publish
from qualicity.evidence.submissions.lifecycle import Move, State, Verb, check_move
from qualicity.evidence.submissions.models import RegisterTable, Submission
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.obligations import is_late
from qualicity.evidence.submissions.queries.paths import findings_path, rows_path
from qualicity.evidence.submissions.queries.registers import register_of
from qualicity.evidence.submissions.queries.tables import open_lake

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.engines.tables.lake import Lake


def submit(*, submission: Submission, by: Person, explanation: str = "", unexplained: bool = False) -> Submission:
    """Hand a draft to the office; warnings need a written explanation.

    ``unexplained`` lets warnings pass without one; only the operator of the command line may, and the audit says so.
    Raises NotAllowedError, NotPossibleError, StaleError.
    """
    with transaction.atomic():
        _begin("submit", submission, by)  # asked first: to look over the findings again writes
    _examine_again(submission)
    with transaction.atomic():
        fresh, move = _begin("submit", submission, by)
        operator = unexplained and permissions.is_operator(by)
        if fresh.warnings and not explanation.strip() and not operator:
            raise NotPossibleError(
                f"有 {fresh.warnings} 个疑问，请逐类核对并写明情况后再提交。",
                f"There are {fresh.warnings} warnings. Look into them and explain in writing, then submit.",
            )
        fresh.explanation = explanation.strip()
        fresh.submitted_by, fresh.submitted_at = by, now()
        fresh.late = is_late(fresh)
        _finish(fresh, move, by, warnings=fresh.warnings, explained=bool(fresh.explanation), late=fresh.late)
    return fresh


def withdraw(*, submission: Submission, reason: str, by: Person) -> Submission:
    """Take a draft back before it is submitted."""
    return _send_back("withdraw", submission, reason, by)


def return_(*, submission: Submission, reason: str, by: Person) -> Submission:
    """Send a draft or a submitted file back with a reason."""
    return _send_back("return", submission, reason, by)


def accept(*, submission: Submission, by: Person, reason: str = "", good_rows_only: bool = False) -> Submission:
    """Take a submission's rows into the register, in one transaction with pointer, state, mark and audit record.

    ``good_rows_only`` accepts the good rows of a returned file; the reason is required and the refused rows stay
    counted. A correction replaces the rows of what it corrects. Raises NotAllowedError, NotPossibleError, StaleError,
    IntegrityError.
    """
    verb: Verb = "accept_good_rows" if good_rows_only else "accept"
    with transaction.atomic():
        table = locked(submission.register)
        fresh, move = _begin(verb, submission, by, reason)
        _check_has_good_rows(fresh)
        _check_not_doubled_since(fresh, table, reason)
        published = _publish_rows(fresh, table)
        fresh.accepted_rows = fresh.rows - fresh.refused_rows
        fresh.reason = reason.strip()
        fresh.reviewed_by, fresh.reviewed_at = by, now()
        _supersede(fresh.corrects, by=fresh)
        _finish(
            fresh, move, by, accepted_rows=fresh.accepted_rows, refused_rows=fresh.refused_rows,
            warnings=fresh.warnings, unexplained=bool(fresh.warnings and not fresh.explanation), **asdict(published),
        )  # fmt: skip
    rows_path(fresh.pk).unlink(missing_ok=True)
    return fresh


def _begin(verb: Verb, submission: Submission, by: Person, reason: str = "") -> tuple[Submission, Move]:
    """Return the submission as it is now, locked, once the move and the person have been checked."""
    fresh = Submission.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=submission.pk)
    permissions.check_read(by, fresh)
    move = check_move(verb, fresh.state, reason=reason, seen=(submission.state,))
    permissions.check_move(by, fresh, move)
    return fresh, move


def _finish(submission: Submission, move: Move, by: Person, **detail: object) -> None:
    before, submission.state = submission.state, move.after
    submission.save()
    audit.record(
        by=by, verb=f"submissions.{move.verb}", subject=f"submission:{submission.pk}",
        detail={"before": str(before), "after": str(move.after), "reason": submission.reason,
                "explanation": submission.explanation, **detail},
    )  # fmt: skip


def _send_back(verb: Verb, submission: Submission, reason: str, by: Person) -> Submission:
    with transaction.atomic():
        fresh, move = _begin(verb, submission, by, reason)
        fresh.reason = reason.strip()
        fresh.reviewed_by, fresh.reviewed_at = by, now()
        _finish(fresh, move, by)
    return fresh


def _check_has_good_rows(submission: Submission) -> None:
    if submission.state == State.RETURNED and not submission.errors:
        raise NotPossibleError(
            "这份报送是由人退回的，不是检查退回的，不能只接收合格行；请填报单位重新报送。",
            "A person sent this back, not the checks; it cannot be accepted in part. The unit must file it again.",
        )
    if submission.rows == submission.refused_rows or not rows_path(submission.pk).is_file():
        raise NotPossibleError(
            "这份报送没有合格行可接收，请修改后重新报送。",
            "None of the rows of this submission is good; mend the file and file it again.",
        )


def _publish_rows(submission: Submission, table: RegisterTable) -> Published:
    register = register_of(table.code)
    # The definition may have gained a column since the file was read.
    rows = fitted(pl.read_parquet(rows_path(submission.pk)), register).collect()
    rows = rows.with_columns(pl.lit(submission.pk, dtype=pl.Int64).alias("submission_id"))
    corrected = submission.corrects
    commit: Callable[[Lake, int], int]
    if corrected is None:
        after = table.rows + rows.height

        def commit(lake: Lake, base: int) -> int:
            return lake.append(table.code, rows, expected=base)
    else:
        after = table.rows - corrected.accepted_rows + rows.height

        def commit(lake: Lake, base: int) -> int:
            return lake.replace(table.code, rows, submission_id=corrected.pk, expected=base)

    return publish(
        table=table, register=register, kind="correct" if corrected else "accept",
        submission=submission, rows=after, commit=commit,
    )  # fmt: skip


def _supersede(corrected: Submission | None, *, by: Submission) -> None:
    if corrected is None:
        return
    old = Submission.objects.select_for_update().get(pk=corrected.pk)
    move = check_move("supersede", old.state, seen=(State.ACCEPTED,))
    old.state, old.superseded_at = move.after, by.reviewed_at
    old.save(update_fields=["state", "superseded_at"])


def _check_not_doubled_since(submission: Submission, table: RegisterTable, reason: str) -> None:
    """Keys may have been filed by somebody else after this file was examined: the office must say that it knows."""
    if table.version in (None, submission.examined_version) or reason.strip():
        return
    doubled = _new_doubles(submission, int(table.version or 0))
    if doubled.is_empty():
        return
    raise NotPossibleError(
        f"这份报送提交后，台账中又新增了 {doubled.height} 个相同主键。请核对；仍要接收的，请写明理由。",
        f"Since this was submitted, {doubled.height} of its keys came into the register by another submission. "
        "Look into it; to accept all the same, give a reason.",
    )


def _new_doubles(submission: Submission, version: int) -> pl.DataFrame:
    """Return doubled keys that the findings do not name yet, against the register as it is now."""
    path = rows_path(submission.pk)
    if not path.is_file():
        return in_one_frame()
    register = register_of(submission.register)
    history = fitted(open_lake().scan(register.code, version), register)
    if submission.corrects_id:
        history = history.filter(pl.col("submission_id") != submission.corrects_id)
    rows = pl.read_parquet(path, columns=[*register.key, "row_number"])
    doubled = doubled_keys(rows, register, history)
    known = pl.read_parquet(findings_path(submission.pk)).filter(pl.col("rule") == "doubled_key")
    return doubled.join(known, on="row", how="anti")


def _examine_again(submission: Submission) -> None:
    """Look for keys that came into the register since the file was received, and add them to the findings."""
    version = RegisterTable.objects.filter(code=submission.register).values_list("version", flat=True).first()
    if submission.state != State.DRAFT or version is None or version == submission.examined_version:
        return
    doubled = _new_doubles(submission, version)
    if doubled.height:
        path = findings_path(submission.pk)
        findings = in_one_frame(pl.read_parquet(path), doubled)
        write_frame(findings, path)
        submission.warnings = int((findings.get_column("severity") == "warning").sum())
    submission.examined_version = version
    Submission.objects.filter(pk=submission.pk, state=State.DRAFT).update(
        warnings=submission.warnings, examined_version=version
    )
