"""Filters and rules of definitions as polars expressions; an empty cell satisfies nothing but ``is_empty``."""

from __future__ import annotations

from functools import reduce

import polars as pl

from qualicity.definitions.model import Condition, Filter, Scalar
from qualicity.definitions.registers import Compare, Requirement

_EVERY_ROW = pl.lit(True)


def filter_expression(conditions: Filter) -> pl.Expr:
    """Return an expression that is true on the rows that every condition of the filter keeps, never null."""
    kept = [_one(pl.col(name), wanted) for name, wanted in conditions.items()]
    return reduce(lambda left, right: left & right, kept, _EVERY_ROW)


def compare_fails(compare: Compare) -> pl.Expr:
    """Return an expression that is true where both sides are given and the comparison does not hold."""
    left = pl.col(compare.left)
    right = pl.col(compare.right) if compare.right is not None else pl.lit(compare.value)
    holds = {
        "<=": left <= right,
        "<": left < right,
        ">=": left >= right,
        ">": left > right,
        "==": left == right,
        "!=": left != right,
    }[compare.op]
    return (~holds).fill_null(value=False)


def requirement_fails(requirement: Requirement) -> pl.Expr:
    """Return an expression that is true where a cell is empty that must be given, or given that must be empty."""
    column = pl.col(requirement.column)
    wrong = column.is_null() if requirement.must_be == "given" else column.is_not_null()
    return filter_expression(requirement.when) & wrong


def _one(column: pl.Expr, wanted: Scalar | tuple[Scalar, ...] | Condition) -> pl.Expr:
    if isinstance(wanted, Condition):
        return _condition(column, wanted)
    values = wanted if isinstance(wanted, tuple) else (wanted,)
    return column.is_in(list(values)).fill_null(value=False)


def _condition(column: pl.Expr, wanted: Condition) -> pl.Expr:
    # Foreign files hold text: bounds are asked of the number that the text stands for.
    number = column.cast(pl.Float64, strict=False)
    parts: list[pl.Expr] = []
    if wanted.at_least is not None:
        parts.append(number >= wanted.at_least)
    if wanted.above is not None:
        parts.append(number > wanted.above)
    if wanted.at_most is not None:
        parts.append(number <= wanted.at_most)
    if wanted.below is not None:
        parts.append(number < wanted.below)
    if wanted.not_in:
        parts.append(~column.is_in(list(wanted.not_in)))
    if wanted.is_empty is not None:
        parts.append(column.is_null() if wanted.is_empty else column.is_not_null())
    return reduce(lambda left, right: left & right, parts, _EVERY_ROW).fill_null(value=False)
