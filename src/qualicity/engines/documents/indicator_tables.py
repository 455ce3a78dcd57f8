"""Reads tables of indicators: 序号|要求, 指标|单位|2012年|2015年目标, with groups, units and years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from qualicity.engines.documents.columns import Column, Headed, headed
from qualicity.engines.documents.lines import Row, Table
from qualicity.engines.documents.numerals import han_integer
from qualicity.engines.documents.results import Target
from qualicity.engines.documents.targets.extraction import Found, joined, read_conditions
from qualicity.engines.documents.targets.rows import row_targets
from qualicity.engines.documents.targets.units import UNIT, symbol, symbol_of_column
from qualicity.engines.documents.targets.wording import POST, PRE, low_is_good, understood

_VALUE: Final = re.compile(
    rf"^[\[【]?(?P<pre>{PRE}|≥|≤|<|>)?(?P<num>\d+(?:\.\d+)?)(?P<scale>[万亿](?![元美立吨亩千平公]))?(?P<unit>{UNIT})?(?P<post>{POST})?[\]】]?$"
)
_UNIT_IN_NAME: Final = re.compile(r"（(?P<unit>[^（）]{1,10})）$")
_NATURE: Final = re.compile("(?:约束性|预期性)(?:指标)?")
_EMPTY: Final = {"", "-", "—", "——", "/", "\\", "无", "／"}
_SCALES: Final = {"万": 10_000, "亿": 100_000_000}


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of an indicator table; without targets when nothing in it was understood."""

    line: int
    number: int | None
    group: str
    text: str
    targets: tuple[Target, ...]
    responsible: tuple[str, ...] = ()


def table_rows(table: Table, *, issued: int | None, due: int | None) -> tuple[TableRow, ...] | None:
    """Return the rows of an indicator table, or None when the table is of another sort.

    ``issued`` is the year of the document; ``due`` is due where neither row nor heading names a year.
    """
    understood_table = headed(table, issued=issued)
    if understood_table is None:
        return None
    return tuple(_rows(understood_table, due))


def _rows(table: Headed, due: int | None) -> Iterator[TableRow]:
    group, last_name = "", ""
    for row in table.rows:
        filled = [cell for cell in row.cells if cell]
        if len(set(filled)) == 1 and len(table.columns) > 1 and not read_conditions(filled[0], row=True).found:
            group = _group_title(filled[0])
            continue
        groups = table.cells(row, "group")
        group = _group_title(groups[0]) if groups else group
        names = table.cells(row, "name")
        last_name = "".join(dict.fromkeys(names)) or last_name
        text, targets = _one(table, row, last_name, due)
        if text:
            nature = next((cell for cell in table.cells(row, "nature") if _NATURE.fullmatch(cell)), "")
            targets = tuple(replace(target, nature=nature.removesuffix("指标")) for target in targets)
            yield TableRow(row.number, _number(table, row), group, text, targets, _offices(table, row))


def _offices(table: Headed, row: Row) -> tuple[str, ...]:
    cells = table.cells(row, "office")
    return tuple(dict.fromkeys(name for cell in cells for name in re.split("[、，；\\s]+", cell) if name))


def _group_title(text: str) -> str:
    return re.sub(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.、])", "", text).strip("：: ")


def _number(table: Headed, row: Row) -> int | None:
    written = table.cells(row, "ordinal")
    return han_integer(written[0].strip(".、（）")) if written else None


def _one(table: Headed, row: Row, name: str, due: int | None) -> tuple[str, tuple[Target, ...]]:
    demand = "".join(table.cells(row, "demand"))
    values = [
        (column, cell)
        for column, cell in zip(table.columns, row.cells, strict=False)
        if column.role == "value" and cell not in _EMPTY
    ]
    spread = "".join(table.cells(row, "base"))
    if not values and name and not re.fullmatch(r"[\d.%]*", spread):
        # one value with its operator, spread over all the columns of years
        return f"{name}{spread}", row_targets(f"{name}{spread}", year=due)
    if not values:
        text = demand if name and name in demand else f"{name}{demand}"
        return text, row_targets(text, year=due)
    if not name:
        name = demand
    unit = next((symbol_of_column(cell) for cell in table.cells(row, "unit")), None)
    in_name = _UNIT_IN_NAME.search(name)
    if (
        unit is None
        and in_name
        and (re.fullmatch(f"[万亿]?{UNIT}", in_name["unit"]) or in_name["unit"] in {"%", "‰"})
    ):
        unit, name = symbol_of_column(in_name["unit"]), name[: in_name.start()]
    found = [item for column, cell in values for item in _valued(name, cell, unit, column, due)]
    base = _base(table, row)
    found = [replace(item, target=_based(item.target, base)) for item in found]
    merged = _merged(found)
    if table.doubtful_years:
        merged = [replace(item, target=replace(item.target, certainty="unclear")) for item in merged]
    return _text(name, values, unit), tuple(item.target for item in merged)


def _text(name: str, values: list[tuple[Column, str]], unit: str | None) -> str:
    printed = [f"{column.year}年{cell}" if column.year else cell for column, cell in values]
    bare = unit is not None and all(unit not in cell for _, cell in values)
    return f"{name}：{'；'.join(printed)}" + (f"（单位：{unit}）" if bare else "")


def _valued(name: str, cell: str, unit: str | None, column: Column, due: int | None) -> list[Found]:
    year = column.year or due
    plain = _VALUE.match(cell)
    if plain is None:
        text = f"{name}{cell}"
        return [Found(target, name, text, own=True, year_said=True) for target in row_targets(text, year=year)]
    pre, post = plain["pre"] or "", plain["post"] or ""
    printed = plain["unit"] or unit
    value = float(plain["num"]) * _SCALES.get(plain["scale"] or "", 1)
    if not pre and not post:
        kind = "at_most" if low_is_good(name) else "at_least"
        target = Target(kind, value, symbol(printed, name), year=year, certainty="derived")
        if re.search("(?:削减|下降|降低|减少)(?:率|比例|幅度|百分比)?$", name):
            target = replace(target, kind="cut")
    else:
        meant = understood(pre, post, name, printed, has_base=False)
        words = "…".join(word for word in (pre, post) if word)
        target = Target(
            meant.kind,
            value,
            symbol(printed, name),
            None,
            meant.every,
            year,
            op_text=words,
            certainty=meant.certainty,
        )
    return [Found(replace(target, subject=name), name, f"{name}{cell}", own=True, year_said=column.year is not None)]


def _base(table: Headed, row: Row) -> tuple[int, float | None] | None:
    """Return the year and the value of the last column that holds what was."""
    pairs = [(c.year, cell) for c, cell in zip(table.columns, row.cells, strict=False) if c.role == "base" and c.year]
    if not pairs or pairs[-1][0] is None:
        return None
    value = re.fullmatch(r"(\d+(?:\.\d+)?)\D{0,6}", pairs[-1][1])
    return pairs[-1][0], float(value.group(1)) if value else None


def _based(target: Target, base: tuple[int, float | None] | None) -> Target:
    if base is None or target.base_year is not None:
        return target
    return replace(target, base_year=base[0], from_value=base[1] if target.from_value is None else target.from_value)


def _merged(found: list[Found]) -> list[Found]:
    """Return one trajectory where several columns of years hold values of one quantity."""
    valued = [item for item in found if item.target.value is not None and item.year_said]
    if len(valued) < 2 or len({item.target.year for item in valued}) < len(valued) or len(valued) != len(found):
        return found
    if any(item.target.kind == "cut" for item in valued):
        return found
    whole = valued[0]
    for item in valued[1:]:
        whole = joined(whole, item)
    derived = any(item.target.certainty != "stated" for item in valued)
    return [replace(whole, target=replace(whole.target, certainty="derived" if derived else "stated"))]
