"""A table's rows as a typed frame: exactly the fields of its definition, in their order and types."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import polars as pl

if TYPE_CHECKING:
    from qualicity.definitions.open_tables import OpenTable

TYPES: Mapping[str, pl.DataType] = {
    "text": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "boolean": pl.Boolean(),
    "date": pl.Date(),
    "datetime": pl.Datetime("ms", "UTC"),
}
WRITTEN = {"datetime": "%Y-%m-%dT%H:%M:%SZ", "date": "%Y-%m-%d"}


def schema_of(table: OpenTable) -> dict[str, pl.DataType]:
    """Return the types of a table's fields."""
    return {one.code: TYPES[one.type] for one in table.fields}


def frame_of(table: OpenTable, rows: Iterable[Mapping[str, Any]]) -> pl.DataFrame:
    """Return rows as a frame of the table's fields only, empty text as nothing; KeyError where a row lacks one."""
    codes = table.codes
    columns: dict[str, list[Any]] = {code: [] for code in codes}
    for row in rows:
        for code in codes:
            cell = row[code]
            columns[code].append(None if cell == "" else cell)
    return pl.DataFrame(columns, schema=schema_of(table))


def ordered(table: OpenTable, frame: pl.DataFrame) -> pl.DataFrame:
    """Return the frame in the table's total order; what is empty comes last."""
    names, descending = zip(*table.ordering, strict=True)
    return frame.sort(list(names), descending=list(descending), nulls_last=True, maintain_order=True)


def digest_of(frame: pl.DataFrame) -> str:
    """Return a digest of what a frame says: its fields, types and every value, in order."""
    digest = hashlib.sha256(json.dumps({name: str(kind) for name, kind in frame.schema.items()}).encode())
    digest.update(as_text(frame).encode())
    return digest.hexdigest()


def as_text(frame: pl.DataFrame) -> str:
    """Return a frame as plain CSV, floats in full, so that the same values are the same text."""
    return frame.write_csv(datetime_format=WRITTEN["datetime"], date_format=WRITTEN["date"], null_value="\\N")


def to_json(table: OpenTable, frame: pl.DataFrame) -> bytes:
    """Return rows as JSON: one object for each, dates and moments as ISO 8601 writes them."""
    return json.dumps(plain_rows(table, frame), ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def plain_rows(table: OpenTable, frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return rows as plain objects, dates and moments as text."""
    rows = frame.to_dicts()
    dated = [(one.code, WRITTEN[one.type]) for one in table.fields if one.type in WRITTEN]
    for row in rows:
        for code, written in dated:
            if row[code] is not None:
                row[code] = row[code].strftime(written)
    return rows


def with_dates_written(table: OpenTable, frame: pl.DataFrame) -> pl.DataFrame:
    """Return a frame whose dates and moments are text, as ISO 8601 writes them."""
    return frame.with_columns(
        pl.col(one.code).dt.strftime(WRITTEN[one.type]) for one in table.fields if one.type in WRITTEN
    )


def from_json(table: OpenTable, content: bytes) -> pl.DataFrame:
    """Return the frame that ``to_json`` wrote."""
    rows = json.loads(content)
    return _parsed(table, frame_as_written(table, rows))


def from_csv(table: OpenTable, content: bytes) -> pl.DataFrame:
    """Return the frame that a CSV download holds; an apostrophe that keeps text harmless is taken away again."""
    types = {one.code: pl.String() if one.type in WRITTEN else TYPES[one.type] for one in table.fields}
    frame = pl.read_csv(io.BytesIO(content.removeprefix(b"\xef\xbb\xbf")), schema=types)
    text = [pl.col(one.code).str.replace(r"^'([=+\-@\t\r])", "$1") for one in table.fields if one.type == "text"]
    return _parsed(table, frame.with_columns(text))


def frame_as_written(table: OpenTable, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return objects as a frame whose dates and moments are still text."""
    types = {one.code: pl.String() if one.type in WRITTEN else TYPES[one.type] for one in table.fields}
    return pl.DataFrame(rows, schema=types) if rows else pl.DataFrame(schema=types)


def _parsed(table: OpenTable, frame: pl.DataFrame) -> pl.DataFrame:
    parsed = []
    for one in table.fields:
        if one.type == "date":
            parsed.append(pl.col(one.code).str.to_date(WRITTEN["date"]))
        elif one.type == "datetime":
            parsed.append(pl.col(one.code).str.to_datetime(WRITTEN["datetime"], time_unit="ms", time_zone="UTC"))
    return frame.with_columns(parsed)
