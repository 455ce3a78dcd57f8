"""Where the rows are: the registers' Parquet files, opened by DuckDB inside the process."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Protocol

import duckdb
import polars as pl

from qualicity.definitions.registers import Register
from qualicity.engines.measures.sources import schema

_DUCKDB_TYPES: Mapping[str, str] = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "int32": "INTEGER",
    "float64": "DOUBLE",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
    "boolean": "BOOLEAN",
}


class Tables(Protocol):
    """An engine that holds each register as a table of that name and answers a question with a frame."""

    @property
    def dialect(self) -> str:
        """Return the dialect of SQL that the engine speaks."""

    def fetch(self, sql: str, *, reads: Iterable[str]) -> pl.DataFrame:
        """Return the answer to one question that reads the registers of these codes."""


class DuckTables:
    """Registers as views over lists of Parquet files in a database of DuckDB that lives in memory.

    A view is made when the first question reads it: to look into the files of every register takes time.
    """

    dialect = "duckdb"

    def __init__(self, files: Callable[[str], Sequence[str]], registers: Mapping[str, Register]) -> None:
        self._files = files
        self._registers = registers
        self._connection = duckdb.connect()
        self._open: set[str] = set()
        self._lock = threading.Lock()

    def fetch(self, sql: str, *, reads: Iterable[str]) -> pl.DataFrame:
        """Return the answer to one question; a cursor of its own lets threads share the views."""
        with self._lock:
            for code in set(reads) - self._open:
                self._connection.execute(self._view(self._registers[code], list(self._files(code))))
                self._open.add(code)
        with self._connection.cursor() as cursor:
            answer = pl.from_arrow(cursor.sql(sql).to_arrow_table())
        assert isinstance(answer, pl.DataFrame), "a table gives a frame"
        return answer

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _view(self, register: Register, files: list[str]) -> str:
        columns = {name: _DUCKDB_TYPES[kind] for name, kind in schema(register).items()}
        head = f'CREATE VIEW "{register.code}" AS SELECT'
        if not files:
            nothing = ", ".join(f'NULL::{kind} AS "{name}"' for name, kind in columns.items())
            return f"{head} {nothing} WHERE false"
        listed = ", ".join("'" + name.replace("'", "''") + "'" for name in files)
        rows = f"read_parquet([{listed}], union_by_name = true)"
        described = self._connection.execute(f"DESCRIBE SELECT * FROM {rows}")  # noqa: S608 -- file names, quoted
        found = {row[0] for row in described.fetchall()}
        # A column that the register gained after these files were written is empty in them.
        picked = ", ".join(
            f'"{name}"' if name in found else f'NULL::{kind} AS "{name}"' for name, kind in columns.items()
        )
        return f"{head} {picked} FROM {rows}"


def duckdb_tables(
    files: Mapping[str, Sequence[str]] | Callable[[str], Sequence[str]], registers: Iterable[Register]
) -> DuckTables:
    """Open the Parquet files of each register (by code); a register without files is an empty table."""
    known = {register.code: register for register in registers}
    return DuckTables(files if callable(files) else lambda code: files.get(code, ()), known)
