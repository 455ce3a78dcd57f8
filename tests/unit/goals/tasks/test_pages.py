"""The pages of tasks: what they show, and that the number of assignments does not move the number of queries."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.tasks import actions, queries

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


@pytest.fixture
def client(office: Any) -> Client:
    client = Client()
    client.force_login(office)
    return client


def text(client: Client, address: str, **given: Any) -> str:
    answer = client.get(address, **given)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_an_empty_board_says_what_to_do(plan: Plan, office: Any, client: Client) -> None:
    shown = text(client, "/tasks/")
    assert "任务尚未分解" in shown
    assert "/tasks/breakdown/" in shown


def test_the_board_counts_lights_by_task_in_few_queries(
    plan: Plan, derived: Any, office: Any, client: Client, django_assert_max_num_queries: Any
) -> None:
    for code in ("zhongmu", "gongyi", "xinmi"):
        actions.copy_to_county(plan=plan, county=accounts.organisation(code), by=accounts.operator())
    with django_assert_max_num_queries(30):
        shown = text(client, "/tasks/")
    rows = queries.assignments(plan=plan, as_of=DAY, by=office)
    assert f"共 {len(rows)} 项分工" in shown
    assert shown.count("滞后") >= 42
    with django_assert_max_num_queries(30):
        fragment = text(client, "/tasks/assignments/?level=zhongmu", headers={"HX-Request": "true"})
    assert "<html" not in fragment
    assert "中牟县" in fragment


def test_a_report_comes_in_by_the_page_with_its_file(plan: Plan, derived: Any, office: Any, reporter: Any) -> None:
    wanted = queries.Wanted(task=4, role="lead")
    (row,) = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=wanted)
    client = Client()
    client.force_login(reporter)
    paper = SimpleUploadedFile("佐证.txt", "完成".encode(), content_type="text/plain")
    answer = client.post(
        f"/tasks/assignments/{row.number}/report/",
        {"verb": "report", "percent": "60", "text": "锅炉拆改过半", "file": paper},
        follow=True,
    )
    shown = answer.content.decode()
    assert "锅炉拆改过半" in shown
    assert "佐证.txt" in shown
    assert "进展正常" in shown
    refused = client.post(f"/tasks/assignments/{row.number}/report/", {"verb": "hand_in", "text": ""})
    assert refused.status_code == 422


def test_a_faulty_annex_is_shown_row_by_row(plan: Plan, derived: Any, office: Any, client: Client) -> None:
    template = client.get("/tasks/breakdown/template/").content
    file = SimpleUploadedFile("annex.xlsx", template, content_type="application/vnd.ms-excel")
    answer = client.post("/tasks/breakdown/import/", {"file": file})
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert "未导入" in shown
    assert "必填项为空" in shown
    wrong = SimpleUploadedFile("notes.csv", b"a,b\n1,2\n", content_type="text/csv")
    assert client.post("/tasks/breakdown/import/", {"file": wrong}).status_code == 422


@pytest.mark.parametrize(
    ("address", "wanted"),
    [
        ("/plan/gantt/", "<svg"),
        ("/plan/calendar/?month=2014-12", "阶段结束"),
        ("/plan/compare/?then=2014-08-01", "期间新增"),
        ("/tasks/4/", "牵头与配合单位"),
        ("/tasks/units/environment/", "改善环境质量"),
        ("/tasks/plans/", "市环保局"),
    ],
)
def test_the_other_pages_show_what_they_are_for(
    plan: Plan, derived: Any, office: Any, client: Client, address: str, wanted: str
) -> None:
    assert wanted in text(client, address)


def test_a_day_that_is_none_is_refused_in_words(plan: Plan, office: Any, client: Client) -> None:
    for address in ("/plan/calendar/?month=2014-13", "/plan/compare/?then=yesterday"):
        assert client.get(address).status_code == 422


def test_work_in_the_background_keeps_the_lights(plan: Plan, derived: Any, evidence: Path) -> None:
    from qualicity.goals.tasks.tasks import look_at_lights

    assert look_at_lights.call() == derived.assignments.count()
    assert look_at_lights.call() == 0
