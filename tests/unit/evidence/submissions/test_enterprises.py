"""The registry of enterprises follows the accepted register, by credit code and by what came before it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.errors import NotAllowedError
from qualicity.evidence.submissions import actions

if TYPE_CHECKING:
    from tests.unit.evidence.submissions.conftest import House

HEADINGS = "统一社会信用代码,地区,企业名称,行业门类,成立日期,注销或吊销日期,质量信用档案建档日期,档案编号,登记日期"
FIRST = "91410122000000190J"


def accept(house: Any, period: str, *rows: str) -> None:
    """Accept some rows of the register in a period."""
    table = "\n".join([HEADINGS, *rows, ""]).encode("utf-8-sig")
    draft = actions.receive(
        register="enterprises", organisation="zhongmu", period=parse(period), by=house["county"], name="企业.csv",
        file=SimpleUploadedFile("企业.csv", table, content_type="text/csv"),
    )  # fmt: skip
    sent = actions.submit(submission=draft, explanation="已核对", by=house["county"])
    actions.accept(submission=sent, by=house["office"], reason="已核对")


def test_the_latest_record_of_an_enterprise_counts(house: House) -> None:
    accept(house, "2013Q4", f"{FIRST},中牟县,模拟甲食品有限公司,C,2010-01-01,,,,2013-11-01")
    taken = actions.take_in_enterprises(by=house.operator)
    assert (taken.enterprises, taken.unmapped) == (1, 0)
    accept(house, "2014Q1", f"{FIRST},中牟县,模拟乙食品有限公司,C,2010-01-01,2014-03-01,,,2014-03-02")
    actions.take_in_enterprises(by=house.operator)
    (one,) = registry.enterprises()
    assert (one.uscc, one.organisation_code, one.name) == (FIRST, FIRST[8:17], "模拟乙食品有限公司")
    assert one.initials == "mnyspyxgs"
    assert not registry.enterprises(on=one.closed_on)


def test_a_record_under_the_older_code_counts_for_the_credit_code_that_holds_it(house: House) -> None:
    accept(house, "2013Q4", f"{FIRST},中牟县,模拟甲食品有限公司,C,2010-01-01,,,,2013-11-01")
    actions.take_in_enterprises(by=house.operator)
    accept(
        house, "2014Q1",
        f"{FIRST[8:16]}-{FIRST[16]},中牟县,模拟改名食品有限公司,C,2010-01-01,,,,2014-03-02",
        "71726383-6,中牟县,模拟无人知晓有限公司,C,2011-01-01,,,,2014-03-02",
    )  # fmt: skip
    taken = actions.take_in_enterprises(by=house.operator)
    assert (taken.enterprises, taken.unmapped) == (1, 1)
    assert [one.name for one in registry.enterprises()] == ["模拟改名食品有限公司"]


def test_nothing_is_done_where_the_registry_is_up_to_date(house: House, django_assert_max_num_queries: Any) -> None:
    accept(house, "2013Q4", f"{FIRST},中牟县,模拟甲食品有限公司,C,2010-01-01,,,,2013-11-01")
    first = actions.take_in_enterprises(by=house.operator)
    with django_assert_max_num_queries(6):
        assert actions.take_in_enterprises(by=house.operator) == first


def test_only_who_keeps_the_lake_may(house: House) -> None:
    accept(house, "2013Q4", f"{FIRST},中牟县,模拟甲食品有限公司,C,2010-01-01,,,,2013-11-01")
    with pytest.raises(NotAllowedError):
        actions.take_in_enterprises(by=house["county"])
