"""Older codes to those of today."""

from __future__ import annotations

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.methods.code_mapping import by_organisation_code, complete, map_code, read_gtin

MAKER = "91410000170001401D"


def test_a_registered_credit_code_that_holds_the_older_code_is_certain() -> None:
    held = by_organisation_code([MAKER, "not a code", MAKER])
    for written in ("170001401", "17000140-1", " 17000140-1 "):
        found = map_code(written, held)
        assert (found.uscc, found.sureness) == (MAKER, "certain")


def test_a_credit_code_stands_for_itself() -> None:
    assert map_code(MAKER.lower(), {}).uscc == MAKER


def test_a_code_that_can_be_built_in_one_way_only_is_derived_and_never_called_certain() -> None:
    found = map_code("17000140-1", {}, ["91410000"])
    assert (found.uscc, found.sureness) == (MAKER, "derived")


def test_a_code_that_can_be_built_in_two_ways_is_left_open() -> None:
    found = map_code("17000140-1", {}, ["91410000", "91410100"])
    assert (found.uscc, found.sureness, len(found.candidates)) == ("", "ambiguous", 2)


def test_two_registered_codes_with_one_inside_leave_it_open() -> None:
    other = complete("92410100", "170001401")
    found = map_code("170001401", by_organisation_code([MAKER, other]), ["91410000"])
    assert (found.uscc, found.sureness, set(found.candidates)) == ("", "ambiguous", {MAKER, other})


@pytest.mark.parametrize(
    ("code", "sureness"), [("170001402", "invalid"), ("17", "invalid"), ("170001401", "unknown")]
)
def test_a_wrong_check_character_is_invalid_and_what_nobody_knows_is_unknown(code: str, sureness: str) -> None:
    assert map_code(code, {}).sureness == sureness


def test_an_older_code_with_a_letter_that_no_credit_code_has_is_not_built() -> None:
    assert complete("91410000", "I00000014") == ""


@pytest.mark.parametrize("code", ["914403001922038216", "91330100799655058B", "9144030071526726XG", MAKER])
def test_a_real_credit_code_is_found_again_by_the_code_inside(code: str) -> None:
    older = f"{code[8:16]}-{code[16]}"
    assert map_code(older, by_organisation_code([code])).uscc == code
    assert map_code(older, {}, [code[:8]]).uscc == code


@pytest.mark.parametrize(
    ("gtin", "vendor"), [("6901234567892", "6901234"), ("16901234567899", "6901234"), ("6921234567890", "69212345")]
)
def test_the_vendor_of_a_chinese_bar_code_is_as_long_as_its_prefix_says(gtin: str, vendor: str) -> None:
    codes = catalogue().codes
    assert codes is not None
    found = read_gtin(gtin, codes.ranges)
    assert found.is_valid
    assert found.is_in_range
    assert found.vendor == vendor


def test_a_bar_code_of_another_country_has_no_vendor_here() -> None:
    codes = catalogue().codes
    assert codes is not None
    found = read_gtin("4006381333931", codes.ranges)
    assert (found.is_valid, found.is_in_range, found.vendor) == (True, False, "")
    assert not read_gtin("6901234567893", codes.ranges).is_valid
