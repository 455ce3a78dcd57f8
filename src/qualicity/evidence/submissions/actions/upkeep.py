"""Upkeep of the lake: merging small files, deleting what no kept version needs, comparing it with the database."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.errors import NotPossibleError, QualicityError, Text
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.actions.files import room_on_disk
from qualicity.evidence.submissions.actions.publishing import Published, locked, publish
from qualicity.evidence.submissions.models import RegisterTable
from qualicity.evidence.submissions.queries.registers import register_of
from qualicity.evidence.submissions.queries.tables import open_lake

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.engines.tables.lake import Lake


@dataclass(frozen=True, slots=True)
class Vacuumed:
    """What a vacuum removed and which versions stay readable."""

    register: str
    files: int
    kept: tuple[int, ...]


def compact(*, register: str, by: Person) -> Published:
    """Merge a register's small files into few; the rows stay the same, and so does every earlier version."""
    accounts.check(by, permissions.MANAGE_LAKE)
    definition = register_of(register)
    with transaction.atomic():
        table = locked(register)
        _check_filled(table)

        def commit(lake: Lake, base: int) -> int:
            return lake.compact(register, expected=base)

        published = publish(
            table=table, register=definition, kind="compact", submission=None, rows=table.rows, commit=commit
        )
        audit.record(by=by, verb="lake.compact", subject=f"register:{register}", detail=asdict(published))
    return published


def vacuum(*, register: str, by: Person) -> Vacuumed:
    """Delete the files that no marked version needs: left-overs of crashed writes."""
    accounts.check(by, permissions.MANAGE_LAKE)
    register_of(register)
    with transaction.atomic():
        # Under the lock: a writer's fresh files belong to no version yet.
        table = locked(register)
        _check_filled(table)
        kept = tuple(table.marks.values_list("version", flat=True))
        with room_on_disk():
            files = open_lake().vacuum(register, keep=kept)
        audit.record(
            by=by, verb="lake.vacuum", subject=f"register:{register}", detail={"files": files, "kept": list(kept)}
        )
    return Vacuumed(register, files, kept)


def _check_filled(table: RegisterTable) -> None:
    if table.version is None:
        raise NotPossibleError(
            f"台账“{table.code}”还没有接收过数据，无需整理。",
            f"Nothing has been accepted into “{table.code}” yet, so there is nothing to do.",
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Whether the lake still holds what the database recorded for one register."""

    register: str
    version: int
    rows: int
    ok: bool
    fault: Text | None = None


def verify_lake(*, by: Person) -> tuple[Comparison, ...]:
    """Open every marked version of every register and compare its rows with what was recorded."""
    accounts.check(by, permissions.MANAGE_LAKE)
    return tuple(
        _compared(table.code, mark.version, mark.rows)
        for table in RegisterTable.objects.filter(version__isnull=False).order_by("code")
        for mark in table.marks.order_by("version")
    )


def _compared(code: str, version: int, rows: int) -> Comparison:
    try:
        found = open_lake().rows(code, version)
    except QualicityError as error:
        return Comparison(code, version, rows, ok=False, fault=error.text)
    except (OSError, pl.exceptions.PolarsError) as error:
        fault = Text(f"第 {version} 版读不出：{error}", f"Version {version} cannot be read: {error}")
        return Comparison(code, version, rows, ok=False, fault=fault)
    if found != rows:
        fault = Text(f"应有 {rows} 行，实有 {found} 行。", f"{rows} rows were recorded, {found} are there.")
        return Comparison(code, version, rows, ok=False, fault=fault)
    return Comparison(code, version, rows, ok=True)
