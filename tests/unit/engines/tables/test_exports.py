from __future__ import annotations

import io
from datetime import date, datetime

import openpyxl
import polars as pl
import pytest

from qualicity.engines.tables import exports
from qualicity.engines.tables.checking import check
from qualicity.errors import FileError

from .conftest import YEAR

FRAME = pl.DataFrame(
    {"名称": ["=1+1", "-3.5", "@cmd", "+x", "\t=1", "好"], "数": [1.5, 2.0, None, 4.0, float("nan"), 5.0]}
)
HARMLESS = ["'=1+1", "-3.5", "'@cmd", "'+x", "'\t=1", "好"]


def sheet(content: bytes) -> openpyxl.worksheet.worksheet.Worksheet:
    return openpyxl.load_workbook(io.BytesIO(content)).active


def test_csv_begins_with_a_mark_and_text_runs_as_no_formula() -> None:
    written = exports.to_csv(FRAME)
    assert written.startswith(b"\xef\xbb\xbf")
    back = pl.read_csv(io.BytesIO(written), infer_schema=False)
    assert back["名称"].to_list() == HARMLESS


def test_a_workbook_holds_typed_cells_under_frozen_headings_and_no_formula() -> None:
    page = sheet(exports.to_xlsx(FRAME, "监测[1]"))
    assert page.title == "监测 1"
    assert page.freeze_panes == "A2"
    cells = [cell for (cell,) in page.iter_rows(min_row=2, max_col=1)]
    assert [cell.value for cell in cells] == HARMLESS
    assert {cell.data_type for cell in cells} == {"s"}
    assert [row[1] for row in page.iter_rows(min_row=2, values_only=True)] == [1.5, 2, None, 4, None, 5]


def test_a_heading_runs_as_no_formula_either() -> None:
    assert exports.to_csv(pl.DataFrame({"=a": [1]})).decode("utf-8-sig").startswith("'=a")


def test_dates_truths_and_lists_are_written_as_people_read_them() -> None:
    frame = pl.DataFrame(
        {"d": [date(2014, 5, 8)], "t": [datetime(2014, 5, 8, 14)], "b": [True], "l": [["a", "b"]]}  # noqa: DTZ001
    )
    row = sheet(exports.to_xlsx(frame.select("d", "t", "b"), "x")).iter_rows(min_row=2, values_only=True)
    assert next(row) == (datetime(2014, 5, 8), datetime(2014, 5, 8, 14), True)  # noqa: DTZ001
    assert "2014-05-08,2014-05-08 14:00:00,true" in exports.to_csv(frame.select("d", "t", "b")).decode("utf-8-sig")
    assert exports.to_csv(frame.select("l")).decode("utf-8-sig") == 'l\r\n"a, b"\r\n'


def test_an_empty_table_still_has_its_headings() -> None:
    assert exports.to_csv(FRAME.clear()).decode("utf-8-sig").strip() == "名称,数"
    assert [cell.value for cell in sheet(exports.to_xlsx(FRAME.clear(), ""))[1]] == ["名称", "数"]


def test_more_rows_than_a_sheet_holds_are_refused() -> None:
    with pytest.raises(FileError, match="download the CSV"):
        exports.to_xlsx(pl.DataFrame({"a": [0] * 1_048_576}), "x")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_can_be_imported_again(form, tmp_path, checked, read, register, places) -> None:
    rows = checked(
        {"铅": "1.25", "重点食品": "是", "时刻": "2014-05-08 14:30", "不合格项目": "=铅"},
        {"结论": "不合格", "不合格项目": "-", "件数": "7"},
    ).rows
    path = tmp_path / f"a.{form}"
    path.write_bytes(exports.to_csv(rows) if form == "csv" else exports.to_xlsx(rows, "samples"))
    again = check(read(path), register, places=places, period=YEAR)
    assert again.findings.rows() == []
    assert again.rows.equals(rows)
