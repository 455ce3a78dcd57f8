"""Keys that stand more than once in a file: the same row again, or rows that contradict each other."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from qualicity.definitions.registers import Register
from qualicity.engines.tables import wording
from qualicity.engines.tables.findings import empty, on_rows, together
from qualicity.engines.tables.schemas import ROW


def duplicates(frame: pl.DataFrame, register: Register, *, key: Callable[[pl.DataFrame], pl.Series]) -> pl.DataFrame:
    """Return findings (errors): each row that repeats an earlier one, and all rows that contradict each other.

    ``frame`` has the register's columns in their types; ``key`` writes their business keys. Rows without a whole key
    are not compared.
    """
    names = list(register.key)
    # Hashes that meet are few and quick to find; only their rows are compared by the keys themselves.
    alike = frame.filter(frame.select(names).hash_rows().is_duplicated()).select(*names, ROW).drop_nulls(names)
    twice = alike.filter(alike.select(names).is_duplicated()).get_column(ROW)
    if twice.is_empty():
        return empty()
    found = frame.filter(pl.col(ROW).is_in(twice.implode()))
    found = found.with_columns(
        pl.col(ROW).min().over(names).alias("first"),
        pl.struct(register.names).n_unique().over(names).alias("versions"),
        key(found).alias("key"),
    )
    first = pl.col("first").cast(pl.String)
    shown = found.with_columns(
        pl.col("key").alias("value"),
        (pl.lit("第") + first + pl.lit("行已有")).alias("expected_zh"),
        (pl.lit("already on row ") + first).alias("expected_en"),
    )
    same = shown.filter((pl.col("versions") == 1) & (pl.col(ROW) != pl.col("first")))
    other = shown.filter(pl.col("versions") > 1)
    columns = tuple(register.column(name) for name in names)
    return together(
        [
            on_rows(same, rule="repeated_row", severity="error", column=names[0], wording=wording.repeated_row()),
            on_rows(
                other, rule="duplicate_key", severity="error", column=names[0], wording=wording.duplicate_key(columns)
            ),
        ]
    )
