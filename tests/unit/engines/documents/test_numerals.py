from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualicity.engines.documents.numerals import han_integer, han_number
from qualicity.engines.documents.word_numbering import written


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("十一", 11), ("二十", 20), ("八十五", 85), ("两", 2), ("二〇一四", 2014), ("二○一二", 2012),
        ("一百零五", 105), ("三千二百", 3200), ("九十二点五", 92.5), ("一万二千", 12000), ("十", 10), ("零", 0),
    ],
)  # fmt: skip
def test_a_numeral_names_its_number(text: str, value: float) -> None:
    assert han_number(text) == value


@pytest.mark.parametrize("text", ["", "好", "十好", "点五", "五点"])
def test_other_words_name_none(text: str) -> None:
    assert han_number(text) is None


@given(count=st.integers(1, 99))
def test_a_number_written_out_is_read_back(count: int) -> None:
    assert han_integer(written(count, "chineseCounting")) == count
    assert han_integer(written(count, "decimal")) == count
