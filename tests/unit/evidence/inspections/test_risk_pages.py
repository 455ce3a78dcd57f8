from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.access import risk_releases

from qualicity.__main__ import main
from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry
from qualicity.evidence.inspections.models import RiskRelease
from qualicity.evidence.inspections.views.risk import chart_of
from qualicity.methods.risk_scoring import Bin

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

pytestmark = pytest.mark.django_db

CODE = "risk-20140101-1"
PAGE = f"/inspections/risk/{CODE}/"
FACTORY = "91410122000000190J"


@pytest.fixture
def office(home: Any, make_person: Callable[..., Person], client: Client) -> Person:
    """Return the office, signed in, of a house with one release and one enterprise."""
    found = make_person("office", "quality-supervision")
    registry.register_enterprise(uscc=FACTORY, name="模拟针织厂", place="410122", by=accounts.operator())
    risk_releases.kept(by=found)
    client.force_login(found)
    client.cookies["django_language"] = "en"
    return found


def read(client: Client, address: str = PAGE, language: str = "en", status: int = 200) -> str:
    """Return the page in a language."""
    client.cookies["django_language"] = language
    answer = client.get(address)
    assert answer.status_code == status
    return " ".join(answer.content.decode().split())


def test_a_house_without_a_release_says_what_that_means(
    home: Any, make_person: Callable[..., Person], client: Client
) -> None:
    client.force_login(make_person("office", "quality-supervision"))
    page = read(client, "/inspections/risk/")
    assert "No release yet" in page
    assert "Draws by risk are made stratified" in page


def test_the_page_shows_what_the_model_is_worth_and_for_whom_it_is_wrong(office: Person, client: Client) -> None:
    page = read(client)
    report = RiskRelease.objects.get().report
    assert f"×{report['plain']['draw_gain']:.2f}" in page
    assert f"{report['rival']['auc']:.3f}" in page
    assert f"{report['plain']['order']['days_earlier']:.1f}" in page
    for words in ("Learnt from 840 checks", "360 checks", "Who sampled, tested or published is not read",
                  "failed at the last check", "Zhongmu", "电线电缆", "At the maker"):  # fmt: skip
        assert words.lower() in page.lower(), words
    chinese = read(client, language="zh-hans")
    assert "不读取由谁抽样" in chinese
    assert "中牟县" in chinese


def test_the_errors_by_group_are_given_out_as_a_table(office: Person, client: Client) -> None:
    client.cookies["django_language"] = "zh-hans"
    answer = client.get(f"{PAGE}?format=csv")
    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("by,group,title,checks,failures,expected,observed,low,high,off")
    assert len(lines) == 1 + 2 + 2 + 2
    assert lines[1].split(",")[:4] == ["place", "410122", "中牟县", "180"]


def test_the_switch_asks_for_a_reason_and_says_what_it_did(office: Person, client: Client) -> None:
    answer = client.post(f"{PAGE}switch/", {"to": "on", "reason": " "})
    assert answer.status_code == 422
    assert "Give a reason" in answer.content.decode()
    answer = client.post(f"{PAGE}switch/", {"to": "on", "reason": "试用一季度"}, follow=True)
    assert "试用一季度" in answer.content.decode()
    assert RiskRelease.objects.get().in_use
    client.post(f"{PAGE}switch/", {"to": "off", "reason": "到期复核"})
    assert not RiskRelease.objects.get().in_use


def test_who_only_reads_sees_no_switch(office: Person, make_person: Callable[..., Person], client: Client) -> None:
    assert "Switch on" in read(client)
    client.force_login(make_person("county", "zhongmu"))
    page = read(client)
    assert "Switch on" not in page
    assert "Make a release" not in page
    assert client.post(f"{PAGE}switch/", {"to": "on", "reason": "试用"}).status_code == 403
    assert client.post("/inspections/risk/make/").status_code == 403


def test_a_model_that_finds_no_more_is_not_to_be_switched_on(office: Person, client: Client) -> None:
    release = RiskRelease.objects.get()
    release.report["plain"]["draw_gain"] = 0.9
    release.save()
    page = read(client)
    assert "Finds no more than a plain draw" in page
    assert "Switch on" not in page
    assert client.post(f"{PAGE}switch/", {"to": "on", "reason": "试用"}).status_code == 409


def test_an_enterprise_is_explained_in_words(office: Person, client: Client) -> None:
    page = read(client, f"{PAGE}enterprise/?enterprise={FACTORY}")
    assert "Risk of 模拟针织厂" in page
    assert "A score is no finding" in page
    assert "Never checked" in page
    missing = read(client, f"{PAGE}enterprise/?enterprise=91410122999999999X", status=404)
    assert "91410122999999999X" in missing


def test_too_few_checks_are_said_on_the_page(office: Person, client: Client) -> None:
    answer = client.post("/inspections/risk/make/")
    assert answer.status_code == 409
    assert "too few checks" in answer.content.decode()


def test_the_call_and_the_command_tell_the_same(
    office: Person, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    called = client.get(f"/api/v1/inspections/risk/releases/{CODE}").json()
    assert main(["risk", "show", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["report"] == called["report"]
    assert told["lines"] == called["lines"]
    assert main(["risk", "on", CODE, "--reason", "试用一季度", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["in_use"] is True
    assert [one["in_use"] for one in client.get("/api/v1/inspections/risk/releases").json()] == [True]
    assert main(["risk", "explain", FACTORY, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["enterprise"] == FACTORY
    assert main(["risk", "make", "--as-of", "soon", "--json"]) == 2
    assert "2014-06-30" in json.loads(capsys.readouterr().out)["error"]["en"]


def test_the_chart_stands_within_its_frame() -> None:
    chart = chart_of((Bin(0.0, 0.1, 50, 0.05, 0.04, 0.01, 0.12), Bin(0.1, 0.4, 50, 0.2, 0.3, 0.18, 0.44)))
    assert [label for _, _, label in chart.ticks] == ["0", "10", "20", "30", "40", "50"]
    for dot in chart.dots:
        assert chart.low <= dot.x <= chart.whole
        assert 0 <= dot.top <= dot.y <= dot.bottom <= chart.high
    assert chart.dots[0].x < chart.dots[1].x
    assert chart.dots[0].y > chart.dots[1].y
