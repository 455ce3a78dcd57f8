"""What the spot checks hand over is taken over once, each by its own unit, and what cannot be is named."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.judgement.enforcement.conftest import FIRM

from qualicity.errors import NotAllowedError, Text
from qualicity.evidence.inspections.queries import Transferred
from qualicity.judgement.enforcement import actions, queries
from qualicity.judgement.enforcement.models import Investigation

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def handed(number: int, *, code: str = FIRM, law: str = "product_spot_checks") -> Transferred:
    return Transferred(
        number=number, sample=f"S{number}", product="电线", law=law, place="410122", enterprise=code,
        enterprise_name="模拟企业", grounds="failed", grounds_title=Text("不合格", "failed"), reason="",
        on=date(2014, 10, 8), organisation="zhongmu", case=1,
    )  # fmt: skip


def test_each_failed_sample_is_taken_over_once_into_its_field(
    people: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    waiting = (handed(1), handed(2, law="food_sampling"), handed(3, code=""), handed(4, code="91410122000000191X"))

    def transferred(**_given: Any) -> tuple[Transferred, ...]:
        return waiting

    monkeypatch.setattr("qualicity.evidence.inspections.queries.transferred", transferred)
    with pytest.raises(NotAllowedError):
        actions.take_over_transfers(by=people["auditor"])
    found = actions.take_over_transfers(by=people["inspector"])
    assert (found.count, found.without_code) == (2, ("S3", "S4"))
    cases = Investigation.objects.order_by("pk")
    assert [(one.origin, one.origin_ref, one.sector) for one in cases] == [
        ("spot_check", "transfer:1", "products"), ("spot_check", "transfer:2", "food"),
    ]  # fmt: skip
    assert [one.number for one in queries.waiting_transfers(people["inspector"])] == [3, 4]
    assert actions.take_over_transfers(by=people["inspector"]).count == 0
