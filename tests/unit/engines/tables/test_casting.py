"""Codes are understood as they are written; what could be two of them is nobody's."""

from __future__ import annotations

import polars as pl
import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.model import Words
from qualicity.definitions.registers import CodeValue, Column
from qualicity.engines.tables.casting import cast
from qualicity.engines.tables.places import Places


def column(*codes: str) -> Column:
    """Return a column of codes that are called as they are written."""
    values = tuple(CodeValue(code=code, title=Words(zh=code, en=code)) for code in codes)
    return Column(name="sample", title=Words(zh="抽样单编号", en="Sample"), type="code", codes=values)


def understood(words: list[str], *codes: str) -> list[str | None]:
    places = Places.of(next(iter(catalogue().plans.values())))
    return cast(pl.Series("sample", words), column(*codes), places).values.to_list()


def test_codes_that_differ_by_a_hyphen_alone_are_not_taken_for_one_another() -> None:
    assert understood(["L1-10", "L11-0", " L11-0 "], "L1-10", "L11-0") == ["L1-10", "L11-0", "L11-0"]


@pytest.mark.parametrize("written", ["L110", "l1-10", "L 11-0"])
def test_what_could_be_either_of_two_codes_is_understood_as_neither(written: str) -> None:
    assert understood([written], "L1-10", "L11-0") == [None]


def test_a_code_that_is_alone_is_understood_however_it_is_written() -> None:
    assert understood(["plan-0001", "Ｐｌａｎ-0001", "PLAN 0001"], "plan-0001", "plan-0002") == ["plan-0001"] * 3
