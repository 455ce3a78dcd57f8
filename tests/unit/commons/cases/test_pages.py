"""The pages as somebody without scripts uses them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


@pytest.fixture
def clients(people: Any) -> dict[str, Client]:
    found = {name: Client() for name in people}
    for name, client in found.items():
        client.force_login(people[name])
    return found


def test_a_case_goes_through_its_life_by_forms_alone(assigned: Any, clients: Any) -> None:
    address = f"/cases/{assigned.pk}/"
    page = clients["reporter"].get(address).content.decode()
    assert "开始办理" in page
    assert "核查办结" not in page
    assert clients["reporter"].post(f"{address}do/begin/", {"seen": 1}).status_code == 302
    without = clients["reporter"].post(f"{address}do/submit/", {"seen": 2, "reason": "已完成整治"})
    assert without.status_code == 422
    assert "已完成整治" in without.content.decode()
    files = [SimpleUploadedFile("照片1.txt", b"1"), SimpleUploadedFile("照片2.txt", b"2")]
    clients["reporter"].post(f"{address}do/submit/", {"seen": 2, "reason": "已完成", "added": files})
    page = clients["office"].get(address).content.decode()
    assert "照片1.txt" in page
    assert "照片2.txt" in page
    assert clients["office"].post(f"{address}do/close/", {"seen": 3}).status_code == 302
    page = clients["office"].get(address).content.decode()
    assert "已办结" in page
    assert "现在可以" not in page


def test_an_old_page_is_told_so(assigned: Any, clients: Any) -> None:
    clients["reporter"].post(f"/cases/{assigned.pk}/do/begin/", {"seen": 1})
    answer = clients["reviewer"].post(f"/cases/{assigned.pk}/do/begin/", {"seen": 1})
    assert answer.status_code == 409
    assert "先行办理" in answer.content.decode()


def test_the_clock_is_extended_paused_and_resumed_by_forms(assigned: Any, clients: Any) -> None:
    address = f"/cases/{assigned.pk}/clock"
    office = clients["office"]
    office.post(f"{address}/extend/", {"seen": 1, "clock": "deadline", "due": "2014-07-31", "reason": "汛期"})
    office.post(f"{address}/suspend/", {"seen": 2, "clock": "deadline", "reason": "送检"})
    page = office.get(f"/cases/{assigned.pk}/").content.decode()
    assert "已中止" in page
    assert office.post(f"{address}/resume/", {"seen": 3, "clock": "deadline", "reason": "取回"}).status_code == 302
    assert office.post(f"{address}/extend/", {"seen": 4, "due": "never", "reason": "x"}).status_code == 422
    assert office.post(f"{address}/anything/", {"seen": 4}).status_code == 404


def test_lists_narrow_page_and_download(assigned: Any, clients: Any) -> None:
    office = clients["office"]
    assert "完成饮用水源地整治" in office.get("/cases/?q=饮用水").content.decode()
    assert "完成饮用水源地整治" not in office.get("/cases/?q=没有").content.decode()
    assert "完成饮用水源地整治" in office.get("/cases/?type=assignment&when=later&open=1").content.decode()
    assert office.get("/cases/?format=xlsx").content[:2] == b"PK"
    assert office.get("/cases/?after=x").status_code == 422
    fragment = office.get("/cases/", headers={"HX-Request": "true"}).content.decode()
    assert fragment.lstrip().startswith('<div id="list"')


def test_the_inbox_shows_why_and_by_when(assigned: Any, clients: Any) -> None:
    page = clients["reporter"].get("/inbox/").content.decode()
    for words in ("完成饮用水源地整治", "约定时限", "2014-06-30", "还剩 20 天"):
        assert words in page
    assert "没有待办" in clients["office"].get("/inbox/").content.decode()
    assert "饮用水" in clients["reporter"].get("/inbox/digest/?days=30").content.decode()
    assert clients["reporter"].get("/inbox/digest/?format=txt&days=30")["Content-Type"].startswith("text/plain")
