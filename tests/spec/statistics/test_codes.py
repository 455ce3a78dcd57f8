"""Check characters of enterprise, organisation and product codes.

企业、机构和商品代码的校验字符。
"""

from qualicity.errors import Text
from qualicity.methods.codes import (
    gtin_check_digit,
    organisation_code_is_valid,
    organisation_code_of,
    uscc_check_character,
    uscc_is_valid,
)

TITLE = Text(zh="统一社会信用代码、组织机构代码与商品条码的校验", en="Check characters of codes")


def test_the_18th_character_checks_the_other_17() -> None:
    """The published code 914403001922038216 ends in 6 because its first 17 characters ask for it.

    公开的代码 914403001922038216 末位为 6，由前 17 位算出。
    """
    assert uscc_check_character("91440300192203821") == "6"
    assert uscc_is_valid("914403001922038216")


def test_one_wrong_character_is_noticed() -> None:
    """The same code with one digit changed is refused.

    同一代码错一位即不予接受。
    """
    assert not uscc_is_valid("914403001922038226")


def test_the_code_of_2014_lives_on_inside_the_code_of_today() -> None:
    """Characters 9 to 17 are the organisation code that an enterprise had before.

    第 9 至 17 位就是企业原来的组织机构代码。
    """
    assert organisation_code_of("914403001922038216") == "192203821"
    assert organisation_code_is_valid("19220382-1")


def test_a_product_number_ends_in_its_check_digit() -> None:
    """690123456789 is completed by a 2.

    690123456789 的校验码是 2。
    """
    assert gtin_check_digit("690123456789") == "2"
