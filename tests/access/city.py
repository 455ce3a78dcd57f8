"""A city of few rows, built through the ordinary actions: two counties, a department, the office and its readers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from tests.access import credit, enforcement, inspections, opened, running

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import actions as registry
from qualicity.commons.registry import queries as plans
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions
from qualicity.judgement.assessment import actions as assessing
from qualicity.judgement.assessment import queries as assessments
from qualicity.publication.reports import actions as reports

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.evidence.submissions.models import Submission

TODAY = "2014-04-10"
PASSWORD = "quiet-river-under-stone"
HEADINGS = "地区,统计月末,清运量(吨),无害化处理量(吨),其中：卫生填埋(吨),其中：焚烧(吨)"
PLACES = {"zhongmu": "中牟县", "gongyi": "巩义市"}
QUARTERS = {
    "2013Q1": ("2013-01-31", "2013-02-28", "2013-03-31"),
    "2013Q2": ("2013-04-30", "2013-05-31", "2013-06-30"),
    "2013Q3": ("2013-07-31", "2013-08-31", "2013-09-30"),
    "2013Q4": ("2013-10-31", "2013-11-30", "2013-12-31"),
    "2014Q1": ("2014-01-31", "2014-02-28", "2014-03-31"),
}
ACTORS = {
    "office": ("office", "quality-supervision"),
    "reporter": ("reporter", "zhongmu"),
    "reviewer": ("reviewer", "zhongmu"),
    "county": ("county", "zhongmu"),
    "inspector": ("inspector", "zhongmu"),
    "neighbour": ("county", "gongyi"),
    "department": ("reporter", "environment"),
    "expert": ("expert", None),
    "auditor": ("auditor", None),
    "leader": ("leader", None),
    "director": ("director", "zhongmu"),
    "deputy": ("deputy", None),
    "laboratory": ("laboratory", "city-laboratory"),
    "enterprise": ("enterprise", None),
    "rival": ("enterprise", None),
}
"""Whom the table speaks of. Zhongmu's people are at home; the neighbour and the department are other units;
enterprise and rival speak for two enterprises."""

ENTERPRISES = {"enterprise": "91410122000000190J", "rival": "91410181000000270L"}
"""The credit codes of the enterprises; both are fictitious."""

OUTSIDERS = ("laboratory", *ENTERPRISES)
"""Who is let in nowhere, unless a row of a table names them."""

COLLEAGUES = {
    "second-office": ("office", "quality-supervision"),
    "colleague": ("county", "zhongmu"),
    "gongyi-clerk": ("county", "gongyi"),
}
"""Who files and accepts what the actors then look at."""


@dataclass(frozen=True)
class City:
    """The people of the city and the numbers of what was filed."""

    people: dict[str, Person]
    places: dict[str, str]
    """What the placeholders of an address stand for."""

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


def table(unit: str = "zhongmu", period: str = "2014Q1", *, scale: float = 1.0, faulty: bool = False) -> bytes:
    """Return three months of household waste as a CSV file; a faulty one has a month of less than nothing."""
    rows = [
        f"{PLACES[unit]},{month},{scale * (1000 + 31.7 * at):.1f},{scale * (960 + 27.3 * at):.1f},"
        f"{scale * (600 + 11.1 * at):.1f},{scale * (300 + 12.9 * at):.1f}"
        for at, month in enumerate(QUARTERS[period])
    ]
    if faulty:
        rows[1] = rows[1].replace(f",{scale * 1031.7:.1f},", ",-5,")
    return "\n".join([HEADINGS, *rows, ""]).encode("utf-8-sig")


def upload(**given: Any) -> SimpleUploadedFile:
    """Return such a file as a browser sends it."""
    return SimpleUploadedFile("上报.csv", table(**given), content_type="text/csv")


def build() -> City:
    """Build the city in the home and database at hand."""
    operator = people.operator()
    registry.sync(by=operator)
    accounts.add_organisation(
        code="city-laboratory", title_zh="模拟检验所", title_en="Simulated laboratory", kind="laboratory", by=operator
    )
    every = {name: _person(name, role, unit) for name, (role, unit) in {**ACTORS, **COLLEAGUES}.items()}
    filed = every["colleague"]

    def receive(period: str, by: Person = filed, unit: str = "zhongmu", **given: Any) -> Submission:
        return actions.receive(
            register="waste", organisation=unit, period=parse(period), by=by, name="上报.csv",
            file=upload(unit=unit, period=period, **given),
        )  # fmt: skip

    accepted = _accept(receive("2013Q1", scale=1.1), every)
    theirs = _accept(receive("2013Q1", every["gongyi-clerk"], "gongyi", scale=0.9), every, "gongyi-clerk")
    places = {
        "accepted": accepted,
        "theirs": theirs,
        "own_submitted": actions.submit(submission=receive("2013Q2", scale=1.2), by=every["office"]),
        "submitted": actions.submit(submission=receive("2013Q3", scale=1.3), by=filed),
        "returned": receive("2013Q4", scale=1.4, faulty=True),
        "draft": receive("2014Q1", scale=1.5),
    }
    sent = actions.enqueue(
        register="waste", organisation=people.organisation("zhongmu"), period=parse("2013Q4"),
        file=upload(period="2013Q4", scale=1.6), by=every["county"],
    )  # fmt: skip
    token, _secret = accounts.create_token(
        person=every["county"], name="export", scopes=["registers.read"], by=every["county"],
        expires=timezone.localdate() + timedelta(days=30),
    )  # fmt: skip
    numbers = {name: str(one.pk) for name, one in places.items()} | _cases(every) | running.build(every)
    numbers["document"] = str(_assessed(every))
    numbers |= inspections.build(every)
    numbers |= credit.build(every)
    numbers |= enforcement.build(every)
    report = reports.draft_quality(plan=plans.plan("zhengzhou-2014"), period=parse("2013"), by=filed)
    numbers |= {"report": str(report.pk), "report_case": str(report.case_id)}
    numbers |= opened.build(every)
    return City(every, {**numbers, "upload": str(sent.pk), "token": token.prefix, "nowhere": "999999"})


def _cases(every: dict[str, Person]) -> dict[str, str]:
    """Open an assignment for zhongmu, with a file, and one for gongyi; return what stands for them in an address."""
    own, theirs = (
        cases.open_case(
            type="assignment", subject="task:1", title_zh=f"{PLACES[unit]}任务", title_en=f"Task of {unit}",
            organisation=unit, due=date(2014, 4, 20), by=every["office"],
        )
        for unit in ("zhongmu", "gongyi")
    )  # fmt: skip
    proof = SimpleUploadedFile("佐证.txt", "已完成".encode(), content_type="text/plain")
    file = cases.attach(case=own, file=proof, by=every["colleague"])
    return {"case": str(own.pk), "their_case": str(theirs.pk), "case_file": str(file.pk)}


def _assessed(every: dict[str, Person]) -> int:
    """Open the city's assessment with a round of experts, and zhongmu's; return the number of a document in it."""
    office, plan = every["second-office"], catalogue().plans["zhengzhou-2014"]
    whole = assessing.open_assessment(rubric=assessments.rubric_of(plan), by=office)
    assessing.open_round(assessment=whole, kind="expert", by=office)
    assessing.open_round(assessment=whole, kind="public", by=office)
    own = assessing.open_assessment(
        rubric=assessments.rubric_of(plan, subject="organisation"), organisation=people.organisation("zhongmu"),
        since=date(2014, 1, 1), by=office,
    )  # fmt: skip
    return assessing.file_evidence(
        assessment=own,
        criterion="own-documents",
        item="own-plan",
        file=upload(),
        name="方案.csv",
        by=every["colleague"],
    ).pk


def _person(name: str, role: str, unit: str | None) -> Person:
    person, _password = accounts.create_person(
        username=name, name=name, organisation=unit, roles=[role], by=people.operator(), password=PASSWORD,
        enterprise=ENTERPRISES.get(name, ""),
    )  # fmt: skip
    return person


def _accept(draft: Submission, every: dict[str, Person], by: str = "colleague") -> Submission:
    submitted = actions.submit(submission=draft, explanation="已核对", by=every[by])
    return actions.accept(submission=submitted, by=every["second-office"], reason="已核对")


def token_of(person: Person, scopes: list[str]) -> str:
    """Return the secret of a new token that may do only what its scopes name."""
    _token, secret = accounts.create_token(
        person=person, name="test", scopes=scopes, expires=in_a_month(), by=people.operator()
    )
    return secret


def in_a_month() -> date:
    """Return a day until which a token is good."""
    return timezone.localdate() + timedelta(days=30)
