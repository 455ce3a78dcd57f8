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


@dataclass(frozen=True, slots=True)
class Broken:
    """One rule and the rows that broke it: row_number, key and value, for a person to find them by.

    ``said``: for each row the number of its line in ``expected`` (expected_zh, expected_en), where what is expected
    differs by row; otherwise the wording says it for all.
    """

    rule: str
    severity: Severity
    column: str
    wording: Wording
    rows: pl.DataFrame
    said: pl.Series | None = None
    expected: pl.DataFrame | None = None


_EMPTY = pl.DataFrame(schema=FINDING_SCHEMA)
_EXPECTED = ("expected_zh", "expected_en")


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


def worded(broken: Sequence[Broken]) -> pl.DataFrame:
    """Return the findings of many rules as one table, errors first, then by row.

    What a rule says is looked up last: moving seven columns of words about while rows are put in order is what
    takes the time.
    """
    parts, lines, first = [], [_EMPTY.select(_WORDS)], 0
    for one in broken:
        if one.rows.is_empty():
            continue
        line = pl.lit(first, pl.Int32) if one.said is None else one.said.cast(pl.Int32) + first
        moved = 0 if one.severity == "error" else _MORE_THAN_ROWS
        parts.append(
            one.rows.select(
                (pl.col("row_number").cast(pl.Int64) + moved).alias("order"), "key", "value", line.alias("line")
            )
        )
        lines.append(_lines(one))
        first += lines[-1].height
    if not parts:
        return empty()
    found = pl.concat(parts, rechunk=True).sort("order", maintain_order=True)
    words = pl.concat(lines, rechunk=True)[found.get_column("line")]
    is_long = bool((found.get_column("value").str.len_bytes() > _VALUE_AT_MOST).any())
    value = pl.col("value").str.slice(0, _VALUE_AT_MOST) if is_long else pl.col("value")
    narrow = found.select((pl.col("order") % _MORE_THAN_ROWS).cast(pl.Int32).alias("row"), "key", value)
    return narrow.hstack(words).select(FINDING_COLUMNS)


_WORDS = ("rule", "severity", "column", *_EXPECTED, "why_zh", "why_en", "mend_zh", "mend_en")


def _lines(one: Broken) -> pl.DataFrame:
    """Return what a rule says, one line for each thing that it expects."""
    said = one.wording
    expected = one.expected
    if expected is None:
        expected = pl.DataFrame({"expected_zh": [said.expected.zh], "expected_en": [said.expected.en]})
    texts = {
        "rule": one.rule,
        "severity": one.severity,
        "column": one.column,
        "why_zh": said.why.zh,
        "why_en": said.why.en,
        "mend_zh": said.mend.zh,
        "mend_en": said.mend.en,
    }
    return expected.with_columns(pl.lit(text).alias(name) for name, text in texts.items()).select(_WORDS)


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


def together(parts: Sequence[pl.DataFrame], *, is_sorted: bool = False) -> pl.DataFrame:
    """Return findings as one table: errors, then warnings; those about the whole file, then by row.

    ``is_sorted``: each part is in that order already, so that a part alone is the answer.
    """
    found = [part.select(FINDING_COLUMNS) for part in parts if part.height]
    if not found:
        return empty()
    if len(found) == 1 and is_sorted:
        return found[0]
    # One number to sort by is several times faster than the words; within a row the order of the checks stays.
    warning = (pl.col("severity") != "error").cast(pl.Int64) * _MORE_THAN_ROWS
    return pl.concat(found).sort(warning + pl.col("row").fill_null(0), maintain_order=True)
