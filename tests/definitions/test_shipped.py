"""Everything that is shipped: it loads, quickly, and says what the official document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import process_time

import pytest
from pydantic import BaseModel

from qualicity.definitions.catalogue import SHIPPED, catalogue, load_catalogue
from qualicity.definitions.model import Words
from qualicity.definitions.plans import Plan
from qualicity.definitions.units import is_known

REGISTERS = {
    "spot_check_batches", "farm_samples", "farm_standardisation", "product_licences", "enterprises",
    "prepackaged_products", "project_acceptances", "project_starts", "affordable_housing", "satisfaction_responses",
    "recognitions", "sewage", "waste", "noise_points", "water_sections", "drinking_water_sources",
    "air_quality_daily", "air_quality_hourly", "pollutant_emissions", "professional_certificates", "employment",
    "reported_values", "special_equipment", "safety_events", "credit_events",
}  # fmt: skip
CODES = {
    "product": [1, 2, 3, 4, 5, 6, 7],
    "works": ["1a", "1b", 2, 3, 4],
    "service": [1, 2, 3, 4, 5, 6],
    "environment": ["1a", "1b", 2, "3a", "3b", 4, 5, "6a", "6b", 7, 8],
    "foundation": [1, 2, 3, 4, 5],
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return catalogue().plans["zhengzhou-2014"]


def words_in(thing: object, path: str = "") -> Iterator[tuple[str, Words]]:
    if isinstance(thing, Words):
        yield path, thing
    elif isinstance(thing, BaseModel):
        for name in type(thing).model_fields:
            yield from words_in(getattr(thing, name), f"{path}.{name}")
    elif isinstance(thing, tuple):
        for number, item in enumerate(thing):
            yield from words_in(item, f"{path}.{number}")


def every_sentence() -> list[tuple[str, Words]]:
    known = catalogue()
    things = {
        **known.plans, **known.registers, **known.profiles, **known.roles, **known.units, **known.laws,
        **{f"case {code}": kind for code, kind in known.cases.items()}, **known.credit,
    }  # fmt: skip
    return [found for code, thing in things.items() for found in words_in(thing, code)]


def test_everything_loads_in_less_than_a_second() -> None:
    """Counted in processor time, so that a busy machine does not fail it."""
    started = process_time()
    load_catalogue(SHIPPED)
    assert process_time() - started < 1.0


def test_every_register_of_the_job_is_there() -> None:
    assert set(catalogue().registers) == REGISTERS


def test_the_plan_has_its_34_targets_by_code(plan: Plan) -> None:
    expected = {f"{area}-{number}" for area, numbers in CODES.items() for number in numbers}
    assert {one.code for one in plan.indicators if one.row is not None} == expected
    assert len(expected) == 34
    assert {one.code for one in plan.indicators if one.task is not None} == {"task-19", "task-28"}


def test_the_targets_have_the_kinds_of_the_document(plan: Plan) -> None:
    kinds = Counter(one.target.kind for one in plan.indicators if one.row is not None)
    assert kinds == {
        "at_least": 24, "above": 3, "at_most": 2, "cut": 2, "none_of": 1, "trajectory": 1, "unstated": 1
    }  # fmt: skip


def test_the_targets_have_the_values_of_the_document(plan: Plan) -> None:
    values = {one.code: one.target.value for one in plan.indicators if one.row is not None}
    assert values == {
        "product-1": 30, "product-2": 96, "product-3": 90, "product-4": 94, "product-5": 100, "product-6": 95,
        "product-7": 95, "works-1a": 100, "works-1b": 98, "works-2": 100, "works-3": 100, "works-4": 100,
        "service-1": 80, "service-2": 75, "service-3": 1, "service-4": 1, "service-5": 3, "service-6": 3,
        "environment-1a": 95, "environment-1b": 85, "environment-2": 92.5, "environment-3a": 56,
        "environment-3b": 68, "environment-4": 0, "environment-5": 98, "environment-6a": None,
        "environment-6b": 95, "environment-7": 14.8, "environment-8": 17.8, "foundation-1": 1, "foundation-2": 80,
        "foundation-3": 80, "foundation-4": 1, "foundation-5": 2,
    }  # fmt: skip


def test_the_dated_targets_have_their_years(plan: Plan) -> None:
    fine = plan.indicator("environment-6b").target
    assert (fine.year, fine.points) == (2016, {2013: 108, 2016: 95})
    for code in ("environment-7", "environment-8"):
        assert (plan.indicator(code).target.base_year, plan.indicator(code).target.year) == (2010, 2015)


def test_stable_means_every_period(plan: Plan) -> None:
    assert {one.code for one in plan.indicators if one.target.every} == {"product-2", "product-3"}


def test_the_reference_of_deaths_is_marked_as_an_excerpt(plan: Plan) -> None:
    target = plan.indicator("task-28").target
    assert (target.kind, target.certainty, target.points) == ("below_reference", "excerpt", {2012: 0.517, 2014: 0.39})


def test_the_plan_has_the_parts_of_the_document(plan: Plan) -> None:
    rows = {(one.area, one.row) for one in plan.indicators if one.row is not None}
    assert Counter(area for area, _ in rows) == {
        "product": 7, "works": 4, "service": 6, "environment": 8, "foundation": 5
    }  # fmt: skip
    assert [one.number for one in plan.tasks] == list(range(1, 43))
    assert [one.number for one in plan.strategies] == list(range(1, 9))
    sizes = Counter(one.strategy for one in plan.tasks)
    assert [sizes[number] for number in range(1, 9)] == [4, 4, 3, 7, 12, 3, 4, 5]
    assert [len(one.steps) for one in plan.phases] == [4, 3, 2, 2]
    assert len(plan.safeguards) == 4
    assert plan.document.number == "郑政〔2014〕17号"


def test_the_city_has_12_county_level_places_and_4_zones_each_with_an_organisation(plan: Plan) -> None:
    kinds = Counter(place.kind for place in plan.places)
    assert kinds == {"city": 1, "district": 6, "county": 6, "zone": 4}
    reporting = {one.place for one in plan.organisations if one.kind in {"county", "zone"}}
    assert reporting == {place.code for place in plan.places if place.kind != "city"}
    assert all(place.tile is not None for place in plan.places if place.kind != "city")


def test_who_leads_is_marked_as_derived(plan: Plan) -> None:
    assert {one.responsibility for one in (*plan.indicators, *plan.tasks)} == {"derived"}


def test_every_target_cites_its_row_or_task(plan: Plan) -> None:
    for one in plan.indicators:
        assert one.cite.endswith(f"第{one.row}行") if one.row else one.cite.endswith(str(one.task)), one.code


def test_the_obligations_make_about_six_hundred_submissions_in_27_months(plan: Plan) -> None:
    periods = {"month": 27, "quarter": 9, "year": 2}
    owed = sum(len(one.organisations) * periods[one.period] for one in plan.obligations)
    assert 550 <= owed <= 700


def test_every_title_and_sentence_is_in_both_languages() -> None:
    wrong = [path for path, words in every_sentence() if not _both(words)]
    assert wrong == []


def _both(words: Words) -> bool:
    """Literals such as PM2.5 are the same in both languages."""
    same = words.zh == words.en and re.fullmatch(r"[A-Za-z0-9._ Ⅰ-Ⅴ]+", words.zh) is not None
    roman = re.fullmatch(r"[Ⅰ-Ⅴ]|劣Ⅴ", words.zh) is not None
    chinese = re.search(r"[\u4e00-\u9fff]", words.zh) is not None or words.zh.startswith(("GB ", "HJ "))
    english = re.search(r"[A-Za-z]", words.en) is not None and not re.search(r"[\u4e00-\u9fff]", words.en)
    return same or ((chinese or roman) and english)


def test_every_unit_is_of_the_vocabulary() -> None:
    known = catalogue()
    units = tuple(known.units.values())
    used = {one.unit for plan in known.plans.values() for one in plan.indicators}
    used |= {column.unit for one in known.registers.values() for column in one.columns if column.unit}
    assert {unit for unit in used if not is_known(unit, units)} == set()


@pytest.mark.shared
def test_the_sentences_are_our_own(shared: Path) -> None:
    """No sentence of twenty characters stands in the document: only titles, numbers and units are facts."""
    document = re.sub(r"\s", "", (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8"))
    plan = catalogue().plans["zhengzhou-2014"]
    texts = [(path, re.sub(r"\s", "", words.zh)) for path, words in words_in(plan) if path.endswith(".text")]
    copied = [
        (path, text[start : start + 20])
        for path, text in texts
        for start in range(max(len(text) - 19, 0))
        if text[start : start + 20] in document
    ]
    assert copied == []


@pytest.mark.shared
def test_every_value_stands_in_its_row_of_the_document(shared: Path, plan: Plan) -> None:
    text = (shared / "plan" / "zhengzhou-2014.txt").read_text(encoding="utf-8").replace(". ", ".")
    tables = dict(zip(CODES, re.split(r"序号\s+要 求\n", text)[1:], strict=True))
    for one in plan.indicators:
        if one.row is None or one.target.value in {None, 0}:
            continue
        row = next(line for line in tables[one.area].splitlines() if line.startswith(f"{one.row}\t"))
        assert f"{one.target.value:g}" in row, (one.code, row)


@pytest.mark.shared
def test_the_codes_of_places_are_those_of_2014(shared: Path, plan: Plan) -> None:
    text = (shared / "data" / "10_admin_geo" / "gb2260_201410.json").read_text(encoding="utf-8")
    for place in plan.places:
        if place.kind != "zone":
            assert re.search(rf'"{place.code}"\s*:\s*"[^"]*{place.title.zh}"', text), place.code
