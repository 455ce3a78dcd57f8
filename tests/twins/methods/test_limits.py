"""Comparing with limits, held against a slow obvious version: fractions, and all that a reading can stand for."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.methods.limits import factor, judge, read_limit, read_results, read_unit

#: How many grams there are of the thing in a gram of the whole.
SHARES = {
    "mg/kg": Fraction(1, 10**6), "g/kg": Fraction(1, 10**3), "μg/kg": Fraction(1, 10**9), "%": Fraction(1, 100),
    "mg/g": Fraction(1, 10**3), "g/100g": Fraction(1, 100), "ng/g": Fraction(1, 10**9), "ug/100g": Fraction(1, 10**8),
}  # fmt: skip
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
amounts = st.decimals(min_value=0, max_value=10**6, places=3, allow_nan=False, allow_infinity=False)


def written(number: Decimal, way: int) -> tuple[str, Fraction]:
    """Return one of the ways in which a number is written, and its exact value."""
    if way == 0:
        return f"{number:f}", Fraction(number)
    if way == 1:
        return f"{number:f}×10" + str(way + 2).translate(RAISED), Fraction(number) * 1000
    if way == 2:
        return f"{number:f}×10⁻²", Fraction(number) / 100
    if way == 3:
        return f"{number:f}e1", Fraction(number) * 10
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in f"{number:f}")
    return wide, Fraction(number)


@given(
    amounts, st.integers(0, 4), st.sampled_from(sorted(SHARES)), amounts, st.sampled_from(sorted(SHARES)),
    st.sampled_from("≤<≥>"),
)  # fmt: skip
def test_a_bound_is_kept_exactly_when_the_fractions_say_so(
    number: Decimal, way: int, unit: str, bound: Decimal, limit_unit: str, sign: str
) -> None:
    text, exact = written(number, way)
    verdict = judge(value=text, unit=unit, limit=f"{sign}{bound:f}{limit_unit}")
    left, right = exact * SHARES[unit], Fraction(bound) * SHARES[limit_unit]
    kept = {"≤": left <= right, "<": left < right, "≥": left >= right, ">": left > right}[sign]
    assert verdict.conclusion.value == ("qualified" if kept else "unqualified")


def outcome(values: tuple[int, ...], c: int, m: int, most: int) -> bool:
    """Say by the rule's own words whether five samples pass."""
    return not any(value > most for value in values) and sum(value > m for value in values) <= c


@given(
    st.lists(
        st.tuples(st.sampled_from(["", "<", ">"]), st.sampled_from([0, 5, 10, 20, 50, 100, 200])),
        min_size=4,
        max_size=4,
    ),
    st.integers(0, 3),
)  # fmt: skip
@settings(deadline=None)
def test_a_plan_is_decided_exactly_when_all_that_the_results_can_be_agree(
    results: list[tuple[str, int]], c: int
) -> None:
    m, most = 10, 100
    grid = sorted({0, 1, 4, 5, 6, 9, 10, 11, 19, 20, 21, 49, 50, 51, 99, 100, 101, 199, 200, 201, 10_000})
    can_be = [
        [value] if not sign else [one for one in grid if (one < value if sign == "<" else one > value)]
        for sign, value in results
    ]
    # below nothing there is nothing: such a reading is no reading
    if any(not values for values in can_be):
        return
    outcomes = {outcome(values, c, m, most) for values in product(*can_be)}
    text = "；".join(f"{sign}{value}" for sign, value in results)
    verdict = judge(value=text, unit="CFU/g", limit=f"n=4,c={c},m={m},M={most}CFU/g")
    wanted = {True: "qualified", False: "unqualified"}[next(iter(outcomes))] if len(outcomes) == 1 else "undecided"
    assert verdict.conclusion.value == wanted, verdict.reason.en


@given(st.integers(0, 10**6), st.integers(0, 10**4))
def test_rounded_values_are_compared_as_rounding_by_hand_does(thousandths: int, tenths: int) -> None:
    value, bound = Decimal(thousandths) / 1000, Decimal(tenths) / 10
    below, rest = divmod(thousandths, 100)
    up = rest > 50 or (rest == 50 and below % 2 == 1)
    kept = below + up <= tenths
    verdict = judge(value=f"{value:.3f}", limit=f"≤{bound:.1f}（修约值比较法）")
    assert verdict.conclusion.value == ("qualified" if kept else "unqualified")


@given(st.sampled_from(sorted(SHARES)), st.sampled_from(sorted(SHARES)))
def test_units_convert_there_and_back(one: str, other: str) -> None:
    first, second = read_unit(one), read_unit(other)
    assert first is not None
    assert second is not None
    there, back = factor(first, second), factor(second, first)
    assert there is not None
    assert back is not None
    assert Fraction(there) == SHARES[one] / SHARES[other]
    assert there * back == 1


@given(
    st.text(alphabet="0123456789.,，；;/×xX*^{}<>≤≥＜＞±~-—()（）n=cmMCFU未检出/g%μµ①②⁰¹²³ \n", max_size=40),
    st.text(max_size=12),
)
@settings(max_examples=400, deadline=None)
def test_whatever_stands_in_the_cells_there_is_an_answer_with_a_reason(text: str, other: str) -> None:
    for value, unit, limit in ((text, other, text), (other, text, "≤1mg/kg"), ("1", other, text), (text, "", "≤1")):
        verdict = judge(value=value, unit=unit, limit=limit)
        assert verdict.reason.zh
        assert verdict.reason.en
    read_limit(text)
    assert read_results(text, other).readings


@pytest.mark.parametrize(
    "value", ["@初检:1", "@", "1" * 300, "9e999999", "1×10^99", "n=" * 200, "<" * 500, "1," * 400]
)
def test_a_monstrous_cell_neither_breaks_nor_stalls_the_judge(value: str) -> None:
    assert judge(value=value, limit=value).reason.en
