"""Units: the vocabulary, and what may be put together from it."""

from __future__ import annotations

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.units import is_known


@pytest.mark.parametrize("symbol", ["%", "dB(A)", "µg/m³", "分", "个", "张/万人", "人/万台", "吨标准煤/万元"])
def test_a_unit_of_the_vocabulary_or_put_together_from_it_is_known(symbol: str) -> None:
    assert is_known(symbol, tuple(catalogue().units.values()))


@pytest.mark.parametrize("symbol", ["", "percent", "张/万张", "万人/", "/万人", "μg/m³"])
def test_anything_else_is_not(symbol: str) -> None:
    assert not is_known(symbol, tuple(catalogue().units.values()))
