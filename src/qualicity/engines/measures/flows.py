"""Cells of flows: sums over the rows of each place and period, which add up over places and periods."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import ibis

from qualicity.definitions.measures import Index, Mean, Share, Total, WorstClass
from qualicity.definitions.registers import Register
from qualicity.engines.measures.sources import Column, Grain, Table, day, floor, own, period_of, predicate, source


@dataclass(frozen=True, slots=True)
class Frame:
    """Which periods are asked for, and by which column each place's rows are told apart (``part``), if any."""

    since: date
    until: date
    grain: Grain
    part: str | None = None
    base_year: int | None = None

    @property
    def first(self) -> date:
        """Return the first day of the first period."""
        return floor(self.since, self.grain)

    @property
    def keys(self) -> list[str]:
        """Return the names of the columns that tell cells apart."""
        return ["place", "period", "part"] if self.part else ["place", "period"]

    def rows(self, register: Register) -> Table:
        """Return a register's rows of these periods with ``place``, ``period`` and ``part`` beside its columns."""
        table = source(register)
        when = day(table, register)
        wanted = when.between(ibis.date(self.first.isoformat()), ibis.date(self.until.isoformat()))
        if self.base_year is not None:
            wanted |= when.between(ibis.date(f"{self.base_year}-01-01"), ibis.date(f"{self.base_year}-12-31"))
        kept = table.filter(wanted)
        named = {"place": kept[own(register.place)], "period": period_of(day(kept, register), self.grain)}
        return kept.mutate(**named, **self.part_of(kept))

    def part_of(self, table: Table) -> Mapping[str, Column]:
        """Return the column of parts under its name, or nothing."""
        return {"part": table[own(self.part)].cast("string").fill_null("")} if self.part else {}


def share_cells(measure: Share, register: Register, frame: Frame) -> Table:
    """Return n rows and k that pass; with weights or strata also the weighted sums of each stratum.

    A row of which nobody can say whether it passes (a missing value) counts neither way.
    """
    table = frame.rows(register).filter(lambda rows: predicate(rows, measure.where))
    table = table.mutate(passes=predicate(table, measure.passing)).filter(lambda rows: rows.passes.notnull())
    table = table.mutate(y=table.passes.cast("float64"))
    if measure.weight is None and measure.stratum is None:
        return table.group_by(frame.keys).aggregate(n=table.count(), k=table.y.sum())
    if measure.weight is not None and measure.weight_when == "all":
        weight = table[own(measure.weight)].cast("float64")
        usable = weight.notnull() & (weight > 0)
        table = table.mutate(**{own(measure.weight): ibis.ifelse(usable, weight, 1.0), "missing": ~usable})
        return _weighted(table, measure.weight, measure.stratum, frame, counts_missing=True)
    return _weighted(table, measure.weight, measure.stratum, frame)


def mean_cells(measure: Mean, register: Register, frame: Frame) -> Table:
    """Return n, Σx and Σx², or the weighted sums; for the annual mean of air, every day's value."""
    table = frame.rows(register).filter(lambda rows: predicate(rows, measure.where))
    table = table.mutate(y=table[own(measure.column)].cast("float64")).filter(lambda rows: rows.y.notnull())
    if measure.method == "annual_air":
        return table.select(*frame.keys, date=day(table, register), value=table.y)
    if measure.method == "weighted":
        # A road without a length weighs nothing; only a respondent without a design weight stands for itself.
        assert measure.weight is not None, "a weighted mean names its weight"
        table = table.filter(table[own(measure.weight)].notnull())
        return _weighted(table, measure.weight, None, frame)
    return table.group_by(frame.keys).aggregate(n=table.count(), y=table.y.sum(), yy=(table.y * table.y).sum())


def index_cells(measure: Index, register: Register, frame: Frame) -> Table:
    """Return the sums of the respondents' scores 0..100; an incomplete or impossible answer gives no score."""
    table = frame.rows(register).filter(lambda rows: predicate(rows, measure.where))
    lowest, highest = measure.scale
    weights = measure.item_weights or tuple(1.0 for _ in measure.items)
    for item in measure.items:
        table = table.filter(table[own(item)].between(lowest, highest))
    score = sum(
        table[own(item)].cast("float64") * weight for item, weight in zip(measure.items, weights, strict=True)
    )
    table = table.mutate(y=(score / sum(weights) - lowest) / (highest - lowest) * 100.0)
    if measure.weight is None and measure.stratum is None:
        return table.group_by(frame.keys).aggregate(n=table.count(), y=table.y.sum(), yy=(table.y * table.y).sum())
    return _weighted(table, measure.weight, measure.stratum, frame)


def total_cells(totals: Mapping[str, Total], register: Register, frame: Frame) -> Table:
    """Return for each named total its sum, the rows that it kept (``_hits``) and those with a value (``_n``).

    A place that reported rows, none of which a filter keeps, has a sum of 0; a place without rows has no cell.
    """
    table = frame.rows(register)
    sums = {name: value for prefix, total in totals.items() for name, value in total_columns(table, prefix, total)}
    return table.group_by(frame.keys).aggregate(rows=table.count(), **sums)


def total_columns(table: Table, prefix: str, total: Total, sign: Column | int = 1) -> list[tuple[str, Column]]:
    """Return the three sums of one total under names with its prefix; ``sign`` is -1 for what leaves a stock."""
    # A row without a place belongs to no cell; to ask for it keeps an empty filter a column.
    hit = predicate(table, total.where).fill_null(False) & table.place.notnull()
    given = ibis.literal(1.0) if total.column is None else table[own(total.column)].cast("float64")
    counted = hit & given.notnull()
    return [
        (prefix, (ibis.ifelse(counted, given, 0.0) * sign).sum()),
        (f"{prefix}_hits", (hit.cast("int64") * sign).sum()),
        (f"{prefix}_n", (counted.cast("int64") * sign).sum()),
    ]


def section_cells(measure: WorstClass, register: Register, frame: Frame) -> Table:
    """Return for each section the number and the sum of the values of each item."""
    table = frame.rows(register).filter(lambda rows: predicate(rows, measure.where))
    table = table.mutate(section=table[own(measure.section)])
    lake = ibis.literal(0) if measure.lake is None else table[own(measure.lake)].fill_null(False).cast("int64")
    sums = {}
    for item, column in measure.items.items():
        sums[f"n_{item}"] = table[own(column)].count()
        sums[f"s_{item}"] = table[own(column)].cast("float64").sum().fill_null(0.0)
    return table.group_by([*frame.keys, "section"]).aggregate(n=table.count(), lake=lake.max(), **sums)


def _weighted(
    table: Table, weight: str | None, stratum: str | None, frame: Frame, *, counts_missing: bool = False
) -> Table:
    """Return n, Σw, Σwy, Σw², Σw²y and Σw²y² of each stratum; a row without a weight stands for itself alone.

    ``counts_missing`` adds how many rows have none, by their column ``missing``.
    """
    given = ibis.literal(1.0) if weight is None else table[own(weight)].cast("float64").fill_null(1.0)
    named = ibis.literal("") if stratum is None else table[own(stratum)].cast("string").fill_null("")
    table = table.mutate(w=given, stratum=named).filter(lambda rows: rows.w > 0)
    w, y = table.w, table.y
    missing = {"missing": table.missing.cast("int64").sum()} if counts_missing else {}
    return table.group_by([*frame.keys, "stratum"]).aggregate(
        n=table.count(),
        k=y.sum(),
        w=w.sum(),
        wy=(w * y).sum(),
        ww=(w * w).sum(),
        wwy=(w * w * y).sum(),
        wwyy=(w * w * y * y).sum(),
        **missing,
    )
