"""Cells become values of a column's type: fast for whole columns, and word by word for what is written otherwise."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import polars as pl

from qualicity.definitions.registers import Column
from qualicity.engines.tables.headings import normal
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.schemas import column_type
from qualicity.methods.codes import gtin_is_valid, organisation_code_is_valid, uscc_is_valid

YES = ("是", "true", "yes", "y", "1", "√", "有", "对")
NO = ("否", "false", "no", "n", "0", "×", "无", "错")
_BOOLEANS = {normal(word): True for word in YES} | {normal(word): False for word in NO}

_THOUSANDS = re.compile(r"^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$")
_NUMBER = re.compile(r"^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$", re.IGNORECASE)
_MOMENT = re.compile(
    r"^(\d{4})(?P<sep>[-/.年])(\d{1,2})(?:(?P=sep)|月)(\d{1,2})日?"
    r"(?:[ T]?(\d{1,2})[:时](?:(\d{1,2})(?:[:分](\d{1,2})秒?)?)?分?)?$"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})(?: ?(\d{2})(?::?(\d{2})(?::?(\d{2}))?)?)?$")
_MAX_WHOLE = 2**53
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

Word = Callable[[str], Any]


@dataclass(frozen=True, slots=True)
class Cast:
    """One column understood: its values in the lake's type, and the cells as they were given.

    A cell that was given and has no value is not usable. ``given`` may be of any type; ``as_text`` shows it.
    """

    values: pl.Series
    given: pl.Series


def cast(cells: pl.Series, column: Column, places: Places) -> Cast:
    """Understand the cells of one column."""
    if column.type == "text":
        text = _trimmed(as_text(cells))
        return Cast(text, text)
    if cells.dtype.is_float():
        cells = cells.fill_nan(None)
    values = _values(cells, column, places)
    return Cast(values, _without_blanks(cells, values))


def as_text(cells: pl.Series) -> pl.Series:
    """Return cells of any type as a person would type them: whole numbers without .0, midnight without a time."""
    if cells.dtype == pl.String:
        return cells
    if cells.dtype.is_float():
        return _number_text(cells)
    if cells.dtype == pl.Boolean:
        return cells.replace_strict([True, False], ["true", "false"], return_dtype=pl.String())
    if isinstance(cells.dtype, pl.Datetime):
        return cells.dt.replace_time_zone(None).dt.strftime("%Y-%m-%d %H:%M:%S").str.strip_suffix(" 00:00:00")
    return cells.cast(pl.String)


def _values(cells: pl.Series, column: Column, places: Places) -> pl.Series:
    match column.type:
        case "number":
            return _numbers(cells, column)
        case "integer":
            number = _numbers(cells, column)
            whole = number.set((number != number.floor()) | (number.abs() > _MAX_WHOLE), None)
            return whole.cast(pl.Int64)
        case "date" | "datetime":
            return _moments(cells, column)
        case "boolean":
            return cells if cells.dtype == pl.Boolean else _word_by_word(as_text(cells), _yes_or_no, column)
        case "code":
            exact, known = {one.code for one in column.codes}, _codes(column)
            return _word_by_word(
                as_text(cells), lambda word: word if word in exact else known.get(normal(word)), column
            )
        case "place":
            return _word_by_word(as_text(cells), places.find, column)
        case "enterprise":
            codes = _trimmed(as_text(cells)).str.to_uppercase()
            return _checked(codes, lambda words: uscc_is_valid(words) | organisation_code_is_valid(words))
        case "gtin":
            return _checked(_trimmed(as_text(cells)), gtin_is_valid)
        case "text":
            return _trimmed(as_text(cells))


def _trimmed(text: pl.Series) -> pl.Series:
    trimmed = text.str.strip_chars()
    if trimmed.str.starts_with("'").any():
        # Our exports put an apostrophe before what would run as a formula.
        trimmed = trimmed.str.replace(r"^'([=+\-@])", "$1")
    empty = trimmed == ""
    return trimmed.set(empty, None) if empty.any() else trimmed


def _without_blanks(cells: pl.Series, values: pl.Series) -> pl.Series:
    """Return the cells with those emptied that hold nothing but spaces; asked only where there is no value."""
    if cells.dtype != pl.String:
        return cells
    missed = cells.is_not_null() & values.is_null()
    if not missed.any() or not (cells.filter(missed).str.strip_chars() == "").any():
        return cells
    return cells.set(missed & (cells.str.strip_chars() == "").fill_null(value=False), None)


def _number_text(cells: pl.Series) -> pl.Series:
    number = pl.col("cell")
    whole = (number == number.floor()) & (number.abs() < _MAX_WHOLE)
    written = pl.when(whole).then(number.cast(pl.Int64, strict=False).cast(pl.String))
    text = cells.to_frame("cell").select(written.otherwise(number.fill_nan(None).cast(pl.String)))
    return text.to_series().alias(cells.name)


def _numbers(cells: pl.Series, column: Column) -> pl.Series:
    if cells.dtype.is_numeric():
        number = cells.cast(pl.Float64)
    elif cells.dtype == pl.String:
        number = _mended(cells.cast(pl.Float64, strict=False), cells, lambda word: _number(word, column.unit))
    else:
        number = pl.Series(cells.name, [None] * cells.len(), dtype=pl.Float64())
    return number.set(~number.is_finite(), None)


def _number(word: str, unit: str | None) -> float | None:
    """Return the number of a cell with full-width digits, thousands separators, spaces or the column's own unit."""
    flat = unicodedata.normalize("NFKC", word).replace(" ", "").replace("\u00a0", "")
    if unit:
        flat = flat.removesuffix(unicodedata.normalize("NFKC", unit).replace(" ", ""))
    if _THOUSANDS.match(flat):
        flat = flat.replace(",", "")
    return float(flat) if _NUMBER.match(flat) else None


def _moments(cells: pl.Series, column: Column) -> pl.Series:
    target = column_type(column)
    if cells.dtype == pl.Date or isinstance(cells.dtype, pl.Datetime):
        moment = cells.dt.replace_time_zone(None) if isinstance(cells.dtype, pl.Datetime) else cells
        return moment.cast(target)
    if cells.dtype != pl.String:
        return pl.Series(cells.name, [None] * cells.len(), dtype=target)
    if column.type == "date":
        fast = cells.str.to_date("%Y-%m-%d", strict=False)
    else:
        fast = cells.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False, time_unit="us")
    year = fast.dt.year()
    fast = fast.set((year < _FIRST_YEAR) | (year > _LAST_YEAR), None)
    return _mended(fast, cells, _day if column.type == "date" else _moment)


def _moment(word: str) -> datetime | None:
    """Return the moment of a cell written in another of the usual ways; a date alone is its midnight."""
    flat = unicodedata.normalize("NFKC", word).strip()
    found = _MOMENT.match(flat)
    parts = [part for name, part in enumerate(found.groups()) if name != 1] if found else None
    if parts is None and (compact := _COMPACT.match(flat)):
        parts = list(compact.groups())
    if parts is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in parts)
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - local time of the register
    except ValueError:
        return None


def _day(word: str) -> date | None:
    moment = _moment(word)
    return moment.date() if moment else None


def _yes_or_no(word: str) -> bool | None:
    return _BOOLEANS.get(normal(word))


def _codes(column: Column) -> Mapping[str, str]:
    """Return what may be written for a code: itself and its titles; the code itself wins.

    Codes that differ only by what ``normal`` passes over (L1-10, L11-0) must be written out: none stands for another.
    """
    titles = {normal(word): one.code for one in column.codes for word in (one.title.zh, one.title.en)}
    codes = [normal(one.code) for one in column.codes]
    once = Counter(codes)
    titles = {word: code for word, code in titles.items() if once[word] < 2}
    return titles | {word: one.code for word, one in zip(codes, column.codes, strict=True) if once[word] == 1}


def _mended(values: pl.Series, text: pl.Series, understand: Word) -> pl.Series:
    """Fill the cells that the fast way did not understand, each different word once."""
    missed = values.is_null() & text.is_not_null()
    if not missed.any():
        return values
    words = text.filter(missed).unique()
    meanings = pl.Series([understand(word) for word in words.to_list()], dtype=values.dtype)
    return values.zip_with(~missed, text.replace_strict(words, meanings, default=None, return_dtype=values.dtype))


def _word_by_word(text: pl.Series, understand: Word, column: Column) -> pl.Series:
    """Understand each different word of a column once."""
    target = column_type(column)
    words = text.unique().drop_nulls()
    if words.is_empty():
        return pl.Series(text.name, [None] * text.len(), dtype=target)
    meanings = pl.Series([understand(word.strip()) for word in words.to_list()], dtype=target)
    if target == pl.String and (words == meanings).all():  # what is not understood is null here, and says nothing
        unknown = words.filter(meanings.is_null())
        return text if unknown.is_empty() else text.set(text.is_in(unknown.implode()).fill_null(value=False), None)
    return text.replace_strict(words, meanings, default=None, return_dtype=target)


def _checked(text: pl.Series, valid: Callable[[Any], Any]) -> pl.Series:
    words = text.drop_nulls().unique()
    if words.is_empty():
        return text
    good = words.filter(pl.Series(valid(words.to_list())))
    return text.set(~text.is_in(good.implode()), None)
