"""The workbook that a department fills in: one sheet to fill, notes, codes — all from the register's definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qualicity.definitions.registers import Column, Register
from qualicity.engines.tables.exports import sheet_name
from qualicity.engines.tables.places import Places
from qualicity.engines.tables.schemas import stamp

NOTES_SHEET, CODES_SHEET = "填报说明 Notes", "代码 Codes"
_LAST_ROW = 1_048_575
_NUMBER_FORMATS = {"date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm", "integer": "0", "number": "General"}
_TYPES = {
    "text": ("文字", "text"),
    "integer": ("整数", "whole number"),
    "number": ("数值", "number"),
    "date": ("日期 年-月-日", "date, year-month-day"),
    "datetime": ("日期时间 年-月-日 时:分", "date and time"),
    "boolean": ("是/否", "yes/no"),
    "code": ("从列表选择", "from the list"),
    "place": ("地区，从列表选择", "place, from the list"),
    "enterprise": ("统一社会信用代码", "unified social credit code"),
    "gtin": ("商品条码", "GTIN"),
}
_HOW_TO_FILL = (
    "在第一张工作表中每条记录填一行；带 * 且橙色的列必填；没有数据的单元格留空，不填“/”“—”“0”。不要合并单元格。",
    "One row for each record on the first sheet; orange columns with * are required; leave a cell empty where there "
    "is no value. Do not merge cells.",
)
_EXAMPLES: dict[str, Any] = {
    "text": "示例",
    "integer": 12,
    "number": 12.5,
    "date": date(2014, 5, 8),
    "datetime": datetime(2014, 5, 8, 14, 0),  # noqa: DTZ001 - sheets know no time zone
    "boolean": "是",
    "enterprise": "91350100M000100Y43",  # the example of GB 32100-2015
    "gtin": "6901234567892",
}


@dataclass(frozen=True, slots=True)
class _Styles:
    """The few formats of a template."""

    required: Format
    optional: Format
    title: Format
    wrap: Format
    faint: Format


def write_template(
    register: Register, *, places: Places, target: BinaryIO, rows: Iterable[Sequence[Any]] = ()
) -> None:
    """Write the Excel template of a register; ``rows`` are what is known already, in the order of the columns.

    First sheet: headings (required ones marked by asterisk and colour), drop-downs, input notes, formats; then notes
    with one example row; then the codes. What is filled in by the lists reads back without findings.
    """
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        book.set_properties({"title": register.title.zh, "comments": f"{register.code} {stamp(register)}"})
        book.set_custom_property("register", register.code)
        book.set_custom_property("stamp", stamp(register))
        styles = _styles(book)
        sheet = book.add_worksheet(sheet_name(register.title.zh))
        notes = book.add_worksheet(NOTES_SHEET)
        codes = book.add_worksheet(CODES_SHEET)
        lists = _write_codes(codes, register, places, styles)
        _write_form(book, sheet, register, lists, styles)
        _write_rows(book, sheet, rows)
        _write_notes(notes, register, places, styles)


def heading(column: Column) -> str:
    """Return a column's heading as it stands in the template: title, unit in brackets, asterisk where required."""
    unit = f"（{column.unit}）" if column.unit else ""
    return f"{column.title.zh}{unit}{'*' if column.required else ''}"


def example(column: Column, places: Places) -> Any:
    """Return a cell that a column accepts."""
    if column.type == "code":
        return column.codes[0].title.zh
    if column.type == "place":
        return next((places.titles[code] for code in places.codes if code in places.titles), places.city)
    if column.type in ("integer", "number"):
        return _number_example(column)
    if column.example is not None:
        return column.example
    if column.type == "text":
        return ("示例" * 4)[: max(min(column.max_length, 8), 1)] if column.pattern is None else ""
    return _EXAMPLES[column.type]


def example_row(register: Register, places: Places) -> tuple[Any, ...]:
    """Return one row that reads back without an error: dates that must come later do."""
    years = {name: shift for left, right in _in_order(register) for name, shift in _apart(left, right, register.date)}
    row = []
    for column in register.columns:
        cell = example(column, places)
        if isinstance(cell, date):
            cell = cell.replace(year=cell.year + years.get(column.name, 0))
        row.append(cell)
    return tuple(row)


def _in_order(register: Register) -> Iterator[tuple[str, str]]:
    """Yield the pairs of columns of which a rule wants the first to be before the second."""
    for rule in register.rules:
        if rule.compare is not None and rule.compare.right is not None:
            if rule.compare.op in ("<", "<="):
                yield rule.compare.left, rule.compare.right
            elif rule.compare.op in (">", ">="):
                yield rule.compare.right, rule.compare.left


def _apart(first: str, second: str, fixed: str) -> tuple[tuple[str, int], ...]:
    """Return the column of a pair that moves by years: never the register's own date, which lies in the period."""
    return ((first, -1),) if second == fixed else ((second, 3),)


def _number_example(column: Column) -> float:
    given = float(column.example) if column.example is not None else float(_EXAMPLES[column.type])
    low = column.minimum if column.minimum is not None else given
    high = column.maximum if column.maximum is not None else max(given, low)
    number = min(max(given, low), high)
    return round(number, column.decimals if column.decimals is not None else 3)


def _styles(book: Workbook) -> _Styles:
    heading_style = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter", "align": "center"}
    return _Styles(
        required=book.add_format(heading_style | {"bg_color": "#FCE8D5"}),
        optional=book.add_format(heading_style | {"bg_color": "#E7EEF7"}),
        title=book.add_format({"bold": True, "font_size": 14}),
        wrap=book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        faint=book.add_format({"font_color": "#666666", "text_wrap": True, "valign": "top"}),
    )


def _write_form(book: Workbook, sheet: Worksheet, register: Register, lists: dict[str, str], styles: _Styles) -> None:
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 36)
    text = book.add_format({"num_format": "@"})
    for position, column in enumerate(register.columns):
        number_format = _NUMBER_FORMATS.get(column.type)
        form = book.add_format({"num_format": number_format}) if number_format else text
        sheet.set_column(position, position, _column_width(column), form)
        sheet.write_string(0, position, heading(column), styles.required if column.required else styles.optional)
        sheet.data_validation(1, position, _LAST_ROW, position, _validation(column, lists))


def _write_rows(book: Workbook, sheet: Worksheet, rows: Iterable[Sequence[Any]]) -> None:
    day = book.add_format({"num_format": _NUMBER_FORMATS["date"]})
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    for number, cells in enumerate(rows, 1):
        for position, cell in enumerate(cells):
            if isinstance(cell, date):
                sheet.write_datetime(number, position, cell, day)
            elif isinstance(cell, str) and cell:
                sheet.write_string(number, position, cell, text)
            elif isinstance(cell, int | float):
                sheet.write_number(number, position, cell)


def _validation(column: Column, lists: dict[str, str]) -> dict[str, Any]:
    """Return the drop-down or bounds of a column, with the note that shows when a cell is entered."""
    told = {
        "input_title": column.title.zh[:32],
        "input_message": _hint(column)[:255],
        "error_title": "请核对",
        "error_message": f"{_TYPES[column.type][0]} / {_TYPES[column.type][1]}"[:255],
        "ignore_blank": True,
    }
    if column.name in lists:
        # Places of other cities may be typed as codes, so that their list only warns.
        kind = "warning" if column.type == "place" else "stop"
        return told | {"validate": "list", "source": lists[column.name], "error_type": kind}
    if column.type == "boolean":
        return told | {"validate": "list", "source": ["是", "否"]}
    if column.type in ("date", "datetime"):
        return told | {"validate": "date", "criteria": ">=", "value": date(1949, 10, 1)}
    if column.type in ("integer", "number"):
        low = column.minimum if column.minimum is not None else -1e15
        high = column.maximum if column.maximum is not None else 1e15
        kind = "integer" if column.type == "integer" else "decimal"
        return told | {"validate": kind, "criteria": "between", "minimum": low, "maximum": high}
    return told | {"validate": "any"}


def _hint(column: Column) -> str:
    parts = [f"{'必填' if column.required else '选填'}，{_TYPES[column.type][0]}"]
    if column.unit:
        parts.append(f"单位 {column.unit}")
    if column.note is not None:
        parts.append(column.note.zh)
        parts.append(column.note.en)
    return "\n".join(parts)


def _write_codes(sheet: Worksheet, register: Register, places: Places, styles: _Styles) -> dict[str, str]:
    """Write every list of codes and return, by column, the range that its drop-down shows."""
    ranges: dict[str, str] = {}
    position = 0
    for column in register.columns:
        if column.type == "code":
            rows = [(value.title.zh, value.code, value.title.en) for value in column.codes]
        elif column.type == "place":
            rows = [(places.titles.get(code, code), code, "") for code in places.codes]
        else:
            continue
        for offset, text in enumerate((column.title.zh, "代码 Code", column.title.en)):
            sheet.write_string(0, position + offset, text, styles.optional)
            sheet.set_column(position + offset, position + offset, 18)
        for number, cells in enumerate(rows, 1):
            for offset, text in enumerate(cells):
                sheet.write_string(number, position + offset, text)
        letters = xl_col_to_name(position, col_abs=True)
        ranges[column.name] = f"='{CODES_SHEET}'!{letters}$2:{letters}${len(rows) + 1}"
        position += 4
    sheet.freeze_panes(1, 0)
    return ranges


def _write_notes(sheet: Worksheet, register: Register, places: Places, styles: _Styles) -> None:
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 7, 20)
    lines = [
        (f"{register.title.zh} / {register.title.en}", styles.title),
        (register.purpose.zh, styles.faint),
        (register.purpose.en, styles.faint),
        *((text, styles.faint) for text in _HOW_TO_FILL),
        (f"模板版本 / version of this template: {stamp(register)}", styles.faint),
    ]
    if register.source is not None:
        lines.append((f"依据 / source: {register.source.zh} / {register.source.en}", styles.faint))
    for number, (text, style) in enumerate(lines):
        sheet.merge_range(number, 0, number, 7, text, style)
        sheet.set_row(number, 32)
    start = len(lines) + 1
    for position, text in enumerate(
        ("列 Column", "必填 Required", "类型 Type", "单位 Unit", "范围 Bounds", "示例 Example", "说明", "Note")
    ):
        sheet.write_string(start, position, text, styles.optional)
    for number, column in enumerate(register.columns, start + 1):
        for position, text in enumerate(_described(column, places)):
            sheet.write_string(number, position, text, styles.wrap)


def _described(column: Column, places: Places) -> tuple[str, ...]:
    zh, en = _TYPES[column.type]
    low = "" if column.minimum is None else f"{column.minimum:g}"
    high = "" if column.maximum is None else f"{column.maximum:g}"
    return (
        f"{column.title.zh} / {column.title.en}",
        "是 yes" if column.required else "否 no",
        f"{zh} / {en}",
        column.unit or "",
        f"{low} – {high}" if low or high else "",
        str(example(column, places)),
        column.note.zh if column.note else "",
        column.note.en if column.note else "",
    )


def _column_width(column: Column) -> float:
    return {"text": 24.0, "enterprise": 24.0, "place": 18.0, "code": 18.0, "datetime": 18.0}.get(column.type, 14.0)
