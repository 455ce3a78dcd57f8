"""The pictures of the handbook, taken by a real browser.

With ``QUALICITY_DEMO``, the folder of a finished demonstration city, they show that city and the handbook keeps them:

    .venv/bin/qualicity demo --no-serve --home var/demo
    QUALICITY_DEMO=var/demo .venv/bin/python -m pytest tests/functional/test_screenshots.py

Without it the same pages of a small home are opened and the pictures thrown away.
"""

from __future__ import annotations

import json
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.definitions.periods import parse
from qualicity.evidence.submissions import actions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.django_db(transaction=True)
HANDBOOK = Path(__file__).resolve().parents[2] / "docs" / "handbook" / "screenshots"
DEMO = os.environ.get("QUALICITY_DEMO")
LANGUAGES = {"zh": "zh-hans", "en": "en"}
SUBMISSION = re.compile(r"/evidence/submissions/\d+/")
PAGES = {
    "overview": "/",
    "indicator": "/indicators/environment-6b/",
    "obligations": "/evidence/obligations/",
    "submission": "/evidence/submissions/?state=returned",
    "review": "/evidence/review/",
    "register": "/registers/spot_check_batches/",
    "plan": "/plan/tasks/",
    "audit": "/audit/",
}
HEADINGS = "地区,统计月末,清运量(吨),无害化处理量(吨),其中：卫生填埋(吨),其中：焚烧(吨)"
ROW = "中牟县,2014-03-31,{},1068.4,731.6,336.8"


@pytest.fixture
def small(home: Path, make_person: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Fill a small home: one submission that waits for the office and one that came back with an error."""
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    county = make_person("county", "zhongmu")
    for name, collected in (("good.csv", "1102.9"), ("bad.csv", "-5")):
        path = tmp_path / name
        path.write_text(f"{HEADINGS}\n{ROW.format(collected)}\n", encoding="utf-8-sig")
        submission = actions.receive(
            register="waste", organisation="zhongmu", period=parse("2014Q1"), file=path, name=name, by=county
        )
        if submission.state == "draft":
            actions.submit(submission=submission, explanation="按月统计", by=county)
    return make_person("office", "quality-supervision")


@pytest.fixture
def demo() -> Iterator[str]:
    """Serve the finished demonstration and return its address."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port = one.getsockname()[1]
    words = [sys.executable, "-m", "qualicity", "--home", str(DEMO), "serve", "--port", str(port)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("QUALICITY_", "DJANGO_"))}
    server = subprocess.Popen(words, env=environment)
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.2)
    yield f"http://127.0.0.1:{port}"
    server.terminate()
    server.wait()


def photograph(page: Page, name: str, target: Path) -> None:
    """Open a page and keep what fits on a screen."""
    page.goto(PAGES[name])
    if name == "submission":
        page.locator("main a[href*='/evidence/submissions/']").filter(has_text=re.compile(r"\S")).first.click()
        page.wait_for_url(SUBMISSION)
    page.wait_for_load_state("networkidle")
    assert page.locator("h1, .page-title").first.inner_text().strip()
    page.screenshot(path=target)
    assert target.stat().st_size > 10_000, f"{target.name} is empty"


@pytest.fixture
def reader(request: pytest.FixtureRequest) -> Callable[[str], Page]:
    """Return a function that opens a page in a language: of the demonstration, else of a small home."""
    if DEMO is None:
        person, open_page = request.getfixturevalue("small"), request.getfixturevalue("open_page")
        return lambda language: open_page(person, language=language)
    address, browser = request.getfixturevalue("demo"), request.getfixturevalue("browser")
    password = json.loads((Path(DEMO) / "demonstration.json").read_text(encoding="utf-8"))["password"]
    return lambda language: signed_in(browser, address, language, password)


def signed_in(browser: Browser, address: str, language: str, password: str) -> Page:
    """Sign in as the office, as a visitor of the demonstration would."""
    context = browser.new_context(base_url=address, viewport={"width": 1280, "height": 900}, locale="zh-CN")
    context.add_cookies([{"name": "django_language", "value": language, "url": address}])
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("input[name=login]", "office")
    page.fill("input[name=password]", password)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    return page


def test_every_page_of_the_handbook_is_pictured(reader: Callable[[str], Page], tmp_path: Path) -> None:
    target = tmp_path if DEMO is None else HANDBOOK
    target.mkdir(exist_ok=True)
    for short, language in LANGUAGES.items():
        page = reader(language)
        for name in PAGES:
            photograph(page, name, target / f"{name}-{short}.png")
