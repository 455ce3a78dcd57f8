"""Keys that stand more than once in a file: the same row again, or rows that contradict each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import polars as pl

from qualicity.definitions.registers import Register
from qualicity.engines.tables import wording
from qualicity.engines.tables.findings import Broken
from qualicity.engines.tables.schemas import ROW


def duplicates(
    frame: pl.DataFrame, register: Register, *, key: Callable[[pl.DataFrame], pl.Series]
) -> tuple[Broken, ...]:
    """Return what is wrong (errors): each row that repeats an earlier one, and all rows that contradict each other.

    ``frame`` has the register's columns in their types; ``key`` writes their business keys. Rows without a whole key
    are not compared.
    """
    names = list(register.key)
    alike = frame.filter(_hashed_alike(frame.select(names))).select(*names, ROW).drop_nulls(names)
    twice = alike.filter(alike.select(names).is_duplicated()).get_column(ROW)
    if twice.is_empty():
        return ()
    found = frame.filter(pl.col(ROW).is_in(twice.implode()))
    found = found.with_columns(
        pl.col(ROW).min().over(names).alias("first"),
        pl.struct(register.names).n_unique().over(names).alias("versions"),
        key(found).alias("key"),
    )
    found = found.select(ROW, "key", pl.col("key").alias("value"), "first", "versions")
    columns = tuple(register.column(name) for name in names)
    parts = (
        ("repeated_row", wording.repeated_row(), (pl.col("versions") == 1) & (pl.col(ROW) != pl.col("first"))),
        ("duplicate_key", wording.duplicate_key(columns), pl.col("versions") > 1),
    )
    broken = ((rule, words, found.filter(which)) for rule, words, which in parts)
    return tuple(
        Broken(rule, "error", names[0], words, rows, pl.int_range(rows.height, eager=True), _expected(rows))
        for rule, words, rows in broken
        if rows.height
    )


def _hashed_alike(keys: pl.DataFrame) -> pl.Series:
    """Return which rows share the hash of their key: few and quick to find; only they are compared by the keys."""
    hashes = keys.hash_rows()
    ordered = np.sort(hashes.to_numpy())
    shared = np.unique(ordered[1:][ordered[1:] == ordered[:-1]])
    return hashes.is_in(pl.Series(shared, dtype=pl.UInt64).implode())


def _expected(rows: pl.DataFrame) -> pl.DataFrame:
    first = pl.col("first").cast(pl.String)
    return rows.select(
        (pl.lit("第") + first + pl.lit("行已有")).alias("expected_zh"),
        (pl.lit("already on row ") + first).alias("expected_en"),
    )
