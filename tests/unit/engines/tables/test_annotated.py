from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import Font

from qualicity.engines.tables import annotated
from qualicity.engines.tables.annotated import FINDINGS_SHEET, annotate, faulty_rows_workbook
from qualicity.engines.tables.checking import check

from .conftest import GOOD, YEAR


@pytest.fixture
def filed(tmp_path: Path) -> Path:
    """Return a department's own workbook: a title, an offset, a format of its own, two faults."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = "报表"
    page["B1"] = "某某县样品"
    page["B1"].font = Font(bold=True, size=20)
    day = datetime(2014, 5, 8)  # noqa: DTZ001
    rows = [
        ["编号", "地区", "抽样日期", "结论", "铅"],
        ["S1", "甲县", day, "合格", 1],
        ["S2", "丙县", day, "合格", -4],
    ]
    for row, cells in enumerate(rows, 3):
        for column, cell in enumerate(cells, 2):
            page.cell(row, column, cell)
    book.create_sheet("别的")
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def returned(path, read, register, places, function=annotate) -> openpyxl.Workbook:
    findings = check(read(path), register, places=places, period=YEAR).findings
    target = io.BytesIO()
    function(path, findings, register, target)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def test_submitters_get_their_own_workbook_with_faulty_cells_marked_and_explained(
    filed, read, register, places
) -> None:
    book = returned(filed, read, register, places)
    assert book.sheetnames == [FINDINGS_SHEET, "报表", "别的"]
    page = book["报表"]
    assert page["B1"].font.size == 20
    assert page["D4"].value == datetime(2014, 5, 8)  # noqa: DTZ001
    marked = {cell.coordinate for row in page for cell in row if cell.comment}
    assert marked == {"C5", "F5"}
    assert page["C5"].fill.start_color.rgb.endswith("FFC7CE")
    assert "不认识这个地区" in page["C5"].comment.text
    assert "the place is not known" in page["C5"].comment.text


def test_the_findings_stand_in_front_and_lead_to_their_rows(filed, read, register, places) -> None:
    front = returned(filed, read, register, places)[FINDINGS_SHEET]
    rows = list(front.iter_rows(min_row=2, values_only=True))
    assert [row[1] for row in rows] == [5, 5]
    assert rows[0][0] == "错误 error"
    assert front["B2"].hyperlink.location == "'报表'!A5"


def test_a_workbook_may_already_have_a_sheet_of_findings(filed, read, register, places, tmp_path) -> None:
    book = openpyxl.load_workbook(filed)
    book.create_sheet(FINDINGS_SHEET)
    book.save(filed)
    assert returned(filed, read, register, places).sheetnames[0] == f"{FINDINGS_SHEET} 2"


def test_text_comes_back_as_a_workbook_with_the_same_row_numbers(write, read, register, places) -> None:
    path = write(GOOD, GOOD | {"编号": "S2", "结论": "=坏"})
    page = returned(path, read, register, places)["样品台账"]
    assert [row[:2] for row in page.iter_rows(values_only=True)] == [("行 Row", "编号"), (2, "S1"), (3, "S2")]
    assert page["E3"].value == "'=坏"
    assert page["E3"].comment is not None


def test_of_a_long_file_only_the_faulty_rows_come_back(write, read, register, places, monkeypatch) -> None:
    monkeypatch.setattr(annotated, "WHOLE_UP_TO", 2)
    path = write(*(GOOD | {"编号": f"S{number}", "地区": "甲县" if number else "丙县"} for number in range(5)))
    page = returned(path, read, register, places)["样品台账"]
    assert [row[0] for row in page.iter_rows(min_row=2, values_only=True)] == [2]


def test_the_faulty_rows_can_be_had_alone(filed, read, register, places) -> None:
    page = returned(filed, read, register, places, function=faulty_rows_workbook)["样品台账"]
    assert [row[:3] for row in page.iter_rows(min_row=2, values_only=True)] == [(5, "S2", "丙县")]


def test_a_kept_file_needs_no_ending(filed, read, register, places) -> None:
    findings = check(read(filed), register, places=places, period=YEAR).findings
    kept = filed.rename(filed.with_name("0123abcd"))
    target = io.BytesIO()
    annotate(kept, findings, register, target)
    assert target.getvalue().startswith(b"PK")
