from __future__ import annotations

import io

import openpyxl
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.engines.tables.checking import check
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.schemas import stamp
from qualicity.engines.tables.templates import CODES_SHEET, NOTES_SHEET, example_row, heading, write_template

from .conftest import YEAR


def template(register, places) -> openpyxl.Workbook:
    target = io.BytesIO()
    write_template(register, places=places, target=target)
    return openpyxl.load_workbook(io.BytesIO(target.getvalue()))


def test_the_template_has_a_sheet_to_fill_notes_and_codes(register, places) -> None:
    book = template(register, places)
    assert book.sheetnames == ["样品台账", NOTES_SHEET, CODES_SHEET]
    page = book["样品台账"]
    assert page.freeze_panes == "A2"
    assert [cell.value for cell in page[1]] == [heading(column) for column in register.columns]
    assert page["A1"].value == "编号*"
    assert page["E1"].value == "铅（mg/kg）"
    assert page["A1"].fill.start_color.rgb != page["D1"].fill.start_color.rgb


def test_cells_have_drop_downs_bounds_and_notes(register, places) -> None:
    rules = {
        str(rule.sqref).split(":")[0]: rule
        for rule in template(register, places)["样品台账"].data_validations.dataValidation
    }
    assert rules["B2"].type == "list"
    assert CODES_SHEET in rules["B2"].formula1
    assert rules["H2"].formula1 == '"是,否"'
    assert (rules["E2"].type, float(rules["E2"].formula1), float(rules["E2"].formula2)) == ("decimal", 0, 100)
    assert rules["C2"].type == "date"
    assert "必填" in rules["A2"].prompt


def test_the_codes_sheet_lists_every_code_and_place(register, places) -> None:
    cells = {cell.value for row in template(register, places)[CODES_SHEET] for cell in row if cell.value}
    assert {"合格", "qualified", "Unqualified", "甲县", "410122", "airport-zone"} <= cells


def test_the_template_bears_the_register_s_stamp_which_changes_with_the_definition(register, places) -> None:
    book = template(register, places)
    assert any(stamp(register) in str(row[0].value) for row in book[NOTES_SHEET].iter_rows(max_row=8))
    assert {prop.name: prop.value for prop in book.custom_doc_props.props}["stamp"] == stamp(register)
    assert stamp(register.model_copy(update={"period": "month"})) != stamp(register)


@pytest.mark.parametrize("code", sorted(catalogue().registers))
def test_every_shipped_register_s_template_filled_with_its_example_reads_clean(code, tmp_path, read) -> None:
    from qualicity.engines.tables.reading import read_file

    register = catalogue().registers[code]
    places = Places.of(next(iter(catalogue().plans.values())))
    book = template(register, places)
    book.worksheets[0].append(list(example_row(register, places)))
    book.save(tmp_path / "a.xlsx")
    result = check(
        read_file(tmp_path / "a.xlsx", register=register, places=places), register, places=places, period=YEAR
    )
    errors = result.findings.filter(result.findings.get_column("severity") == "error")
    assert errors.rows() == []
    assert result.rows.height == 1
