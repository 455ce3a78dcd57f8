"""An enterprise's objection, the county's answer and what the public is told, in a real browser."""

from __future__ import annotations

import os
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.samples import ENTERPRISE, report_again, sample

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people_of
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.models import Notice

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from qualicity.commons.accounts.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
MICROBE = ({"title": "菌落总数", "values": ["120000", "90000"], "unit": "CFU/g", "limit": "≤10000"},)


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    monkeypatch.setenv("QUALICITY_TODAY", "2026-06-10")
    found = {
        name: make_person(role, unit, name)
        for name, (role, unit) in {
            "county": ("county", "zhongmu"), "second": ("county", "zhongmu"),
            "office": ("office", "quality-supervision"),
        }.items()
    }  # fmt: skip
    found["enterprise"], _password = accounts.create_person(
        username="enterprise", name="企业", organisation=None, roles=["enterprise"], by=people_of.operator(),
        password="quiet-river-under-stone", enterprise=ENTERPRISE,
    )  # fmt: skip
    accounts.add_organisation(
        code="lab-two", title_zh="模拟复检所", title_en="Second", kind="laboratory", by=people_of.operator()
    )
    return found


def kept(page: Page, name: str) -> None:
    """Keep a screenshot where a folder for them is named."""
    if folder := os.environ.get("QUALICITY_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def press(page: Page, code: str, **fields: str) -> None:
    """Open the form of a move, fill it in and send it."""
    form = page.locator(f'form[action*="/{code}/"]')
    details = page.locator(f'details:has(form[action*="/{code}/"])')
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        if name == "added":
            field.set_input_files(value)
        else:
            field.fill(value)
    form.locator("button").click()


def test_an_enterprise_asks_for_a_reinspection_and_its_result_is_overturned(
    people: dict[str, Person], open_page: Callable[..., Page]
) -> None:
    one = sample(people["county"], "CJ2026-0001", law="food_sampling", on=date(2026, 6, 9), product_name="模拟糕点")
    actions.open_failure(sample=one, by=people["county"])
    house, firm = open_page(people["county"]), open_page(people["enterprise"], phone=True)
    house.goto("/inspections/failures/")
    kept(house, "failures-zh-desktop")
    house.get_by_role("link", name="模拟糕点").click()
    press(house, "serve")
    house.get_by_text("检验结果告知书").first.wait_for()
    kept(house, "failure-zh-desktop")
    firm.goto("/inspections/mine/")
    kept(firm, "mine-zh-phone")
    firm.get_by_role("link", name="模拟糕点").click()
    firm.get_by_text("请立即停止生产、销售该产品").wait_for()
    kept(firm, "my-failure-zh-phone")
    press(firm, "ask_reinspection", reason="对检验方法有异议")
    firm.get_by_text("现由监管部门办理").wait_for()
    house.reload()
    press(house, "accept_reinspection")
    press(house, "name_laboratory")
    press(house, "hand_over")
    report_again(one, people["county"], conclusion="qualified", on=date(2026, 6, 10))
    press(house, "receive_reinspection")
    other = open_page(people["second"], language="en")
    other.goto(f"/inspections/failures/{one.pk}/")
    kept(other, "failure-en-desktop")
    press(other, "overturn_result", reason="复检合格")
    other.get_by_text("Result overturned").first.wait_for()
    firm.reload()
    firm.get_by_text("本事项已办结").wait_for()
    kept(firm, "my-failure-closed-zh-phone")


def test_microbes_are_not_reinspected_and_both_the_result_and_what_followed_become_public(
    people: dict[str, Person], open_page: Callable[..., Page], tmp_path: Path
) -> None:
    proof = tmp_path / "整改.pdf"
    proof.write_bytes(b"%PDF-1.7")
    one = sample(people["county"], "CJ2026-0002", law="food_sampling", on=date(2026, 6, 9), items=MICROBE)
    actions.open_failure(sample=one, by=people["county"])
    actions.proceed(sample=one, move="serve", by=people["county"])
    firm, house, other = open_page(people["enterprise"]), open_page(people["county"]), open_page(people["second"])
    firm.goto(f"/inspections/mine/{one.pk}/")
    firm.get_by_text("微生物指标不合格").first.wait_for()
    kept(firm, "my-failure-microbes-zh-desktop")
    press(firm, "ask_reinspection", reason="不服")
    house.goto(f"/inspections/failures/{one.pk}/")
    press(house, "accept_reinspection")
    house.get_by_text("第31条第1项").first.wait_for()
    other.goto(f"/inspections/failures/{one.pk}/")
    press(other, "refuse_reinspection")
    press(other, "order_correction")
    firm.reload()
    press(firm, "report_correction", added=str(proof))
    house.goto(f"/inspections/failures/{one.pk}/")
    press(house, "close_follow_up", reason="已整改到位")
    house.get_by_text("核查处置完毕").first.wait_for()
    assert set(Notice.objects.values_list("kind", "state")) == {("result", "due"), ("follow_up", "due")}
    public = open_page(people["office"])
    public.goto("/inspections/publication/")
    kept(public, "publication-zh-desktop")
    phone = open_page(people["office"], phone=True, language="en")
    phone.goto("/inspections/publication/")
    kept(phone, "publication-en-phone")
    public.get_by_role("button", name="公布所选").click()
    public.get_by_text("已公布 2 条").wait_for()
    public.goto("/inspections/publication/?state=published")
    public.get_by_role("link", name="模拟针织衫").first.click()
    kept(public, "notice-zh-desktop")
    (shown,) = queries.public_results(on=date(2026, 6, 10))
    (followed,) = queries.public_follow_ups(on=date(2026, 6, 10))
    assert (shown.follow_up, followed.result) == (followed.token, shown.token)
    assert [each.what.zh for each in followed.measures] == [
        "责令采取风险控制措施并整改", "报告整改情况", "核查处置办结",
    ]  # fmt: skip
