"""The rows behind a value: which rows of the registers a cell was made of, and what each of them said."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal, TypeAlias

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
    Side,
    Total,
    WorstClass,
)
from qualicity.engines.measures.cells import Registers
from qualicity.engines.measures.flows import Frame
from qualicity.engines.measures.sources import own, predicate
from qualicity.engines.measures.stocks import intervals, is_stock, present
from qualicity.engines.measures.tables import Tables

#: Measures that read one register.
Single: TypeAlias = Share | Mean | Count | Cut | Index | WorstClass
Part = Literal["rows", "numerator", "denominator", "due", "covered"]


@dataclass(frozen=True, slots=True)
class Trail:
    """A page of the rows behind a value, of one register.

    ``rows``: the register's columns with ``submission_id`` and ``row_number``; ``total``: rows on all pages;
    ``passes``: of a share, whether each row counts as passing (null: counts neither way).
    """

    register: str
    part: Part
    rows: pl.DataFrame
    total: int
    passes: pl.Series


def parts(measure: Measure) -> tuple[Part, ...]:
    """Return the names of the sets of rows that a measure is made of."""
    if isinstance(measure, Ratio | Per10k):
        same = measure.numerator.register_code == measure.denominator.register_code
        alike = measure.numerator.where == measure.denominator.where
        return ("rows",) if same and alike else ("numerator", "denominator")
    return ("due", "covered") if isinstance(measure, Coverage) else ("rows",)


def register_of(measure: Measure, part: Part) -> str:
    """Return the code of the register that one part of a measure reads."""
    return _side(measure, part).register_code


def trail(
    measure: Measure,
    part: Part,
    *,
    tables: Tables,
    registers: Registers,
    frame: Frame,
    members: Collection[str],
    submissions: Collection[int] | None = None,
    offset: int = 0,
    limit: int = 100,
) -> Trail:
    """Return a page of the rows that one part of a measure took from places and one period, in order of filing.

    ``frame`` spans exactly the period; ``submissions`` narrows the rows to those filed in some of them. Rows of a
    stock are those that count on its last day.
    """
    side = _side(measure, part)
    register = registers[side.register_code]
    valid = getattr(side, "valid", None)
    stock = is_stock(register, valid)
    rows = present(intervals(register, valid), register, frame) if stock else frame.rows(register)
    rows = rows.filter(predicate(rows, side.where) & rows.place.isin(sorted(members)))
    if submissions is not None:
        rows = rows.filter(rows.own_submission_id.isin(sorted(submissions)))
    named = {name: rows[own(name)] for name in (*register.names, "submission_id", "row_number")}
    passes = predicate(rows, measure.passing) if isinstance(measure, Share) else ibis.literal(True)
    chosen = rows.select(**named, own_passes=passes, own_total=rows.count().over(ibis.window()))
    chosen = chosen.order_by("submission_id", "row_number").limit(limit, offset=offset)
    found = tables.fetch(str(ibis.to_sql(chosen, dialect=tables.dialect)), reads=(register.code,))
    total = int(found["own_total"][0]) if found.height else 0
    return Trail(register.code, part, found.drop("own_total", "own_passes"), total, found["own_passes"])


def _side(measure: Measure, part: Part) -> Single | Total | Side:
    if isinstance(measure, Ratio | Per10k):
        return measure.denominator if part == "denominator" else measure.numerator
    if isinstance(measure, Coverage):
        return measure.covered if part == "covered" else measure.due
    return measure
