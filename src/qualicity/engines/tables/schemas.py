"""What a register holds, said to machines: the lake's columns, a dataframely schema, a JSON schema, a stamp."""

from __future__ import annotations

import hashlib
from typing import Any

import dataframely as dy
import polars as pl

from qualicity.definitions.registers import Column, ColumnType, Register, Rule
from qualicity.engines.tables.conditions import compare_fails, requirement_fails

SUBMISSION, ROW = "submission_id", "row_number"
LAKE_ONLY = frozenset({SUBMISSION, ROW})
"""What the lake adds to the columns of a register."""

_POLARS: dict[ColumnType, pl.DataType] = {
    "text": pl.String(),
    "code": pl.String(),
    "place": pl.String(),
    "enterprise": pl.String(),
    "gtin": pl.String(),
    "integer": pl.Int64(),
    "number": pl.Float64(),
    "date": pl.Date(),
    "datetime": pl.Datetime("us"),
    "boolean": pl.Boolean(),
}
_JSON: dict[ColumnType, dict[str, Any]] = {
    "text": {"type": "string"},
    "code": {"type": "string"},
    "place": {"type": "string", "pattern": "^([0-9]{6}|[a-z][a-z-]+)$"},
    "enterprise": {"type": "string", "pattern": "^[0-9A-Z]{8}(-?[0-9X]|[0-9A-Z]{10})$"},
    "gtin": {"type": "string", "pattern": "^([0-9]{8}|[0-9]{12,14})$"},
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "date": {"type": "string", "format": "date"},
    "datetime": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?$"},
    "boolean": {"type": "boolean"},
}


def column_type(column: Column) -> pl.DataType:
    """Return the polars type in which the lake keeps a column; date-times are local and without a zone."""
    return _POLARS[column.type]


def polars_schema(register: Register) -> pl.Schema:
    """Return the columns of the register's table in the lake: its own, then submission and row number."""
    own = {column.name: column_type(column) for column in register.columns}
    return pl.Schema(own | {SUBMISSION: pl.Int64(), ROW: pl.Int32()})


def rows_schema(register: Register) -> pl.Schema:
    """Return the same columns before a submission has a number: the register's own and the row number."""
    return pl.Schema({name: dtype for name, dtype in polars_schema(register).items() if name != SUBMISSION})


def dataframely_schema(register: Register) -> type[dy.Schema]:
    """Return a dataframely schema of checked rows: types, bounds, codes, the key and every rule that is an error.

    Checked rows satisfy it; it is the executable contract between a submission and the lake.
    """
    keyed = all(register.column(name).required for name in register.key)
    members: dict[str, Any] = {
        column.name: _dataframely_column(column, key=keyed and column.name in register.key)
        for column in register.columns
    }
    members[ROW] = dy.Int32(min=1)
    for rule in register.rules:
        if rule.severity == "error":
            members[f"rule_{rule.code.replace('-', '_')}"] = _dataframely_rule(rule)
    return type(f"{register.code.title().replace('_', '')}Rows", (dy.Schema,), members)


def json_schema(register: Register) -> dict[str, Any]:
    """Return a JSON schema (draft 2020-12) of one row as the programming interface takes it."""
    properties = {column.name: _json_column(column) for column in register.columns}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{register.title.zh} / {register.title.en}",
        "description": f"{register.purpose.zh} / {register.purpose.en}",
        "type": "object",
        "properties": properties,
        "required": [column.name for column in register.columns if column.required],
        "additionalProperties": False,
    }


def stamp(register: Register) -> str:
    """Return twelve hexadecimal digits that change whenever anything in the register's definition does."""
    return hashlib.sha256(register.model_dump_json(by_alias=True).encode()).hexdigest()[:12]


def _dataframely_column(column: Column, *, key: bool) -> dy.Column:
    shared: dict[str, Any] = {"nullable": not column.required, "primary_key": key}
    match column.type:
        case "integer":
            return dy.Int64(min=_whole(column.minimum), max=_whole(column.maximum), **shared)
        case "number":
            return dy.Float64(min=column.minimum, max=column.maximum, **shared)
        case "date":
            return dy.Date(**shared)
        case "datetime":
            return dy.Datetime(time_unit="us", **shared)
        case "boolean":
            return dy.Bool(**shared)
        case "code":
            codes = [value.code for value in column.codes]
            return dy.String(check={"code": lambda cells: cells.is_in(codes)}, **shared)
        case "text":
            # dataframely's own max_length counts bytes, of which a Chinese character has three.
            longest = column.max_length
            fits = {"max_length": lambda cells: cells.str.len_chars() <= longest}
            return dy.String(check=fits, regex=column.pattern, **shared)
        case _:
            return dy.String(**shared)


def _dataframely_rule(rule: Rule) -> Any:
    def holds(_schema: type[dy.Schema]) -> pl.Expr:
        if rule.compare is not None:
            return ~compare_fails(rule.compare)
        assert rule.requirement is not None, f"rule {rule.code} asks nothing"
        return ~requirement_fails(rule.requirement)

    return dy.rule()(holds)


def _whole(bound: float | None) -> int | None:
    return None if bound is None else int(bound)


def _json_column(column: Column) -> dict[str, Any]:
    described = dict(_JSON[column.type])
    if column.codes:
        described["enum"] = [value.code for value in column.codes]
    if column.minimum is not None:
        described["minimum"] = column.minimum
    if column.maximum is not None:
        described["maximum"] = column.maximum
    if column.type == "text":
        described["maxLength"] = column.max_length
        if column.pattern:
            described["pattern"] = column.pattern
    if not column.required:
        described["type"] = [described["type"], "null"]
        if "enum" in described:
            described["enum"] = [*described["enum"], None]
    unit = f" ({column.unit})" if column.unit else ""
    described["title"] = f"{column.title.zh} / {column.title.en}{unit}"
    if column.note is not None:
        described["description"] = f"{column.note.zh} / {column.note.en}"
    if column.example is not None:
        described["examples"] = [column.example]
    return described
