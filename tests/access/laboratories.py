"""Laboratories of the small city: what waits for them, a report that the rules left open, a file that was refused."""

from __future__ import annotations

import uuid
from datetime import date, datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Sample

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person

SHEET = "抽样单编号,检验项目,检测结果,单位,报告编号,报告日期"


def tested(every: dict[str, Person], _placeholders: dict[str, str]) -> dict[str, str]:
    """Give laboratories samples of zhongmu's: one waits, one has a report that the rules left open, one is another's.

    ``lab_report`` is that report, ``lab_file`` a file that was refused.
    """
    accounts.add_organisation(
        code="other-laboratory", title_zh="模拟另一检验所", title_en="Another laboratory", kind="laboratory",
        by=people.operator(),
    )  # fmt: skip
    own = people.organisation("city-laboratory")
    waiting = _sample(every, "LAB-1", own)
    _sample(every, "LAB-9", people.organisation("other-laboratory"))
    done = actions.record_report(
        sample=_sample(every, "LAB-2", own), number="JB-2", reported_on=date(2014, 4, 10), by=every["laboratory"],
        results=[queries.Measured(item="azo-dyes", values=("未检出(<25mg/kg)",))],
    )  # fmt: skip
    line = f"{waiting.number},甲醛含量,12,mg/L,JB-1,2014-04-10"
    refused = actions.record_file(
        file=SimpleUploadedFile("结果.csv", f"{SHEET}\n{line}\n".encode()),
        by=every["laboratory"],
    )  # fmt: skip
    return {"lab_report": str(done.pk), "lab_file": str(refused.pk)}


def _sample(every: dict[str, Person], number: str, laboratory: Organisation) -> Sample:
    at = datetime(2014, 4, 8, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
    return Sample.objects.create(
        number=number, client_id=uuid.uuid4(), plan=queries.plan("city-wires", by=every["office"]),
        law="product_spot_checks", sampling_kind="routine", stage="production", product="womens-wear",
        product_name="模拟女装", quantity="3件", organisation=people.organisation("zhongmu"), place="410122",
        sampled_unit="模拟厂", sampled_at=at, sent_by=every["inspector"], received_at=at, laboratory=laboratory,
        delivered_at=at, state="delivered",
    )  # fmt: skip
