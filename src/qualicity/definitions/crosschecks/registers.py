"""Whether a register is one: its key, place and day are columns, and its rules and examinations can be asked."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import TYPE_CHECKING

from qualicity.definitions.crosschecks.filters import DAYS, NUMBERS, check_column, check_filter
from qualicity.definitions.units import Unit, is_known
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.registers import Column, ColumnType, Compare, Register, Rule

#: Columns that the lake adds to every register.
RESERVED = ("submission_id", "row_number")
PLACES: frozenset[ColumnType] = frozenset({"place"})
UNIT = Text("计量单位", "unit")
_AIR = ("aqi", "pm25", "pm10", "so2", "co", "no2", "o3_8h")
_NEEDED: dict[str, tuple[str, ...]] = {
    "daily_aqi": _AIR,
    "hourly_aqi": (*_AIR, "o3_1h"),
    "water_class": ("published_class", "ph", "dissolved_oxygen", "permanganate_index", "ammonia_nitrogen"),
}


def check_register(check: Check, register: Register, units: Collection[Unit]) -> None:
    """Check one register against itself and the vocabulary of units."""
    check.at("columns").once(register.names, Text("列", "column"), "name")
    for number, column in enumerate(register.columns):
        _check_column(check.at("columns", number), column, units)
    for part, name, types in (
        ("place", register.place, PLACES),
        ("date", register.date, DAYS),
    ):
        _check_required(check.at(part), check_column(check.at(part), name, register, types=types))
    check.at("key").once(register.key, Text("主键列", "key column"))
    for number, name in enumerate(register.key):
        here = check.at("key", number)
        _check_required(here, check_column(here, name, register))
    check.at("rules").once([rule.code for rule in register.rules], Text("规则", "rule"), "code")
    for number, rule in enumerate(register.rules):
        _check_rule(check.at("rules", number), rule, register)
    _check_integrity(check.at("integrity"), register)


def _check_required(check: Check, column: Column | None) -> None:
    if column is not None and not column.required:
        check.say(
            f"列“{column.name}”在这里必须是必填列", f"column “{column.name}” must be a required column to serve here"
        )


def _check_column(check: Check, column: Column, units: Collection[Unit]) -> None:
    if column.name in RESERVED:
        check.at("name").say(f"列名“{column.name}”由系统保留", f"the column name “{column.name}” is reserved")
    if column.unit is not None and not is_known(column.unit, units):
        check.at("unit").known(column.unit, (unit.symbol for unit in units), UNIT)
    if (column.type == "code") != bool(column.codes):
        check.at("codes").say(
            f"列“{column.name}”：类型为 code 的列才有、也必须有 codes",
            f"column “{column.name}”: codes belong to a column of type code, which needs them",
        )
    check.at("codes").once([one.code for one in column.codes], Text("代码", "code"), "code")
    numeric = column.type in NUMBERS
    for bound in ("minimum", "maximum", "decimals"):
        if getattr(column, bound) is not None and not numeric:
            check.at(bound).say(
                f"列“{column.name}”不是数值，不能有 {bound}", f"column “{column.name}” is no number: no {bound}"
            )
    if column.minimum is not None and column.maximum is not None and column.minimum > column.maximum:
        check.at("maximum").say("上限小于下限", "the maximum is below the minimum")
    if column.pattern is not None:
        _check_pattern(check.at("pattern"), column.pattern)


def _check_pattern(check: Check, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        check.say(f"不是正则表达式：{error}", f"not a regular expression: {error}")


def _check_rule(check: Check, rule: Rule, register: Register) -> None:
    if (rule.compare is None) == (rule.requirement is None):
        check.say("规则必须且只能有 compare 或 requirement 之一", "a rule has exactly one of compare and requirement")
    if rule.compare is not None:
        _check_compare(check.at("compare"), rule.compare, register)
    if rule.requirement is not None:
        here = check.at("requirement")
        column = check_column(here.at("column"), rule.requirement.column, register)
        if column is not None and column.required:
            here.at("column").say(
                f"列“{column.name}”本来就是必填列，规则没有作用",
                f"column “{column.name}” is required anyway: the rule has no effect",
            )
        check_filter(here.at("when"), rule.requirement.when, register)


def _check_compare(check: Check, compare: Compare, register: Register) -> None:
    left = check_column(check.at("left"), compare.left, register, types=NUMBERS | DAYS)
    if (compare.right is None) == (compare.value is None):
        check.say("比较必须且只能有 right 或 value 之一", "a comparison has exactly one of right and value")
    if compare.right is not None:
        right = check_column(check.at("right"), compare.right, register, types=NUMBERS | DAYS)
        if left is not None and right is not None and (left.type in NUMBERS) != (right.type in NUMBERS):
            check.at("right").say("日期不能与数值比较", "a date cannot be compared with a number")
    elif left is not None and left.type not in NUMBERS:
        check.at("value").say("日期不能与数值比较", "a date cannot be compared with a number")


def _check_integrity(check: Check, register: Register) -> None:
    integrity = register.integrity
    for part, names, types in (
        ("digits", integrity.digits, NUMBERS),
        ("outliers", integrity.outliers, NUMBERS),
        ("repeats", integrity.repeats, None),
    ):
        for number, name in enumerate(names):
            check_column(check.at(part, number), name, register, types=types)
    if integrity.evenness is not None:
        check_filter(check.at("evenness", "passing"), integrity.evenness.passing, register)
        check_column(check.at("evenness", "by"), integrity.evenness.by, register)
    for name in _NEEDED.get(integrity.reproducible or "", ()):
        check_column(check.at("reproducible"), name, register)
