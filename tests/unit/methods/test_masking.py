"""Names and running text with persons made unrecognisable."""

from __future__ import annotations

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.methods.masking import mask_bare_name, mask_name, mask_running_text


@pytest.mark.parametrize(
    ("name", "masked"), [("甲乙", "甲某"), ("甲乙丙丁", "甲某"), ("甲", "某"), ("", ""), (" 甲乙 ", "甲某")]
)
def test_of_a_name_its_beginning_stays_and_its_length_does_not(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("text", "stays"),
    [
        ("甲乙丙", False),
        ("甲乙丙小吃店", True),
        ("甲乙粮店", True),
        ("甲乙丙丁戊己", True),
        ("A1", True),
        ("丙", True),
    ],
)
def test_only_a_bare_name_is_masked(text: str, stays: bool) -> None:
    mask = catalogue().masks["sole-proprietor"]
    assert (mask_bare_name(text, designators=mask.designators) == text) is stays


@pytest.mark.parametrize(
    ("text", "gone"),
    [
        ("电话13800138000。", "13800138000"),
        ("证件410122199001011234", "410122199001011234"),
        ("卡号6222020200112230001", "6222020200112230001"),
        ("联系人：甲乙丙来过", "乙丙"),
        ("请写信到 a.b@example.org", "a.b@example.org"),
    ],
)
def test_running_text_loses_numbers_addresses_and_names(text: str, gone: str) -> None:
    patterns = [(one.expression, one.becomes) for one in catalogue().masks["running-text"].patterns]
    assert gone not in mask_running_text(text, patterns)


def test_a_credit_code_and_a_batch_number_stay() -> None:
    patterns = [(one.expression, one.becomes) for one in catalogue().masks["running-text"].patterns]
    text = "91410122000000190J 批号20140501 限值≤75mg/kg 热线12315"
    assert mask_running_text(text, patterns) == text
