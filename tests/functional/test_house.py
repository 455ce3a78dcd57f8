from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
PAGES = (
    "accounts:people",
    "accounts:new",
    "accounts:import",
    "accounts:me",
    "accounts:tokens",
    "audit:records",
    "search",
)


def serious(page: Any) -> list[str]:
    """Return what axe finds serious or critical on a page."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{one['id']}: {node['html'][:120]} {node['failureSummary'][:200]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("dark", [False, True])
def test_axe_finds_nothing_serious_on_the_pages_of_the_house(open_page: Any, make_person: Any, dark: bool) -> None:
    page = open_page(make_person("office"), dark=dark)
    for name in PAGES:
        page.goto(reverse(name))
        assert not serious(page), name


def test_axe_finds_nothing_serious_on_the_sign_in_page(open_page: Any) -> None:
    page = open_page()
    page.goto(reverse("account_login"))
    assert not serious(page)


def test_plan_place_and_day_stand_in_the_address_and_follow_the_chooser(open_page: Any, make_person: Any) -> None:
    page = open_page(make_person("office"))
    page.goto(reverse("accounts:people"))
    assert "plan=zhengzhou-2014" in page.url
    assert "place=410100" in page.url
    with page.expect_navigation():
        page.select_option("form[data-standing] select[name=place]", "410122")
    assert "place=410122" in page.url
    page.click("nav.menu summary >> text=管理")
    with page.expect_navigation():
        page.click("nav.menu .popup >> text=操作记录")
    assert "place=410122" in page.url


def test_the_list_of_people_narrows_as_somebody_types(open_page: Any, make_person: Any) -> None:
    make_person("reporter", "environment", "huanbao")
    page = open_page(make_person("office"))
    page.goto(reverse("accounts:people"))
    page.fill("#search", "huan")
    expect(page.locator("#people tbody tr")).to_have_count(1)
    expect(page.locator("#people")).to_contain_text("huanbao")


def test_signing_in_and_out_works_without_scripts(browser: Any, live_server: Any, make_person: Any) -> None:
    make_person("leader")
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    page = context.new_page()
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", "leader")
    page.fill("input[name=password]", "quiet-river-under-stone")
    page.click("main button[type=submit]")
    page.goto(reverse("accounts:me"))
    assert page.locator("h1").inner_text() == "我的账号"
    page.click("details.person summary")
    page.click("text=退出登录")
    page.goto(reverse("accounts:me"))
    assert "login" in page.url
    context.close()


def submit(page: Any) -> None:
    """Send the page's form and wait for what comes."""
    with page.expect_navigation():
        page.click("main button[type=submit]")


def test_the_second_factor_is_turned_on_and_then_asked_for(open_page: Any, make_person: Any) -> None:
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    def code(secret: str) -> str:
        return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))

    make_person("leader")
    page = open_page()
    page.goto(reverse("account_login"))
    page.fill("input[name=login]", "leader")
    page.fill("input[name=password]", "quiet-river-under-stone")
    submit(page)
    page.goto(reverse("mfa_activate_totp"))
    page.fill("input[name=password]", "quiet-river-under-stone")  # who turns it on shows once more who they are
    submit(page)
    secret = page.locator("main code").inner_text()
    page.fill("input[name=code]", code(secret))
    submit(page)
    page.goto(reverse("mfa_view_recovery_codes"))
    recovery = page.locator("pre.codes").inner_text().split()[0]
    page.click("details.person summary")
    with page.expect_navigation():
        page.click("text=退出登录")
    page.fill("input[name=login]", "leader")
    page.fill("input[name=password]", "quiet-river-under-stone")
    submit(page)
    assert "动态口令" in page.locator("h1").inner_text()
    page.fill("input[name=code]", recovery)
    submit(page)
    page.goto(reverse("accounts:me"))
    assert page.locator("h1").inner_text() == "我的账号"
