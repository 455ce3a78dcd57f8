from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.integrity import copied_rows, copied_run, filed_again, free_digits, repeated_run, row_keys

FEW = st.lists(st.integers(0, 3), max_size=30)


def slow_common(new: list[int], earlier: list[int]) -> int:
    """Return the longest common run by trying every pair of starts."""
    best = 0
    for i in range(len(new)):
        for j in range(len(earlier)):
            length = 0
            while i + length < len(new) and j + length < len(earlier) and new[i + length] == earlier[j + length]:
                length += 1
            best = max(best, length)
    return best


def keys(values: list[int]) -> np.ndarray:
    return row_keys([np.array(values, dtype=float)])


@given(FEW, FEW)
def test_the_longest_copied_run_is_that_of_trying_all(new: list[int], earlier: list[int]) -> None:
    found = copied_run(keys(new), keys(earlier))
    assert found.statistic == slow_common(new, earlier)
    if found.statistic:
        ours = new[found.start : found.start + found.statistic]
        assert ours == earlier[found.earlier_start : found.earlier_start + found.statistic]


@given(FEW)
def test_the_longest_repeated_run_is_that_of_trying_all(values: list[int]) -> None:
    best = max(
        (
            size
            for size in range(1, len(values) // 2 + 1)
            for i in range(len(values) - size + 1)
            for j in range(i + size, len(values) - size + 1)
            if values[i : i + size] == values[j : j + size]
        ),
        default=0,
    )
    found = repeated_run(keys(values))
    assert found.statistic == best
    assert found.start == -1 or found.start - found.earlier_start >= best


@given(FEW, FEW)
def test_copied_rows_are_those_of_a_set(new: list[int], earlier: list[int]) -> None:
    assert copied_rows(keys(new), keys(earlier)).is_copy.tolist() == [value in set(earlier) for value in new]


FIGURES = st.floats(0, 1e7, allow_nan=False).map(lambda one: round(one, 3)) | st.integers(0, 10**7).map(float)
TABLES = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(FIGURES, min_size=width, max_size=width), min_size=1, max_size=4)
)


def slow_free_digits(figure: float) -> int:
    """Return the digits after the first two that count, read off the figure as it is written out in full."""
    written = format(Decimal(repr(figure)), "f")
    digits = written.replace(".", "").lstrip("0").rstrip("0")
    return max(0, len(digits) - 2)


@given(FIGURES)
def test_free_digits_are_those_of_the_figure_written_out(figure: float) -> None:
    assert free_digits(figure) == slow_free_digits(figure)


@given(TABLES, st.randoms(use_true_random=False))
def test_a_table_is_filed_again_in_any_order_and_with_any_other_figure_not(rows: list[list[float]], chance) -> None:
    again = [list(row) for row in rows]
    chance.shuffle(again)
    found = filed_again(np.array(rows), np.array(again))
    assert found.same
    assert found.statistic == sum(slow_free_digits(one) for one in {one for row in rows for one in row})
    again[0][0] += 1
    assert not filed_again(np.array(rows), np.array(again)).same
