import numpy as np
import pytest

from qualicity.methods.codes import (
    gtin_check_digit,
    gtin_is_valid,
    is_division_code,
    organisation_code_is_valid,
    organisation_code_of,
    organisation_codes_of,
    uscc_check_character,
    uscc_is_valid,
)

VALID = ["914403001922038216", "91330100799655058B", "9144030071526726XG", "91410000170001401D"]


def test_public_credit_codes_are_valid() -> None:
    assert uscc_is_valid(VALID).all()
    assert uscc_is_valid(VALID[0])


def test_the_authority_may_be_a_letter() -> None:
    village = "N2410105MF1234567"
    assert uscc_is_valid(village + uscc_check_character(village))


@pytest.mark.parametrize(
    "code",
    ["", None, "91440300192203821", "9144030019220382166", "914403001922038217", "91330100799655058b",
     "9133010079965505OB", " 914403001922038216", "９14403001922038216", "91A403001922038216", "9" * 40],
)  # fmt: skip
def test_anything_else_is_not(code: str | None) -> None:
    assert not uscc_is_valid(code)


def test_the_check_character_completes_a_credit_code() -> None:
    assert [uscc_check_character(code[:17]) for code in VALID] == [code[17] for code in VALID]
    assert uscc_check_character("9144") == ""
    assert uscc_check_character("9144030019220382I") == ""


def test_the_older_organisation_code_is_inside_the_credit_code() -> None:
    assert organisation_code_of(VALID[0]) == "192203821"
    assert organisation_code_of("914403001922038217") == ""
    assert organisation_codes_of([VALID[2], "x"]).tolist() == ["71526726X", ""]
    assert organisation_code_is_valid([organisation_code_of(code) for code in VALID]).all()


def test_an_organisation_code_may_have_its_hyphen() -> None:
    codes = ["192203821", "19220382-1", "71526726-X", "192203822", "1922038-21", "19220382", "", "19220382-12"]
    assert organisation_code_is_valid(codes).tolist() == [True, True, True, False, False, False, False, False]


def test_a_gtin_is_checked_from_the_right() -> None:
    assert gtin_check_digit("690123456789") == "2"
    assert gtin_check_digit("69012345678") == str(gtin_check_digit("069012345678"))
    assert gtin_check_digit("12") == ""
    assert gtin_check_digit("69012345678x") == ""
    codes = [
        "6901234567892",
        "06901234567892",
        "6901234567893",
        "690123456789",
        "",
        None,
        "690123456789x",
        "96385074",
    ]
    assert gtin_is_valid(codes).tolist() == [True, True, False, False, False, False, False, True]
    assert not gtin_is_valid("106901234567892")


def test_divisions_have_six_nested_digits() -> None:
    codes = ["410000", "410100", "410102", "410171", "410001", "400100", "910100", "41010", "4101020", "41010x", None]
    assert is_division_code(codes).tolist() == [True] * 4 + [False] * 7


def test_arrays_of_texts_and_of_objects_are_accepted() -> None:
    assert uscc_is_valid(np.array(VALID)).all()
    assert uscc_is_valid(np.array([VALID[0], None], dtype=object)).tolist() == [True, False]
    assert uscc_is_valid([]).tolist() == []
    assert uscc_is_valid(np.array([[VALID[0]], ["x"]])).shape == (2, 1)


def test_a_hundred_thousand_codes_are_checked_at_once() -> None:
    codes = np.array(VALID * 25_000)
    assert uscc_is_valid(codes).all()
