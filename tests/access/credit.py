"""Credit in the small city: two enterprises with files, events, a run of scoring, disputes, a proposal of weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile
from tests.access import city as cities

from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions as submissions
from qualicity.judgement.credit import actions, queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

ENTERPRISES = "统一社会信用代码,地区,企业名称,行业门类,成立日期,登记日期"
EVENTS = "事件编号,地区,统一社会信用代码,事件种类,内容,认定单位,文号或证书编号,发生或认定日期"


def build(every: dict[str, Person]) -> dict[str, str]:
    """File, score, dispute and propose; return what the placeholders stand for.

    Of zhongmu's enterprise one event is disputed by itself and one by nobody; second-office proposed weights.
    """
    codes = cities.ENTERPRISES
    places = {
        "enterprise": ("zhongmu", "中牟县", "模拟食品有限公司"),
        "rival": ("gongyi", "巩义市", "模拟机械有限公司"),
    }
    for actor, (unit, place, name) in places.items():
        _file(every, "enterprises", unit, ENTERPRISES, f"{codes[actor]},{place},{name},C,2008-01-01,2014-01-10")
        _file(
            every, "credit_events", unit, EVENTS,
            *(f"{unit}-{n},{place},{codes[actor]},质量奖励与品牌荣誉,模拟奖,模拟机关,{n},2014-03-01" for n in (1, 2)),
        )  # fmt: skip
    actions.score(by=every["second-office"])
    disputed = actions.dispute(
        uscc=codes["enterprise"], source="award", number="zhongmu-2", reason="名称有误", by=every["enterprise"]
    )
    proposed = actions.propose_weights(
        weights=queries.Weights(families={"supervision": 30, "public": 25}), reason="突出社会评价",
        by=every["second-office"],
    )  # fmt: skip
    return {
        "credit_dispute": str(disputed.pk),
        "weighting": str(proposed.pk),
        "own_code": codes["enterprise"],
        "no_code": "91410122000000990X",
    }


def _file(every: dict[str, Person], register: str, unit: str, heading: str, *rows: str) -> None:
    text = "\n".join([heading, *rows, ""]).encode("utf-8-sig")
    draft = submissions.receive(
        register=register, organisation=unit, period=parse("2014Q1"), name="上报.csv", by=every["office"],
        file=SimpleUploadedFile("上报.csv", text, content_type="text/csv"),
    )  # fmt: skip
    sent = submissions.submit(submission=draft, explanation="已核对", by=every["office"])
    submissions.accept(submission=sent, by=every["second-office"], reason="已核对")
