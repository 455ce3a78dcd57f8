"""Indicators and measures whose words point nowhere are refused: one change to the shipped plan for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qualicity.definitions.catalogue import SHIPPED

Broken = Callable[..., tuple[str, str]]
STANDARD = "numerator: {register: farm_standardisation, column: standardised_area}"
COVERED = "where: {permit_number: {is_empty: false}, supervision_number: {is_empty: false}}"

CHANGES = {
    # indicators
    "indicator twice": ("- code: product-2", "- code: product-1", "“product-1” is there twice"),
    "row and task": ("    task: 28\n", "    task: 28\n    row: 9\n", "one of them"),
    "neither row nor task": ("    task: 28\n", "", "one of them"),
    "unknown task": ("    task: 28\n", "    task: 48\n", "no task 48"),
    "unknown unit": ("unit: 张/万人", "unit: 张/万个", "no unit “张/万个”"),
    "rate in another unit": (
        '第1行\n    unit: "%"\n    lead: housing',
        "第1行\n    unit: 分\n    lead: housing",
        "of a rate is %",
    ),
    "number in percent": ("unit: 起", 'unit: "%"', "is not %"),
    "unknown lead": ("lead: education", "lead: educations", "did you mean “education”"),
    "unknown support": ("supporting: [water, health]", "supporting: [waters, health]", "did you mean “water”"),
    "support by the lead": ("supporting: [water, health]", "supporting: [environment]", "is there twice"),
    "unknown breakdown": ("breakdown: [scheme]", "breakdown: [schemes]", "did you mean “scheme”"),
    "sample size of a census": ("breakdown: [scheme]", "minimum_n: 30", "is a census"),
    "period finer than the register": (
        "period: quarter\n    breakdown: [scheme]",
        "period: month\n    breakdown: [scheme]",
        "no value by the month",
    ),
    "county value of a city register": (
        "    level: city\n    target: {kind: unstated}",
        "    target: {kind: unstated}",
        "speaks for the city",
    ),
    "kinds of place in a city indicator": (
        "    level: city\n    target: {kind: unstated}",
        "    level: city\n    place_kinds: [county]\n    target: {kind: unstated}",
        "no kinds of place",
    ),
    # measures
    "unknown register": ("register: farm_samples", "register: farm_sample", "did you mean “farm_samples”"),
    "unknown register of a total": (
        STANDARD,
        STANDARD.replace("farm_s", "form_s"),
        "did you mean “farm_standardisation”",
    ),
    "unknown column of a total": (
        STANDARD,
        STANDARD.replace("standardised_area", "standard_area"),
        "did you mean “standardised_area”",
    ),
    "sum of words": (STANDARD, STANDARD.replace("standardised_area", "category"), "is of type code"),
    "constant ratio": (STANDARD, STANDARD.replace("standardised_area", "total_area"), "the value is constant"),
    "unknown column of a filter": ("{main_product: true,", "{main_produce: true,", "did you mean “main_product”"),
    "unknown code": (
        "conclusion: [qualified, unqualified]}",
        "conclusion: [qualifid, unqualified]}",
        "did you mean “qualified”",
    ),
    "word for yes or no": ("{main_product: true,", "{main_product: yess,", "is no value of column"),
    "word for a number": ("{size: small, attempt: 1}", "{size: small, attempt: first}", "is no value of column"),
    "empty list": ("{size: [large, medium], attempt: 1}", "{size: [], attempt: 1}", "keeps nothing"),
    "bounds on words": ("{size: small, attempt: 1}", "{size: {above: 3}, attempt: 1}", "holds no numbers"),
    "empty condition": ("{size: small, attempt: 1}", "{size: small, attempt: {}}", "condition is empty"),
    "emptiness of what is required": ("{size: small, attempt: 1}", "{size: {is_empty: true}}", "never empty"),
    "unknown code left out": (
        "not_in: [cylinder, pipeline]",
        "not_in: [cylinders, pipeline]",
        "did you mean “cylinder”",
    ),
    "everything passes": ("passing: {energy_standard_met: true}", "passing: {}", "always 100 %"),
    "unknown key of a coverage": ("key: project}\n", "key: projects}\n", "did you mean “project”"),
    "everything covered": (f"        {COVERED}\n", "", "always 100 %"),
    "unknown day of validity": ("end: due_until", "end: due_till", "did you mean “due_until”"),
    "validity by words": ("end: due_until", "end: product", "is of type text"),
    "validity of a flow": ("key: project}\n", "key: project, valid: {start: started_on}}\n", "is no stock"),
    "unknown weight": ("weight: road_length", "weight: road_lengths", "did you mean “road_length”"),
    "weight without use": ("      method: weighted\n", "", "belongs to the method weighted"),
    "weighted without weight": ("      weight: road_length\n", "", "belongs to the method weighted"),
    "annual mean of ozone": ("column: pm10, method", "column: o3_8h, method", "annual mean by HJ 663"),
    "annual mean of no profile": (
        "register: air_quality_daily, column: pm10",
        "register: pollutant_emissions, column: cod",
        "no profile of days",
    ),
    "unknown thing to count": ("distinct: [event]", "distinct: [events]", "did you mean “event”"),
    "unknown item of an index": ("items: [overall,", "items: [overal,", "did you mean “overall”"),
    "item off the scale": ("scale: [1, 10]", "scale: [1, 5]", "may leave the scale"),
    "scale that does not rise": ("scale: [1, 10]", "scale: [10, 1]", "does not rise"),
    "too few weights of items": ("scale: [1, 10]", "item_weights: [1]", "not as many weights"),
    "unknown stratum": ("stratum: stratum", "stratum: strata", "did you mean “stratum”"),
    "unknown section": ("section: section", "section: sections", "did you mean “section”"),
    "unknown item of water": ("        ph: ph\n", "        pH_value: ph\n", "item evaluated by GB 3838"),
    "item of water in no column": ("        ph: ph\n", "        ph: phh\n", "did you mean “ph”"),
    "lake by a number": ("lake: lake", "lake: ph", "is of type number"),
    "unknown column of a cut": ("column: cod,", "column: codd,", "did you mean “cod”"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_an_indicator_whose_words_point_nowhere_is_refused(name: str, broken_plan: Broken) -> None:
    old, new, words = CHANGES[name]
    said, _ = broken_plan("indicators.yaml", old, new)
    assert words in said
    assert all(line.startswith("indicators.yaml:") for line in said.splitlines())


def test_the_line_and_the_nearest_right_word_are_named(broken_plan: Broken) -> None:
    said, place = broken_plan("indicators.yaml", "register: farm_samples", "register: farm_sample")
    assert said.startswith(f"{place}: there is no register “farm_sample”; did you mean “farm_samples”?")
    assert "没有台账“farm_sample”；是否指“farm_samples”？" in said


def test_an_area_that_the_plan_does_not_have_is_refused(broken_plan: Broken) -> None:
    said, _ = broken_plan("plan.yaml", "  - {code: works, title: {zh: 工程质量, en: Works}}\n", "")
    assert "there is no area “works”" in said


def test_a_kind_of_place_that_the_plan_does_not_have_is_refused(broken_plan: Broken) -> None:
    text = (SHIPPED / "plans" / "zhengzhou-2014" / "places.yaml").read_text(encoding="utf-8")
    said, _ = broken_plan("places.yaml", text[text.index("  - code: airport-zone") :], "")
    assert "there is no place of the kind “zone”" in said
