"""Samples that wait at a laboratory, and the people who test them."""

from __future__ import annotations

import uuid
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from tests.unit.evidence.inspections.samples import ENTERPRISE, check_plan

from qualicity.commons.accounts import actions, queries
from qualicity.commons.accounts.models import Organisation
from qualicity.evidence.inspections.models import Sample
from qualicity.evidence.inspections.queries.judging import Measured

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

ZONE = ZoneInfo("Asia/Shanghai")
SAMPLED, DELIVERED, REPORTED = date(2014, 5, 5), date(2014, 5, 7), date(2014, 5, 20)
LABORATORIES = ("lab-one", "lab-two")


def laboratories(make_person: Callable[..., Person]) -> dict[str, Person]:
    """Return one person of each of two laboratories, and people of the house who read and decide."""
    for code in LABORATORIES:
        actions.add_organisation(
            code=code, title_zh=f"模拟{code}检验所", title_en=code, kind="laboratory", by=queries.operator()
        )
    people = {code: make_person("laboratory", code, code) for code in LABORATORIES}
    people["office"] = make_person("office", "quality-supervision", "office")
    people["county"] = make_person("county", "zhongmu", "county")
    people["neighbour"] = make_person("county", "gongyi", "neighbour")
    return people


def waiting(by: Person, number: str = "CJ2014-1001", *, product: str = "womens-wear", **more: Any) -> Sample:
    """Return a sample that was handed to the first laboratory."""
    law = "food_sampling" if product in {"pastry", "stewed-meat"} else "product_spot_checks"
    at = datetime.combine(SAMPLED, time(10), tzinfo=ZONE)
    given = {
        "stage": "production", "product": product, "product_name": "模拟样品", "quantity": "3件", "place": "410122",
        "sampled_unit": "模拟厂", "sampled_unit_code": ENTERPRISE, "state": "delivered", "sampling_kind": "routine",
        "delivered_at": at + (DELIVERED - SAMPLED), "law": law, "sampled_at": at,
        "received_at": at + timedelta(hours=1),
    }  # fmt: skip
    return Sample.objects.create(
        number=number, client_id=uuid.uuid4(), plan=check_plan(by, law=law), sent_by=by,
        organisation=Organisation.objects.get(code="zhongmu"), laboratory=Organisation.objects.get(code="lab-one"),
        **given | more,
    )  # fmt: skip


def measured(**values: str) -> list[Measured]:
    """Return what was measured of women's wear; without more all of it passes."""
    usual = {"formaldehyde": "12", "ph": "6.5", "water-fastness": "4", "azo-dyes": "未检出(<5mg/kg)"}
    given = usual | {name.replace("_", "-"): value for name, value in values.items()}
    return [Measured(item=code, values=(value,)) for code, value in given.items()]
