"""Reads the headings of an indicator table: which column names, which counts, which holds which year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from qualicity.engines.documents.lines import Row, Table
from qualicity.engines.documents.targets.extraction import read_conditions
from qualicity.engines.documents.typed_tables import looks_like_heading

Role = Literal["ordinal", "group", "name", "demand", "unit", "value", "base", "office", "nature", "other"]

_ROLES: Final[tuple[tuple[Role, re.Pattern[str]], ...]] = (
    ("ordinal", re.compile("^(?:序号|编号|号|序)$")),
    ("office", re.compile("责任|牵头|配合|部门|实施单位|完成单位|主体|负责")),
    ("nature", re.compile("属性|性质|类型|约束性|预期性|指标类别|备注|说明|数据来源|计算|权重|分值")),
    ("group", re.compile("类别|领域|分类|一级指标|方面|指标分类")),
    ("unit", re.compile("^(?:计量)?单位$|^单位[（(]?")),
    (
        "value",
        re.compile(
            "目标值|指标值|标准值|规划值|目标数|达标值|^目标$|考核值|创建目标|数值|指标要求|标准要求|目标要求|值$"
        ),
    ),
    ("demand", re.compile("要求|考核标准|标准|具体内容|目标内容|指标内容|主要目标|具体目标|内容")),
    ("name", re.compile("指标|名称|项目|考核内容")),
)
_YEAR: Final = re.compile(r"((?:19|20)\d\d)(?:年|年度)?")
_IS_BASE: Final = re.compile("实际|现状|基数|基期|完成|基准|现值|现有")
_IS_TARGET: Final = re.compile("目标|规划|预期|计划|要求|指标")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its role, and the year that it holds values for."""

    role: Role
    year: int | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class Headed:
    """An indicator table with its columns understood; ``rows`` are those below the heading."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    doubtful_years: bool = False

    def cells(self, row: Row, role: Role) -> list[str]:
        """Return the cells of a row that stand in columns of this role."""
        pairs = zip(self.columns, row.cells, strict=False)
        return [cell for column, cell in pairs if column.role == role and cell]


def headed(table: Table, *, issued: int | None) -> Headed | None:
    """Return the table with its columns understood, or None when it is no table of indicators.

    ``issued`` is the year of the document: a bare year before it holds what was, not what shall be.
    """
    rows = [row for row in table.rows if any(row.cells)]
    while rows and len({cell for cell in rows[0].cells if cell}) == 1 and not read_conditions(rows[0].cells[0]).found:
        rows = rows[1:]  # the table's own title over its whole width
    if not rows:
        return None
    if not looks_like_heading(rows[0].cells):
        return _without_heading(rows)
    headings, body = _two_lines(rows)
    columns = [_column(heading) for heading in headings]
    doubtful = _settle_years(columns, issued)
    roles = {column.role for column in columns}
    if "name" not in roles and "demand" in roles and "value" in roles:
        columns = [Column("name", c.year, c.heading) if c.role == "demand" else c for c in columns]
        roles = {column.role for column in columns}
    if not roles & {"name", "demand"} or re.search("任务|措施|阶段|时间", "".join(headings[:2])):
        return None
    found = Headed(tuple(columns), tuple(body), doubtful)
    return found if roles & {"value"} or _has_conditions(found) else None


def _two_lines(rows: Sequence[Row]) -> tuple[list[str], Sequence[Row]]:
    """Return one heading for each column, and the rows below, where the heading may take two rows."""
    first = list(rows[0].cells)
    if (
        len(rows) > 2
        and looks_like_heading(rows[1].cells)
        and not any(re.fullmatch(r"[≥≤<>]?\d+(?:\.\d+)?%?", cell) for cell in rows[1].cells)
    ):
        width = max(len(first), len(rows[1].cells))
        upper, carried = [], ""
        for cell in first + [""] * (width - len(first)):
            carried = cell or carried
            upper.append(carried)
        lower = list(rows[1].cells) + [""] * (width - len(rows[1].cells))
        return [a if a == b or not b else f"{a}{b}" for a, b in zip(upper, lower, strict=True)], rows[2:]
    return first, rows[1:]


def _column(heading: str) -> Column:
    year = _YEAR.search(heading)
    if year:
        base = _IS_BASE.search(heading) and not re.search("目标|计划完成|规划", heading)
        return Column("base" if base else "value", int(year.group(1)), heading)
    roles = [role for role, pattern in _ROLES if pattern.search(heading)]
    return Column(roles[0] if roles else "other", None, heading)


def _settle_years(columns: list[Column], issued: int | None) -> bool:
    """Take bare years of the past for base years; tell whether that stays in doubt."""
    years = [column for column in columns if column.year is not None]
    bare = [column for column in years if column.role == "value" and not _IS_TARGET.search(column.heading)]
    labelled = [column.year for column in years if column not in bare and column.role == "value" and column.year]
    stated = [column.year for column in years if column.role == "base" and column.year]
    if stated:  # one column says that it holds what was: bare years after it hold what shall be
        limit: int | None = max(stated) + 1
    else:
        limit = issued if issued is not None else min(labelled, default=None)
    for index, column in enumerate(columns):
        if column in bare and limit is not None and column.year is not None and column.year < limit:
            columns[index] = Column("base", column.year, column.heading)
    return bool(bare) and limit is None and len(years) > 1


def _without_heading(rows: Sequence[Row]) -> Headed | None:
    """Understand a table that starts with its first row: number and sentence."""
    width = max(len(row.cells) for row in rows)
    numbered = sum(row.cells[0].isdigit() for row in rows) * 2 > len(rows)
    columns = (Column("ordinal"), *[Column("demand")] * (width - 1)) if numbered else (Column("demand"),) * width
    found = Headed(columns, tuple(rows))
    return found if _has_conditions(found) else None


def _has_conditions(table: Headed) -> bool:
    speaking = [
        row
        for row in table.rows
        if read_conditions("".join([*table.cells(row, "name"), *table.cells(row, "demand")])).found
    ]
    return len(speaking) * 2 >= max(1, len(table.rows))
