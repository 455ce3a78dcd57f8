"""Builds samples with their reports, straight into the database: the tests of what follows do not walk the field."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from qualicity.commons.accounts.models import Organisation
from qualicity.evidence.inspections.models import CheckPlan, ItemResult, LabReport, Sample

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

ZONE = ZoneInfo("Asia/Shanghai")
ENTERPRISE, RIVAL = "91410122000000190J", "91410181000000270L"


def check_plan(by: Person, *, law: str = "product_spot_checks", kind: str = "routine") -> CheckPlan:
    """Return the plan of a law and kind of sampling, made where there is none."""
    found, _new = CheckPlan.objects.get_or_create(
        code=f"{law.replace('_', '-')}-{kind}",
        defaults={
            "title_zh": "模拟抽查计划", "title_en": "Simulated plan", "year": 2014, "law": law,
            "organisation": Organisation.objects.get(code="quality-supervision"), "authority_level": "city",
            "sampling_kind": kind, "method": "simple", "state": "approved", "made_by": by,
            "made_at": datetime(2014, 1, 6, 9, tzinfo=ZONE),
        },
    )  # fmt: skip
    return found


def sample(
    by: Person,
    number: str = "CJ2014-0001",
    *,
    law: str = "product_spot_checks",
    kind: str = "routine",
    conclusion: str = "unqualified",
    on: date = date(2014, 6, 3),
    items: tuple[dict[str, Any], ...] = ({"title": "甲醛含量", "values": ["95"], "unit": "mg/kg", "limit": "≤75"},),
    unit: str = "zhongmu",
    recorded_by: Person | None = None,
    **more: Any,
) -> Sample:
    """Return a concluded sample with its report; its failure is not opened."""
    at = datetime.combine(on, time(10), tzinfo=ZONE)
    given = {
        "stage": "production", "product": "textiles", "product_name": "模拟针织衫", "brand": "模拟",
        "quantity": "3件", "specification": "170/92A", "batch_number": "20140501", "place": "410122",
        "sampled_unit": "模拟针织厂", "sampled_unit_code": ENTERPRISE, "maker": "模拟针织厂",
        "maker_code": ENTERPRISE, "address": "模拟路1号", "design_weight": 4.0,
    } | more  # fmt: skip
    laboratory, _new = Organisation.objects.get_or_create(
        code="city-laboratory", defaults={"title_zh": "模拟检验所", "title_en": "Laboratory", "kind": "laboratory"}
    )
    taken = Sample.objects.create(
        number=number, client_id=uuid.uuid4(), plan=check_plan(by, law=law, kind=kind), law=law, sampling_kind=kind,
        organisation=Organisation.objects.get(code=unit), sampled_at=at, sent_by=by, received_at=at,
        state="concluded", conclusion=conclusion, concluded_on=on, laboratory=laboratory, **given,
    )  # fmt: skip
    report = LabReport.objects.create(
        sample=taken, number=f"R-{number}", laboratory=laboratory, reported_on=on, source="page",
        conclusion=conclusion, recorded_by=recorded_by or by, recorded_at=at,
    )  # fmt: skip
    for position, item in enumerate(items, start=1):
        ItemResult.objects.create(
            report=report, number=position, verdict=conclusion, why_zh="—", why_en="—",
            **{"standard": "GB 18401-2010", **item},
        )  # fmt: skip
    return taken


def report_again(one: Sample, by: Person, *, conclusion: str, on: date) -> LabReport:
    """Add the report of a re-inspection by another laboratory."""
    return LabReport.objects.create(
        sample=one, number=f"F-{one.number}", laboratory=Organisation.objects.get(code="lab-two"), reported_on=on,
        kind="reinspection", source="page", conclusion=conclusion, recorded_by=by,
        recorded_at=datetime.combine(on, time(11), tzinfo=ZONE),
    )  # fmt: skip
