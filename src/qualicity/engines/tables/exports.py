"""Tables that leave the house as CSV or Excel: harmless in a spreadsheet program, and fit to come in again."""

from __future__ import annotations

import io
import math
import re
from collections.abc import Callable
from typing import Any

import polars as pl
import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from qualicity.errors import FileError

#: A text that begins so would run as a formula in a spreadsheet program, unless it is a plain number.
FORMULA = r"^[=+\-@\t\r]"
_PLAIN_NUMBER = r"^[+-][0-9][0-9.,]*%?$"
_SHEET_ROWS = 1_048_576
_SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FORBIDDEN_IN_NAME = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 48
_CELL_AT_MOST = 32_767


def to_csv(frame: pl.DataFrame) -> bytes:
    """Return a table as CSV in UTF-8 with mark, as spreadsheet programs expect it.

    Text that would run as a formula gets an apostrophe before it; reading takes it away again.
    """
    return b"\xef\xbb\xbf" + harmless(frame).write_csv(
        datetime_format="%Y-%m-%d %H:%M:%S", date_format="%Y-%m-%d", line_terminator="\r\n"
    ).encode("utf-8")


def to_xlsx(frame: pl.DataFrame, title: str) -> bytes:
    """Return a table as a workbook of one sheet: typed cells, frozen headings, filters; text as in ``to_csv``.

    Raises FileError where a sheet cannot hold so many rows.
    """
    if frame.height >= _SHEET_ROWS:
        raise FileError(
            f"有{frame.height}行，超过一张工作表的上限：请下载 CSV。",
            f"There are {frame.height} rows, more than a sheet can hold: download the CSV.",
        )
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, _SAFE | {"constant_memory": True, "in_memory": True}) as book:
        write_sheet(book, frame, sheet_name(title))
    return target.getvalue()


def harmless(frame: pl.DataFrame) -> pl.DataFrame:
    """Return a table in which no text or heading would run as a formula."""
    return frame.select(_harmless(pl.col(name), dtype).alias(_plain(name)) for name, dtype in frame.schema.items())


def write_sheet(book: Workbook, frame: pl.DataFrame, name: str) -> Worksheet:
    """Write a table to a new sheet of a workbook and return the sheet."""
    frame = harmless(frame)
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True, "bg_color": "#E7EEF7", "border": 1, "text_wrap": True, "valign": "top"})
    writers = [_writer(book, sheet, dtype) for dtype in frame.schema.dtypes()]
    for position, (heading, width) in enumerate(zip(frame.columns, _widths(frame), strict=True)):
        sheet.set_column(position, position, width)
        sheet.write_string(0, position, heading, bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, frame.height, max(frame.width - 1, 0))
    for number, cells in enumerate(frame.iter_rows(), 1):
        for position, (cell, write) in enumerate(zip(cells, writers, strict=True)):
            if cell is not None:
                write(number, position, cell)
    return sheet


def sheet_name(title: str) -> str:
    """Return a title as a sheet may be called: without the forbidden characters, at most 31 long."""
    return _FORBIDDEN_IN_NAME.sub(" ", title).strip()[:31] or "1"


def _harmless(cells: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    if dtype.is_nested():
        return cells.map_elements(lambda cell: ", ".join(map(str, cell)), return_dtype=pl.String)
    if dtype != pl.String:
        return cells
    runs = cells.str.contains(FORMULA) & ~cells.str.contains(_PLAIN_NUMBER)
    return pl.when(runs).then(pl.lit("'") + cells).otherwise(cells)


def _plain(heading: str) -> str:
    return f"'{heading}" if re.match(FORMULA, heading) else heading


def _writer(book: Workbook, sheet: Worksheet, dtype: pl.DataType) -> Callable[[int, int, Any], object]:
    """Return how cells of a type are written: as what they are, text always as text."""
    if dtype.is_numeric():
        return lambda row, column, cell: sheet.write(row, column, float(cell)) if _finite(cell) else None
    if dtype == pl.Boolean:
        return lambda row, column, cell: sheet.write_boolean(row, column, bool(cell))
    if dtype == pl.Date or isinstance(dtype, pl.Datetime):
        form = book.add_format({"num_format": "yyyy-mm-dd" if dtype == pl.Date else "yyyy-mm-dd hh:mm:ss"})
        return lambda row, column, cell: sheet.write_datetime(row, column, cell, form)
    return lambda row, column, cell: sheet.write_string(row, column, str(cell)[:_CELL_AT_MOST])


def _finite(cell: float) -> bool:
    return math.isfinite(cell)


def _widths(frame: pl.DataFrame) -> list[float]:
    sample = frame.head(200)
    widths = []
    for name in frame.columns:
        cells = sample.get_column(name).cast(pl.String, strict=False).drop_nulls().to_list()
        longest = max((_width(text) for text in (name, *cells)), default=8)
        widths.append(float(min(max(longest + 2, 8), _WIDEST)))
    return widths


def _width(text: str) -> int:
    """Return how wide a text stands: a Chinese character takes two places."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
