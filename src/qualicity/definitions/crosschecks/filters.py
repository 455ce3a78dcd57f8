"""Whether a filter fits its register: the columns are there, and the values are such as the column can hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.definitions.model import Condition, Filter, Scalar
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.definitions.crosschecks.asking import Check
    from qualicity.definitions.registers import Column, ColumnType, Register

COLUMN = Text("列", "column")
NUMBERS: frozenset[ColumnType] = frozenset({"integer", "number"})
DAYS: frozenset[ColumnType] = frozenset({"date", "datetime"})
WORDS: frozenset[ColumnType] = frozenset({"text", "place", "enterprise", "gtin"})


def check_column(
    check: Check, name: str, register: Register, *, types: frozenset[ColumnType] | None = None
) -> Column | None:
    """Return the column of that name; write down when there is none, or none of these types."""
    if not check.known(name, register.names, Text(f"台账“{register.code}”的列", f"column of “{register.code}”")):
        return None
    column = register.column(name)
    if types is not None and column.type not in types:
        wanted = "/".join(sorted(types))
        check.say(
            f"列“{name}”的类型是 {column.type}，这里要 {wanted}",
            f"column “{name}” is of type {column.type}; {wanted} is needed here",
        )
        return None
    return column


def check_filter(check: Check, conditions: Filter, register: Register) -> None:
    """Check every column and value of a filter."""
    for name, wanted in conditions.items():
        here = check.at(name)
        column = check_column(here, name, register)
        if column is None:
            continue
        if isinstance(wanted, Condition):
            _check_condition(here, wanted, column)
        elif isinstance(wanted, tuple):
            if not wanted:
                here.say("列表是空的，什么也选不出", "the list is empty and keeps nothing")
            for number, value in enumerate(wanted):
                _check_value(here.at(number), value, column)
        else:
            _check_value(here, wanted, column)


def _check_condition(check: Check, condition: Condition, column: Column) -> None:
    for bound in ("at_least", "above", "at_most", "below"):
        if getattr(condition, bound) is not None and column.type not in NUMBERS:
            check.at(bound).say(
                f"列“{column.name}”不是数值，不能比较大小", f"column “{column.name}” holds no numbers to compare"
            )
    for number, value in enumerate(condition.not_in):
        _check_value(check.at("not_in", number), value, column)
    if condition.is_empty is not None and column.required:
        check.at("is_empty").say(
            f"列“{column.name}”是必填列，不会为空", f"column “{column.name}” is required and never empty"
        )
    if condition == Condition():
        check.say("条件是空的", "the condition is empty")


def _check_value(check: Check, value: Scalar, column: Column) -> None:
    if column.type == "code":
        codes = Text(f"列“{column.name}”的代码", f"code of column “{column.name}”")
        check.known(str(value), (one.code for one in column.codes), codes)
        return
    fits = (
        (column.type == "boolean" and isinstance(value, bool))
        or (column.type in NUMBERS and isinstance(value, int | float) and not isinstance(value, bool))
        or (column.type in WORDS and isinstance(value, str))
    )
    if not fits:
        check.say(
            f"“{value}”不是列“{column.name}”（{column.type}）的值",
            f"“{value}” is no value of column “{column.name}” ({column.type})",
        )
