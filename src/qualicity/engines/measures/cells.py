"""Cells: what a measure keeps of the registers for each place and period."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import date

import ibis
import polars as pl

from qualicity.definitions.measures import (
    Count,
    Coverage,
    Cut,
    Index,
    Mean,
    Measure,
    Per10k,
    Ratio,
    Share,
    Total,
    WorstClass,
)
from qualicity.definitions.registers import Register
from qualicity.engines.measures import flows, singly, stocks
from qualicity.engines.measures.flows import Frame
from qualicity.engines.measures.sources import Grain, Table
from qualicity.engines.measures.tables import Tables

Registers = Mapping[str, Register]
_WORD = re.compile(r"[a-z0-9_-]+")


def registers_of(measure: Measure) -> tuple[str, ...]:
    """Return the codes of the registers that a measure reads, in order."""
    codes: tuple[str, ...]
    if isinstance(measure, Ratio | Per10k):
        codes = (measure.numerator.register_code, measure.denominator.register_code)
    elif isinstance(measure, Coverage):
        codes = (measure.due.register_code, measure.covered.register_code)
    else:
        codes = (measure.register_code,)
    return tuple(sorted(set(codes)))


def cells(
    measure: Measure,
    *,
    tables: Tables,
    registers: Registers,
    since: date,
    until: date,
    grain: Grain,
    part: str | None = None,
) -> pl.DataFrame:
    """Return a measure's cells for all places and all periods that begin from ``since`` to ``until``.

    Columns: ``place``, ``period`` (its first day), ``part`` where rows are told apart by a column, and the sums of
    the measure's kind. Places are those of the rows, of any level; see ``rollup`` for the whole.
    """
    frame = Frame(since, until, grain, part, measure.base_year if isinstance(measure, Cut) else None)
    used = tuple(registers[code] for code in registers_of(measure))
    reads = registers_of(measure)
    asked = _questions_in_sql(measure, used, frame, tables.dialect)
    answers = {name: tables.fetch(sql, reads=reads) for name, sql in asked}
    return _put_together(measure, registers, frame, answers)


def questions(measure: Measure, registers: Registers, frame: Frame) -> dict[str, Table]:
    """Return what is asked of the engine: one question, or one for each side where two registers meet."""
    if isinstance(measure, Ratio | Per10k):
        return _ratio_questions(_sides(measure), registers, frame)
    if isinstance(measure, Coverage):
        due, covered = registers[measure.due.register_code], registers[measure.covered.register_code]
        if singly.covers_singly(measure, due):
            return {"cells": singly.coverage_changes(measure, due, frame)}
        return {"cells": stocks.coverage_cells(measure, due, covered, frame)}
    register = registers[measure.register_code]
    if isinstance(measure, Share):
        asked = flows.share_cells(measure, register, frame)
    elif isinstance(measure, Mean):
        asked = flows.mean_cells(measure, register, frame)
    elif isinstance(measure, Index):
        asked = flows.index_cells(measure, register, frame)
    elif isinstance(measure, WorstClass):
        asked = flows.section_cells(measure, register, frame)
    elif isinstance(measure, Count):
        one_by_one = singly.counts_singly(measure, register)
        asked = (singly.count_changes if one_by_one else stocks.count_cells)(measure, register, frame)
    else:
        asked = flows.total_cells({"amount": _cut_total(measure)}, register, frame)
    return {"cells": asked}


def _cut_total(measure: Cut) -> Total:
    return Total.model_validate({"register": measure.register_code, "column": measure.column, "where": measure.where})


def _sides(measure: Ratio | Per10k) -> dict[str, Total]:
    return {"numerator": measure.numerator, "denominator": measure.denominator}


def _ratio_questions(sides: Mapping[str, Total], registers: Registers, frame: Frame) -> dict[str, Table]:
    """Ask for both sides at once where one register holds both."""
    above, below = sides["numerator"], sides["denominator"]
    if above.register_code == below.register_code and above.valid == below.valid:
        return {"both": _total_question(sides, registers[above.register_code], frame)}
    return {name: _total_question({name: side}, registers[side.register_code], frame) for name, side in sides.items()}


def _total_question(totals: Mapping[str, Total], register: Register, frame: Frame) -> Table:
    if stocks.is_stock(register, next(iter(totals.values())).valid):
        return stocks.change_cells(totals, register, frame)
    return flows.total_cells(totals, register, frame)


def _questions_in_sql(
    measure: Measure, registers: tuple[Register, ...], frame: Frame, dialect: str
) -> tuple[tuple[str, str], ...]:
    written = tuple(register.model_dump_json(by_alias=True) for register in registers)
    return _written(type(measure), measure.model_dump_json(by_alias=True), written, frame, dialect)


@functools.lru_cache(maxsize=1024)
def _written(
    kind: type[Measure], measure: str, registers: tuple[str, ...], frame: Frame, dialect: str
) -> tuple[tuple[str, str], ...]:
    """Write the questions in SQL once: the same definitions give the same words, whatever the rows."""
    used = {one.code: _narrow(one, measure, frame) for one in map(Register.model_validate_json, registers)}
    asked = questions(kind.model_validate_json(measure), used, frame)
    return tuple((name, str(ibis.to_sql(question, dialect=dialect))) for name, question in asked.items())


def _narrow(register: Register, measure: str, frame: Frame) -> Register:
    """Leave out the columns that a measure cannot mean: fewer columns are written, and compiled, much faster."""
    named = set(_WORD.findall(measure)) | {*register.key, register.place, register.date, frame.part}
    return register.model_copy(
        update={"columns": tuple(column for column in register.columns if column.name in named)}
    )


def _put_together(
    measure: Measure, registers: Registers, frame: Frame, answers: Mapping[str, pl.DataFrame]
) -> pl.DataFrame:
    if not isinstance(measure, Ratio | Per10k):
        plain = _tidy(answers["cells"], frame)
        if not _are_changes(measure, registers):
            return plain
        # Of a coverage only what is due makes a cell.
        known = pl.col("n") > 0 if isinstance(measure, Coverage) else pl.lit(value=True)
        return stocks.levels(plain, frame).filter(known)
    sides = {"both": measure.numerator} if "both" in answers else _sides(measure)
    for name, side in sides.items():
        if stocks.is_stock(registers[side.register_code], side.valid):
            answers = {**answers, name: stocks.levels(_tidy(answers[name], frame), frame)}
    if "both" in answers:
        both = _tidy(answers["both"], frame)
        return both.with_columns(numerator_rows=pl.col("rows"), denominator_rows=pl.col("rows")).drop("rows")
    above, below = (
        _tidy(answers[name], frame).rename({"rows": f"{name}_rows"}) for name in ("numerator", "denominator")
    )
    joined = above.join(below, on=frame.keys, how="full", coalesce=True)
    return joined.with_columns(pl.exclude(frame.keys).fill_null(0)).sort(frame.keys)


def _are_changes(measure: Measure, registers: Registers) -> bool:
    if isinstance(measure, Count):
        return singly.counts_singly(measure, registers[measure.register_code])
    return isinstance(measure, Coverage) and singly.covers_singly(measure, registers[measure.due.register_code])


def _tidy(answer: pl.DataFrame, frame: Frame) -> pl.DataFrame:
    """Give the columns of any engine one type each and the rows one order."""
    whole = pl.col(pl.Decimal, pl.Int8, pl.Int16, pl.Int32, pl.Int128, pl.UInt64, pl.Boolean)
    return (
        answer.with_columns(pl.col("period").cast(pl.Date), whole.cast(pl.Int64))
        .filter(pl.col("place").is_not_null())
        .sort([name for name in (*frame.keys, "section", "stratum", "date") if name in answer.columns])
    )
