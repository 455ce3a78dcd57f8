"""Files of results: the sheet that a laboratory is given, taken whole or not at all, its faults by row and cell."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.evidence.inspections.laboratory_work import laboratories, waiting

from qualicity.commons.accounts.models import Person
from qualicity.commons.audit import queries as audit
from qualicity.errors import FileError, NotAllowedError, WrongFileError
from qualicity.evidence.inspections.actions import reporting
from qualicity.evidence.inspections.actions.result_files import record_file
from qualicity.evidence.inspections.models import ItemResult, LabFile, LabReport, Sample
from qualicity.evidence.inspections.queries import result_sheets, testing

pytestmark = pytest.mark.django_db

USUAL = {"甲醛含量": "12", "pH值": "6.5", "耐水色牢度": "4", "可分解致癌芳香胺染料": "未检出(<5mg/kg)"}


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return laboratories(make_person)


Fill = Callable[[dict[str, Any]], dict[str, Any] | None]


def filled(tmp_path: Path, by: Person, change: Fill = lambda row: row, *, name: str = "filled.xlsx") -> Path:
    """Fill in the template that the laboratory downloads: usual results, changed row by row; None leaves one out."""
    book = openpyxl.load_workbook(io.BytesIO(result_sheets.results_template(by=by)))
    sheet = book.worksheets[0]
    headings = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    kept = 1
    for row in range(2, sheet.max_row + 1):
        cells = {heading: sheet.cell(row, column).value for heading, column in headings.items()}
        item = cells["检验项目"]
        if item is None:
            continue
        given = cells | {
            "检测结果": USUAL.get(str(item), "未检出"),
            "报告编号": f"JB-{cells['抽样单编号']}",
            "报告日期": "2014-05-20",
        }
        changed = change(given)
        for column in headings.values():
            sheet.cell(row, column).value = None
        if changed is not None:
            kept += 1
            for heading, value in changed.items():
                sheet.cell(kept, headings[heading]).value = value
    path = tmp_path / name
    book.save(path)
    return path


def of_second(row: dict[str, Any]) -> bool:
    return (row["抽样单编号"], row["检验项目"]) == ("CJ2014-1002", "甲醛含量")


def test_the_template_names_what_waits_with_limit_and_unit_filled_in(people: dict[str, Person]) -> None:
    waiting(people["office"])
    book = openpyxl.load_workbook(io.BytesIO(result_sheets.results_template(by=people["lab-one"])))
    rows = list(book.worksheets[0].iter_rows(min_row=2, max_row=5, values_only=True))
    assert [row[2] for row in rows] == list(USUAL)
    assert rows[0][:7] == ("CJ2014-1001", "模拟样品", "甲醛含量", "≤75 mg/kg", None, "mg/kg", "GB/T 2912.1")
    lists = [each.formula1 for each in book.worksheets[0].data_validations.dataValidation if each.type == "list"]
    assert len(lists) == 2, "samples and items are chosen from lists"
    other = openpyxl.load_workbook(io.BytesIO(result_sheets.results_template(by=people["lab-two"])))
    assert other.worksheets[0].cell(2, 1).value is None, "another laboratory sees nothing of it"


def test_a_filled_sheet_becomes_the_reports_of_all_its_samples(people: dict[str, Person], tmp_path: Path) -> None:
    for number in ("CJ2014-1001", "CJ2014-1002"):
        waiting(people["office"], number)
    path = filled(
        tmp_path, people["lab-one"],
        lambda row: row | ({"检测结果": 80} if of_second(row) else {}),
    )  # fmt: skip
    done = record_file(file=path, by=people["lab-one"])
    assert (done.is_taken, done.rows, done.findings) == (True, 8, [])
    assert {one.number: one.conclusion for one in Sample.objects.all()} == {
        "CJ2014-1001": "qualified", "CJ2014-1002": "unqualified",
    }  # fmt: skip
    assert {one.number for one in done.reports.all()} == {"JB-CJ2014-1001", "JB-CJ2014-1002"}
    assert ItemResult.objects.count() == 8
    assert not testing.samples_to_test(by=people["lab-one"]).exists()


def test_the_same_file_twice_does_nothing_twice(people: dict[str, Person], tmp_path: Path) -> None:
    waiting(people["office"])
    path = filled(tmp_path, people["lab-one"])
    first = record_file(file=path, by=people["lab-one"])
    again = record_file(file=path, by=people["lab-one"], name="other name.xlsx")
    assert (first.pk, again.name) == (again.pk, "filled.xlsx")
    assert (LabFile.objects.count(), LabReport.objects.count()) == (1, 1)
    assert len(audit.records_of(f"lab_file:{first.pk}")) == 1


def test_a_wrong_unit_names_row_cell_found_and_expected_and_nothing_is_stored(
    people: dict[str, Person], tmp_path: Path
) -> None:
    for number in ("CJ2014-1001", "CJ2014-1002"):
        waiting(people["office"], number)
    path = filled(
        tmp_path, people["lab-one"],
        lambda row: row | ({"单位": "mg/L"} if of_second(row) else {}),
    )  # fmt: skip
    done = record_file(file=path, by=people["lab-one"])
    assert not done.is_taken
    (finding,) = done.findings
    assert (finding["rule"], finding["row"], finding["column"], finding["value"]) == ("entry_unit", 6, "unit", "mg/L")
    assert finding["expected_zh"].startswith("mg/kg")
    assert "mg/L" in finding["why_en"]
    assert "mg/kg" in finding["mend_en"]
    assert not LabReport.objects.exists(), "the good sample of the file is not stored either"
    assert set(Sample.objects.values_list("state", flat=True)) == {"delivered"}


def test_the_laboratory_s_own_workbook_comes_back_with_the_faulty_cell_marked(
    people: dict[str, Person], tmp_path: Path
) -> None:
    waiting(people["office"])
    path = filled(
        tmp_path, people["lab-one"], lambda row: row | ({"单位": "CFU/g"} if row["检验项目"] == "甲醛含量" else {})
    )
    done = record_file(file=path, by=people["lab-one"])
    book = openpyxl.load_workbook(io.BytesIO(result_sheets.marked_workbook(done)))
    assert book.sheetnames[0].startswith("问题清单")
    cell = book["检验结果"].cell(2, 6)
    assert cell.value == "CFU/g"
    assert cell.fill.start_color.rgb.endswith("FFC7CE")
    assert "mg/kg" in cell.comment.text
    assert book["检验结果"].cell(3, 6).comment is None


def test_a_refused_file_is_looked_at_anew(people: dict[str, Person], tmp_path: Path) -> None:
    sample = waiting(people["office"])
    path = filled(tmp_path, people["lab-one"])
    Sample.objects.filter(pk=sample.pk).update(state="taken")
    first = record_file(file=path, by=people["lab-one"])
    assert not first.is_taken
    Sample.objects.filter(pk=sample.pk).update(state="delivered")
    again = record_file(file=path, by=people["lab-one"])
    assert (again.pk, again.is_taken, again.findings) == (first.pk, True, [])


@pytest.mark.parametrize(
    ("change", "rule", "column"),
    [
        ({"检测结果": "很少"}, "entry_value", "value"),
        ({"检测结果": "1.2×10"}, "entry_value", "value"),
        ({"检测结果": None}, "required", "value"),
        ({"检验项目": "甲醛含量高"}, "code_wrong", "item"),
        ({"抽样单编号": "CJ2014-9999"}, "code_wrong", "sample"),
        ({"报告编号": "JB-OTHER"}, "one_report", "report"),
        ({"报告日期": "2099-01-01"}, "outside_period", "reported_on"),
        ({"报告日期": "五月"}, "date_wrong", "reported_on"),
    ],
)
def test_every_fault_is_named_and_keeps_the_whole_file_out(
    people: dict[str, Person], tmp_path: Path, change: dict[str, Any], rule: str, column: str
) -> None:
    waiting(people["office"])
    path = filled(tmp_path, people["lab-one"], lambda row: row | (change if row["检验项目"] == "pH值" else {}))
    done = record_file(file=path, by=people["lab-one"])
    assert not done.is_taken
    assert (rule, 3, column) in {(one["rule"], one["row"], one["column"]) for one in done.findings}
    assert not LabReport.objects.exists()


def test_a_correction_by_file_needs_its_reason(people: dict[str, Person], tmp_path: Path) -> None:
    waiting(people["office"])
    path = filled(
        tmp_path, people["lab-one"], lambda row: row | ({"检测结果": "80"} if row["检验项目"] == "甲醛含量" else {})
    )
    correction = filled(tmp_path, people["lab-one"], lambda row: row | {"报告编号": "JB-2"}, name="second.xlsx")
    with_reason = filled(
        tmp_path, people["lab-one"], lambda row: row | {"报告编号": "JB-2", "更正理由": "换算错误"}, name="third.xlsx"
    )
    assert record_file(file=path, by=people["lab-one"]).is_taken
    refused = record_file(file=correction, by=people["lab-one"])
    assert not refused.is_taken
    assert "理由" in refused.findings[0]["why_zh"]
    assert record_file(file=with_reason, by=people["lab-one"]).is_taken
    assert Sample.objects.get().conclusion == "qualified"
    assert LabReport.objects.count() == 2


def test_a_break_in_the_middle_leaves_nothing_half_stored(
    people: dict[str, Person], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in ("CJ2014-1001", "CJ2014-1002"):
        waiting(people["office"], number)
    path = filled(tmp_path, people["lab-one"])

    def broken(**_given: Any) -> None:
        raise RuntimeError("the machine went down")

    monkeypatch.setattr(reporting.audit, "record", broken)
    with pytest.raises(RuntimeError):
        record_file(file=path, by=people["lab-one"])
    assert not LabReport.objects.exists()
    assert not LabFile.objects.exists()
    assert set(Sample.objects.values_list("state", "conclusion")) == {("delivered", "")}


def test_what_is_no_sheet_of_results_is_refused_and_not_kept(people: dict[str, Person], tmp_path: Path) -> None:
    other, nothing = tmp_path / "other.csv", tmp_path / "nothing.csv"
    other.write_text("姓名,年龄\n模拟,1\n", encoding="utf-8")
    nothing.write_text("", encoding="utf-8")
    with pytest.raises(WrongFileError):
        record_file(file=other, by=people["lab-one"])
    with pytest.raises(FileError):
        record_file(file=nothing, by=people["lab-one"])
    with pytest.raises(NotAllowedError):
        record_file(file=other, by=people["county"])
    assert not LabFile.objects.exists()
