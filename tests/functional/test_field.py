"""An inspector's morning in a real browser at the width of a phone: no network, a sheet, and its sending, once."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.test_accessibility import TOO_WIDE, serious
from tests.unit.evidence.inspections import field_work

from qualicity.evidence.inspections.models import Sample, SampleFile, Target, Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

SHEET = re.compile(r"/inspections/field/targets/\d+/")
KEPT = "idbKeyval.values(idbKeyval.createStore('qualicity-field', 'sheets'))"
TROUBLE = ("net::ERR_", "status of 503")
HOME = re.compile(r"/inspections/field/$")


@pytest.fixture
def field(
    transactional_db: None, home: Path, make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> field_work.Field:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    people = {name: make_person("inspector", "zhongmu", name) for name in ("first", "second", "third")}
    return field_work.drawn(people)


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    path = tmp_path / "IMG_0001.jpg"
    path.write_bytes(field_work.photo("olive"))
    return path


def shoot(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("QUALICITY_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def until(page: Page, said: str) -> None:
    """Wait until something is true in the page; the house's policy forbids the browser's own way of waiting."""
    for _turn in range(300):
        if page.evaluate(said):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never true: {said}")


def at_home(page: Page) -> None:
    """Open the list and wait until the worker has taken over and every sheet lies on the phone."""
    page.goto("/inspections/field/")
    until(page, "navigator.serviceWorker.controller !== null")
    until(page, "caches.open('own-field-pages').then(pages => pages.keys()).then(keys => keys.length === 3)")


def sign(page: Page, side: str) -> None:
    """Draw a signature with the pointer."""
    canvas = page.locator(f'[data-field-sign="{side}_signature"] canvas')
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 70)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 30 + 25 * step, box["y"] + 70 + (-1) ** step * 25)
    page.mouse.up()


def fill(page: Page, photo: Path) -> None:
    """Fill in the sheet that is open."""
    page.fill("#id_product_name", "模拟挂面")
    page.fill("#id_lot_size", "400 袋")
    page.fill("#id_quantity", "6 袋")
    page.fill("#id_reserve_quantity", "3 袋")
    page.set_input_files('[data-field-form="sample"] [data-field-add] >> nth=0', photo)
    page.wait_for_selector(".field-photos img")
    page.fill("#id_address", "模拟路1号")
    sign(page, "sampler")
    sign(page, "unit")
    until(page, f"{KEPT}.then(found => found.some(one => one.files.length === 3))")


def state(page: Page) -> str | None:
    return page.locator("[data-field-list] > li").first.get_attribute("data-field-state")


def wait_for_state(page: Page, wanted: str) -> None:
    page.wait_for_selector(f'[data-field-list] > li[data-field-state="{wanted}"]', timeout=30_000)


def finish(page: Page) -> None:
    page.click('[data-field-form="sample"] button[type=submit]')
    page.wait_for_url(HOME)


def test_a_morning_without_a_network(field: field_work.Field, open_page: Any, photo: Path) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    shoot(page, "field-home")
    page.context.set_offline(True)
    page.click(".field-target a")
    page.wait_for_url(SHEET)
    assert page.locator("[data-field-offline]").is_visible()
    fill(page, photo)
    shoot(page, "field-sheet")
    page.reload()
    page.wait_for_selector(".field-photos img")
    assert page.input_value("#id_product_name") == "模拟挂面", "what was typed is there again"
    finish(page)
    wait_for_state(page, "kept")
    shoot(page, "field-kept")
    page.reload()
    wait_for_state(page, "kept")
    assert not Sample.objects.exists()
    page.context.set_offline(False)
    wait_for_state(page, "sent")
    shoot(page, "field-sent")
    taken = Sample.objects.get()
    assert page.locator("[data-field-list] a").first.inner_text() == taken.number
    assert sorted(one.kind for one in SampleFile.objects.all()) == ["photo", "sampler_signature", "unit_signature"]
    page.reload()
    page.wait_for_load_state("networkidle")
    assert Sample.objects.count() == 1
    page.click("[data-field-list] a")
    page.wait_for_load_state("networkidle")
    shoot(page, "field-sample")


def test_what_arrived_without_an_answer_is_sent_again_and_arrives_once(
    field: field_work.Field, open_page: Any, photo: Path
) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    lost = []

    def lose(route: Any) -> None:
        if route.request.method == "POST" and not lost:
            lost.append(route.fetch().status)  # it arrives, but the answer never comes back
            route.abort()
        else:
            route.continue_()

    page.context.route(SHEET, lose)
    page.click(".field-target a")
    page.wait_for_selector(".field-pad canvas")
    fill(page, photo)
    finish(page)
    wait_for_state(page, "kept")
    assert lost == [200]
    assert Sample.objects.count() == 1
    page.click("[data-field-send]")
    wait_for_state(page, "sent")
    assert Sample.objects.count() == 1


def test_a_refused_sheet_says_what_to_mend_and_is_sent_again(
    field: field_work.Field, open_page: Any, photo: Path
) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE, language="en")
    at_home(page)
    page.click(".field-target a")
    page.wait_for_selector(".field-pad canvas")
    fill(page, photo)
    page.select_option("#id_goods", "trial")
    finish(page)
    wait_for_state(page, "refused")
    shoot(page, "field-refused-en")
    assert "may not be sampled" in page.inner_text("[data-field-list]")
    page.click("[data-field-list] a")
    page.wait_for_selector("[data-field-errors]:not([hidden])")
    shoot(page, "field-mend-en")
    page.select_option("#id_goods", "for_sale")
    finish(page)
    wait_for_state(page, "sent")
    assert Sample.objects.get().goods == "for_sale"


def test_a_sheet_outlives_a_session_and_a_server_in_trouble(
    field: field_work.Field, open_page: Any, photo: Path
) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    page.click(".field-target a")
    page.wait_for_selector(".field-pad canvas")
    fill(page, photo)
    cookies = page.context.cookies()
    answers = [500, 200]
    page.context.route(
        SHEET,
        lambda route: (
            route.fulfill(status=503, body="trouble")
            if route.request.method == "POST" and answers.pop(0) == 500
            else route.continue_()
        ),
    )
    finish(page)
    wait_for_state(page, "kept")
    shoot(page, "field-trouble")
    page.context.clear_cookies(name="sessionid")
    page.click("[data-field-send]")
    page.wait_for_selector('[data-field-list] a[href*="login"]')
    assert not Sample.objects.exists()
    page.context.add_cookies(cookies)
    answers.append(200)
    page.click("[data-field-send]")
    wait_for_state(page, "sent")
    assert Sample.objects.count() == 1


def test_what_is_missing_is_said_without_a_network(field: field_work.Field, open_page: Any) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    page.context.set_offline(True)
    page.click(".field-target a")
    page.wait_for_selector(".field-pad canvas")
    page.click('[data-field-form="sample"] button[type=submit]')
    page.wait_for_selector("[data-field-errors]:not([hidden])")
    assert page.locator("[data-field-problems] li").count() == 6
    shoot(page, "field-missing")
    assert page.evaluate("document.activeElement.matches('[data-field-errors]')")


def test_a_position_is_taken_or_the_address_is_typed(field: field_work.Field, open_page: Any) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    page.goto(f"/inspections/field/targets/{field.targets[0].pk}/")
    page.wait_for_selector("[data-field-locate]")
    page.click("[data-field-locate]")
    until(page, "document.activeElement.id === 'id_address'")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 34.72, "longitude": 114.0, "accuracy": 15})
    page.click("[data-field-locate]")
    until(page, "document.querySelector('[data-field-located]').textContent.includes('34.72000')")
    assert page.input_value("#id_accuracy_metres") == "15"


def test_a_visit_in_vain_is_recorded_from_the_phone(field: field_work.Field, open_page: Any, photo: Path) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    page.context.set_offline(True)
    page.click(".field-target a")
    page.click(".field-vain > summary")
    page.check('[name="outcome"][value="not_found"]')
    page.fill("#vain_note", "门牌不存在")
    page.set_input_files('[data-field-form="vain"] [data-field-add]', photo)
    page.wait_for_selector('[data-field-form="vain"] .field-photos img')
    shoot(page, "field-vain")
    page.click('[data-field-form="vain"] button[type=submit]')
    page.wait_for_url(HOME, wait_until="commit", timeout=60_000)
    wait_for_state(page, "kept")
    page.context.set_offline(False)
    wait_for_state(page, "sent")
    assert Visit.objects.get().outcome == "not_found"
    assert Target.objects.get(pk=field.targets[0].pk).state == "not_found"


def test_signing_out_forgets_the_pages_and_asks_about_what_is_unsent(
    field: field_work.Field, open_page: Any, photo: Path
) -> None:
    page = open_page(field["first"], phone=True, forgive=TROUBLE)
    at_home(page)
    page.goto(f"/inspections/field/targets/{field.targets[0].pk}/")
    page.wait_for_selector(".field-pad canvas")
    page.fill("#id_product_name", "模拟挂面")
    until(page, "localStorage.getItem('unsent') === '1'")
    asked = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.click(".person > summary")
    page.click('.person form[action$="logout/"] button')
    assert len(asked) == 1
    assert page.evaluate("caches.has('own-field-pages')"), "who stays keeps what is on the phone"
    page.once("dialog", lambda dialog: dialog.accept())
    page.click('.person form[action$="logout/"] button')
    page.wait_for_url(re.compile("/account/login/"))
    assert not page.evaluate("caches.has('own-field-pages')")
    page.context.set_offline(True)
    with pytest.raises(Exception, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        page.goto("/inspections/field/")


def test_the_sheet_is_handed_in_without_scripts(
    field: field_work.Field, browser: Any, live_server: Any, open_page: Any, photo: Path
) -> None:
    cookies = open_page(field["first"]).context.cookies()
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(f"/inspections/field/targets/{field.targets[0].pk}/")
    page.fill("#id_product_name", "模拟挂面")
    page.fill("#id_quantity", "6 袋")
    page.fill("#id_address", "模拟路1号")
    page.set_input_files("#id_photo", photo)
    page.click('[data-field-form="sample"] button[type=submit]')
    assert "签名" in page.inner_text("[data-field-errors]")
    page.set_input_files("#id_photo", photo)
    for side in ("sampler", "unit"):
        page.fill(f"#id_{side}_typed", "模拟人员")
        page.check(f"#id_{side}_confirmed")
    page.click('[data-field-form="sample"] button[type=submit]')
    page.wait_for_url(re.compile("/inspections/samples/"))
    context.close()
    assert Sample.objects.get().signatures[1]["how"] == "typed"


LOOKS = [("zh-hans", False), ("en", True)]


@pytest.mark.parametrize(("language", "dark"), LOOKS)
@pytest.mark.parametrize("phone", [True, False])
def test_the_pages_of_field_work_are_accessible_and_fit(
    field: field_work.Field, open_page: Any, language: str, dark: bool, phone: bool
) -> None:
    taken = field.take(target=field.targets[1], sheet={"latitude": 30.0, "longitude": 100.0})
    Sample.objects.update(conclusion="unqualified", state="concluded", concluded_on="2014-04-10")
    page, faults = open_page(field["first"], phone=phone, language=language, dark=dark), []
    sheet = f"/inspections/field/targets/{field.targets[0].pk}/"
    pages = {
        "home": "/inspections/field/", "sheet": sheet, "blank": f"{sheet}blank/", "samples": "/inspections/samples/",
        "sample": f"/inspections/samples/{taken.number}/", "paper": f"/inspections/samples/{taken.number}/sheet/",
        "recheck": f"/inspections/field/rechecks/{taken.number}/", "desk": "/inspections/",
    }  # fmt: skip
    for name, address in pages.items():
        page.goto(address)
        page.wait_for_load_state("networkidle")
        shoot(page, f"a11y-{name}-{language}-{'phone' if phone else 'desktop'}")
        faults += [f"{name}: {fault}" for fault in serious(page)]
        if phone:
            faults += [f"{name}: wider than the screen: {one}" for one in page.evaluate(TOO_WIDE)]
    page.emulate_media(media="print")
    page.goto(pages["paper"])
    shoot(page, f"print-{language}-{phone}")
    assert not faults, "\n".join(faults)
