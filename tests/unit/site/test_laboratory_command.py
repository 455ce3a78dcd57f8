"""``qualicity laboratory judge``: a table of results in any of its shapes, every row with verdict and reason."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from qualicity.__main__ import main

HEAD = "检测项目,单位,检测结果,限量值,判定\n"
ROWS = (
    "铅,mg/kg,0.32,≤0.2 mg/kg,不合格\n"
    "铝,×10²mg/kg,3.50,≤200mg/kg,合格\n"
    "酸价,,,,合格\n"
    "菌落总数,×10,1.2,≤100CFU/g,不合格\n"
    "蛋白质,g/100g,3.1,2.9g/100g,合格\n"
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "结果.csv"
    path.write_text(HEAD + ROWS, encoding="utf-8")
    return path


def said(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["laboratory", "judge", *arguments, "--json"]) == 0
    value = json.loads(capsys.readouterr().out)
    assert isinstance(value, dict)
    return value


def test_each_row_has_a_verdict_and_is_held_against_the_stated_one(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    value = said(capsys, str(file))
    assert value["counts"] == {
        "rows": 5, "comparable": 4, "decided": 2, "agree": 1, "disagree": 1, "undecided": 2,
    }  # fmt: skip
    assert value["undecided"] == {"no_result": 1, "power_lost": 1, "sign_missing": 1}
    rows = value["rows"]
    assert isinstance(rows, list)
    assert [row["verdict"] for row in rows] == ["unqualified", "unqualified", "undecided", "undecided", "undecided"]
    assert [row["agrees"] for row in rows] == [True, False, None, None, None]
    assert rows[0]["row"] == 2
    assert "0.32 mg/kg" in rows[0]["reason_zh"]
    assert "0.32 mg/kg" in rows[0]["reason_en"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_a_file_of_another_encoding_says_the_same(
    file: Path, tmp_path: Path, encoding: str, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.csv"
    other.write_bytes((HEAD + ROWS).replace("²", "^2").encode(encoding))
    assert said(capsys, str(other))["counts"] == said(capsys, str(file))["counts"]


def test_a_workbook_under_other_headings_says_the_same(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frame = pl.read_csv(file, infer_schema=False)
    frame.columns = ["检验项目", "计量单位", "实测值", "标准限量", "单项判定"]
    workbook = tmp_path / "results.xlsx"
    frame.write_excel(workbook, autofit=False)
    assert said(capsys, str(workbook))["counts"] == said(capsys, str(file))["counts"]


def test_people_see_what_needs_their_eyes(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["laboratory", "judge", str(file)]) == 0
    text = capsys.readouterr().out
    assert "不一致 disagrees" in text
    assert "指数（上标）丢失" in text
    assert "0.32 mg/kg" not in text, "a row that agrees needs nobody"
    assert main(["laboratory", "judge", str(file), "--all"]) == 0
    assert "0.32 mg/kg" in capsys.readouterr().out


def test_a_table_of_something_else_is_refused_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "other.csv"
    path.write_text("姓名,年龄\n模拟,1\n", encoding="utf-8")
    assert main(["laboratory", "judge", str(path)]) == 4
    error = capsys.readouterr().err
    assert "缺少列检测项目、检测结果、限量值" in error
    assert "姓名、年龄" in error


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["laboratory", "judge", str(tmp_path / "absent.xlsx")]) == 2
    assert "There is no file" in capsys.readouterr().err
