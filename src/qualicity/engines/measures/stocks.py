"""Cells of stocks: what there was on the last day of each period, and how much of what ought to be was covered."""

from __future__ import annotations

from collections.abc import Mapping

import ibis
import polars as pl

from qualicity.definitions.measures import Count, Coverage, Side, Total, Validity
from qualicity.definitions.registers import Register
from qualicity.engines.measures.flows import Frame, total_columns
from qualicity.engines.measures.sources import (
    Column,
    Table,
    calendar,
    day,
    own,
    period_of,
    period_starts,
    predicate,
    source,
)

_NEVER = "9999-12-31"


def is_stock(register: Register, valid: Validity | None) -> bool:
    """Return whether rows of this register are taken on the last day of a period, not within it."""
    return valid is not None or register.grain == "stock"


def intervals(register: Register, valid: Validity | None) -> Table:
    """Return a register's rows with ``start`` and ``end`` (exclusive, far away if open) between which each counts.

    A record counts from its day until the next record of the same key. Where a validity is given it narrows that,
    and the first record of a thing then also speaks for the days before it was written down.
    """
    table = records(register)
    start, end = bounds(table, valid)
    return table.mutate(start=start, end=end).filter(lambda rows: rows.start.notnull() & (rows.end > rows.start))


def state_key(register: Register) -> tuple[str, ...]:
    """Return what tells the things of a stock apart: the key without the day, which only tells its states apart."""
    return tuple(name for name in register.key if name != register.date) or (register.place,)


def records(register: Register) -> Table:
    """Return a stock's rows with the day each was ``written``, the day of the ``following`` one, and ``is_first``."""
    table = source(register)
    written = day(table, register)
    order = [written, table.own_submission_id, table.own_row_number]
    window = ibis.window(group_by=[own(name) for name in state_key(register)], order_by=order)
    following = written.lead().over(window).fill_null(ibis.date(_NEVER))
    return table.mutate(written=written, following=following, is_first=written.lag().over(window).isnull())


def bounds(table: Table, valid: Validity | None) -> tuple[Column, Column]:
    """Return from which day until which (exclusive) each record counts under a validity, or under none."""
    if valid is None:
        return table.written, table.following
    begins = table[own(valid.start)].cast("date")
    never = ibis.date(_NEVER)
    ends = never if valid.end is None else table[own(valid.end)].cast("date").fill_null(never)
    start = ibis.ifelse(table.is_first, begins, ibis.greatest(begins, table.written))
    # The greatest of a day and nothing is that day; a validity without a beginning never begins.
    start = ibis.ifelse(begins.isnull(), ibis.null("date"), start)
    return start, ibis.least(ends, table.following)


def change_cells(totals: Mapping[str, Total], register: Register, frame: Frame) -> Table:
    """Return what came into and went out of a stock in each period; ``levels`` adds it up.

    ``rows`` counts what came only: it tells from when on a place has reported anything.
    """
    valid = next(iter(totals.values())).valid
    rows = intervals(register, valid)
    rows = rows.mutate(place=rows[own(register.place)], **frame.part_of(rows))
    first, until = ibis.date(frame.first.isoformat()), ibis.date(frame.until.isoformat())
    rows = rows.filter((rows.start <= until) & (rows.end > first))
    came = rows.mutate(period=period_of(ibis.greatest(rows.start, first), frame.grain), sign=ibis.literal(1))
    gone = rows.filter(rows.end <= until)
    gone = gone.mutate(period=period_of(gone.end, frame.grain), sign=ibis.literal(-1))
    both = came.union(gone)
    sums = {
        name: value
        for prefix, total in totals.items()
        for name, value in total_columns(both, prefix, total, both.sign)
    }
    arrived = ibis.ifelse(both.sign > 0, 1, 0).sum()
    return both.group_by(frame.keys).aggregate(rows=arrived, **sums)


def levels(changes: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Return the state at the end of every period from the changes of each: running sums without gaps."""
    if changes.is_empty():
        return changes
    things = [name for name in frame.keys if name != "period"]
    periods = pl.DataFrame({"period": period_starts(frame.first, frame.until, frame.grain)})
    sums = [name for name in changes.columns if name not in frame.keys]
    grid = changes.select(things).unique(maintain_order=True).join(periods, how="cross")
    whole = grid.join(changes, on=frame.keys, how="left").sort(frame.keys).with_columns(pl.col(sums).fill_null(0))
    return whole.with_columns(pl.col(sums).cum_sum().over(things)).filter(pl.col("rows") > 0)


def count_cells(measure: Count, register: Register, frame: Frame) -> Table:
    """Return how many different things each place has; a thing that several places name counts for the first one."""
    if is_stock(register, measure.valid):
        rows = present(intervals(register, measure.valid), register, frame)
    else:
        rows = frame.rows(register)
    hit = predicate(rows, measure.where).fill_null(False) & rows.place.notnull()
    known = [rows[own(name)].notnull() for name in measure.distinct]
    rows = rows.mutate(hit=(hit & ibis.and_(*known)).cast("int64"))
    rows = rows.mutate(home=ibis.ifelse(rows.hit > 0, rows.place, ibis.null("string")))
    keys = [name for name in frame.keys if name != "place"]
    things = rows.group_by([*keys, *(rows[own(name)].name(f"thing_{name}") for name in measure.distinct)]).aggregate(
        home=rows.home.min(), anywhere=rows.place.min(), hit=rows.hit.max(), hits=rows.hit.sum()
    )
    things = things.mutate(place=ibis.coalesce(things.home, things.anywhere))
    return things.group_by(frame.keys).aggregate(rows=things.count(), n=things.hits.sum(), k=things.hit.sum())


def coverage_cells(measure: Coverage, due: Register, covered: Register, frame: Frame) -> Table:
    """Return n things that ought to be covered and k of them that are by the period's last day."""
    wanted = _due(measure.due, due, frame)
    having = _covered(measure.covered, covered)
    joined = wanted.left_join(
        having,
        [wanted.key == having.covered_key, having.covered_from <= wanted.last, having.covered_to > wanted.last],
    )
    keys = [name for name in frame.keys if name != "place"]
    things = joined.group_by([*keys, "key"]).aggregate(
        place=joined.place.min(), has=joined.covered_key.notnull().cast("int64").max()
    )
    return things.group_by(frame.keys).aggregate(n=things.count(), k=things.has.sum())


def _due(side: Side, register: Register, frame: Frame) -> Table:
    periods = calendar(frame.since, frame.until, frame.grain)
    if is_stock(register, side.valid):
        rows = present(intervals(register, side.valid), register, frame)
    else:
        dated = frame.rows(register)
        rows = dated.join(periods.rename(starts="period"), dated.period == periods.period)
    rows = rows.filter(predicate(rows, side.where) & rows[own(side.key)].notnull())
    return rows.select(*frame.keys, "last", key=rows[own(side.key)])


def _covered(side: Side, register: Register) -> Table:
    """Return which things are covered, from which day until which."""
    if is_stock(register, side.valid):
        rows = intervals(register, side.valid)
        rows = rows.filter(predicate(rows, side.where) & rows[own(side.key)].notnull())
        named = rows.select(covered_key=rows[own(side.key)], covered_from=rows.start, covered_to=rows.end)
        return named.distinct()
    rows = source(register)
    rows = rows.filter(predicate(rows, side.where) & rows[own(side.key)].notnull())
    once = rows.group_by(covered_key=rows[own(side.key)]).aggregate(covered_from=day(rows, register).min())
    return once.mutate(covered_to=ibis.date(_NEVER))


def present(rows: Table, register: Register, frame: Frame) -> Table:
    """Return each row once for every period on whose last day it counts, with ``place``, ``period`` and ``last``."""
    periods = calendar(frame.since, frame.until, frame.grain)
    named = rows.mutate(place=rows[own(register.place)], **frame.part_of(rows))
    return named.join(periods, [named.start <= periods.last, named.end > periods.last])
