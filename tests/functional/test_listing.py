"""An officer lists an enterprise: proposed, heard, consented to, decided, public, told, repaired, and gone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.functional.test_accessibility import TOO_WIDE, serious, shoot

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people_of
from qualicity.commons.registry import actions as registry
from qualicity.judgement.enforcement import actions as enforcement
from qualicity.judgement.enforcement.actions import PastPenalty, Verdict
from qualicity.publication.opendata import actions as opendata
from qualicity.site.front import SHELF

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from qualicity.commons.accounts.models import Person

pytestmark = pytest.mark.django_db(transaction=True)
FIRM, NAME = "91410122000000190J", "模拟电线厂"
PENALTY, NUMBER = "模质罚〔2014〕8号", "模质失信〔2014〕1号"
GROUND, GROUND_EN = "生产销售不符合保障健康、安全强制性标准的产品", "Products below compulsory standards"
CASE = f"{NAME}：列入严重违法失信名单"
MINE, DUTIES, ROWS = "/credit/list/mine/", "/credit/list/duties/", "/open/v1/tables/listings/rows"
DEFENCE, MEASURE = "已停产整改并召回，请求从轻", "列为重点核查对象，暂缓奖补资金"
PEOPLE = {
    "officer": ("reviewer", "quality-supervision"),
    "director": ("director", "quality-supervision"),
    "office": ("office", "quality-supervision"),
    "finance": ("reporter", "finance"),
    "neighbour": ("reviewer", "food-drug"),
}


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch) -> dict[str, Person]:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    SHELF.clear()
    found = {name: make_person(role, unit, name) for name, (role, unit) in PEOPLE.items()}
    by = people_of.operator()
    registry.register_enterprise(uscc=FIRM, name=NAME, place="410122", by=by)
    found["firm"], _password = accounts.create_person(
        username="firm", name="企业质量负责岗位", organisation=None, roles=["enterprise"], by=by, enterprise=FIRM,
        password="quiet-river-under-stone",
    )  # fmt: skip
    verdict = Verdict(
        number=PENALTY, kinds=("fine",), violation="生产销售不符合强制性标准的电线", fine_fen=8_000_000, severe=True
    )
    past = PastPenalty(
        verdict, people_of.organisation("quality-supervision"), FIRM, NAME, "410122", "key_products",
        decided_on=date(2014, 3, 3), published_on=date(2014, 3, 12), performed_on=date(2014, 3, 18),
    )  # fmt: skip
    enforcement.take_over(penalties=[past], by=by)
    return found


def looked_at(page: Page, name: str) -> None:
    """Keep a picture of a page, and see that everybody can use it."""
    page.wait_for_load_state()
    shoot(page, f"listing-{name}")
    assert serious(page) == [], name
    assert page.evaluate(TOO_WIDE) == [], name


def press(page: Page, step: str, **fields: str) -> None:
    """Open the form of a step, fill it in and send it."""
    form = page.locator(f'form[action*="/{step}/?"]')
    details = page.locator("details", has=form)
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    for name, value in fields.items():
        field = form.locator(f'[name="{name}"]')
        if name == "files":
            field.set_input_files(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        form.locator("button").click()


def offered(page: Page, step: str) -> bool:
    """Say whether a page offers a step."""
    return page.locator(f'form[action*="/{step}/?"]').count() > 0


def words(page: Page, address: str) -> str:
    """Return what a page says."""
    page.goto(address)
    return page.locator("main").inner_text()


@dataclass
class Scene:
    """The pages of everybody who has a part, and where the listing stands for the house."""

    officer: Page
    director: Page
    office: Page
    neighbour: Page
    finance: Page
    firm: Page
    citizen: Page
    address: str = ""
    row: str = ""

    @property
    def house(self) -> tuple[Page, ...]:
        """Return everybody but the enterprise and the citizen."""
        return self.officer, self.director, self.office, self.neighbour, self.finance


@pytest.fixture
def scene(people: dict[str, Person], open_page: Callable[..., Page]) -> Scene:
    pages = {name: open_page(people[name]) for name in ("officer", "director", "neighbour", "finance")}
    return Scene(
        **pages, office=open_page(people["office"], language="en"), firm=open_page(people["firm"], phone=True),
        citizen=open_page(None, phone=True),
    )  # fmt: skip


def test_an_officer_lists_an_enterprise_and_a_year_later_it_is_repaired_and_nobody_sees_it_any_more(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    propose(scene)
    hear(scene)
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-11")
    decide(scene)
    publish_and_tell(scene)
    everybody_sees(scene)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-04-13")
    repair(scene, tmp_path)
    nobody_of_the_house_sees(scene)
    neither_the_enterprise_nor_the_public_sees(scene)
    lift(scene)


def propose(scene: Scene) -> None:
    """Let the officer propose the listing from its penalty; the enterprise is told nothing yet."""
    officer = scene.officer
    officer.goto("/enforcement/penalties/")
    officer.get_by_role("link", name=PENALTY).click()
    looked_at(officer, "penalty-zh")
    officer.get_by_role("link", name="提出列入名单").click()
    assert officer.get_by_label("统一社会信用代码").input_value() == FIRM
    officer.locator("#ground").select_option("below_standard")
    officer.locator("#facts").fill("经监督抽查，电线导体电阻不符合强制性标准，受到较重行政处罚")
    looked_at(officer, "propose-zh")
    with officer.expect_navigation():
        officer.locator("main form.card button").click()
    scene.address = officer.url.partition("?")[0]
    looked_at(officer, "proposed-zh")
    assert "本企业不在名单中" in words(scene.firm, MINE)


def hear(scene: Scene) -> None:
    """Let the officer give notice, and the enterprise read it and state its defence on a phone."""
    officer, firm = scene.officer, scene.firm
    press(officer, "notify")
    assert not offered(officer, "ask_consent")
    firm.goto(MINE)
    looked_at(firm, "mine-zh-phone")
    firm.get_by_role("link", name=GROUND).click()
    assert "导体电阻不符合强制性标准" in firm.locator("main").inner_text()
    looked_at(firm, "my-listing-zh-phone")
    press(firm, "state", reason=DEFENCE)
    assert not offered(firm, "state")
    assert DEFENCE in firm.locator("main").inner_text()


def decide(scene: Scene) -> None:
    """Let the officer ask for consent, the office give it, and the director decide: nobody does another's part."""
    officer, office, director = scene.officer, scene.office, scene.director
    officer.reload()
    assert DEFENCE in officer.locator("main").inner_text()
    assert not offered(officer, "list")
    press(officer, "ask_consent")
    assert not offered(officer, "consent")
    office.goto("/credit/list/")
    office.get_by_role("link", name=NAME).click()
    assert GROUND_EN in office.locator("main").inner_text()
    looked_at(office, "consent-en")
    press(office, "consent")
    assert not offered(office, "list")
    officer.reload()
    assert not offered(officer, "list")
    director.goto(scene.address)
    press(director, "list", number=NUMBER)
    assert not offered(director, "publish")
    assert NUMBER not in words(scene.neighbour, f"/credit/list/?q={FIRM}")


def publish_and_tell(scene: Scene) -> None:
    """Let the officer publish it and tell the organisations, of which one says what it did."""
    officer, firm, finance = scene.officer, scene.firm, scene.finance
    officer.reload()
    press(officer, "publish")
    press(officer, "tell")
    assert not offered(officer, "tell")  # everybody was told
    looked_at(officer, "published-zh")
    firm.reload()
    assert "2015-04-11" in firm.locator("main").inner_text()
    assert not offered(firm, "repair")
    looked_at(firm, "my-listing-listed-zh-phone")
    finance.goto(DUTIES)
    looked_at(finance, "duties-zh")
    finance.locator("textarea[name=done]").fill(MEASURE)
    finance.get_by_role("button", name="报送").click()
    finance.get_by_text("已记录").first.wait_for()
    officer.reload()
    assert MEASURE in officer.locator("main").inner_text()


def everybody_sees(scene: Scene) -> None:
    """See that the house, its cases, the credit file and the public have it."""
    opendata.publish(by=people_of.operator())
    assert NUMBER in words(scene.neighbour, f"/credit/list/?q={FIRM}")
    looked_at(scene.neighbour, "listings-zh")
    assert GROUND in words(scene.neighbour, f"/credit/enterprises/{FIRM}/")
    assert CASE in words(scene.officer, f"/cases/?q={NAME}")
    citizen = scene.citizen
    assert NUMBER in words(citizen, "/public/listed/")
    looked_at(citizen, "public-zh-phone")
    assert NUMBER in words(citizen, f"/public/enterprises/{FIRM}/")
    assert GROUND_EN in words(citizen, "/public/en/listed/")
    (row,) = citizen.request.get(ROWS).json()["rows"]
    scene.row = f"{ROWS}/{row['token']}"
    assert citizen.request.get(scene.row).status == 200


def repair(scene: Scene, folder: Path) -> None:
    """Let the enterprise ask to be removed, the officer read its papers, the director grant it; then it is done."""
    officer, director, firm = scene.officer, scene.director, scene.firm
    proof = folder / "整改报告.pdf"
    proof.write_bytes(b"%PDF-1.7")
    firm.reload()
    press(firm, "repair", reason="承诺守信生产；罚款已缴清，设备已更换", files=str(proof))
    assert offered(firm, "withdraw")
    looked_at(firm, "my-listing-repair-zh-phone")
    officer.goto(scene.address)
    with officer.expect_download() as coming:
        officer.get_by_role("link", name=proof.name).click()
    assert coming.value.suggested_filename == proof.name
    press(officer, "accept")
    assert not offered(officer, "grant")
    director.goto(scene.address)
    press(director, "grant", reason="实地核实，处罚已履行、已整改")
    assert NUMBER in words(scene.citizen, "/public/listed/")  # until it is put into effect
    officer.goto(scene.address)
    looked_at(officer, "granted-zh")
    press(officer, "process")


def nobody_of_the_house_sees(scene: Scene) -> None:
    """See that no list, file, case or page of the house has it; the office reads what is sealed among the cases."""
    for page in scene.house:
        for where in ("/credit/list/", f"/credit/list/?q={FIRM}", f"/credit/enterprises/{FIRM}/", "/inbox/"):
            said = words(page, where)
            assert NUMBER not in said, where
            assert GROUND not in said, where
        if page is not scene.office:
            assert CASE not in words(page, f"/cases/?q={NAME}")
        assert page.goto(scene.address).status == 404


def neither_the_enterprise_nor_the_public_sees(scene: Scene) -> None:
    """See that the enterprise's own pages and the public ones have it no longer, without another publication."""
    firm, citizen = scene.firm, scene.citizen
    for where in (MINE, "/credit/mine/", "/enforcement/mine/"):
        said = words(firm, where)
        assert NUMBER not in said, where
        assert GROUND not in said, where
    looked_at(firm, "mine-after-zh-phone")
    assert firm.goto(scene.address.replace("/list/", "/list/mine/")).status == 404
    for where in ("listed/", f"listed/?q={FIRM}", "en/listed/", f"enterprises/{FIRM}/"):
        assert NUMBER not in words(citizen, f"/public/{where}"), where
    assert citizen.request.get(scene.row).status == 404
    assert citizen.request.get(ROWS).json()["rows"] == []
    looked_at(citizen, "public-after-zh-phone")


def lift(scene: Scene) -> None:
    """Let the organisation that was told lift its measure, without reading any more why it had taken it."""
    finance = scene.finance
    assert GROUND not in words(finance, DUTIES)
    looked_at(finance, "duties-after-zh")
    finance.locator('form[action*="/lift/"] button').click()
    finance.get_by_text("已记录").first.wait_for()
    assert finance.locator('form[action*="/lift/"]').count() == 0
