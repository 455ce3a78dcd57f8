"""What goes wrong in real files: slips that break a check, last period's figures sent again, invented figures."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from qualicity.definitions.registers import Register

_SLIPS = 4


def with_slips(frame: pl.DataFrame, register: Register, random: np.random.Generator) -> pl.DataFrame:
    """Break some rows the way hurried people do: an unknown place, an unknown code, an empty cell, a repeat."""
    rows = random.choice(frame.height, size=min(_SLIPS, frame.height), replace=False)
    broken = frame.with_row_index("_row").with_columns(
        pl.when(pl.col("_row") == int(rows[0]))
        .then(pl.lit("不存在的县"))
        .otherwise(register.place)
        .alias(register.place)
    )
    codes = [column.name for column in register.columns if column.type == "code" and column.required]
    if codes and len(rows) > 1:
        broken = broken.with_columns(
            pl.when(pl.col("_row") == int(rows[1])).then(pl.lit("待定?")).otherwise(codes[-1]).alias(codes[-1])
        )
    needed = [column.name for column in register.columns if column.required and column.type in {"number", "integer"}]
    if needed and len(rows) > 2:
        broken = broken.with_columns(
            pl.when(pl.col("_row") == int(rows[2])).then(None).otherwise(needed[-1]).alias(needed[-1])
        )
    return pl.concat([broken, broken.filter(pl.col("_row") == int(rows[-1]))]).drop("_row")


def copied(previous: pl.DataFrame, register: Register, *, since: date, until: date) -> pl.DataFrame:
    """Return the rows of an earlier period under new dates: what somebody sends who did not measure."""
    day = pl.col(register.date)
    first = previous.get_column(register.date).cast(pl.Date).min()
    assert isinstance(first, date), "a period without dates cannot be copied"
    months = (since.year - first.year) * 12 + since.month - first.month
    moved = day.dt.offset_by(f"{months}mo")
    at_month_end = day == day.dt.month_end()
    return previous.with_columns(pl.when(at_month_end).then(moved.dt.month_end()).otherwise(moved)).filter(
        pl.col(register.date).cast(pl.Date) <= until
    )


def invented(frame: pl.DataFrame, register: Register, random: np.random.Generator) -> pl.DataFrame:
    """Replace the last digits of measured columns by those that people like best: noughts and fives."""
    changed = []
    for name in register.integrity.digits:
        decimals = register.column(name).decimals or 0
        step = 5.0 * 10.0**-decimals
        liked = pl.Series(random.random(frame.height) < 0.9)
        rounded = (pl.col(name).cast(pl.Float64) / step).round() * step
        changed.append(pl.when(liked).then(rounded.round(decimals)).otherwise(pl.col(name)).alias(name))
    return frame.with_columns(changed)


def mistaken(frame: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Return the rows with one figure too small, as after a slip in adding up; a correction mends it later."""
    measured = [column.name for column in register.columns if column.type == "number" and column.required]
    row = pl.int_range(pl.len()) == 0
    return frame.with_columns(
        pl.when(row).then((pl.col(name) * 0.9).round(2)).otherwise(pl.col(name)).alias(name) for name in measured[-1:]
    )
