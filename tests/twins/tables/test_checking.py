"""Fast checking against a slow obvious checker that goes cell by cell."""

from __future__ import annotations

import re
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import Any

import polars as pl
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stdnum import ean
from stdnum.cn import uscc

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.registers import Column, Register
from qualicity.engines.tables.checking import check
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.reading import read_file

REGISTER = Register.model_validate(
    {
        "code": "twin",
        "title": {"zh": "对照", "en": "Twin"},
        "purpose": {"zh": "对照", "en": "Twin"},
        "grain": "flow",
        "basis": "census",
        "level": "county",
        "place": "place",
        "date": "day",
        "period": "year",
        "key": ["key"],
        "columns": [
            {"name": "key", "title": {"zh": "键", "en": "Key"}, "type": "text", "max_length": 4},
            {"name": "place", "title": {"zh": "地区", "en": "Place"}, "type": "place"},
            {"name": "day", "title": {"zh": "日", "en": "Day"}, "type": "date"},
            {
                "name": "value",
                "title": {"zh": "值", "en": "Value"},
                "type": "number",
                "required": False,
                "minimum": -1,
                "maximum": 9,
            },
            {"name": "n", "title": {"zh": "数", "en": "N"}, "type": "integer", "required": False, "minimum": 0},
            {"name": "yes", "title": {"zh": "是", "en": "Yes"}, "type": "boolean", "required": False},
            {"name": "uscc", "title": {"zh": "码", "en": "Code"}, "type": "enterprise", "required": False},
            {"name": "gtin", "title": {"zh": "条码", "en": "Bar code"}, "type": "gtin", "required": False},
        ],
    }
)
PLACES = Places.of(next(iter(catalogue().plans.values())))
YEAR = (date(2014, 1, 1), date(2014, 12, 31))

blank = st.sampled_from(["", " ", "　"])
cells = {
    "key": st.one_of(st.sampled_from(["a", "b", "c"]), st.text("abcdefghij", min_size=1, max_size=6), blank),
    "place": st.sampled_from(["410100", "郑州市", "中牟县", "中牟", "110101", "410199", "某地", "", "990000"]),
    "day": st.one_of(
        st.dates(date(2013, 12, 1), date(2015, 1, 31)).map(str),
        st.sampled_from(["2014-2-3", "2014/02/03", "2014-02-30", "x", "20140203", ""]),
    ),
    "value": st.one_of(
        st.floats(-3, 12, width=16).map(str),
        st.sampled_from(["", "NaN", "inf", "1e0", "-1", "9", "1,000", "x", "５"]),
    ),
    "n": st.sampled_from(["", "0", "-1", "3", "3.0", "3.5", "x", "1e3"]),
    "yes": st.sampled_from(["", "是", "否", "TRUE", "0", "maybe"]),
    "uscc": st.sampled_from(["", "91350100M000100Y43", "91350100m000100y43", "91350100M000100Y44", "123"]),
    "gtin": st.sampled_from(["", "6901234567892", "6901234567893", "96385074", "1"]),
}


def obvious(column: Column, cell: str) -> tuple[bool, Any]:
    """Return whether one cell is right, and its value."""
    text = cell.strip()
    if not text:
        return not column.required, None
    match column.type:
        case "text":
            return len(text) <= column.max_length, text
        case "place":
            found = PLACES.find(text)
            return found is not None, found
        case "date":
            plain = re.fullmatch(r"(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})", text)
            try:
                day = date(*map(int, plain.groups())) if plain else None
            except ValueError:
                day = None
            return day is not None and YEAR[0] <= day <= YEAR[1], day
        case "number" | "integer":
            flat = text.replace("５", "5").replace("1,000", "1000")
            try:
                number = float(flat)
            except ValueError:
                return False, None
            whole = column.type == "number" or number.is_integer()
            low = column.minimum if column.minimum is not None else float("-inf")
            high = column.maximum if column.maximum is not None else float("inf")
            right = abs(number) < float("inf") and whole and low <= number <= high
            return right, number if column.type == "number" else (int(number) if right else None)
        case "boolean":
            known = {"是": True, "否": False, "true": True, "0": False}
            return text.lower() in known, known.get(text.lower())
        case "enterprise":
            return uscc.is_valid(text.upper()), text.upper()
        case _:
            return ean.is_valid(text), text


def slow(rows: list[dict[str, str]]) -> dict[int, dict[str, Any]]:
    """Return the rows that stand, by their number in the file."""
    seen: dict[str, list[int]] = {}
    values: dict[int, dict[str, Any]] = {}
    right: dict[int, bool] = {}
    for number, row in enumerate(rows, 2):
        if not any(cell for cell in row.values()):
            continue
        judged = {column.name: obvious(column, row[column.name]) for column in REGISTER.columns}
        values[number] = {name: value for name, (_, value) in judged.items()}
        right[number] = all(good for good, _ in judged.values())
        if judged["key"][1] is not None:
            seen.setdefault(judged["key"][1], []).append(number)
    for numbers in seen.values():
        if len(numbers) > 1:
            same = all(_understood(rows[number - 2]) == _understood(rows[numbers[0] - 2]) for number in numbers)
            for number in numbers[1:] if same else numbers:
                right[number] = False
    return {number: values[number] for number, good in right.items() if good}


def _understood(row: dict[str, str]) -> list[Any]:
    """Return what a row says, misread cells saying nothing."""
    said = []
    for column in REGISTER.columns:
        bare = column.model_copy(update={"required": False, "minimum": None, "maximum": None, "max_length": 999})
        if column.type == "date":
            text = row["day"].strip()
            plain = re.fullmatch(r"(\d{4})[-/]?(\d{1,2})[-/]?(\d{1,2})", text)
            try:
                said.append(date(*map(int, plain.groups())) if plain else None)
            except ValueError:
                said.append(None)
        else:
            good, value = obvious(bare, row[column.name])
            said.append(value if good else None)
    return said


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=8))
def test_the_same_rows_stand(rows: list[dict[str, str]]) -> None:
    if not any(cell for row in rows for cell in row.values()):
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        pl.DataFrame(rows).write_csv(path)
        table = read_file(path, register=REGISTER, places=PLACES, registers=())
    result = check(table, REGISTER, places=PLACES, period=YEAR)
    expected = slow(rows)
    found = {row["row_number"]: row for row in result.rows.iter_rows(named=True)}
    assert set(found) == set(expected), result.findings.select("rule", "row", "column", "value").rows()
    for number, values in expected.items():
        row = {name: value for name, value in found[number].items() if name != "row_number"}
        assert {name: _plain(value) for name, value in row.items()} == values
    errors = result.findings.filter(pl.col("severity") == "error")
    assert set(errors["row"]) == {row for row in table.frame["row_number"] if row not in expected}


def _plain(value: Any) -> Any:
    return value.date() if isinstance(value, datetime) else value
