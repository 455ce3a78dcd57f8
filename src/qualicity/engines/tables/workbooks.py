"""Workbooks (.xlsx, .xls) as a sheet: typed cells, the sheet that is meant, and what a cell cannot say for itself."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any

import polars as pl
import python_calamine as calamine
from defusedxml import ElementTree  # type: ignore[import-untyped]

from qualicity.definitions.profiles import Reads
from qualicity.engines.tables.findings import Note, Wording
from qualicity.engines.tables.guards import MAX_UNPACKED, scan_part
from qualicity.engines.tables.headings import normal
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.sheets import HEADING_ROWS, Fit, Sheet, heading_row
from qualicity.errors import FileError, Text

_MERGED_ROWS_NAMED = 1000
_CELLS_NAMED = 1000
_BATCH = 50_000


def read_workbook(path: Path, *, reads: Reads, fit: Fit, names: Sequence[str]) -> Sheet:
    """Return the sheet that is meant: named by the profile, called like the register, or the one that fits.

    ``names``: the register's code and titles. Raises FileError where the workbook is broken, no sheet has content,
    or several sheets would do.
    """
    try:
        # Kept files have no ending: the reader must look at the content.
        workbook = calamine.CalamineWorkbook.from_filelike(BytesIO(path.read_bytes()))
        book = {name: workbook.get_sheet_by_name(name) for name in workbook.sheet_names}
    except (calamine.CalamineError, OSError) as error:
        raise FileError(
            f"工作簿已损坏，无法打开（{error}）。", f"The workbook cannot be opened ({error})."
        ) from error
    name = _chosen(book, reads=reads, fit=fit, names=names)
    sheet = _sheet(book[name], name, reads, fit)
    notes = [*_merged(book[name], sheet)]
    if zipfile.is_zipfile(path):
        notes += _unsaid(path, name, sheet)
    return replace(sheet, notes=tuple(notes)).without_empty_rows()


def _chosen(book: dict[str, calamine.CalamineSheet], *, reads: Reads, fit: Fit, names: Sequence[str]) -> str:
    filled = {name: sheet for name, sheet in book.items() if sheet.height > 0}
    if not filled:
        raise FileError("工作簿里没有任何内容。", "There is nothing in the workbook.")
    if reads.sheet is not None:
        if reads.sheet not in filled:
            listed = "、".join(book)
            raise FileError(
                f"没有工作表“{reads.sheet}”，只有：{listed}。", f"No sheet “{reads.sheet}”, only: {listed}."
            )
        return reads.sheet
    called = [name for name in filled if normal(name) in {normal(own) for own in names}]
    if len(called) == 1 or len(filled) == 1:
        return called[0] if called else next(iter(filled))
    scores = {name: max(fit(row) for row in _top(sheet)) for name, sheet in filled.items()}
    best = max(scores.values())
    fitting = [name for name, score in scores.items() if best > 0 and score > 0.75 * best]
    if len(fitting) > 1:
        listed = "、".join(fitting)
        raise FileError(
            f"有几张工作表都像这个台账（{listed}）：请只留一张，或分开上传。",
            f"Several sheets look like this register ({listed}): keep one, or send them one by one.",
        )
    return fitting[0] if fitting else next(iter(filled))


def _top(sheet: calamine.CalamineSheet) -> list[list[str | None]]:
    return [[_text(cell) for cell in row] for row in islice(sheet.iter_rows(), HEADING_ROWS)] or [[]]


def _sheet(source: calamine.CalamineSheet, name: str, reads: Reads, fit: Fit) -> Sheet:
    # The reader gives rows from the first of the sheet, but columns only from the first one that is used.
    first_column = source.start[1] if source.start else 0
    if not reads.header:
        frame = _frame(
            islice(source.iter_rows(), reads.skip_rows, None), len(reads.columns), number=reads.skip_rows + 1
        )
        return Sheet(frame, reads.columns, 0, name, first_column=first_column)
    top = _top(source)
    header = reads.skip_rows + heading_row(top[reads.skip_rows :], fit)
    cells = top[header] if header < len(top) else []
    while cells and not (cells[-1] or "").strip():
        cells = cells[:-1]
    headings = tuple((cell or "").strip() for cell in cells)
    frame = _frame(islice(source.iter_rows(), header + 1, None), len(headings), number=header + 2)
    return Sheet(frame, headings, header + 1, name, first_column=first_column)


def _frame(rows: Iterator[list[Any]], width: int, *, number: int) -> pl.DataFrame:
    columns: list[list[Any]] = [[] for _ in range(width)]
    total = 0
    while batch := list(islice(rows, _BATCH)):
        total += len(batch)
        for column, cells in zip(columns, zip(*batch, strict=True), strict=False):
            column.extend(cells)
    series = [_series(f"c{position}", cells, total) for position, cells in enumerate(columns)]
    numbers = pl.int_range(number, number + total, dtype=pl.Int32(), eager=True).alias(ROW)
    return pl.DataFrame([*series, numbers])


def _series(name: str, cells: list[Any], total: int) -> pl.Series:
    """Return a column in the one type that all its cells have, else as text."""
    if not cells:
        return pl.Series(name, [None] * total, dtype=pl.String())
    kinds = {type(cell) for cell in cells}
    if "" in cells:
        cells = [None if cell == "" else cell for cell in cells]
        kinds = {type(cell) for cell in cells} - {type(None)}
    if kinds and kinds <= {int, float}:
        return pl.Series(name, cells, dtype=pl.Float64(), strict=False)
    if kinds == {bool}:
        return pl.Series(name, cells, dtype=pl.Boolean())
    if kinds and kinds <= {date, datetime}:
        return pl.Series(name, [_moment(cell) for cell in cells], dtype=pl.Datetime("us"))
    if kinds == {str}:
        return pl.Series(name, cells, dtype=pl.String())
    return pl.Series(name, [_text(cell) for cell in cells], dtype=pl.String())


def _moment(cell: date | datetime | None) -> datetime | None:
    if cell is None or isinstance(cell, datetime):
        return cell
    return datetime(cell.year, cell.month, cell.day)  # noqa: DTZ001 - sheets know no time zone


def _text(cell: Any) -> str | None:
    """Return a cell as a person would type it."""
    if cell is None or cell == "":
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    return str(cell)


def _merged(source: calamine.CalamineSheet, sheet: Sheet) -> Iterator[Note]:
    """Name every data row that a merged range covers: all but its first cell are empty, whatever was meant."""
    named = 0
    for (top, left), (bottom, right) in source.merged_cell_ranges or []:
        span = f"{_letters(left)}{top + 1}:{_letters(right)}{bottom + 1}"
        for row in range(max(top + 1, sheet.header_row + 1), bottom + 2):
            if named >= _MERGED_ROWS_NAMED:
                return
            named += 1
            wording = Wording(
                Text("每行各填各的单元格", "every row with cells of its own"),
                Text(
                    f"单元格{span}是合并单元格，只有左上角有值",
                    f"{span} is merged: only its first cell holds a value",
                ),
                Text("取消合并，在每一行填写内容", "unmerge the cells and fill in every row"),
            )
            yield Note("merged_cells", "error", row, "", span, wording)


def _letters(position: int) -> str:
    letters = ""
    position += 1
    while position:
        position, rest = divmod(position - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# A cell that holds an error value, and a formula that was never calculated: readers see both as empty.
_CELL = re.compile(rb"<c\b([^>]*?)(?:/>|>(.*?)</c>)", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_VALUE = re.compile(rb"<v[^>]*>([^<]*)</v>|<is>")


def _unsaid(path: Path, name: str, sheet: Sheet) -> list[Note]:
    """Name cells with error values (#N/A …) and formulas without a calculated value."""
    notes: list[Note] = []
    tail = b""

    def look(chunk: bytes) -> None:
        nonlocal tail
        data = tail + chunk
        end = data.rfind(b"</c>")
        if b't="e"' in data or b"<f" in data:
            notes.extend(_empty_seeming(data[: end + 4] if end >= 0 else b"", sheet))
        tail = data[end + 4 :] if end >= 0 else data[-100_000:]

    with zipfile.ZipFile(path) as archive:
        part = _part_of(archive, name)
        if part is not None:
            scan_part(archive, part, look, limit=MAX_UNPACKED)
    return notes[:_CELLS_NAMED]


def _empty_seeming(data: bytes, sheet: Sheet) -> Iterator[Note]:
    for cell in _CELL.finditer(data):
        attributes, inside = cell.group(1), cell.group(2) or b""
        is_error = b't="e"' in attributes
        value = _VALUE.search(inside)
        never_calculated = b"<f" in inside and (value is None or not value.group(1))
        place = _REFERENCE.search(attributes)
        if place is None or not (is_error or never_calculated):
            continue
        row, position = int(place.group(2)), _position(place.group(1)) - sheet.first_column
        if row <= sheet.header_row or not 0 <= position < len(sheet.headings):
            continue
        found = value.group(1).decode() if is_error and value and value.group(1) else "="
        yield Note("cell_error", "error", row, sheet.headings[position], found, _unsaid_wording(is_error=is_error))


def _unsaid_wording(*, is_error: bool) -> Wording:
    why = (
        Text("单元格是公式错误值，没有内容", "the cell holds a formula error, not a value")
        if is_error
        else Text("公式从未计算过，没有结果", "the formula was never calculated: it has no result")
    )
    mend = Text("改为数值后保存（复制—选择性粘贴—数值）", "replace the formula by its value (paste special – values)")
    return Wording(Text("一个值", "a value"), why, mend)


def _position(letters: bytes) -> int:
    position = 0
    for letter in letters:
        position = position * 26 + letter - 64
    return position - 1


def _part_of(archive: zipfile.ZipFile, name: str) -> str | None:
    """Return the part of the package that holds a sheet, by the workbook's own list."""
    try:
        sheets = ElementTree.fromstring(archive.read("xl/workbook.xml"))
        targets = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    except (KeyError, ElementTree.ParseError):
        return None
    identity = next(
        (
            value
            for sheet in sheets.iter()
            if sheet.tag.endswith("}sheet") and sheet.get("name") == name
            for key, value in sheet.attrib.items()
            if key.endswith("}id")
        ),
        None,
    )
    for relation in targets.iter():
        if identity is not None and relation.get("Id") == identity:
            target = relation.get("Target", "")
            part = target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)
            return part if part in archive.namelist() else None
    return None
