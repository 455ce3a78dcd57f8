from decimal import ROUND_HALF_EVEN, Context, Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from qualicity.methods.rounding import round_half_even

EXACT = Context(prec=700)


def by_decimal(number: float, decimals: int) -> float:
    step = Decimal(1).scaleb(-decimals)
    return float(Decimal(repr(number)).quantize(step, rounding=ROUND_HALF_EVEN, context=EXACT)) + 0.0


@given(st.floats(allow_nan=False, allow_infinity=False), st.integers(-5, 12))
def test_any_float_is_rounded_like_its_decimal_figure(number: float, decimals: int) -> None:
    assert round_half_even(number, decimals) == by_decimal(number, decimals)


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1), st.integers(0, 6), st.integers(0, 6))
def test_short_decimal_figures_and_their_ties_are_rounded_exactly(
    figures: list[int], places: int, decimals: int
) -> None:
    numbers = [float(Decimal(figure).scaleb(-places)) for figure in figures]
    assert round_half_even(np.array(numbers), decimals).tolist() == [by_decimal(x, decimals) for x in numbers]


@given(st.integers(-(10**17), 10**17), st.integers(0, 17))
def test_long_ties_are_rounded_exactly(figure: int, decimals: int) -> None:
    number = float(Decimal(figure * 10 + 5).scaleb(-decimals - 1))
    assert round_half_even(number, decimals) == by_decimal(number, decimals)
