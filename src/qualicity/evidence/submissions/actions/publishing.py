"""The one protocol by which a register changes: lock, mend an orphan, one Delta commit, pointer, mark — or nothing.

The database decides. Everything here runs inside the caller's transaction: if the process dies at any instant, the
pointer still names the old version, and the next writer restores the lake to it before building on it.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from django.db import connection

from qualicity.engines.tables.schemas import polars_schema
from qualicity.errors import IntegrityError
from qualicity.evidence.submissions.actions.durability import to_disk
from qualicity.evidence.submissions.actions.files import room_on_disk, sync_folder
from qualicity.evidence.submissions.models import RegisterTable, Submission, VersionMark
from qualicity.evidence.submissions.queries.moments import now
from qualicity.evidence.submissions.queries.tables import check_table, open_lake

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.definitions.registers import Register
    from qualicity.engines.tables.lake import Lake

Kind = Literal["accept", "correct", "compact"]


@dataclass(frozen=True, slots=True)
class Published:
    """What a change of a register left behind."""

    register: str
    before: int | None
    version: int
    rows: int
    orphan_restored: bool


def locked(register: str) -> RegisterTable:
    """Return a register's pointer under the write lock; to be called first, inside a transaction."""
    assert connection.in_atomic_block, "the lock lasts as long as the transaction"
    # On SQLite the transaction itself began IMMEDIATE, so this is the only writer; PostgreSQL locks the row.
    RegisterTable.objects.get_or_create(code=register)
    return RegisterTable.objects.select_for_update().get(code=register)


def publish(
    *,
    table: RegisterTable,
    register: Register,
    kind: Kind,
    submission: Submission | None,
    rows: int,
    commit: Callable[[Lake, int], int],
) -> Published:
    """Make one commit on a locked register and point the readers to it.

    ``commit`` is handed the lake and the version to build on and returns the new version; ``rows`` is the number of
    rows that the register holds afterwards.
    """
    lake, before = open_lake(), table.version
    with room_on_disk():
        base, orphan = _settled(lake, table, register)
        version = commit(lake, base)
        _flush(lake, table.code, base, version)
    if version == base and not orphan and kind == "compact":
        return Published(table.code, before, version, table.rows, orphan_restored=False)
    table.version, table.rows = version, rows
    table.save(update_fields=["version", "rows"])
    _mark(table, version, kind, submission)
    return Published(table.code, before, version, rows, orphan)


def _settled(lake: Lake, table: RegisterTable, register: Register) -> tuple[int, bool]:
    """Return the version to build on, after undoing what a dead process left half-done, and whether there was any."""
    if not lake.exists(table.code):
        if table.version is not None:
            raise IntegrityError(
                f"数据库记录台账“{register.title.zh}”为第 {table.version} 版，但数据湖中没有这张表。请从备份恢复。",
                f"The database knows version {table.version} of “{register.title.en}”, but the lake has no such "
                "table. Restore it from the backup.",
            )
        return lake.create(table.code, polars_schema(register)), False
    head, pointer = lake.head(table.code), table.version or 0
    if head < pointer:
        raise IntegrityError(
            f"数据湖中台账“{register.title.zh}”只到第 {head} 版，数据库记录为第 {pointer} 版。请从备份恢复数据湖。",
            f"The lake holds “{register.title.en}” up to version {head}, the database knows {pointer}. "
            "Restore the lake from the backup.",
        )
    check_table(register, pointer)
    if head == pointer:
        return head, False
    return lake.restore(table.code, pointer), True


def _flush(lake: Lake, code: str, base: int, version: int) -> None:
    """Force what the commit wrote to the disk before the database says that it is there."""
    if version == base:
        return
    fresh = [Path(one) for one in set(lake.files(code, version)) - set(lake.files(code, base))]
    log = lake.root / code / "_delta_log"
    for path in [*fresh, *log.glob(f"{version:020d}.json")]:
        handle = os.open(path, os.O_RDONLY)
        try:
            to_disk(handle)
        finally:
            os.close(handle)
    sync_folder(log)


def _mark(table: RegisterTable, version: int, kind: Kind, submission: Submission | None) -> None:
    last = table.marks.order_by("-version").first()
    # History never runs backwards, whatever the clock says: "known on" would otherwise lie.
    moment = max(now(), last.at) if last else now()
    VersionMark.objects.create(
        register=table, version=version, rows=table.rows, at=moment, kind=kind, submission=submission
    )
