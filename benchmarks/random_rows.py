"""Rows of any register at random, from its definition: for benchmarks, and to hold two engines against each other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl

from qualicity.definitions.registers import Column, Register

FIRST, DAYS = date(2013, 1, 1), 820
#: Things that recur in a register (enterprises): one for so many rows; of profiles (sections, strata) so many in all.
ROWS_PER_THING, PROFILED_THINGS = 8, 200


def random_rows(
    register: Register, rows: int, *, places: Sequence[str], seed: int = 2014, empty: float = 0.05
) -> pl.DataFrame:
    """Return rows as they lie in the lake: every type right, codes and places in use, some values empty."""
    rng = np.random.default_rng([seed, *register.code.encode()])
    columns = [_series(column, register, rows, places, rng, empty) for column in register.columns]
    extra = [
        pl.Series("submission_id", np.sort(rng.integers(1, 600, rows)), pl.Int64),
        pl.Series("row_number", np.arange(rows), pl.Int32),
    ]
    return pl.DataFrame(columns + extra)


def _series(
    column: Column, register: Register, rows: int, places: Sequence[str], rng: np.random.Generator, empty: float
) -> pl.Series:
    values = _values(column, register, rows, places, rng)
    if not column.required:
        values = values.set(pl.Series(rng.random(rows) < empty), None)
    return values.alias(column.name)


def _values(
    column: Column, register: Register, rows: int, places: Sequence[str], rng: np.random.Generator
) -> pl.Series:
    if column.type == "place":
        return _chosen(list(places), rows, rng)
    if column.type == "code":
        return _chosen([code.code for code in column.codes], rows, rng)
    if column.type == "boolean":
        return pl.Series(rng.random(rows) < 0.9)
    if column.type in ("date", "datetime"):
        days = pl.Series(rng.integers(0, DAYS, rows)) + (FIRST - date(1970, 1, 1)).days
        dates = days.cast(pl.Int32).cast(pl.Date)
        return dates if column.type == "date" else dates.cast(pl.Datetime("us"))
    if column.type in ("integer", "number"):
        low = 0.0 if column.minimum is None else column.minimum
        high = low + 100.0 if column.maximum is None else column.maximum
        drawn = np.floor(rng.uniform(low, high, rows)) if column.type == "integer" else rng.uniform(low, high, rows)
        return pl.Series(drawn.astype(np.int64)) if column.type == "integer" else pl.Series(np.round(drawn, 3))
    # A key that is a key by itself is unique; what recurs comes back every few rows.
    own_key = register.key == (column.name,)
    many = PROFILED_THINGS if register.grain == "profile" else max(1, rows // ROWS_PER_THING)
    things = np.arange(rows) if own_key else rng.integers(0, many, rows)
    return pl.select(pl.format(column.name + "-{}", pl.Series(things))).to_series()


def _chosen(values: list[str], rows: int, rng: np.random.Generator) -> pl.Series:
    return pl.Series(values, dtype=pl.String).gather(rng.integers(0, len(values), rows))
