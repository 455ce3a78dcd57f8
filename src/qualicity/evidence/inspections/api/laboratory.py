"""Calls of laboratories and their results."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Path, Query, Router, Schema

from qualicity.commons.accounts.queries import SignedIn
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import LabReport

router = Router(tags=["inspections"])

MOST = 500
Number = Annotated[int, Path(ge=1, le=2**53)]
# NUL cannot be stored by PostgreSQL
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Short = Annotated[str, Field(max_length=60, pattern=r"^[^\u0000]*$")]
Prose = Annotated[str, Field(max_length=500, pattern=r"^[^\u0000]*$")]


class ItemOut(Schema):
    """One item of a sample: what it is judged by and how many results it asks for."""

    item: str
    title_zh: str
    title_en: str
    standard: str
    method: str
    unit: str
    limit: str
    results: int


class ToTestOut(Schema):
    """One sample that waits for a report of your laboratory."""

    number: str
    kind: str
    product: str
    product_name: str
    specification: str
    batch_number: str
    delivered_at: datetime | None
    due: date | None
    clause: str
    items: list[ItemOut]


class MeasuredIn(Schema):
    """What was measured of one item; an item that the catalogue lacks brings title and limit with it."""

    item: Word = ""
    values: list[Annotated[str, Field(max_length=100, pattern=r"^[^\u0000]*$")]] = Field(min_length=1, max_length=100)
    unit: Short = ""
    method: Word = ""
    title: Word = ""
    limit: Word = ""
    standard: Word = ""


class ReportIn(Schema):
    """A report; ``reason`` only where it replaces the report that counts now."""

    number: Short
    reported_on: date
    results: list[MeasuredIn] = Field(min_length=1, max_length=500)
    reason: Prose = ""


class ResultOut(Schema):
    """One line of a report with its verdict and the reason."""

    item: str
    title: str
    method: str
    standard: str
    values: list[str]
    unit: str
    limit: str
    verdict: str
    rule: str
    why_zh: str
    why_en: str


class LabReportOut(Schema):
    """One report."""

    report: int
    number: str
    sample: str
    laboratory: str
    kind: str
    reported_on: date
    conclusion: str
    reason: str
    decision: str
    replaced_by: int | None
    recorded_at: datetime
    results: list[ResultOut]


class DecisionIn(Schema):
    """What a person concludes where the rules could not, and why."""

    conclusion: Short
    reason: Prose


@router.get("/inspections/laboratory/samples", response=list[ToTestOut])
def samples_to_test(request: SignedIn, limit: Annotated[int, Query(ge=1, le=MOST)] = 100) -> Any:
    """Return the samples that wait for a report of your laboratory, the longest waiting first."""
    found = queries.to_test(queries.samples_to_test(by=request.user)[:limit], by=request.user)
    return [_waiting(one) for one in found]


@router.post("/inspections/samples/{number}/reports", response=LabReportOut)
def report(request: SignedIn, number: str, given: ReportIn) -> Any:
    """Send a report in on a sample; the same report again is answered with the one that is there."""
    sample, _kind = queries.sample_to_report(number, request.user)
    done = actions.record_report(
        sample=sample, number=given.number, reported_on=given.reported_on, reason=given.reason, source="api",
        by=request.user,
        results=[queries.Measured(**{**one.dict(), "values": tuple(one.values)}) for one in given.results],
    )  # fmt: skip
    return _out(queries.own_report(done.pk, request.user))


@router.get("/inspections/samples/{number}/reports", response=list[LabReportOut])
def reports(request: SignedIn, number: str) -> Any:
    """Return every report on a sample, replaced ones too, in the order in which they came."""
    return [_out(one) for one in queries.reports_on(queries.sample(number, request.user), by=request.user)]


@router.get("/inspections/laboratory/reports/{number}", response=LabReportOut)
def own_report(request: SignedIn, number: Number) -> Any:
    """Return one report of your own laboratory with every line."""
    return _out(queries.own_report(number, request.user))


@router.post("/inspections/laboratory/reports/{number}/decide", response=LabReportOut)
def decide(request: SignedIn, number: Number, given: DecisionIn) -> Any:
    """Decide, with a reason, what the rules left undecided of a report."""
    found = queries.report_to_decide(number, request.user)
    actions.decide_report(report=found, conclusion=given.conclusion, reason=given.reason, by=request.user)
    return _out(queries.report_to_decide(number, request.user))


def _waiting(one: queries.ToTest) -> dict[str, Any]:
    sample, product = one.sample, queries.product_of(one.sample.product)
    items = [
        {"item": item.code, "title_zh": item.title.zh, "title_en": item.title.en, "standard": item.standard,
         "method": item.method, "unit": item.unit, "limit": item.limit_text, "results": item.results}
        for item in (product.items if product else ())
    ]  # fmt: skip
    return {
        "number": sample.number, "kind": one.kind, "product": sample.product, "product_name": sample.product_name,
        "specification": sample.specification, "batch_number": sample.batch_number,
        "delivered_at": sample.delivered_at, "due": one.due, "clause": one.clause, "items": items,
    }  # fmt: skip


def _out(one: LabReport) -> dict[str, Any]:
    lines = [
        {"item": line.item, "title": line.title, "method": line.method, "standard": line.standard,
         "values": [str(value) for value in line.values], "unit": line.unit, "limit": line.limit,
         "verdict": line.verdict, "rule": line.rule, "why_zh": line.why_zh, "why_en": line.why_en}
        for line in queries.lines_of(one)
    ]  # fmt: skip
    return {
        "report": one.pk, "number": one.number, "sample": one.sample.number, "laboratory": one.laboratory.code,
        "kind": one.kind, "reported_on": one.reported_on, "conclusion": one.conclusion, "reason": one.reason,
        "decision": one.decision, "replaced_by": one.replaced_by_id, "recorded_at": one.recorded_at, "results": lines,
    }  # fmt: skip
