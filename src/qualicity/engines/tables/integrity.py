"""Examinations for invented data: each gives its evidence and a question, never a verdict."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.definitions.registers import Evenness, Register
from qualicity.engines.tables import small
from qualicity.engines.tables.conditions import filter_expression
from qualicity.engines.tables.findings import Wording, empty, on_file, on_rows, together
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.small import ASK
from qualicity.errors import Text
from qualicity.methods.integrity import (
    CopiedRun,
    copied_run,
    digit_preference,
    evenness,
    repeated_run,
    seasonal_outliers,
)

_TOO_FEW = 20
_LEAST_PAST = 8


def examine(rows: pl.DataFrame, register: Register, *, history: pl.LazyFrame | None = None) -> pl.DataFrame:
    """Return warnings (columns FINDING_COLUMNS) for what looks invented or copied among the rows of one file.

    ``rows``: the register's typed columns and the row number; ``history``: the register's accepted rows, if any.
    Which examinations are made stands in the register's ``integrity``.
    """
    settings = register.integrity
    if rows.height < _TOO_FEW:
        return small.examine(rows, register, history=history)
    earlier = _earlier(rows, register, history)
    parts = [_digits(rows, register, name) for name in settings.digits]
    parts += [_outliers(rows, register, name, earlier) for name in settings.outliers]
    if settings.repeats:
        parts += _copies(rows, settings.repeats, earlier)
    if settings.evenness is not None:
        parts.append(_evenness(rows, settings.evenness))
    return together(parts)


def _earlier(rows: pl.DataFrame, register: Register, history: pl.LazyFrame | None) -> pl.DataFrame | None:
    """Return the rows reported before, of the same places and not too long ago, in the order they were filed."""
    settings = register.integrity
    columns = {*settings.repeats, *settings.outliers}
    if history is None or not columns:
        return None
    return small.before(rows, register, history, columns)


def _numbers(frame: pl.DataFrame, name: str) -> npt.NDArray[np.float64]:
    return frame[name].cast(pl.Float64).fill_null(np.nan).to_numpy()


def _months(frame: pl.DataFrame, register: Register) -> npt.NDArray[np.int64]:
    return frame[register.date].dt.month().fill_null(0).cast(pl.Int64).to_numpy()


def _digits(rows: pl.DataFrame, register: Register, name: str) -> pl.DataFrame:
    found = digit_preference(_numbers(rows, name))
    if not found.is_suspicious():
        return empty()
    decimals = register.column(name).decimals
    return on_file(
        rule="digit_preference",
        severity="warning",
        column=name,
        value=f"{found.digit} ({found.share:.0%})",
        wording=Wording(
            Text("末位数字大致均匀", "last digits that are about equally frequent")
            if decimals is None
            else Text(f"第{decimals}位小数大致均匀", f"digits at decimal {decimals} that are about equally frequent"),
            Text(
                f"{found.evidence.zh}。估填的数常偏爱某些末位数字",
                f"{found.evidence.en}. Guessed figures prefer digits",
            ),
            ASK,
        ),
    )


def _outliers(rows: pl.DataFrame, register: Register, name: str, earlier: pl.DataFrame | None) -> pl.DataFrame:
    """Hold each place against its own past: a large county is no outlier among small ones."""
    far, centres = np.zeros(rows.height, dtype=np.bool_), np.full(rows.height, np.nan)
    for place, positions in rows.select(pl.col(register.place)).with_row_index().group_by(register.place):
        at = positions["index"].to_numpy()
        own = rows[at]
        past = None if earlier is None else earlier.filter(pl.col(register.place) == place[0])
        known = own if past is None or not past.height else past
        if known.height < _LEAST_PAST:
            continue
        found = seasonal_outliers(
            _numbers(own, name),
            _months(own, register),
            history=_numbers(known, name),
            history_months=_months(known, register),
        )
        far[at], centres[at] = found.is_outlier, found.centres
    return _outlier_findings(rows, register, name, far, centres) if far.any() else empty()


def _outlier_findings(
    rows: pl.DataFrame, register: Register, name: str, far: npt.NDArray[np.bool_], centres: npt.NDArray[np.float64]
) -> pl.DataFrame:
    usual = [f"{centre:.4g}" for centre in centres[far]]
    key = pl.concat_str([pl.col(one).cast(pl.String) for one in register.key], separator=" · ", ignore_nulls=True)
    failed = (
        rows.filter(pl.Series(far))
        .select(pl.col(ROW), key.alias("key"), pl.col(name).cast(pl.String).alias("value"))
        .with_columns(
            pl.Series("expected_zh", [f"该地区同月通常约为 {one}" for one in usual], dtype=pl.String()),
            pl.Series("expected_en", [f"usually about {one} here in this month" for one in usual], dtype=pl.String()),
        )
    )
    words = Wording(
        Text("", ""),
        Text(
            "与该地区历来同月的中位数相差过大（按中位数绝对偏差计）",
            "far from this place's median for the month, by median absolute deviations",
        ),
        ASK,
    )
    return on_rows(failed, rule="seasonal_outlier", severity="warning", column=name, wording=words)


def _copies(rows: pl.DataFrame, names: tuple[str, ...], earlier: pl.DataFrame | None) -> list[pl.DataFrame]:
    keys = rows.select(names).hash_rows(seed=2014).to_numpy()
    parts = []
    within = repeated_run(keys)
    if within.is_suspicious():
        parts.append(_copy(rows, within, "copied_block", names[0]))
    if earlier is not None and earlier.height:
        before = copied_run(keys, earlier.select(names).hash_rows(seed=2014).to_numpy())
        if before.is_suspicious():
            parts.append(_copy(rows, before, "copied_from_earlier", names[0]))
    return parts


def _copy(rows: pl.DataFrame, run: CopiedRun, rule: str, column: str) -> pl.DataFrame:
    first, last = int(rows[ROW][run.start]), int(rows[ROW][run.start + run.statistic - 1])
    earlier = rule == "copied_from_earlier"
    before = Text("以前报送的", "reported before") if earlier else Text("本文件中的", "in this file")
    return on_file(
        rule=rule,
        severity="warning",
        row=first,
        column=column,
        value=f"{first}–{last}",
        wording=Wording(
            Text(f"与{before.zh}数据不成片相同", f"no whole run of rows like those {before.en}"),
            Text(
                f"第{first}至{last}行与{before.zh}数据逐行相同：{run.evidence.zh}",
                f"rows {first} to {last} are row for row like rows {before.en}: {run.evidence.en}",
            ),
            ASK,
        ),
    )


def _evenness(rows: pl.DataFrame, settings: Evenness) -> pl.DataFrame:
    passes = filter_expression(settings.passing)
    units = rows.group_by(settings.by).agg(passes.sum().alias("k"), pl.len().alias("n")).sort(settings.by)
    found = evenness(units["k"].to_numpy(), units["n"].to_numpy())
    if not found.is_suspicious():
        return empty()
    return on_file(
        rule="implausible_evenness",
        severity="warning",
        column=settings.by,
        value=f"{found.rate:.2%}",
        wording=Wording(
            Text("各单位的率有偶然波动", "rates that differ by chance from unit to unit"),
            Text(
                f"{found.evidence.zh}。各单位的率过于整齐，比偶然波动还小",
                f"{found.evidence.en}. The rates are more alike than chance allows",
            ),
            ASK,
        ),
    )
