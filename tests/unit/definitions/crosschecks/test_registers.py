"""Registers that could not be kept are refused: one change to a shipped register for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Broken = Callable[..., tuple[str, str]]
LEQ = "type: number, unit: dB(A), minimum: 20, maximum: 130, decimals: 1"

CHANGES = {
    "column twice": ("sewage", "name: treated,", "name: discharged,", "“discharged” is there twice"),
    "reserved column": ("sewage", "name: treated,", "name: row_number,", "is reserved"),
    "unknown unit": ("sewage", "unit: 万立方米", "unit: 万立方", "did you mean “万立方米”"),
    "code without codes": ("sewage", "type: number, unit", "type: code, unit", "codes belong to"),
    "codes without code": (
        "noise_points",
        "    type: code\n    codes:\n      - {code: day,",
        "    type: text\n    codes:\n      - {code: day,",
        "codes belong to",
    ),
    "code twice": ("noise_points", "{code: night,", "{code: day,", "“day” is there twice"),
    "bounds on words": ("noise_points", "type: text, max_length: 40", "type: text, minimum: 3", "no minimum"),
    "bounds that cross": ("noise_points", LEQ, LEQ.replace("130", "10"), "below the minimum"),
    "broken pattern": ("reported_values", '"^[a-z0-9]', '"^([a-z0-9]', "not a regular expression"),
    "unknown key": ("sewage", "key: [place, date]", "key: [place, dates]", "did you mean “date”"),
    "key twice": ("sewage", "key: [place, date]", "key: [place, place]", "“place” is there twice"),
    "key that may be empty": ("noise_points", "key: [kind,", "key: [zone_class,", "must be a required column"),
    "place that is none": ("sewage", "place: place\n", "place: date\n", "is of type date"),
    "day that is none": ("sewage", "date: date\n", "date: place\n", "is of type place"),
    "rule twice": ("waste", "code: landfill-within-harmless", "code: part-within-whole", "is there twice"),
    "rule that asks nothing": (
        "sewage",
        '    compare: {left: treated, op: "<=", right: discharged}\n',
        "",
        "exactly one of compare",
    ),
    "comparison with nothing": ("sewage", ", right: discharged}", "}", "exactly one of right"),
    "comparison with an unknown column": (
        "sewage",
        "right: discharged}",
        "right: discharge}",
        "did you mean “discharged”",
    ),
    "comparison of day and number": ("sewage", "right: discharged}", "right: date}", "cannot be compared"),
    "day against a number": ("farm_samples", "right: concluded_on}", "value: 3}", "cannot be compared"),
    "requirement without effect": (
        "spot_check_batches",
        "requirement: {column: tested_item,",
        "requirement: {column: product,",
        "no effect",
    ),
    "requirement with an unknown code": (
        "spot_check_batches",
        "when: {conclusion: unqualified}",
        "when: {conclusion: failed}",
        "no code of column",
    ),
    "digits of words": ("sewage", "digits: [discharged,", "digits: [place,", "is of type place"),
    "unknown repeats": ("sewage", "repeats: [discharged,", "repeats: [discharge,", "did you mean “discharged”"),
    "evenness by nothing": ("spot_check_batches", "by: place}", "by: places}", "did you mean “place”"),
    "evenness of an unknown code": (
        "spot_check_batches",
        "passing: {conclusion: qualified}",
        "passing: {conclusion: quality}",
        "did you mean “qualified”",
    ),
    "reproducible from missing columns": (
        "sewage",
        "integrity:\n",
        "integrity:\n  reproducible: daily_aqi\n",
        "no column of “sewage” “aqi”",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_register_that_could_not_be_kept_is_refused(name: str, broken_register: Broken) -> None:
    code, old, new, words = CHANGES[name]
    said, _ = broken_register(code, old, new)
    assert words in said
    assert all(line.startswith(f"{code}.yaml:") for line in said.splitlines())


def test_the_line_is_that_of_the_mistake(broken_register: Broken) -> None:
    said, place = broken_register("sewage", "unit: 万立方米", "unit: 万立方")
    assert said.startswith(f"{place}: there is no unit “万立方”")
