"""A city with enterprises, inspectors and a plan of spot checks that may be drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.samples import ENTERPRISE, RIVAL

from qualicity.commons.accounts import actions as people_of
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry
from qualicity.evidence.inspections import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.evidence.inspections.models import CheckPlan

DAY = "2014-04-10"
PLACES = {"410122": 40, "410181": 20, "410102": 30}
"""How many factories each place has."""


@dataclass
class Checks:
    """People, units and a draft plan."""

    people: dict[str, Person]
    plan: CheckPlan

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    def unit(self, code: str) -> Organisation:
        return accounts.organisation(code)

    def approved(self) -> CheckPlan:
        return actions.approve(plan=self.plan, by=self.people["chief"])


def factory(number: int, place: str, industry: str = "C") -> registry.NewEnterprise:
    """Return one fictitious enterprise; its check character is not looked at here."""
    return registry.NewEnterprise(
        uscc=f"91{place}{number:09d}X", name=f"模拟企业{number:04d}", place=place, industry=industry
    )


@pytest.fixture
def checks(home: Path, make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> Checks:
    """Return a city of ninety factories and ten shops, with inspectors in three counties and a draft plan."""
    monkeypatch.setenv("QUALICITY_TODAY", DAY)
    people = {
        "planner": make_person("office", "quality-supervision", "planner"),
        "chief": make_person("office", "quality-supervision", "chief"),
        "leader": make_person("leader", None, "leader"),
    }
    for unit in ("zhongmu", "gongyi", "zhongyuan"):
        people |= {f"{unit}-{n}": make_person("inspector", unit, f"{unit}-{n}") for n in (1, 2, 3)}
        people[f"{unit}-county"] = make_person("county", unit, f"{unit}-county")
    numbers = iter(range(1, 1000))
    new = [factory(next(numbers), place) for place, count in PLACES.items() for _ in range(count)]
    new += [factory(next(numbers), "410122", "F") for _ in range(10)]
    registry.register_enterprises(enterprises=new, by=accounts.operator())
    plan = actions.make_plan(
        code="2014-cables", title_zh="2014年电线电缆监督抽查", year=2014,
        organisation=accounts.organisation("quality-supervision"), law="product_spot_checks",
        sampling_kind="routine", by=people["planner"],
    )  # fmt: skip
    actions.add_line(plan=plan, product="pvc-wire", stage="production", count=9, by=people["planner"])
    return Checks(people, plan)


HOUSE = {
    "county": ("county", "zhongmu"),
    "second": ("county", "zhongmu"),
    "director": ("director", "zhongmu"),
    "inspector": ("inspector", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "office": ("office", "quality-supervision"),
    "accepter": ("office", "quality-supervision"),
    "reviewer": ("reviewer", "quality-supervision"),
    "auditor": ("auditor", None),
}


@pytest.fixture
def following(home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    people = {name: make_person(role, unit, name) for name, (role, unit) in HOUSE.items()}
    for name, code in (("enterprise", ENTERPRISE), ("rival", RIVAL)):
        people[name], _password = people_of.create_person(
            username=name, name=name, organisation=None, roles=["enterprise"], by=accounts.operator(),
            password="quiet-river-under-stone", enterprise=code,
        )  # fmt: skip
    for code in ("lab-two", "lab-three"):
        people_of.add_organisation(
            code=code, title_zh=f"模拟{code}检验所", title_en=code, kind="laboratory", by=accounts.operator()
        )
    return people
