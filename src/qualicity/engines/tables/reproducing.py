"""Figures that follow from their own row: an index from its concentrations, a class from its items."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.definitions.registers import Register
from qualicity.engines.tables.casting import as_text
from qualicity.engines.tables.findings import Wording, empty, on_file, on_rows, together
from qualicity.engines.tables.schemas import ROW
from qualicity.errors import Text
from qualicity.methods.air import daily_aqi, hourly_aqi
from qualicity.methods.water import CLASS_CODES, CLASS_NAMES, UNKNOWN, classify, round_items

Numbers = npt.NDArray[np.float64]

_DAILY = ("pm25", "pm10", "so2", "no2", "co", "o3_8h")
_HOURLY = ("pm25", "pm10", "so2", "no2", "co", "o3_1h")
# Without ammonia, oxygen and the like a class says little; total nitrogen is no part of it.
_WATER = ("ph", "dissolved_oxygen", "permanganate_index", "ammonia_nitrogen", "total_phosphorus")


@dataclass(frozen=True, slots=True)
class _Again:
    """What working out again gave: which rows disagree, what each should say, and a word on all of them."""

    column: str
    wrong: npt.NDArray[np.bool_]
    asked: npt.NDArray[np.bool_]
    expected: list[str]
    wording: Wording
    overall: str = ""


def not_reproducible(rows: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Return a warning for each row whose figure does not follow from the row's own values, and one over all.

    ``rows``: the register's columns in their types. Sources: HJ 633-2012; GB 3838-2002.
    """
    kind = register.integrity.reproducible
    if kind is None:
        return empty()
    again = _WAYS[kind](rows)
    if not again.wrong.any():
        return empty()
    failed = (
        rows.with_columns(
            _key(register).alias("key"),
            as_text(rows.get_column(again.column)).alias("value"),
            pl.Series("expected_zh", again.expected, dtype=pl.String()),
            pl.Series("expected_en", again.expected, dtype=pl.String()),
        )
        .filter(pl.Series(again.wrong))
        .select(ROW, "key", "value", "expected_zh", "expected_en")
    )
    each = on_rows(
        failed, rule=f"{kind}_not_reproducible", severity="warning", column=again.column, wording=again.wording
    )
    return together([each, _overall(kind, again)])


def _key(register: Register) -> pl.Expr:
    return pl.concat_str([pl.col(name).cast(pl.String) for name in register.key], separator=" · ", ignore_nulls=True)


def _overall(kind: str, again: _Again) -> pl.DataFrame:
    count, asked = int(again.wrong.sum()), int(again.asked.sum())
    words = Wording(
        Text("与本行数据一致", "agreement with the row's own values"),
        Text(
            f"{asked}行中有{count}行不能由本行数据推得{again.overall}",
            f"{count} of {asked} rows do not follow from their own values{again.overall}",
        ),
        again.wording.mend,
    )
    return on_file(
        rule=f"{kind}_overall", severity="warning", column=again.column, value=f"{count}/{asked}", wording=words
    )


def _daily(rows: pl.DataFrame) -> _Again:
    values = {name: _numbers(rows, name) for name in _DAILY}
    why = Text(
        "AQI 与按 HJ 633 由本行各项浓度算得的不同，可能不是日均值的指数",
        "the index differs from that of HJ 633 by the row's concentrations: perhaps not an index of daily means",
    )
    return _index(_numbers(rows, "aqi"), daily_aqi(**values).aqi, why)


def _hourly(rows: pl.DataFrame) -> _Again:
    values = {name: _numbers(rows, name) for name in _HOURLY}
    why = Text(
        "AQI 与按 HJ 633 由本行各项浓度算得的不同",
        "the index differs from that of HJ 633 by the row's concentrations",
    )
    return _index(_numbers(rows, "aqi"), hourly_aqi(**values).aqi, why)


def _index(reported: Numbers, computed: Numbers, why: Text) -> _Again:
    asked = ~np.isnan(reported) & ~np.isnan(computed)
    wrong = asked & (reported != computed)
    mean = float((reported - computed)[asked].mean()) if asked.any() else 0.0
    expected = ["" if np.isnan(value) else f"{value:.0f}" for value in computed.tolist()]
    mend = Text(
        "核对指数的算法和各项浓度，并书面说明", "check how the index was made and the concentrations, and explain"
    )
    words = Wording(Text("", ""), why, mend)
    return _Again("aqi", wrong, asked, expected, words, f" ({mean:+.1f})")


def _water(rows: pl.DataFrame) -> _Again:
    items = round_items({name: _numbers(rows, name) for name in _WATER})
    known_lake = rows.get_column("lake")
    lake = known_lake.fill_null(value=False).to_numpy()
    unknown = known_lake.is_null().to_numpy()
    computed = classify(items, lake)
    reported = _class_numbers(rows.get_column("published_class"))
    # Where nobody says whether it is a lake, either limit of phosphorus will do.
    either = np.where(unknown & (classify(items, ~lake) == reported), reported, computed)
    asked = (reported != UNKNOWN) & (either != UNKNOWN)
    words = Wording(
        Text("", ""),
        Text(
            "水质类别与按 GB 3838 由本行数据评定的不同",
            "the class differs from that of GB 3838 by the row's own values",
        ),
        Text(
            "核对各项数据、湖库标志和类别，并书面说明", "check the values, the lake mark and the class, and explain"
        ),
    )
    return _Again("published_class", asked & (either != reported), asked, [CLASS_NAMES[one] for one in either], words)


def _class_numbers(codes: pl.Series) -> npt.NDArray[np.int64]:
    numbers = codes.replace_strict(list(CLASS_CODES[1:]), list(range(1, len(CLASS_CODES))), default=None)
    return numbers.cast(pl.Int64).fill_null(UNKNOWN).to_numpy()


def _numbers(rows: pl.DataFrame, name: str) -> Numbers:
    """Return a column as numbers, NaN where empty or where the register has no such column."""
    if name not in rows.columns:
        return np.full(rows.height, np.nan)
    return rows.get_column(name).cast(pl.Float64).fill_null(float("nan")).to_numpy()


_WAYS: dict[str, Callable[[pl.DataFrame], _Again]] = {
    "daily_aqi": _daily,
    "hourly_aqi": _hourly,
    "water_class": _water,
}
