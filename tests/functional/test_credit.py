"""An enterprise sees its credit file, says what is wrong in it, and sees the score change, in a real browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from tests.unit.judgement.credit.conftest import MILL, House, city, file_rows, house

from qualicity.judgement.credit import actions

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["city", "file_rows", "house"]


def test_an_enterprise_disputes_an_event_and_its_score_follows(city: House, open_page: Callable[..., Page]) -> None:
    actions.score(by=city["office"])
    firm, reviewer, office = (
        open_page(city["mill"], phone=True), open_page(city["reviewer"]), open_page(city["office"])
    )  # fmt: skip
    firm.goto("/credit/mine/")
    firm.get_by_text("74.50").first.wait_for()
    firm.get_by_role("row", name=re.compile("查实的投诉举报")).get_by_role("link", name="提出异议").click()
    firm.fill("#reason", "该商品不是本企业生产，附检验报告。")
    firm.get_by_role("button", name="提交异议").click()
    firm.get_by_text("核实中").first.wait_for()
    reviewer.goto("/credit/disputes/?state=open")
    reviewer.get_by_role("link", name="ZM-2").click()
    reviewer.fill("#answer", "经核实，属另一企业。")
    reviewer.get_by_role("button", name="异议成立").click()
    reviewer.get_by_text("成立，不再计分").first.wait_for()
    office.goto("/credit/")
    office.get_by_role("button", name="重新评分").click()
    office.get_by_text("已评分").first.wait_for()
    office.fill("#q", "mnfz")
    office.get_by_role("button", name="查询").click()
    office.get_by_role("link", name="模拟纺织厂").click()
    office.wait_for_url(re.compile(f"/credit/enterprises/{MILL}/"))
    office.get_by_text("76.00").first.wait_for()
    firm.goto("/credit/mine/")
    firm.get_by_text("76.00").first.wait_for()
    firm.get_by_text("成立，不再计分").first.wait_for()
