"""Filing, reviewing and reading evidence in a real browser."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Any

import pytest

from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import Submission

HEADINGS = "地区,统计月末,清运量(吨),无害化处理量(吨),其中：卫生填埋(吨),其中：焚烧(吨)"
GOOD = (
    "中牟县,2014-01-31,1031.7,998.2,700.1,298.1",
    "中牟县,2014-02-28,964.3,951.9,640.2,311.7",
    "中牟县,2014-03-31,1102.9,1068.4,731.6,336.8",
)
SUBMISSION = re.compile(r"/evidence/submissions/\d+/")
BAD = "中牟县,2014-03-31,-5,1068.4,731.6,336.8"


@pytest.fixture
def people(transactional_db: None, home: Path, make_person: Any, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    return {"county": make_person("county", "zhongmu"), "office": make_person("office", "quality-supervision")}


@pytest.fixture
def table(tmp_path: Path) -> Any:
    def write(*rows: str) -> Path:
        path = tmp_path / "生活垃圾.csv"
        path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8-sig")
        return path

    return write


def shoot(page: Any, name: str) -> None:
    """Keep a picture where somebody wants to look at it."""
    if folder := os.environ.get("QUALICITY_SCREENSHOTS"):
        page.screenshot(path=f"{folder}/{name}.png", full_page=True)


def hand_in(page: Any, path: Path) -> None:
    page.goto("/evidence/new/")
    page.select_option("#id_register", "waste")
    page.fill("#id_period", "2014Q1")
    page.set_input_files("#id_file", path)
    shoot(page, "new")
    page.click("form[data-filing] button[type=submit]")


def test_a_file_goes_from_the_county_to_the_register(people, table, open_page) -> None:
    county = open_page(people["county"])
    county.goto("/evidence/")
    shoot(county, "home-county")
    hand_in(county, table(*GOOD))
    county.wait_for_url(SUBMISSION)
    shoot(county, "draft")
    county.click("#next button.btn-primary")
    county.wait_for_load_state()
    assert Submission.objects.get().state == State.SUBMITTED

    office = open_page(people["office"], language="en")
    office.goto("/evidence/review/")
    shoot(office, "review-en")
    office.click(".heading-action a")
    office.wait_for_url(SUBMISSION)
    shoot(office, "submitted-en")
    office.click("#next button.btn-primary")
    office.wait_for_load_state()
    assert Submission.objects.get().state == State.ACCEPTED
    for name, address in (
        ("register", "/registers/waste/"), ("registers", "/registers/"), ("list", "/evidence/submissions/"),
        ("matrix", "/evidence/obligations/?register=waste"), ("counts", "/evidence/obligations/"),
        ("obligation", "/evidence/obligations/waste/zhongmu/2013Q4/"),
    ):  # fmt: skip
        office.goto(address)
        shoot(office, name)
    county.goto(f"/evidence/submissions/{Submission.objects.get().pk}/cover/")
    county.emulate_media(media="print")
    shoot(county, "cover")


def test_a_faulty_file_shows_each_finding_and_can_be_filtered(people, table, open_page) -> None:
    county = open_page(people["county"])
    hand_in(county, table(*GOOD[:2], BAD))
    county.wait_for_url(SUBMISSION)
    shoot(county, "returned")
    assert "-5" in county.inner_text("#findings")
    county.click("#findings th a")
    county.wait_for_url(re.compile("rule="))
    assert county.locator("#findings .table-active").count() == 1


def test_a_wrong_file_is_explained_beside_the_form_without_leaving_it(people, tmp_path, open_page) -> None:
    county = open_page(people["county"])
    path = tmp_path / "other.csv"
    path.write_text("甲,乙\n1,2\n", encoding="utf-8")
    hand_in(county, path)
    county.wait_for_selector("[data-filing-errors]:not([hidden])")
    shoot(county, "wrong-file")
    assert county.url.split("?")[0].endswith("/evidence/new/")
    assert not Submission.objects.exists()


def test_the_pages_fit_a_phone(people, table, open_page) -> None:
    county = open_page(people["county"], phone=True, dark=True)
    for name, address in (
        ("phone-home", "/evidence/"), ("phone-new", "/evidence/new/"), ("phone-register", "/registers/waste/"),
        ("phone-matrix", "/evidence/obligations/?register=waste"),
    ):  # fmt: skip
        county.goto(address)
        shoot(county, name)
        width = county.evaluate("document.documentElement.scrollWidth")
        assert width <= 390, f"{address} is {width} wide"
