"""How a register's definition may move on while its table stays: a new column that may be empty, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from qualicity.engines.tables.schemas import LAKE_ONLY, polars_schema
from qualicity.errors import Text, nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.registers import Register


def changes(register: Register, held: Mapping[str, pl.DataType]) -> tuple[Text, ...]:
    """Return what the definition asks of a table with the columns ``held`` that no table can follow.

    A column that is not required may be new: rows that were accepted before are empty there.
    """
    wanted = polars_schema(register)
    new = [name for name in wanted if name not in held]
    found = [_gone(register, name, new) for name in held if name not in wanted]
    found += [_retyped(register, name, held[name]) for name in wanted if name in held and held[name] != wanted[name]]
    found += [_required(register, name) for name in new if register.column(name).required]
    return tuple(found)


def fitted(frame: pl.LazyFrame | pl.DataFrame, register: Register) -> pl.LazyFrame:
    """Return rows in the columns of the definition, those that the rows do not have yet empty."""
    lazy = frame.lazy()
    there = lazy.collect_schema().names()
    absent = [
        pl.lit(None, dtype=dtype).alias(name)
        for name, dtype in polars_schema(register).items()
        if name not in there and name not in LAKE_ONLY
    ]
    return lazy.with_columns(absent) if absent else lazy


def _where(register: Register) -> str:
    return f"registers/{register.code}.yaml"


def _gone(register: Register, name: str, new: list[str]) -> Text:
    like = nearest(name, new)
    return Text(
        f"{_where(register)}：已入库的列“{name}”不见了"
        + (f"（是否改名为“{like}”？）" if like else "")
        + "。已接收的数据不会改写：请恢复这一列，或以新代码另立台账。",
        f"{_where(register)}: the column “{name}” that accepted rows have is gone"
        + (f" (was it renamed to “{like}”?)" if like else "")
        + ". Accepted rows are never rewritten: put the column back, or write a new register under a new code.",
    )


def _retyped(register: Register, name: str, held: pl.DataType) -> Text:
    kind = register.column(name).type if name not in LAKE_ONLY else name
    return Text(
        f"{_where(register)}：列“{name}”的类型改成了 {kind}，而已入库的数据是 {held}。"
        "请改回原类型，或另加一列（required: false）。",
        f"{_where(register)}: the type of column “{name}” became {kind}, but accepted rows hold {held}. "
        "Change it back, or add another column (required: false).",
    )


def _required(register: Register, name: str) -> Text:
    return Text(
        f"{_where(register)}：新列“{name}”为必填，而已接收的数据没有这一列。请写 required: false。",
        f"{_where(register)}: the new column “{name}” is required, but rows accepted before have none. "
        "Write required: false.",
    )
