"""Where the rows are: the registers' Parquet files, opened by DuckDB inside the process."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
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

    def fetch(self, sql: str) -> pl.DataFrame:
        """Return the answer to one question."""


class DuckTables:
    """Registers as views over lists of Parquet files in a database of DuckDB that lives in memory."""

    dialect = "duckdb"

    def __init__(self, files: Mapping[str, Sequence[str]], registers: Iterable[Register]) -> None:
        self._connection = duckdb.connect()
        for register in registers:
            self._connection.execute(self._view(register, list(files.get(register.code, ()))))

    def fetch(self, sql: str) -> pl.DataFrame:
        """Return the answer to one question; a cursor of its own lets threads share the views."""
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
        found = {row[0] for row in self._connection.execute(f"DESCRIBE SELECT * FROM {rows}").fetchall()}  # noqa: S608 -- file names, quoted
        # A column that the register gained after these files were written is empty in them.
        picked = ", ".join(
            f'"{name}"' if name in found else f'NULL::{kind} AS "{name}"' for name, kind in columns.items()
        )
        return f"{head} {picked} FROM {rows}"


def duckdb_tables(files: Mapping[str, Sequence[str]], registers: Iterable[Register]) -> DuckTables:
    """Open the Parquet files of each register (by code); a register without files is an empty table."""
    return DuckTables(files, registers)
