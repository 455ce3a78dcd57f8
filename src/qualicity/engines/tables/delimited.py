"""Delimited text (.csv) as a sheet: delimiter and headings are found, quoted line breaks and blank lines kept."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from qualicity.definitions.profiles import Reads
from qualicity.engines.tables.encodings import as_utf8, detect
from qualicity.engines.tables.findings import Note, Wording
from qualicity.engines.tables.schemas import ROW
from qualicity.engines.tables.sheets import HEADING_ROWS, Cells, Fit, Sheet, fits, heading_row
from qualicity.errors import FileError, Text, WrongFileError

_DELIMITERS = (",", ";", "\t", "|")
#: One cell may hold this many characters in the slow reader; a stray quote would else swallow the file unseen.
csv.field_size_limit(10_000_000)


def read_delimited(path: Path, *, reads: Reads, fit: Fit) -> Sheet:
    """Return the one sheet of a delimited text file, all cells as text.

    A row with more cells than headings becomes a note and keeps the cells that have one. Raises FileError for a
    wrong encoding or an empty file.
    """
    try:
        return _decoded(path, reads, fit)
    except csv.Error as error:
        raise FileError(
            f"CSV 文件格式损坏（{error}），多半是引号没有成对。",
            f"The CSV is broken ({error}): a quote is left open.",
        ) from error


def _decoded(path: Path, reads: Reads, fit: Fit) -> Sheet:
    if not reads.encodings or "utf-8" in reads.encodings:
        # Nearly all are UTF-8, and the fast reader notices when one is not.
        try:
            return _read(path, reads, fit)
        except UnicodeDecodeError:
            pass
    with as_utf8(path, detect(path, reads.encodings)) as text:
        return _read(text, reads, fit)


def _read(text: Path, reads: Reads, fit: Fit) -> Sheet:
    delimiter = reads.delimiter or _delimiter(text, reads, fit)
    top = list(itertools.islice(_records(text, delimiter), reads.skip_rows + HEADING_ROWS))
    if not any(any(cells) for cells, _ in top):
        raise FileError("文件里没有任何内容。", "There is nothing in the file.")
    if not reads.header and not any(len(cells) == len(reads.columns) for cells, _ in top):
        raise _other_width(reads, max(len(cells) for cells, _ in top))
    headings, header_row, lines = _start(top, reads, fit)
    frame, notes = _rows(text, delimiter, len(headings), header_row, lines)
    return Sheet(frame, headings, header_row if reads.header else 0, notes=notes).without_empty_rows()


def _start(top: list[tuple[list[str], int]], reads: Reads, fit: Fit) -> tuple[tuple[str, ...], int, int]:
    """Return the headings, the number of rows above the data and the number of physical lines above the data."""
    if not reads.header:
        lines = top[reads.skip_rows - 1][1] if reads.skip_rows else 0
        return reads.columns, reads.skip_rows, lines
    found = reads.skip_rows + heading_row([cells for cells, _ in top[reads.skip_rows :]], fit)
    cells, lines = top[found]
    while cells and not cells[-1].strip():
        cells = cells[:-1]
    return tuple(cell.strip() for cell in cells), found + 1, lines


def _delimiter(text: Path, reads: Reads, fit: Fit) -> str:
    """Return the delimiter under which some row serves best as headings (or gives the expected number of cells)."""

    def score(delimiter: str) -> tuple[float, int]:
        rows = [cells for cells, _ in itertools.islice(_records(text, delimiter), HEADING_ROWS)]
        widest = max((len(cells) for cells in rows), default=0)
        if not reads.header:
            return (float(sum(len(cells) == len(reads.columns) for cells in rows)), widest)
        return (max(fits(rows, fit), default=0.0), widest)

    return max(_DELIMITERS, key=score)


def _records(text: Path, delimiter: str) -> Iterator[tuple[list[str], int]]:
    """Yield the cells of each record with the number of physical lines read so far."""
    with text.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter)
        for cells in reader:
            yield cells, reader.line_num


def _rows(text: Path, delimiter: str, width: int, above: int, lines: int) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    """Return the data rows by the fast reader, or by the slow one where the fast one meets uneven rows."""
    schema = {f"c{position}": pl.String() for position in range(width)}
    try:
        frame = (
            pl.scan_csv(
                text,
                glob=False,
                has_header=False,
                separator=delimiter,
                skip_lines=lines,
                schema=schema,
                missing_columns="insert",
                row_index_name=ROW,
                row_index_offset=above + 1,
            )
            .with_columns(pl.col(ROW).cast(pl.Int32))
            .collect()
        )
    except pl.exceptions.NoDataError:
        return pl.DataFrame(schema=schema | {ROW: pl.Int32()}), ()
    except (pl.exceptions.ComputeError, pl.exceptions.SchemaError):
        # Uneven rows, or no UTF-8 after all: the slow reader tells which.
        return _uneven_rows(text, delimiter, width, above)
    return frame, ()


def _uneven_rows(text: Path, delimiter: str, width: int, above: int) -> tuple[pl.DataFrame, tuple[Note, ...]]:
    columns: list[list[str | None]] = [[] for _ in range(width)]
    numbers: list[int] = []
    notes: list[Note] = []
    for number, (cells, _) in enumerate(_records(text, delimiter), 1):
        if number <= above:
            continue
        numbers.append(number)
        for position, column in enumerate(columns):
            column.append((cells[position] or None) if position < len(cells) else None)
        if any(cell.strip() for cell in cells[width:]):
            notes.append(_too_many_cells(number, cells[width:], width))
    frame = pl.DataFrame({f"c{position}": column for position, column in enumerate(columns)}, strict=False)
    frame = frame.cast({name: pl.String() for name in frame.columns})
    return frame.with_columns(pl.Series(ROW, numbers, dtype=pl.Int32())), tuple(notes)


def _other_width(reads: Reads, found: int) -> WrongFileError:
    expected = len(reads.columns)
    return WrongFileError(
        f"这种文件没有表头，每行应有{expected}个单元格（{'、'.join(reads.columns)}），实际为{found}个：不是这种文件。",
        f"Such files have no headings and {expected} cells a row ({', '.join(reads.columns)}); this one has {found}: "
        "it is another kind of file.",
    )


def _too_many_cells(number: int, extra: Cells, width: int) -> Note:
    wording = Wording(
        Text(f"{width}个单元格", f"{width} cells"),
        Text("这一行的单元格比表头多，内容可能错位", "the row has more cells than headings: they may have shifted"),
        Text("检查多余的分隔符；含逗号的文字要加引号", "look for a stray delimiter; text with a comma needs quotes"),
    )
    return Note("too_many_cells", "error", number, "", " | ".join(cell or "" for cell in extra), wording)
