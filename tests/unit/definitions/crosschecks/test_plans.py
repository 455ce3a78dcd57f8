"""Every check of a plan can fail: one change to the shipped plan for each."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Broken = Callable[..., tuple[str, str]]
ACCEPTANCE = "start: 2015-01-01\n    end: 2015-03-31"

CHANGES = {
    "plan ends before it begins": ("plan.yaml", "\nend: 2015-06-30", "\nend: 2013-06-30", "before it begins"),
    "area twice": ("plan.yaml", "{code: works, title", "{code: product, title", "“product” is there twice"),
    "plan in no known place": ("plan.yaml", 'place: "410100"', 'place: "410101"', "did you mean “4101"),
    "plan in a district": ("plan.yaml", 'place: "410100"', 'place: "410105"', "of kind city"),
    "unknown office": (
        "plan.yaml",
        "office: quality-supervision",
        "office: quality-supervisor",
        "“quality-supervision”",
    ),
    "unknown member": ("plan.yaml", "  - tourism\n", "  - tourismus\n", "did you mean “tourism”"),
    "member twice": ("plan.yaml", "  - tourism\n", "  - water\n", "“water” is there twice"),
    "member that is none": ("plan.yaml", "  - tourism\n", "  - inspection-quarantine\n", "no member unit"),
    "safeguard twice": ("plan.yaml", "  - number: 4\n", "  - number: 3\n", "“3” is there twice"),
    "place twice": ("places.yaml", 'code: "410103"', 'code: "410102"', "“410102” is there twice"),
    "unknown parent": ("places.yaml", 'parent: "410100"', 'parent: "410900"', "did you mean “410100”"),
    "parent that is no city": ("places.yaml", 'parent: "410100"', 'parent: "410105"', "must be a city"),
    "county without parent": (
        "places.yaml",
        '    parent: "410100"\n    tile: [2, 1]',
        "    tile: [2, 1]",
        "no parent",
    ),
    "code that ends before it begins": (
        "places.yaml",
        "    tile: [2, 1]",
        "    valid_to: 2010-01-01\n    valid_from: 2012-01-01",
        "ends before it begins",
    ),
    "tile taken": ("places.yaml", "tile: [3, 1]", "tile: [2, 1]", "taken by “410102”"),
    "alias of two places": ("places.yaml", "aliases: [二七, ", "aliases: [中原, ", "belongs to “410102”"),
    "organisation twice": (
        "organisations.yaml",
        "code: industry, title",
        "code: development-reform, title",
        "is there twice",
    ),
    "organisation in no known place": ("organisations.yaml", 'place: "410102"', 'place: "410109"', "did you mean"),
    "county government without place": ("organisations.yaml", ', place: "410102"', "", "has no place"),
    "strategy twice": ("tasks.yaml", "{number: 2, title", "{number: 1, title", "“1” is there twice"),
    "industries of no indicator": (
        "correspondence.yaml",
        "{indicator: product-4,",
        "{indicator: product-44,",
        "did you mean “product-4”",
    ),
    "industries by no column": (
        "correspondence.yaml",
        "column: product_category",
        "column: category",
        "“product_category”",
    ),
    "recognitions of no register": (
        "correspondence.yaml",
        "register: recognitions",
        "register: recognition",
        "“recognitions”",
    ),
    "recognitions by no column": ("correspondence.yaml", "start: granted_on", "start: given_on", "“granted_on”"),
    "task twice": ("tasks.yaml", "  - number: 42\n", "  - number: 41\n", "“41” is there twice"),
    "task of no strategy": ("tasks.yaml", "    strategy: 8\n", "    strategy: 9\n", "no strategy 9"),
    "task led by nobody": ("tasks.yaml", "lead: publicity", "lead: publicly", "did you mean “publicity”"),
    "task supported by nobody": (
        "tasks.yaml",
        "[quality-supervision, culture]",
        "[quality-supervision, cultur]",
        "“culture”",
    ),
    "phase twice": ("phases.yaml", "  - number: 3\n", "  - number: 2\n", "“2” is there twice"),
    "phase backwards": ("phases.yaml", ACCEPTANCE, "start: 2015-01-01\n    end: 2014-12-31", "before it begins"),
    "phases overlap": ("phases.yaml", "start: 2015-01-01", "start: 2014-12-31", "overlaps"),
    "phase outside the plan": ("phases.yaml", "end: 2015-06-30", "end: 2015-07-30", "leaves the plan's time"),
    "step twice": (
        "phases.yaml",
        "{number: 2, title: {zh: 向省",
        "{number: 1, title: {zh: 向省",
        "“1” is there twice",
    ),
    "unknown register owed": ("obligations.yaml", "register: sewage", "register: sewages", "did you mean “sewage”"),
    "owed by nobody": ("obligations.yaml", "[statistics]", "[statistic]", "did you mean “statistics”"),
    "owed twice by one": ("obligations.yaml", "[statistics]", "[statistics, statistics]", "is there twice"),
    "owed twice at a time": (
        "obligations.yaml",
        "register: employment, organisations: [statistics]",
        "register: drinking_water_sources, organisations: [environment]",
        "already owes",
    ),
    "obligation backwards": (
        "obligations.yaml",
        "[statistics], period: year, due_days: 60, start: 2013-01-01",
        "[statistics], period: year, due_days: 60, end: 2012-01-01, start: 2013-01-01",
        "ends before it begins",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_plan_that_does_not_hang_together_is_refused_with_file_and_line(name: str, broken_plan: Broken) -> None:
    file, old, new, words = CHANGES[name]
    said, _ = broken_plan(file, old, new)
    assert words in said
    assert f"{file}:" in said


@pytest.mark.parametrize(
    "name", ["unknown office", "unknown parent", "task led by nobody", "phases overlap", "tile taken"]
)
def test_the_line_is_that_of_the_mistake(name: str, broken_plan: Broken) -> None:
    file, old, new, _ = CHANGES[name]
    said, place = broken_plan(file, old, new)
    assert f"{place}: " in said


def test_a_register_that_nobody_owes_leaves_its_indicator_without_data(broken_plan: Broken) -> None:
    span = "period: quarter, due_days: 20, start: 2013-01-01"
    line = f"  - {{register: farm_samples, organisations: [agriculture], {span}}}\n"
    said, _ = broken_plan("obligations.yaml", line, "")
    assert "nobody owes the register “farm_samples”: indicator “product-2”" in said


def test_the_shipped_plan_says_nothing(broken_plan: Broken) -> None:
    assert broken_plan("plan.yaml", "housed by", "kept by")[0] == ""
