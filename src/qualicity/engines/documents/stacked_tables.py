"""Puts tables together again whose cells a copy has left one below the other, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Row, Table

_LONGEST: Final = 3000
_FIRST: Final = {"序号", "编号"}
_HEADING: Final = re.compile(
    r"^(?:[^，。；：]{0,6}(?:指标|名称|要求|目标|目标值|单位|属性|类别|领域|部门|备注|内容|阶段|时间)|(?:19|20)\d\d年\S{0,4})$"
)
_NUMERIC: Final = re.compile(r"^(?:(?:19|20)\d\d年\S{0,4}|.{0,4}目标值|.{0,4}指标值|规划值)$")
_VALUE: Final = re.compile(r"^(?:[≥≤<>\[]?\d[\d.]*\S{0,10}|[—\-/]{1,2}|完成\S{0,12}|达到\S{0,12})$")


def unstacked(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks with each stack of cells (序号, 指标名称, 目标值, 1, …) made one table."""
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        table, index_after = _stack(blocks, index)
        if table is None:
            found.append(blocks[index])
            index += 1
        else:
            found.append(table)
            index = index_after
    return found


def _stack(blocks: Sequence[Block], index: int) -> tuple[Table | None, int]:
    first = blocks[index]
    if not isinstance(first, Line) or (not _HEADING.match(first.text) and first.text not in _FIRST):
        return None, index
    ahead = blocks[index : index + _LONGEST]
    cells = [(i, b) for i, b in enumerate(ahead, start=index) if not isinstance(b, Line) or b.text]
    headings: list[Line] = [first]
    for _, block in cells[1:]:
        if not isinstance(block, Line) or not _HEADING.match(block.text):
            break
        headings.append(block)
    names = tuple(line.text for line in headings)
    if len(names) < 2 or (first.text not in _FIRST and not any(map(_NUMERIC.match, names))):
        return None, index
    rows = [Row(first.number, names)]
    place = len(names)
    while True:
        row = _row(cells[place : place + len(names)], names, rows)
        if row is None:
            break
        rows.append(row)
        place += sum(bool(cell) for cell in row.cells)
    return (Table(first.number, tuple(rows)), cells[place - 1][0] + 1) if len(rows) > 1 else (None, index)


def _row(cells: Sequence[tuple[int, Block]], names: tuple[str, ...], above: Sequence[Row]) -> Row | None:
    """Return the next row: counted where the table counts, else by where its numbers must stand."""
    lines = [block for _, block in cells if isinstance(block, Line)]
    words = tuple(line.text for line in lines)
    if not lines or len(lines) < len(cells):
        return None
    if names[0] in _FIRST:
        fits = len(words) == len(names) and words[0].strip(".、") == str(len(above))
        return Row(lines[0].number, words) if fits else None
    if _fits(words, names):
        return Row(lines[0].number, words)
    merged = ("", *words[: len(names) - 1])  # the first cell spans several rows
    return Row(lines[0].number, merged) if len(above) > 1 and _fits(merged, names) else None


def _fits(words: tuple[str, ...], names: tuple[str, ...]) -> bool:
    if len(words) != len(names) or any(len(word) > 40 or word.endswith(("。", "；")) for word in words):
        return False
    return all(
        bool(_VALUE.match(word)) == bool(_NUMERIC.match(name)) for word, name in zip(words, names, strict=True)
    )
