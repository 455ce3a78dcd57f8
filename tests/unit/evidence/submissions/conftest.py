"""People, organisations and files for the tests of the desk."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.contrib.auth.hashers import make_password

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.models import Organisation, Person
from qualicity.commons.registry import actions as registry
from qualicity.definitions.periods import Period, parse
from qualicity.evidence.submissions import actions
from qualicity.evidence.submissions.models import Submission

HEADINGS = "地区,统计月末,清运量(吨),无害化处理量(吨),其中：卫生填埋(吨),其中：焚烧(吨)"
QUARTER = parse("2014Q1")

ROLES = {
    "office": ("office", "quality-supervision"),
    "office2": ("office", "quality-supervision"),
    "reporter": ("reporter", "zhongmu"),
    "reviewer": ("reviewer", "zhongmu"),
    "county": ("county", "zhongmu"),
    "inspector": ("inspector", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "expert": ("expert", None),
    "auditor": ("auditor", None),
    "leader": ("leader", None),
}


@dataclass(frozen=True)
class House:
    """A home with its organisations and one person of each role."""

    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]

    @property
    def operator(self) -> Person:
        return accounts.operator()

    @property
    def zhongmu(self) -> Organisation:
        return accounts.organisation("zhongmu")


@pytest.fixture
def house(db, home: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a house on 2014-04-10, with the organisations of the plan."""
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    registry.sync(by=accounts.operator())
    people = {
        name: Person.objects.create(
            username=name,
            roles=[role],
            organisation=accounts.organisation(unit) if unit else None,
            password=make_password("a long password"),
        )
        for name, (role, unit) in ROLES.items()
    }
    return House(people)


@pytest.fixture
def csv_file(tmp_path: Path) -> Callable[..., Path]:
    """Return a maker of CSV files for the register ``waste``."""

    def make(*rows: str, name: str = "waste.csv", headings: str = HEADINGS) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([headings, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return make


GOOD = (
    "中牟县,2014-01-31,1031.7,998.2,700.1,298.1",
    "中牟县,2014-02-28,964.3,951.9,640.2,311.7",
    "中牟县,2014-03-31,1102.9,1068.4,731.6,336.8",
)
BAD = "中牟县,2014-03-31,-5,1068.4,731.6,336.8"
"""Less than nothing was collected."""


@pytest.fixture
def file_in(house: House, csv_file: Callable[..., Path]) -> Callable[..., Submission]:
    """Return a function that files rows for ``waste`` as the county's officer."""

    def receive(
        *rows: str, by: str = "county", period: Period = QUARTER, corrects=None, name="waste.csv"
    ) -> Submission:
        return actions.receive(
            register="waste",
            organisation="zhongmu",
            period=period,
            file=csv_file(*(rows or GOOD), name=name),
            name=name,
            by=house[by],
            corrects=corrects,
        )

    return receive


@pytest.fixture
def accepted(house: House, file_in) -> Callable[..., Submission]:
    """Return a function that files, submits and accepts rows."""

    def accept(*rows: str, **given) -> Submission:
        draft = file_in(*rows, **given)
        submitted = actions.submit(submission=draft, explanation="核对无误", by=house["reviewer"])
        return actions.accept(submission=submitted, by=house["office"], reason="已核对")

    return accept
