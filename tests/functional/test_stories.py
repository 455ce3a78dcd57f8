"""A month's data from template to indicator, as the people concerned live it, in a real browser."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.conf import settings as django_settings
from django.test import Client
from tests.access import city as cities

from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.django_db(transaction=True)
SUBMISSION = re.compile(r"/evidence/submissions/\d+/")
ROWS = (
    ("中牟县", "2014-01-31", 1000, 900, 500, 400),
    ("中牟县", "2014-02-28", 1000, 920, 500, 400),
    ("中牟县", "2014-03-31", 1000, 970, 500, 400),
)
FAULTY = (
    ROWS[0],
    ("中牟城关", "2014-02-28", 1000, 920, 500, 400),
    ("中牟县", "2014-03-31", -7, 970, 500, 400),
)
"""A place that the plan does not know, and less than nothing collected."""


@pytest.fixture
def people(transactional_db: None, home: Path, make_person: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Return a county and an office, where the county's January has been accepted already."""
    monkeypatch.setenv("QUALICITY_TODAY", cities.TODAY)
    found = {
        name: make_person(role, unit, name)
        for name, role, unit in (
            ("clerk", "county", "zhongmu"), ("office", "office", "quality-supervision"),
        )
    }  # fmt: skip
    january = cities.HEADINGS + "\n中牟县,2014-01-31,500,450,250,200\n"
    draft = actions.receive(
        register="waste", organisation="zhongmu", period=parse("2014-01"), name="一月.csv", by=found["clerk"],
        file=cities.SimpleUploadedFile("一月.csv", january.encode()),
    )  # fmt: skip
    actions.accept(submission=actions.submit(submission=draft, by=found["clerk"]), by=found["office"])
    return found


def filled(template: Path, rows: Any, target: Path) -> Path:
    """Fill a template in by the headings of its first sheet, as somebody with a spreadsheet would."""
    book = openpyxl.load_workbook(template)
    sheet = book.worksheets[0]
    start = next(row for row in range(1, 10) if "地区" in str(sheet.cell(row, 1).value)) + 1
    for down, row in enumerate(rows):
        for across, value in enumerate(row):
            sheet.cell(start + down, across + 1, value)
    book.save(target)
    return target


def hand_in(page: Page, path: Path) -> None:
    page.goto("/evidence/new/")
    page.select_option("#id_register", "waste")
    page.fill("#id_period", "2014Q1")
    page.set_input_files("#id_file", path)
    page.click("form[enctype] button[type=submit]")
    page.wait_for_url(SUBMISSION)


def downloaded(page: Page, link: str, target: Path) -> Path:
    with page.expect_download() as waiting:
        page.click(link)
    waiting.value.save_as(target)
    return target


def test_a_quarter_goes_from_the_template_to_the_indicator_and_back_to_its_file(
    people: Any, open_page: Any, tmp_path: Path
) -> None:
    county = open_page(people["clerk"])
    county.goto("/registers/")
    template = downloaded(county, 'a[href*="/registers/waste/template/"]', tmp_path / "template.xlsx")

    hand_in(county, filled(template, FAULTY, tmp_path / "faulty.xlsx"))
    findings = county.inner_text("#findings")
    for words in ("中牟城关", "-7", "核对数值和计量单位"):
        assert words in findings
    assert "已退回" in county.inner_text("main")

    marked = downloaded(county, 'a[href*="/workbook/"]', tmp_path / "marked.xlsx")
    book = openpyxl.load_workbook(marked)
    assert len(book.sheetnames) == 4  # the template's three, and the findings
    notes = [str(cell.comment.text) for row in book["生活垃圾处理台账"] for cell in row if cell.comment]
    assert any("核对数值和计量单位" in note for note in notes)

    corrected = filled(template, ROWS, tmp_path / "corrected.xlsx")
    hand_in(county, corrected)
    assert re.search(r"已由报送 \d+ 报过", county.inner_text("#findings"))
    county.click("#next button.btn-primary")
    assert "疑问" in county.inner_text("#messages")  # it asks for the explanation before it lets go
    county.fill("#said", "一月快报只含城区，本表为全县数，两者不重复。")
    county.click("#next button.btn-primary")
    county.wait_for_load_state()
    assert "已报送" in county.inner_text("main .datagrid")

    office = open_page(people["office"])
    office.goto("/evidence/review/")
    office.click('main table a[href*="/evidence/submissions/"]')
    assert "两者不重复" in office.inner_text("main")
    office.click("#next button.btn-primary")
    office.wait_for_load_state()
    assert "已接收" in office.inner_text("main .datagrid")

    leader = open_page(people["office"])
    leader.goto("/indicators/environment-2/?as_of=2014-12-31&place=410122")
    assert "92.6" in leader.inner_text(".value-now")  # (450 + 900 + 920 + 970) ÷ 3500
    leader.click("#computed summary")
    leader.click("#computed a[href*='/rows/']")
    last = leader.locator("#rows tbody tr").last
    assert "第 4 行" in last.inner_text()  # the line of the sheet that he or she would open
    assert "中牟县" in last.inner_text()
    last.locator("th a").click()
    leader.wait_for_url(SUBMISSION)
    assert hashlib.sha256(corrected.read_bytes()).hexdigest() in leader.inner_text("main")


def test_without_scripts_a_file_is_handed_in_and_submitted(
    people: Any, browser: Any, live_server: Any, tmp_path: Path
) -> None:
    client = Client()
    client.force_login(people["clerk"])
    context = browser.new_context(base_url=live_server.url, java_script_enabled=False)
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])
    page = context.new_page()
    path = tmp_path / "二三月.csv"
    lines = [",".join(str(cell) for cell in row) for row in ROWS[1:]]
    path.write_text("\n".join([cities.HEADINGS, *lines, ""]), encoding="utf-8-sig")
    hand_in(page, path)
    page.click("#next button.btn-primary")
    assert "已报送" in page.inner_text("main .datagrid")
    page.goto("/evidence/new/")
    page.select_option("#id_register", "waste")
    page.fill("#id_period", "the spring")
    page.set_input_files("#id_file", path)
    page.click("form[enctype] button[type=submit]")
    assert "the spring" in page.inner_text(".alert-danger")
    context.close()
