"""A table against its register: every broken rule on every row; the rows that stand, typed for the lake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import polars as pl

from qualicity.definitions.registers import Column, Register
from qualicity.engines.tables import wording
from qualicity.engines.tables.casting import Cast, as_text, cast
from qualicity.engines.tables.conditions import compare_fails, requirement_fails
from qualicity.engines.tables.duplicates import duplicates
from qualicity.engines.tables.findings import FINDING_COLUMNS, Broken, Severity, Wording, together, worded
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.reading import Table
from qualicity.engines.tables.reproducing import not_reproducible
from qualicity.engines.tables.schemas import ROW, column_type, rows_schema
from qualicity.errors import nearest

__all__ = ["FINDING_COLUMNS", "Checked", "check"]

Period = tuple[date, date]
_AS_WRITTEN = "as written: "
_DECIMAL_TOLERANCE = 1e-6
_SIDE_BY_SIDE = 50_000


@dataclass(frozen=True, slots=True)
class Checked:
    """What checking gave: rows without errors in the lake's types, findings, number of refused and of all rows."""

    rows: pl.DataFrame
    findings: pl.DataFrame
    refused: int
    total: int


@dataclass(frozen=True, slots=True)
class _Check:
    """One question to a column or across columns: where ``fails`` is true, a finding is made."""

    rule: str
    column: str
    fails: pl.Expr
    words: Wording
    severity: Severity = "error"
    expected: Callable[[pl.Series], tuple[pl.Series, pl.DataFrame]] | None = None


def check(table: Table, register: Register, *, places: Places, period: Period) -> Checked:
    """Check a table row by row; failures are counted once per rule and row.

    ``period``: first and last day that the submission is about. A row with any error is not in ``rows``; warnings
    leave it there. The rows satisfy ``dataframely_schema(register)``.
    """
    frame = _typed(table, register, places)
    with ThreadPoolExecutor(max_workers=1) as beside:  # polars lets go of the interpreter while it works
        doubling = beside.submit(duplicates, frame, register, key=lambda failed: _key(failed, register))
        checks = [*_column_checks(table, register), *_period_checks(register, period), *_rule_checks(register)]
        masks = frame.lazy().select(one.fails.alias(str(number)) for number, one in enumerate(checks)).collect()
        broken = [(one, masks.get_column(str(number))) for number, one in enumerate(checks)]
        broken = [(one, failed) for one, failed in broken if failed.any()]
        explained = list(_explained(frame, broken, register))
        doubled = doubling.result()
    wrong = _noted(table, frame)
    for one, failed in broken:
        wrong = wrong | failed if one.severity == "error" else wrong
    for again in doubled:
        wrong = wrong | frame.get_column(ROW).is_in(again.rows.get_column(ROW).implode())
    parts = [table.notes, worded([*explained, *doubled])]
    rows = frame.select(rows_schema(register).names())
    if wrong.any():
        rows = rows.filter(~wrong)
    if register.integrity.reproducible and rows.height:
        parts.append(not_reproducible(rows, register))
    return Checked(rows, together(parts, is_sorted=True), frame.height - rows.height, frame.height)


def _typed(table: Table, register: Register, places: Places) -> pl.DataFrame:
    """Return the columns in their types, beside each (under another name) the cells as they were written."""
    height = table.frame.height

    def understood(column: Column) -> Cast:
        if column.name in table.frame.columns:
            return cast(table.frame.get_column(column.name), column, places)
        nothing = pl.Series([None] * height, dtype=column_type(column))
        return Cast(nothing, nothing)

    if height < _SIDE_BY_SIDE:
        every = [understood(column) for column in register.columns]
    else:
        with ThreadPoolExecutor(max_workers=pl.thread_pool_size()) as pool:
            every = list(pool.map(understood, register.columns))
    names = register.names
    return pl.DataFrame(
        [
            *(one.values.alias(name) for name, one in zip(names, every, strict=True)),
            table.frame.get_column(ROW).cast(pl.Int32),
            *(one.given.alias(_AS_WRITTEN + name) for name, one in zip(names, every, strict=True)),
        ]
    )


def _noted(table: Table, frame: pl.DataFrame) -> pl.Series:
    """Return which rows reading has already found wrong; all of them where a required column is missing."""
    if table.missing:
        return pl.Series([True] * frame.height, dtype=pl.Boolean())
    noted = table.notes.filter(pl.col("severity") == "error").get_column("row").drop_nulls()
    return frame.get_column(ROW).is_in(noted.implode())


def _column_checks(table: Table, register: Register) -> list[_Check]:
    checks: list[_Check] = []
    for column in register.columns:
        if column.name not in table.frame.columns:
            continue
        value, text = pl.col(column.name), pl.col(_AS_WRITTEN + column.name)
        if column.required:
            checks.append(_Check("required", column.name, text.is_null(), wording.required(column)))
        if column.type == "text":
            checks += _text_checks(column, value)
            continue
        misread = text.is_not_null() & value.is_null()
        hint = _nearest(column) if column.type == "code" else None
        checks.append(
            _Check(f"{column.type}_wrong", column.name, misread, wording.not_understood(column), expected=hint)
        )
        if column.type in ("number", "integer"):
            checks += _number_checks(column, value)
    return checks


def _text_checks(column: Column, value: pl.Expr) -> list[_Check]:
    long = (value.str.len_chars() > column.max_length).fill_null(value=False)
    checks = [_Check("too_long", column.name, long, wording.too_long(column))]
    if column.pattern is not None:
        other = (~value.str.contains(column.pattern)).fill_null(value=False)
        checks.append(_Check("wrong_form", column.name, other, wording.wrong_form(column)))
    return checks


def _number_checks(column: Column, value: pl.Expr) -> list[_Check]:
    checks: list[_Check] = []
    outside = pl.lit(value=False)
    if column.minimum is not None:
        outside |= value < column.minimum
    if column.maximum is not None:
        outside |= value > column.maximum
    if column.minimum is not None or column.maximum is not None:
        words = wording.out_of_bounds(column)
        checks.append(_Check("out_of_bounds", column.name, outside.fill_null(value=False), words))
    if column.decimals is not None and column.type == "number":
        scaled = value * 10.0**column.decimals
        rest = ((scaled - scaled.round()).abs() > _DECIMAL_TOLERANCE).fill_null(value=False)
        words = wording.too_many_decimals(column)
        checks.append(_Check("too_many_decimals", column.name, rest, words, severity="warning"))
    return checks


def _period_checks(register: Register, period: Period) -> list[_Check]:
    """Return the check that the register's date lies in the period; what exists longer may have begun before it."""
    start, end = period
    stock = register.grain == "stock"
    value = pl.col(register.date)
    if register.column(register.date).type == "datetime":
        outside = value >= datetime.combine(end + timedelta(days=1), time())
        outside |= (value < datetime.combine(start, time())) & (not stock)
    else:
        outside = (value > end) | ((value < start) & (not stock))
    words = wording.outside_period(start, end, stock=stock)
    return [_Check("outside_period", register.date, outside.fill_null(value=False), words)]


def _rule_checks(register: Register) -> list[_Check]:
    columns = {column.name: column for column in register.columns}
    checks: list[_Check] = []
    for rule in register.rules:
        if rule.compare is not None:
            column, fails = rule.compare.left, compare_fails(rule.compare)
        else:
            assert rule.requirement is not None, f"rule {rule.code} asks nothing"
            column, fails = rule.requirement.column, requirement_fails(rule.requirement)
        checks.append(_Check(rule.code, column, fails, wording.of_rule(rule, columns), rule.severity))
    return checks


def _nearest(column: Column) -> Callable[[pl.Series], tuple[pl.Series, pl.DataFrame]]:
    """Return a function that says, for each misread code, what was probably meant."""
    known = [word for value in column.codes for word in (value.code, value.title.zh, value.title.en)]

    def meant(cells: pl.Series) -> tuple[pl.Series, pl.DataFrame]:
        words = cells.unique()
        hints = [wording.nearest_code(column, nearest(word, known)) for word in words.to_list()]
        lines = pl.DataFrame(hints, schema={"expected_zh": pl.String, "expected_en": pl.String}, orient="row")
        numbers = pl.int_range(words.len(), dtype=pl.Int32, eager=True)
        return cells.replace_strict(words, numbers, return_dtype=pl.Int32), lines

    return meant


def _explained(frame: pl.DataFrame, broken: list[tuple[_Check, pl.Series]], register: Register) -> Iterator[Broken]:
    """Yield what broke each rule; the rows are gathered side by side, that is the slow part."""
    keys = [_AS_WRITTEN + name for name in register.key]
    gathered = pl.collect_all(
        [
            frame.lazy().select(ROW, *dict.fromkeys([_AS_WRITTEN + one.column, *keys])).filter(failed)
            for one, failed in broken
        ]
    )
    for (one, _), failed in zip(broken, gathered, strict=True):
        cells = as_text(failed.get_column(_AS_WRITTEN + one.column))
        shown = failed.select(ROW, _key(failed, register), cells.fill_null("").alias("value"))
        said, expected = one.expected(cells) if one.expected is not None else (None, None)
        yield Broken(one.rule, one.severity, one.column, one.words, shown, said, expected)


def _key(failed: pl.DataFrame, register: Register) -> pl.Series:
    """Return the business key as it was written, so that a person finds the row by it."""
    cells = pl.DataFrame([as_text(failed.get_column(_AS_WRITTEN + name)) for name in register.key])
    return cells.select(pl.concat_str(pl.all(), separator=" · ", ignore_nulls=True).alias("key")).to_series()
