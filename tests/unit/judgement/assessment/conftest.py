"""People, an opened assessment, and facts of indicators made by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.models import Person
from qualicity.commons.registry import actions as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.errors import Text
from qualicity.goals.indicators.queries import IndicatorValue
from qualicity.judgement.assessment import actions, queries
from qualicity.judgement.assessment.models import Assessment
from qualicity.judgement.assessment.queries.inputs import Inputs, Timeliness
from qualicity.judgement.assessment.queries.tasks import TaskState, TaskStates
from qualicity.methods.judgement import Status

DAY = date(2015, 3, 31)
PLAN = catalogue().plans["zhengzhou-2014"]
RUBRIC = queries.rubric_of(PLAN)
UNITS = queries.rubric_of(PLAN, subject="organisation")
ROLES = {
    "office": ("office", "quality-supervision"),
    "office2": ("office", "quality-supervision"),
    "office3": ("office", "quality-supervision"),
    "environment": ("reporter", "environment"),
    "zhongmu": ("county", "zhongmu"),
    "gongyi": ("county", "gongyi"),
    "auditor": ("auditor", None),
    "publicity-expert": ("expert", "publicity"),
    **{f"expert{number}": ("expert", None) for number in range(1, 6)},
    **{f"deputy{number}": ("deputy", None) for number in range(1, 7)},
}


@dataclass(frozen=True)
class House:
    """The people of a home, and its assessment of the city."""

    people: dict[str, Person]
    city: Assessment

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


@pytest.fixture
def house(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a home on 2015-03-31 whose assessment of the city is open."""
    monkeypatch.setenv("QUALICITY_TODAY", DAY.isoformat())
    registry.sync(by=accounts.operator())
    people = {
        name: Person.objects.create(
            username=name, name=name, roles=[role], password="!",
            organisation=accounts.organisation(unit) if unit else None,
        )
        for name, (role, unit) in ROLES.items()
    }  # fmt: skip
    return House(people, actions.open_assessment(rubric=RUBRIC, by=people["office"]))


@pytest.fixture
def pdf(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of small PDF files."""

    def make(words: str = "meeting", name: str = "minutes.pdf") -> Path:
        path = tmp_path / name
        path.write_bytes(b"%PDF-1.4\n" + words.encode())
        return path

    return make


@pytest.fixture
def filed(house: House, pdf: Callable[..., Path]) -> Callable[..., Any]:
    """Return a function that files a document."""

    def file(by: str = "office", criterion: str = "joint-meetings", item: str = "minutes", **given: Any) -> Any:
        return actions.file_evidence(
            assessment=given.pop("assessment", house.city), criterion=criterion, item=item,
            file=pdf(**given), name="纪要.pdf", by=house[by],
        )  # fmt: skip

    return file


def value_of(code: str, value: float | None, status: Status, **given: Any) -> IndicatorValue:
    """Return the value of an indicator as it would come out."""
    indicator = PLAN.indicator(code)
    target = indicator.target
    base = IndicatorValue(
        indicator=indicator, place=PLAN.place, period=parse("2014"), as_of=DAY, value=value, low=None, high=None,
        n=1000, numerator=None, denominator=None, refused=0, outside=0, status=status, certainty=None, pace=None,
        aim=0.0 if target.kind == "none_of" else (0.39 if target.kind == "below_reference" else target.value),
        method=Text("", ""), source="rows" if value is not None else None, reason=None, missing=(), failed=(),
        versions={},
    )  # fmt: skip
    return replace(base, **given)


def inputs_of(*values: IndicatorValue, **given: Any) -> Inputs:
    """Return facts: the values given, every other indicator without data."""
    known = {one.code: value_of(one.code, None, Status.no_data) for one in PLAN.indicators}
    base = Inputs(
        plan=PLAN, organisation=None, as_of=DAY, since=PLAN.start, deadline=PLAN.end,
        values=known | {one.code: one for one in values},
        tasks=TaskStates({one.number: TaskState(one.number, one.lead, None) for one in PLAN.tasks}, {}),
        reports={"waste": Timeliness(9, 1, 0, 2)}, documents={}, experts={}, public=None,
    )  # fmt: skip
    return replace(base, **given)
