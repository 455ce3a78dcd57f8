"""The submitter's own workbook back: faulty cells marked and explained, a sheet of findings in front."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import openpyxl
import polars as pl
import xlsxwriter
from openpyxl.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet
from xlsxwriter.workbook import Workbook

from qualicity.definitions.profiles import Profile
from qualicity.definitions.registers import Register
from qualicity.engines.tables.exports import harmless, sheet_name, write_sheet
from qualicity.engines.tables.guards import inspect_content
from qualicity.engines.tables.headings import match, normal
from qualicity.engines.tables.reading import open_sheet
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.sheets import Sheet

#: Up to so many rows the whole file comes back; beyond, a workbook of the faulty rows.
WHOLE_UP_TO = 20_000
FINDINGS_SHEET = "问题清单 Findings"
_LISTED_AT_MOST = 20_000
_MARKS = {"error": "FFC7CE", "warning": "FFEB9C"}
_HEADINGS = {
    "severity": "级别 Severity",
    "row": "行 Row",
    "column": "列 Column",
    "value": "填写内容 Value",
    "expected": "应为 Expected",
    "why": "原因 Why",
    "mend": "怎样修改 How to mend",
    "key": "主键 Key",
    "rule": "规则 Rule",
}
_SEVERITIES = {"error": "错误 error", "warning": "疑问 warning", "note": "说明 note"}
_COMMENT_AT_MOST = 1500


@dataclass(frozen=True, slots=True)
class _Mark:
    """What one cell is marked with."""

    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class _Report:
    """A sheet with its findings: marks by row and position, the list that people read, the rows that have any."""

    sheet: Sheet
    title: str
    marks: Mapping[tuple[int, int], _Mark]
    listed: pl.DataFrame
    faulty_rows: pl.DataFrame


def annotate(
    original: Path,
    findings: pl.DataFrame,
    register: Register,
    target: BinaryIO,
    *,
    profile: Profile | None = None,
) -> None:
    """Write the submitter's workbook with its faulty cells filled and commented, and the findings in front.

    An .xlsx keeps its formats; text, .xls and Parquet come back as a new workbook with the same rows and row
    numbers. Beyond ``WHOLE_UP_TO`` rows only the faulty rows come back. ``profile``: that by which it was read.
    """
    kind = inspect_content(original)
    report = _report(open_sheet(original, kind, register=register, profile=profile), findings, register, profile)
    if report.sheet.frame.height > WHOLE_UP_TO:
        _new_workbook(report, report.faulty_rows, target)
    elif kind == "xlsx":
        _own_workbook(original, report, target)
    else:
        _new_workbook(report, report.sheet.frame, target)


def faulty_rows_workbook(
    original: Path,
    findings: pl.DataFrame,
    register: Register,
    target: BinaryIO,
    *,
    profile: Profile | None = None,
) -> None:
    """Write a workbook of the findings and of the rows that have any, each with the number it has in the file."""
    sheet = open_sheet(original, inspect_content(original), register=register, profile=profile)
    report = _report(sheet, findings, register, profile)
    _new_workbook(report, report.faulty_rows, target)


def _report(sheet: Sheet, findings: pl.DataFrame, register: Register, profile: Profile | None) -> _Report:
    faulty = findings.get_column("row").drop_nulls().unique().sort().head(_LISTED_AT_MOST)
    return _Report(
        sheet=sheet,
        title=register.title.zh,
        marks=_marks(findings, _positions(sheet, register, profile)),
        listed=_listed(findings, register),
        faulty_rows=sheet.frame.filter(pl.col(ROW).is_in(faulty.implode())),
    )


def _own_workbook(original: Path, report: _Report, target: BinaryIO) -> None:
    # Kept files have no ending, so the reader gets the bytes.
    book = openpyxl.load_workbook(io.BytesIO(original.read_bytes()))
    page = book[report.sheet.name]
    assert isinstance(page, Worksheet), "a register's sheet holds cells"
    for (row, position), mark in report.marks.items():
        cell = page.cell(row, position + report.sheet.first_column + 1)
        if isinstance(cell, Cell):  # only the first cell of a merged range can be marked
            _mark(cell, mark)
    _front_sheet(book, report.listed, page.title)
    book.save(target)


def _mark(cell: Cell, mark: _Mark) -> None:
    cell.fill = PatternFill("solid", start_color=_MARKS[mark.severity], end_color=_MARKS[mark.severity])
    earlier = f"{cell.comment.text}\n———\n" if cell.comment is not None else ""
    comment = Comment((earlier + mark.text)[:_COMMENT_AT_MOST], "Qualicity")
    comment.width, comment.height = 320, 140
    cell.comment = comment


def _front_sheet(book: openpyxl.Workbook, listed: pl.DataFrame, page: str) -> None:
    front = book.create_sheet(_free_name(book.sheetnames), 0)
    front.freeze_panes = "A2"
    listed = harmless(listed)
    for position, (heading, width) in enumerate(
        zip(listed.columns, (14, 8, 18, 24, 36, 48, 48, 28, 20), strict=True), 1
    ):
        cell = front.cell(1, position, heading)
        cell.font = Font(bold=True)
        front.column_dimensions[cell.column_letter].width = width
    wrapped = Alignment(wrap_text=True, vertical="top")
    for number, values in enumerate(listed.iter_rows(), 2):
        for position, value in enumerate(values, 1):
            cell = front.cell(number, position)
            cell.value = value
            cell.alignment = wrapped
            if isinstance(value, str) and value.startswith("="):
                cell.data_type = "s"
        if values[1] is not None:
            quoted = page.replace("'", "''")
            front.cell(number, 2).hyperlink = Hyperlink(ref=f"B{number}", location=f"'{quoted}'!A{values[1]}")
    book.active = 0


def _free_name(taken: list[str]) -> str:
    number, name = 1, FINDINGS_SHEET
    while name in taken:
        number += 1
        name = f"{FINDINGS_SHEET} {number}"
    return name


def _new_workbook(report: _Report, rows: pl.DataFrame, target: BinaryIO) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(target, options) as book:
        write_sheet(book, report.listed, sheet_name(FINDINGS_SHEET))
        _write_rows(book, rows, report)


def _write_rows(book: Workbook, rows: pl.DataFrame, report: _Report) -> None:
    """Write the rows under their own headings, the number that each has in the file before it."""
    page = book.add_worksheet(sheet_name(report.title))
    formats = {severity: book.add_format({"bg_color": f"#{colour}"}) for severity, colour in _MARKS.items()}
    bold, faint = book.add_format({"bold": True}), book.add_format({"font_color": "#666666"})
    page.freeze_panes(1, 1)
    page.write_string(0, 0, "行 Row", bold)
    for position, heading in enumerate(report.sheet.headings):
        page.write_string(0, position + 1, heading, bold)
    cells = harmless(rows.select(pl.exclude(ROW)).cast(pl.String, strict=False))
    for line, (number, values) in enumerate(zip(rows.get_column(ROW), cells.iter_rows(), strict=True), 1):
        page.write_number(line, 0, number, faint)
        for position, value in enumerate(values):
            mark = report.marks.get((number, position))
            if value is not None or mark is not None:
                page.write_string(line, position + 1, value or " ", formats[mark.severity] if mark else None)
            if mark is not None:
                page.write_comment(line, position + 1, mark.text[:_COMMENT_AT_MOST], {"x_scale": 2, "y_scale": 2})


def _marks(findings: pl.DataFrame, positions: Mapping[str, int]) -> dict[tuple[int, int], _Mark]:
    """Return, by row and position in the sheet, what a cell is marked with; errors outdo warnings."""
    marks: dict[tuple[int, int], _Mark] = {}
    listed = findings.filter(pl.col("row").is_not_null() & pl.col("severity").is_in(list(_MARKS)))
    for one in listed.head(_LISTED_AT_MOST).iter_rows(named=True):
        place = (one["row"], positions.get(one["column"], 0))
        severity, text = one["severity"], _sentences({name: value or "" for name, value in one.items()})
        known = marks.get(place)
        if known is not None:
            severity = "error" if "error" in (severity, known.severity) else severity
            text = f"{known.text}\n———\n{text}"
        marks[place] = _Mark(severity, text)
    return marks


def _sentences(said: Mapping[str, str]) -> str:
    return (
        f"{said['why_zh']}。应为：{said['expected_zh']}。{said['mend_zh']}\n"
        f"{said['why_en']}; expected: {said['expected_en']}; {said['mend_en']}"
    )


def _positions(sheet: Sheet, register: Register, profile: Profile | None) -> dict[str, int]:
    """Return where each column of the register stands in the sheet, foreign headings included."""
    headings: dict[str, int] = {}
    for position, heading in enumerate(sheet.headings):
        headings.setdefault(normal(heading), position)
    found: dict[str, int] = {heading: position for position, heading in enumerate(sheet.headings)}
    if profile is None:
        return found | dict(match(sheet.headings, register).columns)
    for name, derived in profile.columns.items():
        for heading in derived.headings:
            if normal(heading) in headings:
                found[name] = headings[normal(heading)]
                break
    return found


def _listed(findings: pl.DataFrame, register: Register) -> pl.DataFrame:
    """Return the findings as people read them, both languages in one cell."""
    titles = {column.name: f"{column.title.zh} {column.title.en}" for column in register.columns}
    both: dict[str, Any] = {
        name: pl.concat_str([pl.col(f"{name}_zh").fill_null(""), pl.col(f"{name}_en").fill_null("")], separator="\n")
        for name in ("expected", "why", "mend")
    }
    return (
        findings.head(_LISTED_AT_MOST)
        .with_columns(**both)
        .with_columns(
            pl.col("severity").replace(_SEVERITIES),
            pl.col("column").replace(titles),
        )
        .select(pl.col(name).alias(heading) for name, heading in _HEADINGS.items())
    )
