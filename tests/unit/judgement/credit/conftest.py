"""A home with a few enterprises whose registers went through the ordinary door."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.models import Person
from qualicity.commons.registry import actions as registry
from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions as submissions
from qualicity.evidence.submissions import queries
from qualicity.evidence.submissions.models import Submission

DAY = date(2015, 3, 31)
MILL, SHOP, PLANT, GONE = "91410122000000190J", "91410122000000350R", "91410181000000270L", "91410122000000430D"
NAMES = {MILL: "模拟纺织厂", SHOP: "模拟商店", PLANT: "模拟机械厂", GONE: "模拟旧厂"}
ROLES = {
    "office": ("office", "quality-supervision", ""),
    "office2": ("office", "quality-supervision", ""),
    "county": ("county", "zhongmu", ""),
    "reviewer": ("reviewer", "zhongmu", ""),
    "neighbour": ("county", "gongyi", ""),
    "department": ("reporter", "environment", ""),
    "deputy": ("deputy", None, ""),
    "mill": ("enterprise", None, MILL),
    "plant": ("enterprise", None, PLANT),
}


@dataclass(frozen=True)
class House:
    """The people of a home."""

    people: dict[str, Person]

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


Filing = Callable[..., Submission]


@pytest.fixture
def house(db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """Return a home on 2015-03-31."""
    monkeypatch.setenv("QUALICITY_TODAY", DAY.isoformat())
    registry.sync(by=accounts.operator())
    return House(
        {
            name: Person.objects.create(
                username=name, name=name, roles=[role], password="!", enterprise=enterprise,
                organisation=accounts.organisation(unit) if unit else None,
            )
            for name, (role, unit, enterprise) in ROLES.items()
        }
    )  # fmt: skip


@pytest.fixture
def file_rows(house: House) -> Filing:
    """Return a way to file rows into a register and have them accepted."""

    def file(register: str, heading: str, *rows: str, period: str = "2015Q1", unit: str = "zhongmu") -> Submission:
        text = "\n".join([heading, *rows, ""]).encode("utf-8-sig")
        draft = submissions.receive(
            register=register, organisation=unit, period=parse(period), name="上报.csv", by=house["office"],
            file=SimpleUploadedFile("上报.csv", text, content_type="text/csv"),
        )  # fmt: skip
        assert draft.state == "draft", list(submissions_findings(draft))
        sent = submissions.submit(submission=draft, explanation="已核对", by=house["office"])
        return submissions.accept(submission=sent, by=house["office2"], reason="已核对")

    return file


def submissions_findings(draft: Submission) -> list[object]:
    """Return what is wrong with a draft, for the message of a failing fixture."""
    return queries.findings(draft.pk, by=accounts.operator()).to_dicts()


ENTERPRISES = "统一社会信用代码,地区,企业名称,行业门类,成立日期,注销或吊销日期,质量信用档案建档日期,档案编号,登记日期"
EVENTS = "事件编号,地区,统一社会信用代码,事件种类,内容,认定单位,文号或证书编号,发生或认定日期,有效期至"


@pytest.fixture
def city(house: House, file_rows: Filing) -> House:
    """Return the home with four enterprises, one of them closed, one under its code of 2014, and some events."""
    file_rows(
        "enterprises", ENTERPRISES,
        f"{MILL},中牟县,{NAMES[MILL]},C,2008-05-01,,2014-06-01,410122-000000190,2015-01-10",
        f"{SHOP},中牟县,{NAMES[SHOP]},F,2010-05-01,,,,2015-01-10",
        f"{GONE},中牟县,{NAMES[GONE]},C,2001-05-01,2014-05-01,,,2015-01-10",
    )  # fmt: skip
    file_rows("enterprises", ENTERPRISES, f"{PLANT},巩义市,{NAMES[PLANT]},C,2005-05-01,,,,2015-01-10", unit="gongyi")
    file_rows(
        "credit_events", EVENTS,
        f"ZM-1,中牟县,{MILL},质量奖励与品牌荣誉,市长质量奖,模拟机关,模〔2015〕1号,2015-03-31,",
        f"ZM-2,中牟县,{MILL[8:16]}-{MILL[16]},查实的投诉举报,模拟商品有瑕疵,模拟机关,模〔2015〕2号,2015-03-31,",
        f"ZM-3,中牟县,{SHOP},设立质量安全总监（首席质量官）,岗位已设,模拟机关,模〔2015〕3号,2015-01-31,2015-02-28",
    )  # fmt: skip
    file_rows(
        "credit_events", EVENTS,
        f"GY-1,巩义市,{PLANT},质量安全事故责任,模拟事故,模拟机关,模〔2015〕4号,2015-02-01,", unit="gongyi",
    )  # fmt: skip
    submissions.take_in_enterprises(by=accounts.operator())
    return house
