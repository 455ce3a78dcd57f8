"""The public pages in a real browser: for everybody, and a citizen's way from a name to a complaint."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from tests.access import city as cities
from tests.functional.test_accessibility import TOO_WIDE, serious, shoot
from tests.unit.publication.opendata import planting

from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import actions as registry
from qualicity.publication.opendata import actions, queries
from qualicity.site.front import SHELF

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db(transaction=True)
PAGES = {
    "home": "", "indicators": "indicators/", "indicator": "indicators/environment-6a/", "results": "results/",
    "result": "results/{result}/", "enterprises": "enterprises/?q=mn", "enterprise": "enterprises/{enterprise_code}/",
    "listings": "listed/", "penalties": "penalties/", "draws": "draws/", "alerts": "alerts/", "data": "data/",
    "table": "data/spot_check_results/", "complain": "complain/", "subscribe": "subscribe/", "lost": "no-such/",
}  # fmt: skip
LOOKS = {
    "zh-desktop": ("/public/", {}),
    "en-phone": ("/public/en/", {"phone": True, "dark": True}),
    "zh-phone": ("/public/", {"phone": True}),
    "en-desktop": ("/public/en/", {}),
}


@pytest.fixture
def city(transactional_db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> cities.City:
    monkeypatch.setenv("QUALICITY_TODAY", cities.TODAY)
    SHELF.clear()
    return cities.build()


def test_public_pages_are_accessible_fit_and_have_one_heading(city: cities.City, open_page: Any) -> None:
    places = {**city.places, "result": queries.rows("spot_check_results").rows[0]["token"]}
    faults = []
    for look, (root, given) in LOOKS.items():
        page = open_page(None, **given)
        for name, address in PAGES.items():
            page.goto(root + address.format(**places))
            shoot(page, f"public-{name}-{look}")
            faults += [f"{look} {name}: {fault}" for fault in serious(page)]
            faults += [f"{look} {name}: wider than the screen: {one}" for one in page.evaluate(TOO_WIDE)]
            faults += [] if page.locator("h1").count() == 1 else [f"{look} {name}: headings of the first level"]
            faults += [f"{look} {name}: a cookie" for one in page.context.cookies() if one["name"] == "sessionid"]
    assert not faults, "\n".join(faults)


def test_a_citizen_looks_an_enterprise_up_sees_what_followed_and_finds_how_to_complain(
    transactional_db: None, home: Path, make_person: Any, monkeypatch: pytest.MonkeyPatch, open_page: Any
) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", planting.TODAY.isoformat())
    SHELF.clear()
    registry.sync(by=people.operator())
    scene = planting.plant(make_person("office", "quality-supervision"))
    actions.publish(by=people.operator())
    page = open_page(None, phone=True)
    page.goto("/account/login/")
    page.get_by_role("link", name="公众页面").click()
    page.get_by_label("按名称、代码或拼音首字母查企业").fill(planting.MAKER[-10:].lower())
    page.keyboard.press("Enter")
    page.locator("tbody a").first.click()
    assert page.url.endswith(f"/public/enterprises/{planting.MAKER}/")
    assert "不合格" in page.locator("#part-spot_check_results").locator("xpath=..").inner_text()
    shoot(page, "citizen-enterprise")
    feed = page.request.get(page.locator("a[type='application/atom+xml']").get_attribute("href"))
    assert feed.headers["content-type"].startswith("application/atom+xml")
    assert "不合格" in feed.text()
    page.goto("/public/results/?conclusion=unqualified")
    page.locator("tbody th a").first.click()
    assert page.url.endswith(f"/public/results/{scene.things['result'].token}/")
    assert page.get_by_role("heading", name="后处理").is_visible()
    assert "公示" in page.locator("section[aria-labelledby=followed]").inner_text()
    shoot(page, "citizen-result")
    page.get_by_role("main").get_by_role("link", name="投诉举报").click()
    assert "12315" in page.get_by_role("main").inner_text()
    page.get_by_role("link", name="English").click()
    assert page.url.endswith("/public/en/complain/")
    assert page.locator("html").get_attribute("lang") == "en"
    assert [one["name"] for one in page.context.cookies() if "session" in one["name"]] == []
