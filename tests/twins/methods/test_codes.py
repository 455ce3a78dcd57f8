from hypothesis import given
from hypothesis import strategies as st
from stdnum import ean
from stdnum.cn import uscc

from qualicity.methods.codes import (
    gtin_check_digit,
    gtin_is_valid,
    organisation_code_is_valid,
    uscc_check_character,
    uscc_is_valid,
)

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BEGINNINGS = st.builds(
    "{}{}".format,
    # stdnum knows no authorities but those with a digit; ours may be letters too (N for agriculture).
    st.text("0123456789", min_size=8, max_size=8),
    st.text(ALPHABET, min_size=9, max_size=9),
)


@given(BEGINNINGS)
def test_the_check_character_is_that_of_stdnum(beginning: str) -> None:
    assert uscc_check_character(beginning) == uscc.calc_check_digit(beginning)
    assert uscc_is_valid(beginning + uscc.calc_check_digit(beginning))


@given(st.lists(st.builds("{}{}".format, BEGINNINGS, st.sampled_from(ALPHABET + "IOa"))))
def test_a_credit_code_is_valid_when_stdnum_says_so(codes: list[str]) -> None:
    # stdnum lifts small letters; a code in a register is written in capitals.
    assert uscc_is_valid(codes).tolist() == [
        uscc.is_valid(code) and code.isupper() | code.isdigit() for code in codes
    ]


@given(st.lists(st.text("0123456789x", max_size=15)))
def test_a_product_number_is_valid_when_stdnum_says_so(codes: list[str]) -> None:
    assert gtin_is_valid(codes).tolist() == [ean.is_valid(code) for code in codes]


@given(st.text("0123456789", min_size=12, max_size=12))
def test_the_check_digit_of_a_product_is_that_of_stdnum(digits: str) -> None:
    assert gtin_check_digit(digits) == ean.calc_check_digit(digits)
    assert gtin_is_valid(digits + gtin_check_digit(digits))


def slow_organisation_code(code: str) -> bool:
    letters = code.replace("-", "", 1) if code[8:9] == "-" else code
    if len(letters) != 9 or any(letter not in "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ" for letter in letters[:8]):
        return False
    total = sum(weight * int(letter, 36) for weight, letter in zip((3, 7, 9, 10, 5, 8, 4, 2), letters, strict=False))
    return letters[8] == {10: "X", 11: "0"}.get(11 - total % 11, str(11 - total % 11))


@given(st.lists(st.from_regex(r"\A[0-9A-Z]{8}-?[0-9X]\Z")))
def test_an_organisation_code_is_valid_when_plain_arithmetic_says_so(codes: list[str]) -> None:
    assert organisation_code_is_valid(codes).tolist() == [slow_organisation_code(code) for code in codes]
