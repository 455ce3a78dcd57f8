"""Finds the tables that are typed into plain text: tabs, pipes, or columns held apart by spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Row, Table
from qualicity.engines.documents.stacked_tables import unstacked
from qualicity.engines.documents.tidying import tidy, tidy_cell
from qualicity.engines.documents.unrolling import written_lines

PAGE: Final = re.compile(
    r"^(?:[—\-–－·\s]*\d{1,3}[—\-–－·\s]*|第\s*\d{1,3}\s*页.{0,12}|[—\-–－]+\s*第?[一二三四五六七八九十]{1,3}页?\s*[—\-–－]+|"
    r"\d{1,3}\s*/\s*\d{1,3}|Page\s*\d+.{0,10})$",
    re.IGNORECASE,
)
_HEADING_WORDS: Final = re.compile(
    "序号|编号|指标|要求|目标|单位|项目|内容|任务|阶段|时间|类别|领域|责任|备注|数值|[12][0-9]{3}年"
)
_GROUP: Final = re.compile(
    "(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）])?[^，。；：\\s]{2,14}"
)
_RULE: Final = re.compile(r"^\s*\|?[\s:|+=—-]+\|?\s*$")
_ENDS: Final = re.compile(r"[。；;]$")
_HEADED: Final = re.compile(
    r"^(#|第[一二三四五六七八九十百\d]+[章节条编]|[（(][一二三四五六七八九十\d]+[)）]|[一二三四五六七八九十]+、)"
)


def with_tables(text: str) -> list[Block]:
    """Return the lines of a plain text, with the rows of typed tables gathered into tables."""
    found: list[Block] = []
    rows: list[Row] = []
    spaced = False
    lines = list(written_lines(text))
    for index, (number, raw) in enumerate(lines):
        cells = split_cells(raw)
        if not cells and (spaced or _opens_spaced(raw)):
            cells = _spaced_cells(raw)
            spaced = bool(cells)
        if cells:
            rows.append(Row(number, cells))
        elif rows and raw.strip() and (_RULE.match(raw) or PAGE.match(raw.strip())):
            continue
        elif rows and _groups(rows, raw, lines[index + 1 : index + 2]):
            rows.append(Row(number, (tidy_cell(raw),)))
        elif rows and raw.strip() and _continues(rows, raw):
            rows[-1] = Row(rows[-1].number, (*rows[-1].cells[:-1], tidy_cell(rows[-1].cells[-1] + raw)))
        elif raw.strip() or not rows:
            found.extend(gathered(rows))
            rows, spaced = [], False
            found.append(Line(number, tidy(raw)))
    found.extend(gathered(rows))
    return unstacked(found)


def split_cells(raw: str) -> tuple[str, ...]:
    """Return the cells of a row typed with tabs or pipes; nothing when the line is no such row."""
    line = raw.strip(" \u3000\r\n")
    if line.startswith(("|", "｜")) and line.count("|") + line.count("｜") >= 3:
        if _RULE.match(line):
            return ()
        return tuple(tidy_cell(cell) for cell in re.split(r"(?<!\\)[|｜]", line)[1:-1])
    if line.count("|") >= 2 and "|" not in line[0] and not re.match(r"[^|]{1,14}[:：]\s*\|", line):
        cells = tuple(tidy_cell(cell) for cell in line.removesuffix("|").split("|"))
        return cells if sum(bool(cell) for cell in cells) > 1 else ()
    if "\t" not in line.strip("\t"):
        return ()
    cells = tuple(tidy_cell(cell) for cell in line.split("\t"))
    # a heading whose number and words a tab holds apart is no row
    if len([cell for cell in cells if cell]) < 2 or _HEADED.match(line):
        return ()
    return cells


def gathered(rows: list[Row]) -> list[Block]:
    """Return one table of these rows; a single row that is no heading of a table is a line after all."""
    if not rows:
        return []
    if len(rows) == 1:
        return [Line(rows[0].number, tidy("".join(rows[0].cells)))]
    return [Table(rows[0].number, tuple(rows))]


def _groups(rows: list[Row], raw: str, below: Sequence[tuple[int, str]]) -> bool:
    """Tell whether a short line inside a table names the rows below it: 一、产品质量."""
    short = _GROUP.fullmatch(raw.strip()) is not None and looks_like_heading(rows[0].cells)
    return short and bool(below) and len(split_cells(below[0][1])) == len(rows[0].cells)


def _continues(rows: list[Row], raw: str) -> bool:
    """Tell whether a line without columns goes on with the last cell of the row before it."""
    body = [row.cells[-1] for row in rows[1:-1]]
    sentences = sum(bool(_ENDS.search(cell)) for cell in body) * 2 > len(body)
    if not body:  # the first row below the heading: its own end must be on this line
        sentences = bool(_ENDS.search(raw.strip())) and len(rows) == 2 and len(rows[-1].cells[-1]) > 3
    open_end = len(rows) > 1 and not _ENDS.search(rows[-1].cells[-1])
    return bool(sentences and open_end and not _HEADED.match(raw.strip()))


def _opens_spaced(raw: str) -> bool:
    cells = _spaced_cells(raw)
    return len(cells) >= 2 and all(len(c) <= 12 for c in cells) and cells[0] in {"序号", "编号", "指标", "指标名称"}


def _spaced_cells(raw: str) -> tuple[str, ...]:
    cells = tuple(tidy_cell(cell) for cell in re.split(r"[ \u3000]{2,}", raw.strip()))
    return cells if len(cells) >= 2 else ()


def looks_like_heading(cells: tuple[str, ...]) -> bool:
    """Tell whether a row of cells is the heading of a table."""
    named = [cell for cell in cells if cell]
    return bool(named) and sum(bool(_HEADING_WORDS.search(c)) and len(c) <= 16 for c in named) * 2 >= len(named)
