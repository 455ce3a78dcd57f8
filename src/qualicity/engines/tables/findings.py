"""Findings: what is wrong, on which row, what was expected, why, and how to mend it — as columns, not as objects."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import polars as pl

from qualicity.errors import Text

Severity = Literal["error", "warning"]

#: The columns of every table of findings. ``row`` is the number that the person sees in the sheet; empty where a
#: finding is about the whole file.
FINDING_SCHEMA = pl.Schema(
    {
        "rule": pl.String(),
        "severity": pl.String(),
        "row": pl.Int32(),
        "key": pl.String(),
        "column": pl.String(),
        "value": pl.String(),
        "expected_zh": pl.String(),
        "expected_en": pl.String(),
        "why_zh": pl.String(),
        "why_en": pl.String(),
        "mend_zh": pl.String(),
        "mend_en": pl.String(),
    }
)
FINDING_COLUMNS = tuple(FINDING_SCHEMA.names())
_VALUE_AT_MOST = 120
_MORE_THAN_ROWS = 1 << 32


@dataclass(frozen=True, slots=True)
class Wording:
    """What one broken rule says: what was expected, why, and how to mend it."""

    expected: Text
    why: Text
    mend: Text


@dataclass(frozen=True, slots=True)
class Note:
    """One finding made while a file was read, before its rows were columns."""

    rule: str
    severity: Severity
    row: int | None
    column: str
    value: str
    wording: Wording


_EMPTY = pl.DataFrame(schema=FINDING_SCHEMA)


def empty() -> pl.DataFrame:
    """Return a table of findings without rows."""
    return _EMPTY.clone()


def on_rows(
    failed: pl.DataFrame,
    *,
    rule: str,
    severity: Severity,
    column: str,
    wording: Wording,
) -> pl.DataFrame:
    """Return one finding for each row of ``failed``, which has the columns row_number, key and value.

    ``expected_zh`` and ``expected_en`` may be columns of ``failed`` too, where what is expected differs by row.
    """
    expected = {"expected_zh": wording.expected.zh, "expected_en": wording.expected.en}
    said = {
        "why_zh": wording.why.zh,
        "why_en": wording.why.en,
        "mend_zh": wording.mend.zh,
        "mend_en": wording.mend.en,
    }
    return failed.select(
        pl.lit(rule).alias("rule"),
        pl.lit(severity).alias("severity"),
        pl.col("row_number").cast(pl.Int32).alias("row"),
        pl.col("key"),
        pl.lit(column).alias("column"),
        pl.col("value").str.slice(0, _VALUE_AT_MOST),
        *(pl.col(name) if name in failed.columns else pl.lit(text).alias(name) for name, text in expected.items()),
        *(pl.lit(text).alias(name) for name, text in said.items()),
    )


def on_file(
    *, rule: str, severity: Severity, wording: Wording, column: str = "", value: str = "", row: int | None = None
) -> pl.DataFrame:
    """Return one finding about the file, or about one place in it."""
    return from_notes([Note(rule, severity, row, column, value, wording)])


def from_notes(notes: Iterable[Note]) -> pl.DataFrame:
    """Return the findings of the notes that reading made."""
    rows = [
        (
            note.rule,
            note.severity,
            note.row,
            "",
            note.column,
            note.value[:_VALUE_AT_MOST],
            note.wording.expected.zh,
            note.wording.expected.en,
            note.wording.why.zh,
            note.wording.why.en,
            note.wording.mend.zh,
            note.wording.mend.en,
        )
        for note in notes
    ]
    return pl.DataFrame(rows, schema=FINDING_SCHEMA, orient="row")


def together(parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Return findings as one table: errors, then warnings; those about the whole file, then by row."""
    found = [part.select(FINDING_COLUMNS) for part in parts if part.height]
    if not found:
        return empty()
    # One number to sort by is several times faster than the words; within a row the order of the checks stays.
    warning = (pl.col("severity") != "error").cast(pl.Int64) * _MORE_THAN_ROWS
    return pl.concat(found).sort(warning + pl.col("row").fill_null(0), maintain_order=True)
