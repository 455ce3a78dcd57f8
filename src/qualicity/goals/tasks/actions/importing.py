"""The annex comes in: all of it or nothing; what it names replaces what stood there, and what stood there is kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.actions.breaking_down import current, hand_out, new_breakdown
from qualicity.goals.tasks.models import Assignment, Breakdown, Progress
from qualicity.goals.tasks.queries.annex import read

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    import polars as pl

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a filled annex: the breakdown where it was taken, else the findings that stand in the way."""

    breakdown: Breakdown | None
    findings: pl.DataFrame
    rows: int
    assignments: int = 0
    replaced: int = 0

    @property
    def taken(self) -> bool:
        """Return whether the file was taken."""
        return self.breakdown is not None


def import_breakdown(
    *, plan: Plan, level: Organisation | None, path: Path, name: str, by: Person, on: date | None = None
) -> Imported:
    """Take a filled annex whole, or not at all; then the findings say for each row what was expected and how to mend.

    Every task that the file names is replaced at that level (``level`` None: the city; else a county's own).
    """
    permissions.check_assign(by, level)
    filled = read(plan=plan, path=path, name=name)
    if filled.errors:
        return Imported(None, filled.findings, filled.total)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    with transaction.atomic():
        _check_new(plan, level, digest)
        breakdown = new_breakdown(
            plan=plan, level=level, origin=Breakdown.Origin.ANNEX, by=by, file_name=name[:255], sha256=digest
        )
        made = _assignments(plan, level, filled.rows)
        before = _replace(plan=plan, level=level, tasks={one.task for one in made}, breakdown=breakdown, by=by, on=on)
        hand_out(plan=plan, breakdown=breakdown, made=made, by=by, on=on)
        _carry_over(before, made)
    return Imported(breakdown, filled.findings, filled.total, len(made), len(before))


def _check_new(plan: Plan, level: Organisation | None, digest: str) -> None:
    last = Breakdown.objects.filter(plan=plan.code, level=level, origin=Breakdown.Origin.ANNEX).first()
    if last is not None and last.sha256 == digest:
        raise NotPossibleError(
            f"这份文件已于 {last.made_at:%Y-%m-%d} 导入（分解 {last.pk}），内容完全相同，未重复导入。",
            f"This very file was imported on {last.made_at:%Y-%m-%d} (breakdown {last.pk}); it was not taken twice.",
        )


def _assignments(plan: Plan, level: Organisation | None, rows: pl.DataFrame) -> list[Assignment]:
    units = {one.code: one for one in accounts.organisations()}
    strategies = {one.number: one.strategy for one in plan.tasks}
    return [_assignment(plan, level, row, units, strategies) for row in rows.iter_rows(named=True)]


def _assignment(
    plan: Plan,
    level: Organisation | None,
    row: dict[str, Any],
    units: dict[str, Organisation],
    strategies: dict[int, int],
) -> Assignment:
    number, unit = int(row["task"]), units[row["organisation"]]
    return Assignment(
        task=number,
        strategy=strategies[number],
        organisation=level or unit,
        counterpart=unit if level is not None else None,
        role=row["role"],
        section=row["section"],
        post=row["post"],
        person=row["person"],
        duty_zh=row["duty"],
        duty_en=row["duty"],
        start=row["start"] or min(plan.start, row["deadline"]),
        deadline=row["deadline"],
        quality=row["quality"],
        quantity=row["quantity"],
        responsibility="stated",
    )


def _replace(
    *, plan: Plan, level: Organisation | None, tasks: set[int], breakdown: Breakdown, by: Person, on: date | None
) -> list[Assignment]:
    """End what stood for those tasks at that level; its rows, progress, lights and cases are kept."""
    standing = current(plan, level).filter(task__in=tasks)
    before = list(standing.select_related("case"))
    standing.update(replaced_at=breakdown.made_at, replaced_by=breakdown)
    reason = f"由任务分解表（{breakdown.file_name}，分解 {breakdown.pk}）替换"
    for one in before:
        if one.case is not None and one.case.is_open:
            cases.move(case=one.case, move="withdraw", reason=reason, by=by, on=on)
    return before


def _carry_over(before: list[Assignment], made: list[Assignment]) -> None:
    """Let progress go on where the same unit keeps a task: its last report stands for the new assignment, too."""
    every = Progress.objects.filter(assignment__in=before).order_by("pk")
    last = {report.assignment_id: report for report in every}
    kept = {(one.task, one.organisation_id, one.counterpart_id): last.get(one.pk) for one in before}
    moment, carried = registry.moment(), []
    for one in made:
        report = kept.pop((one.task, one.organisation_id, one.counterpart_id), None)
        if report is not None:
            carried.append(
                Progress(
                    assignment=one,
                    percent=report.percent,
                    milestone=report.milestone,
                    files=report.files,
                    text=f"承接原分工 {report.assignment_id}：{report.text}",
                    day=report.day,
                    reported_by_id=report.reported_by_id,
                    reported_at=moment,
                )
            )
    Progress.objects.bulk_create(carried)
