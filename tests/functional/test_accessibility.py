"""Every kind of page for everybody: read aloud, by keyboard, on a phone, in the dark, on paper, in both languages."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.access import city as cities

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
AXE = (Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")
PAGES = {
    "overview": "/",
    "overview-county": "/?place=410122",
    "indicator": "/indicators/environment-2/?as_of=2013-12-31",
    "indicator-empty": "/indicators/service-1/",
    "indicator-rows": "/indicators/environment-2/rows/?period=2013",
    "plan": "/plan/",
    "tasks": "/plan/tasks/",
    "task": "/plan/tasks/1/",
    "organisations": "/plan/organisations/",
    "organisation": "/plan/organisations/zhongmu/",
    "inbox": "/inbox/",
    "inbox-unit": "/inbox/?whose=unit",
    "digest": "/inbox/digest/?days=30",
    "calendar": "/inbox/calendar/",
    "cases": "/cases/",
    "case": "/cases/{case}/",
    "board": "/tasks/",
    "assignments": "/tasks/assignments/?level=city",
    "task-handed-out": "/tasks/4/",
    "assignment": "/tasks/assignments/{assignment}/",
    "unit": "/tasks/units/environment/",
    "breakdown": "/tasks/breakdown/",
    "breakdown-import": "/tasks/breakdown/import/",
    "implementation-plans": "/tasks/plans/",
    "unit-targets": "/tasks/targets/",
    "gantt": "/plan/gantt/",
    "plan-calendar": "/plan/calendar/?month=2014-12",
    "compare": "/plan/compare/?then=2014-04-09",
    "supervision": "/supervision/",
    "gates": "/supervision/gates/",
    "meetings": "/supervision/meetings/",
    "meeting": "/supervision/meetings/{held}/",
    "meeting-new": "/supervision/meetings/new/",
    "circulars": "/supervision/circulars/",
    "circular": "/supervision/circulars/{circular}/",
    "circular-new": "/supervision/circulars/new/",
    "practice": "/supervision/practice/",
    "fund": "/supervision/fund/",
    "checks": "/inspections/",
    "check-plans": "/inspections/plans/",
    "check-plan": "/inspections/plans/city-wires/",
    "draw": "/inspections/draws/{draw}/",
    "conflicts": "/inspections/conflicts/",
    "failures": "/inspections/failures/",
    "publication": "/inspections/publication/",
    "risk": "/inspections/risk/",
    "credit": "/credit/",
    "credit-enterprises": "/credit/enterprises/",
    "credit-weights": "/credit/weights/",
    "listings": "/credit/list/",
    "enforcement": "/enforcement/",
    "samples": "/inspections/samples/",
    "sample": "/inspections/samples/{sample}/",
    "sampling-sheet": "/inspections/samples/{sample}/sheet/",
    "evidence": "/evidence/",
    "new": "/evidence/new/",
    "review": "/evidence/review/",
    "submissions": "/evidence/submissions/",
    "draft": "/evidence/submissions/{draft}/",
    "submitted": "/evidence/submissions/{submitted}/",
    "returned": "/evidence/submissions/{returned}/",
    "accepted": "/evidence/submissions/{accepted}/",
    "cover": "/evidence/submissions/{draft}/cover/",
    "obligations": "/evidence/obligations/",
    "obligations-register": "/evidence/obligations/?register=waste",
    "obligation": "/evidence/obligations/waste/zhongmu/2013Q4/",
    "registers": "/registers/",
    "opendata": "/opendata/",
    "register": "/registers/waste/",
    "assessment": "/assessment/",
    "assessment-criterion": "/assessment/criteria/environment-6a/",
    "assessment-unit": "/assessment/criteria/own-documents/?rubric=zhengzhou-yearly-units-self-designed&unit=zhongmu",
    "assessment-missing": "/assessment/missing/",
    "assessment-actions": "/assessment/actions/",
    "assessment-units": "/assessment/units/",
    "assessment-results": "/assessment/results/",
    "assessment-objections": "/assessment/objections/",
    "assessment-rectifications": "/assessment/rectifications/",
    "assessment-packages": "/assessment/packages/",
    "assessment-application": "/assessment/application/",
    "people": "/people/",
    "person": "/people/colleague/",
    "person-new": "/people/new/",
    "people-import": "/people/import/",
    "me": "/people/me/",
    "tokens": "/people/me/tokens/",
    "password": "/account/password/change/",
    "second-factor": "/account/2fa/",
    "audit": "/audit/",
    "search": "/search/?q=pm",
    "not-found": "/evidence/submissions/999999/",
    "unusable": "/?as_of=soon",
}
LOOKS = {
    "zh-light-desktop": {"language": "zh-hans"},
    "en-dark-phone": {"language": "en", "dark": True, "phone": True},
    "zh-dark-phone": {"language": "zh-hans", "dark": True, "phone": True},
    "en-light-desktop": {"language": "en"},
}
if not os.environ.get("QUALICITY_EVERY_LOOK"):  # two of the four show each language, light and width once
    LOOKS = dict(list(LOOKS.items())[:2])

CHINESE = re.compile(r"[\u4e00-\u9fff]")
DATA = (
    "上报.csv", "佐证.txt", "方案.txt", "方案.csv", "已核对", "完成 ·", "中牟县 · 2013", "郑政〔2014〕17号",
    "JSON schema", "专项经费", "专题会议", "联席会议", "实施方案", "分三步推进", "关于报送的通报", "关于进度的通报",
    "经验", "监测",
    "模拟", "亲属任职", "突出社会评价", "电线电缆", "建筑材料", "12 个月", "3 袋", "400 袋", "6 袋", "中列〔2014〕",
    "复议撤销", "已整改",
    "第9条", "第35条", "自拟",  # clauses are cited as they are written
    "巩义市任务", "中牟县任务", "通报进展", "郑州市2013年质量分析报告", "0 吨 or more",
)  # fmt: skip
"""What stands as it was filed or issued, whatever the language of the page."""
WORDS = re.compile(r"[A-Za-z]{3,}(?: [A-Za-z]+)+")
"""Two English words running; single ones are units, codes, names of formats."""
TEXTS = """() => {
    const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
        const at = walk.currentNode.parentElement, text = walk.currentNode.data.trim();
        if (text && !at.closest('script, style, code, pre, [lang]:not(html), [translate=no]') && at.checkVisibility())
            found.push(text);
    }
    for (const at of document.querySelectorAll('[aria-label], [title], [placeholder], img[alt]'))
        for (const name of ['aria-label', 'title', 'placeholder', 'alt'])
            if (at.getAttribute(name) && !at.closest('[lang]:not(html), [translate=no]'))
                found.push(at.getAttribute(name));
    return found;
}"""

TOO_WIDE = """() => {
    const most = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= most) return [];
    return [...document.querySelectorAll('body *')]
        .filter(at => at.getBoundingClientRect().right > most && !at.parentElement.closest('.table-responsive'))
        .map(at => at.outerHTML.slice(0, 120));
}"""


@pytest.fixture
def city(transactional_db: None, home: Path, monkeypatch: pytest.MonkeyPatch) -> cities.City:
    monkeypatch.setenv("QUALICITY_TODAY", cities.TODAY)
    return cities.build()


def shoot(page: Page, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("QUALICITY_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def serious(page: Page) -> list[str]:
    """Return what axe finds serious or critical."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    return [
        f"{one['id']}: {node['html'][:160]} {node['failureSummary'][:240]}"
        for one in found["violations"]
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"][:3]
    ]


def untranslated(page: Page, language: str) -> list[str]:
    """Return texts of the other language: Chinese on an English page, or English words running on a Chinese one."""
    texts = {text for text in page.evaluate(TEXTS) if not any(data in text for data in DATA)}
    if language == "en":
        return sorted(text for text in texts if CHINESE.search(text))
    return sorted(text for text in texts if WORDS.search(text) and not CHINESE.search(text))


@pytest.mark.parametrize("look", LOOKS)
def test_every_kind_of_page_is_accessible_fits_and_speaks_one_language(
    look: str, city: cities.City, open_page: Any
) -> None:
    page, language = open_page(city["office"], **LOOKS[look]), LOOKS[look]["language"]
    faults = []
    for name, address in PAGES.items():
        page.goto(address.format(**city.places))
        shoot(page, f"{name}-{look}")
        faults += [f"{name}: {fault}" for fault in serious(page)]
        faults += [f"{name}: not translated: {text}" for text in untranslated(page, language)]
        if "phone" in look:
            faults += [f"{name}: wider than the screen: {one}" for one in page.evaluate(TOO_WIDE)]
        titles = page.locator("h1").count()
        faults += [f"{name}: {titles} headings of the first level"] if titles != 1 else []
    assert not faults, "\n".join(faults)


def test_by_keyboard_the_content_is_one_step_away_and_the_focus_is_seen(city: cities.City, open_page: Any) -> None:
    page = open_page(city["office"])
    page.goto("/evidence/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    for _step in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2


def test_by_keyboard_the_menu_opens_leads_on_and_closes(city: cities.City, open_page: Any) -> None:
    page = open_page(city["office"])
    page.goto("/evidence/")
    page.locator("nav.menu summary").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("nav.menu .popup").first.is_visible()
    page.keyboard.press("Escape")
    assert not page.locator("nav.menu .popup").first.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/inspections/" in page.url


def test_on_a_phone_the_menu_opens_by_its_button(city: cities.City, open_page: Any) -> None:
    page = open_page(city["office"], phone=True)
    page.goto("/")
    assert not page.locator("nav.menu a").first.is_visible()
    page.click("details.menu-toggle summary")
    with page.expect_navigation():
        page.locator("nav.menu a[href^='/plan/']").first.click()
    assert "/plan/" in page.url


@pytest.mark.parametrize("kind", ["cover", "indicator"])
def test_on_paper_there_is_the_content_and_no_button(kind: str, city: cities.City, open_page: Any) -> None:
    page = open_page(city["office"], dark=True)
    page.goto(PAGES[kind].format(**city.places))
    page.wait_for_load_state("networkidle")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.locator("main").inner_text().strip()
    for hidden in (".masthead", ".foot", "main .btn", ".standing-row"):
        assert not any(one.is_visible() for one in page.locator(hidden).all()), hidden
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    paper = page.pdf(format="A4", print_background=True)
    assert paper.startswith(b"%PDF")
    assert paper.count(b"/Type /Page\n") <= 4
    assert len(paper) > 10_000
    if folder := os.environ.get("QUALICITY_SCREENSHOTS"):
        Path(folder, f"{kind}.pdf").write_bytes(paper)
