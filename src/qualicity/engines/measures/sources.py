"""Registers as tables that no engine has bound yet, and the days, periods and filters asked of them."""

from __future__ import annotations

import functools
import operator
from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, TypeAlias

import ibis

from qualicity.definitions.model import Condition, Filter, Scalar
from qualicity.definitions.periods import MONTHS
from qualicity.definitions.registers import Register

Grain = Literal["month", "quarter", "half", "year"]
#: Ibis is not typed; these names say what is meant.
Table: TypeAlias = Any
Column: TypeAlias = Any

TYPES: Mapping[str, str] = {
    "text": "string",
    "code": "string",
    "place": "string",
    "enterprise": "string",
    "gtin": "string",
    "integer": "int64",
    "number": "float64",
    "date": "date",
    "datetime": "timestamp",
    "boolean": "boolean",
}
#: What the lake adds to the columns of a register.
LAKE_COLUMNS: Mapping[str, str] = {"submission_id": "int64", "row_number": "int32"}

_TRUNCATE: Mapping[str, str] = {"month": "M", "quarter": "Q", "year": "Y"}
_BOUNDS = {"at_least": operator.ge, "above": operator.gt, "at_most": operator.le, "below": operator.lt}


def schema(register: Register) -> dict[str, str]:
    """Return the names and Ibis types of a register's columns as they lie in the lake."""
    return {column.name: TYPES[column.type] for column in register.columns} | dict(LAKE_COLUMNS)


def source(register: Register) -> Table:
    """Return the register as an unbound table of that name, its columns named by ``own``."""
    return ibis.table(schema(register), name=register.code).rename(own)


def own(name: str) -> str:
    """Return the name that a register's column has in a question: never one of the names that cells use."""
    return f"own_{name}"


def day(table: Table, register: Register) -> Column:
    """Return the day that each row speaks for."""
    return table[own(register.date)].cast("date")


def period_of(column: Column, grain: Grain) -> Column:
    """Return the first day of the period that a day lies in."""
    if grain == "half":
        year = column.truncate("Y")
        return ibis.ifelse(column.month() <= 6, year, year + ibis.interval(months=6)).cast("date")
    return column.truncate(_TRUNCATE[grain]).cast("date")


def calendar(since: date, until: date, grain: Grain) -> Table:
    """Return the periods that begin between two days: ``period`` (first day) and ``last`` (last day)."""
    starts = [ibis.date(start.isoformat()) for start in period_starts(since, until, grain)]
    # Dates written out, because engines disagree about ranges of dates.
    periods = ibis.array(starts).unnest().name("period").as_table()
    last = periods.period + ibis.interval(months=MONTHS[grain]) - ibis.interval(days=1)
    return periods.mutate(last=last)


def period_starts(since: date, until: date, grain: Grain) -> list[date]:
    """Return the first day of every period that holds a day from ``since`` to ``until``."""
    step, start, found = MONTHS[grain], floor(since, grain), []
    while start <= until:
        found.append(start)
        months = start.year * 12 + start.month - 1 + step
        start = date(months // 12, months % 12 + 1, 1)
    return found


def floor(when: date, grain: Grain) -> date:
    """Return the first day of the period that a day lies in."""
    step = MONTHS[grain]
    return date(when.year, when.month - (when.month - 1) % step, 1)


def predicate(table: Table, wanted: Filter) -> Column:
    """Return whether a row satisfies every condition of a filter; unknown (null) where a value is missing."""
    parts = [_asked(table[own(name)], asked) for name, asked in wanted.items()]
    return functools.reduce(operator.and_, parts) if parts else ibis.literal(True)


def _asked(column: Column, asked: Scalar | tuple[Scalar, ...] | Condition) -> Column:
    if isinstance(asked, tuple):
        return column.isin(list(asked))
    if not isinstance(asked, Condition):
        return column == asked
    parts = [
        compare(column, bound) for name, compare in _BOUNDS.items() if (bound := getattr(asked, name)) is not None
    ]
    if asked.not_in:
        parts.append(column.notin(list(asked.not_in)))
    if asked.is_empty is not None:
        empty = column.isnull() | (column == "") if column.type().is_string() else column.isnull()
        empty = empty.fill_null(True)
        parts.append(empty if asked.is_empty else ~empty)
    return functools.reduce(operator.and_, parts) if parts else ibis.literal(True)
