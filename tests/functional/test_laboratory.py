"""A laboratory's day in a real browser: results typed and sent in, a sheet with a wrong unit, a person's decision."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from tests.functional.test_accessibility import serious, shoot
from tests.unit.evidence.inspections.laboratory_work import REPORTED, laboratories, measured, waiting
from tests.unit.evidence.inspections.test_result_files import USUAL

from qualicity.evidence.inspections.actions import record_report
from qualicity.evidence.inspections.models import LabReport, Sample

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from qualicity.commons.accounts.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
HOME = "/inspections/laboratory/"


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-05-21")
    return laboratories(make_person)


def test_results_are_typed_compared_and_sent_in(people: dict[str, Person], open_page: Callable[..., Page]) -> None:
    waiting(people["office"], product="pastry", product_name="模拟蛋糕")
    page = open_page(people["lab-one"], language="en")
    page.goto(HOME)
    assert serious(page) == []
    page.get_by_role("link", name="CJ2014-1001").click()
    page.get_by_label("Report number").fill("JB2014-0001")
    page.get_by_label("Date of the report").fill("2014-05-20")
    for number, value in enumerate(("12000", "<10", "2×10^4", "9000", "800")):
        page.locator("[name=value-6]").nth(number).fill(value)
    page.locator("[name=value-2]").fill("0.2")
    page.locator("[name=unit-2]").fill("mg/L")
    page.get_by_role("button", name="Only compare with the limits").click()
    assert "expected g/100g" in page.locator("#fault-2").inner_text()
    assert "2 above m (2 allowed)" in page.locator("table.results").inner_text()
    assert serious(page) == []
    shoot(page, "laboratory-enter")
    page.locator("[name=unit-2]").fill("g/100g")
    page.get_by_role("button", name="Send the report in").click()
    assert "Report JB2014-0001" in page.locator("h1").inner_text()
    page.reload()  # without what the page says once
    assert serious(page) == []
    shoot(page, "laboratory-report")
    assert LabReport.objects.get().conclusion == "qualified"


def test_a_sheet_with_a_wrong_unit_comes_back_marked_and_is_taken_when_mended(
    people: dict[str, Person], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    for number in ("CJ2014-1001", "CJ2014-1002"):
        waiting(people["office"], number, product_name="模拟连衣裙")
    page = open_page(people["lab-one"], language="en", phone=True)
    page.goto(HOME)
    with page.expect_download() as coming:
        page.get_by_role("link", name="Sheet to fill in").click()
    sheet = tmp_path / "sheet.xlsx"
    coming.value.save_as(sheet)
    wrong = _filled(sheet, tmp_path / "wrong.xlsx", unit="mg/L")
    page.get_by_role("link", name="Send in a filled sheet").click()
    page.locator("input[type=file]").set_input_files(wrong)
    page.get_by_role("button", name="Send it in").click()
    assert "Nothing of the file was taken in" in page.locator("main").inner_text()
    assert "mg/L" in page.locator("main").inner_text()
    assert serious(page) == []
    shoot(page, "laboratory-file")
    assert not LabReport.objects.exists()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Your workbook").click()
    marked = tmp_path / "marked.xlsx"
    coming.value.save_as(marked)
    book = openpyxl.load_workbook(marked)
    assert "mg/kg" in book["检验结果"].cell(2, 6).comment.text
    page.get_by_role("link", name="Send it again").click()
    page.locator("input[type=file]").set_input_files(_filled(sheet, tmp_path / "mended.xlsx", unit="mg/kg"))
    page.get_by_role("button", name="Send it in").click()
    assert "taken in whole" in page.locator("main").inner_text()
    assert set(Sample.objects.values_list("conclusion", flat=True)) == {"qualified"}


def test_what_the_rules_leave_open_is_decided_by_a_person(
    people: dict[str, Person], open_page: Callable[..., Page]
) -> None:
    done = record_report(
        sample=waiting(people["office"]), number="JB-1", reported_on=REPORTED, by=people["lab-one"],
        results=measured(azo_dyes="未检出(<25mg/kg)"),
    )  # fmt: skip
    page = open_page(people["county"])
    page.goto(f"{HOME}reports/{done.pk}/")
    assert serious(page) == []
    page.get_by_label("不合格", exact=True).check()
    page.get_by_label("理由").fill("检出限高于限量，按方法重测检出")
    page.get_by_role("button", name="记录结论").click()
    assert "检出限高于限量" in page.locator("main").inner_text()
    assert Sample.objects.get().conclusion == "unqualified"


def _filled(template: Path, target: Path, *, unit: str) -> Path:
    book = openpyxl.load_workbook(io.BytesIO(template.read_bytes()))
    sheet = book.worksheets[0]
    columns = {str(cell.value).rstrip("*"): cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        item = sheet.cell(row, columns["检验项目"]).value
        if item is None:
            continue
        number = sheet.cell(row, columns["抽样单编号"]).value
        sheet.cell(row, columns["检测结果"]).value = USUAL[str(item)]
        sheet.cell(row, columns["报告编号"]).value = f"JB-{number}"
        sheet.cell(row, columns["报告日期"]).value = "2014-05-20"
        if item == "甲醛含量":
            sheet.cell(row, columns["单位"]).value = unit
    book.save(target)
    return target
