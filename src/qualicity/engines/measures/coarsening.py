"""From the cells of months or quarters to those of longer periods, where that can be done without the rows."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from qualicity.definitions.measures import Count, Coverage, Measure, Per10k, Ratio
from qualicity.definitions.periods import MONTHS
from qualicity.definitions.registers import Register
from qualicity.engines.measures.sources import Grain
from qualicity.engines.measures.stocks import is_stock

_EVERY: Mapping[str, str] = {"month": "1mo", "quarter": "1q", "half": "6mo", "year": "1y"}
_IDENTITY = ("place", "period", "part", "section", "stratum", "date", "value", "lake")


def can_coarsen(measure: Measure, registers: Mapping[str, Register]) -> bool:
    """Return whether longer periods follow from shorter ones: not where different things are counted in a flow."""
    if isinstance(measure, Count):
        return is_stock(registers[measure.register_code], measure.valid)
    if isinstance(measure, Coverage):
        return is_stock(registers[measure.due.register_code], measure.due.valid)
    return True


def coarsen(
    measure: Measure, cells: pl.DataFrame, *, registers: Mapping[str, Register], fine: Grain, grain: Grain
) -> pl.DataFrame:
    """Return the cells of a longer grain: flows summed, stocks as they were on the last day."""
    assert can_coarsen(measure, registers), f"the cells of {measure.kind} do not add up over time"
    if fine == grain or cells.is_empty():
        return cells
    every = pl.col("period").dt.truncate(_EVERY[grain])
    stocks = _stock_columns(measure, cells, registers)
    if "date" in cells.columns:
        return cells.with_columns(period=every)
    is_last = pl.col("period").dt.offset_by(f"{MONTHS[fine]}mo") == every.dt.offset_by(f"{MONTHS[grain]}mo")
    sums = [name for name in cells.columns if name not in _IDENTITY]
    taken = [
        pl.when(is_last).then(pl.col(name)).otherwise(0).alias(name) if name in stocks else pl.col(name)
        for name in sums
    ]
    keys = [name for name in _IDENTITY if name in cells.columns and name != "lake"]
    lake = [pl.col("lake").max()] if "lake" in cells.columns else []
    long = cells.with_columns(*taken, period=every).group_by(keys).agg(pl.col(sums).sum(), *lake)
    # A stock that nobody had reported by the last day has no cell.
    return long.filter(pl.any_horizontal(pl.col(_presence(sums)) > 0)).sort(keys)


def _presence(sums: list[str]) -> list[str]:
    return [name for name in sums if name == "rows" or name.endswith("_rows")] or ["n"]


def _stock_columns(measure: Measure, cells: pl.DataFrame, registers: Mapping[str, Register]) -> set[str]:
    if isinstance(measure, Count | Coverage):
        return {"rows", "n", "k"}
    if not isinstance(measure, Ratio | Per10k):
        return set()
    sides = {"numerator": measure.numerator, "denominator": measure.denominator}
    stocks = [name for name, side in sides.items() if is_stock(registers[side.register_code], side.valid)]
    return {name for name in cells.columns if name.split("_")[0] in stocks}
