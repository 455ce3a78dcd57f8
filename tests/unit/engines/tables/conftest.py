"""A small register that uses every type, the places of a small city, and a way to write files."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from qualicity.definitions.plans import Place
from qualicity.definitions.registers import Register
from qualicity.engines.tables.checking import Checked, check
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.reading import Table, read_file

YEAR = (date(2014, 1, 1), date(2014, 12, 31))


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


SAMPLES: dict[str, Any] = {
    "code": "samples",
    "title": words("样品台账", "Samples"),
    "purpose": words("测试用", "for tests"),
    "grain": "flow",
    "basis": "sample",
    "level": "county",
    "place": "place",
    "date": "taken_on",
    "period": "year",
    "key": ["number"],
    "columns": [
        {"name": "number", "title": words("编号", "Number"), "type": "text", "max_length": 10, "pattern": "^S"},
        {"name": "place", "title": words("地区", "Place"), "type": "place"},
        {"name": "taken_on", "title": words("抽样日期", "Taken on"), "type": "date"},
        {"name": "at", "title": words("时刻", "At"), "type": "datetime", "required": False},
        {
            "name": "lead",
            "title": words("铅", "Lead"),
            "type": "number",
            "unit": "mg/kg",
            "minimum": 0,
            "maximum": 100,
            "decimals": 2,
            "required": False,
        },
        {
            "name": "limit",
            "title": words("限值", "Limit"),
            "type": "number",
            "unit": "mg/kg",
            "required": False,
        },
        {"name": "pieces", "title": words("件数", "Pieces"), "type": "integer", "minimum": 1, "required": False},
        {"name": "key_food", "title": words("重点食品", "Key food"), "type": "boolean", "required": False},
        {
            "name": "conclusion",
            "title": words("结论", "Conclusion"),
            "type": "code",
            "codes": [
                {"code": "qualified", "title": words("合格", "Qualified")},
                {"code": "unqualified", "title": words("不合格", "Unqualified")},
            ],
        },
        {"name": "maker", "title": words("企业代码", "Maker"), "type": "enterprise", "required": False},
        {"name": "gtin", "title": words("商品条码", "GTIN"), "type": "gtin", "required": False},
        {"name": "item", "title": words("不合格项目", "Failed item"), "type": "text", "required": False},
    ],
    "rules": [
        {
            "code": "item-of-failure",
            "title": words("不合格须有项目", "A failure names its item"),
            "why": words("没有项目", "no item"),
            "mend": words("填写项目", "name it"),
            "requirement": {"column": "item", "when": {"conclusion": "unqualified"}, "must_be": "given"},
        },
        {
            "code": "lead-within-limit",
            "title": words("不超限值", "Within the limit"),
            "why": words("超限", "beyond the limit"),
            "mend": words("核对", "check"),
            "severity": "warning",
            "compare": {"left": "lead", "op": "<=", "right": "limit"},
        },
    ],
}

GOOD = {
    "编号": "S1",
    "地区": "甲县",
    "抽样日期": "2014-05-08",
    "结论": "合格",
}


@pytest.fixture
def register() -> Register:
    return Register.model_validate(SAMPLES)


@pytest.fixture
def places() -> Places:
    return Places.from_places(
        [
            Place(code="410100", title=words("某某市", "Somecity"), kind="city"),
            Place(code="410122", title=words("甲县", "Jia"), kind="county", parent="410100", aliases=("甲",)),
            Place(code="410102", title=words("乙水区", "Yishui"), kind="district", parent="410100"),
            Place(code="airport-zone", title=words("航空区", "Airport zone"), kind="zone", parent="410122"),
        ],
        city="410100",
    )


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes rows as CSV and returns the file."""

    def written(*rows: dict[str, Any], headings: list[str] | None = None, encoding: str = "utf-8") -> Path:
        names = headings or list(dict.fromkeys(name for row in rows for name in row))
        lines = [",".join(names), *(",".join(str(row.get(name, "")) for name in names) for row in rows)]
        path = tmp_path / "file.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return written


@pytest.fixture
def read(register: Register, places: Places) -> Callable[..., Table]:
    def reading(path: Path, **more: Any) -> Table:
        return read_file(path, register=register, places=places, **({"registers": ()} | more))

    return reading


@pytest.fixture
def checked(
    write: Callable[..., Path], read: Callable[..., Table], register: Register, places: Places
) -> Callable[..., Checked]:
    """Return a function that checks rows, each completed to a good one."""

    def checking(*rows: dict[str, Any]) -> Checked:
        whole = [GOOD | {"编号": f"S{number}"} | row for number, row in enumerate(rows, 1)]
        return check(read(write(*whole)), register, places=places, period=YEAR)

    return checking


def broken(checked: Checked) -> list[tuple[str, int | None, str]]:
    """Return rule, row and column of each finding."""
    return [(row[0], row[1], row[2]) for row in checked.findings.select("rule", "row", "column").iter_rows()]


def rows_of(findings: pl.DataFrame, rule: str) -> list[int]:
    return findings.filter(pl.col("rule") == rule).get_column("row").to_list()
