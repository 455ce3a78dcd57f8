"""The database of a home as a file: SQLite by its own backup, any other as rows in JSON lines."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from qualicity.errors import IntegrityError, NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from django.db.models import Model

SQLITE, LINES = "qualicity.sqlite3", "database.jsonl"
MADE_ANEW = {"contenttypes.contenttype", "auth.permission", "sessions.session"}
"""Rows that migrations make by themselves, and sessions, which a restored home must not honour."""


@contextmanager
def held() -> Iterator[None]:
    """Let nobody write inside the block: what is copied there belongs together."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
                tables = ", ".join(connection.ops.quote_name(model._meta.db_table) for model in _models())
                cursor.execute(f"LOCK TABLE {tables} IN EXCLUSIVE MODE")
        yield


def copy_to(folder: Path) -> Path:
    """Write the database into a folder and return the file; to be called inside ``held``."""
    if connection.vendor == "sqlite":
        target = folder / SQLITE
        name = connection.settings_dict["NAME"]
        with (
            closing(sqlite3.connect(f"file:{name}?mode=ro", uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy)
            copy.execute("DELETE FROM django_session")
            copy.commit()
            copy.execute("PRAGMA journal_mode=DELETE")
        return target
    target = folder / LINES
    with target.open("w", encoding="utf-8") as file:
        for model in _models():
            for row in model._default_manager.order_by("pk").iterator(chunk_size=2000):
                file.write(line_of(row) + "\n")
    return target


def line_of(row: Model) -> str:
    """Return one row as a line of JSON."""
    listed: str = serializers.serialize("json", [row], cls=_ToTheMicrosecond)
    return listed[1:-1]


class _ToTheMicrosecond(DjangoJSONEncoder):
    """Django cuts times to milliseconds; the digests of the audit trail cover all of them."""

    def default(self, o: Any) -> Any:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def check_fits(name: str) -> None:
    """Raise NotPossibleError when a database file cannot go into this home's kind of database."""
    if name == SQLITE and connection.vendor != "sqlite":
        raise NotPossibleError(
            "备份来自 SQLite，不能直接恢复到 PostgreSQL。请先恢复到 SQLite（不设 DATABASE_URL）。",
            "The backup holds an SQLite database, which does not go into PostgreSQL: unset DATABASE_URL.",
        )


def load_lines(path: Path) -> int:
    """Fill an empty, migrated database from JSON lines; return the number of rows."""
    count = 0
    with transaction.atomic(), connection.constraint_checks_disabled(), path.open(encoding="utf-8") as file:
        for line in file:
            if line.strip():
                for one in serializers.deserialize("json", f"[{line}]"):
                    one.save()
                    count += 1
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), _models()):
                cursor.execute(statement)
    return count


def check_file(path: Path) -> None:
    """Raise IntegrityError when a database file is damaged."""
    if path.name == SQLITE:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            answer = database.execute("PRAGMA integrity_check").fetchone()[0]
        if answer != "ok":
            raise IntegrityError(
                f"备份中的数据库已损坏：{answer}", f"The database in the backup is damaged: {answer}"
            )
        return
    with path.open(encoding="utf-8") as file:
        for line in file:
            json.loads(line)


def is_empty() -> bool:
    """Say whether no person and no record is in the database yet."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
    return "accounts_person" not in tables or not apps.get_model("accounts", "Person")._default_manager.exists()


def _models() -> list[type[Model]]:
    found = [model for model in apps.get_models() if model._meta.managed and not model._meta.proxy]
    return [model for model in found if model._meta.label_lower not in MADE_ANEW]
