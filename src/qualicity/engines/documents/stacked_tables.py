"""Puts tables together again whose cells a copy has left one below the other, each on a line of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from qualicity.engines.documents.lines import Block, Line, Row, Table

_FIRST: Final = {"序号", "编号"}
_HEADING: Final = re.compile(
    r"^(?:[^，。；：]{0,6}(?:指标|名称|要求|目标|目标值|单位|属性|类别|部门|备注|内容|阶段|时间)|(?:19|20)\d\d年\S{0,4})$"
)


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
    if not isinstance(first, Line) or first.text not in _FIRST:
        return None, index
    cells = [(i, b) for i, b in enumerate(blocks[index:], start=index) if not isinstance(b, Line) or b.text]
    headings: list[Line] = [first]
    for _, block in cells[1:]:
        if not isinstance(block, Line) or not _HEADING.match(block.text):
            break
        headings.append(block)
    width = len(headings)
    if width < 2:
        return None, index
    rows = [Row(first.number, tuple(line.text for line in headings))]
    end = cells[width - 1][0] + 1
    for start in range(width, len(cells) - width + 1, width):
        group = [block for _, block in cells[start : start + width] if isinstance(block, Line)]
        if len(group) < width or group[0].text.strip(".、") != str(len(rows)):
            break
        rows.append(Row(group[0].number, tuple(line.text for line in group)))
        end = cells[start + width - 1][0] + 1
    return (Table(first.number, tuple(rows)), end) if len(rows) > 1 else (None, index)
