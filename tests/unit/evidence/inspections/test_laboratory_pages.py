"""The laboratory's pages and calls: what waits, entering, a file, the report, and a person's decision."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.unit.evidence.inspections.laboratory_work import REPORTED, laboratories, measured, waiting
from tests.unit.evidence.inspections.test_result_files import filled

from qualicity.commons.accounts.models import Person
from qualicity.evidence.inspections.actions.reporting import record_report
from qualicity.evidence.inspections.models import LabFile, LabReport, Sample

pytestmark = pytest.mark.django_db
HOME = "/inspections/laboratory/"
ENTERED = {
    "number": "JB-1", "reported_on": "2014-05-20", "value-1": "12", "unit-1": "mg/kg", "value-2": "6.5",
    "value-3": "4", "unit-3": "级", "value-4": "未检出(<5mg/kg)", "unit-4": "mg/kg",
}  # fmt: skip


@pytest.fixture
def people(home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return laboratories(make_person)


def of(person: Person) -> Client:
    client = Client()
    client.cookies["django_language"] = "en"
    client.force_login(person)
    return client


def test_what_waits_is_listed_and_can_be_saved_as_a_table(people: dict[str, Person]) -> None:
    waiting(people["office"])
    client = of(people["lab-one"])
    page = client.get(HOME).content.decode()
    assert "CJ2014-1001" in page
    assert "1 sample waits" in page
    assert "CJ2014-1001" not in of(people["lab-two"]).get(HOME).content.decode()
    assert client.get(HOME, {"q": "nothing such"}).content.decode().count("CJ2014-1001") == 0
    assert b"CJ2014-1001" in client.get(HOME, {"format": "csv"}).content
    assert "<html" not in client.get(HOME, headers={"HX-Request": "true"}).content.decode()
    assert of(people["county"]).get(HOME).status_code == 403


def test_the_page_has_the_catalogue_s_items_and_shows_what_the_rules_say_before_anything_is_sent(
    people: dict[str, Person],
) -> None:
    waiting(people["office"])
    client, address = of(people["lab-one"]), f"{HOME}samples/CJ2014-1001/"
    page = client.get(address).content.decode()
    assert "≤75 mg/kg" in page
    assert 'name="value-4"' in page
    shown = client.post(address, ENTERED | {"value-1": "99", "value-2": "", "check": "1"})
    assert shown.status_code == 200
    text = shown.content.decode()
    assert "99 mg/kg does not keep the limit" in text
    assert "1 item not tested" in text
    assert not LabReport.objects.exists()


def test_a_report_is_entered_and_leads_to_its_page(people: dict[str, Person]) -> None:
    waiting(people["office"])
    client, address = of(people["lab-one"]), f"{HOME}samples/CJ2014-1001/"
    done = client.post(address, ENTERED | {"record": "1"}, follow=True)
    report = LabReport.objects.get()
    assert done.redirect_chain[-1][0] == f"{HOME}reports/{report.pk}/"
    assert "12 mg/kg keeps the limit" in done.content.decode()
    assert report.conclusion == "qualified"
    again = client.post(address, ENTERED | {"record": "1", "number": "JB-2", "value-1": "99"})
    assert again.status_code == 422, "a second report needs a reason"
    assert "This field is required" in again.content.decode()
    client.post(address, ENTERED | {"record": "1", "number": "JB-2", "value-1": "99", "reason": "换算错误"})
    assert Sample.objects.get().conclusion == "unqualified"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"unit-1": "mg/L"}, "found “mg/L”, expected mg/kg"),
        ({"value-1": "some"}, "cannot be read"),
        ({"reported_on": "2014-05-01"}, "should lie between"),
        ({"number": ""}, "This field is required"),
    ],
)
def test_a_faulty_entry_comes_back_with_what_was_typed(
    people: dict[str, Person], change: dict[str, str], said: str
) -> None:
    waiting(people["office"])
    answer = of(people["lab-one"]).post(f"{HOME}samples/CJ2014-1001/", ENTERED | change | {"record": "1"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert 'value="6.5"' in page
    assert not LabReport.objects.exists()


def test_five_boxes_are_there_for_a_plan_of_five(people: dict[str, Person]) -> None:
    waiting(people["office"], product="pastry")
    client, address = of(people["lab-one"]), f"{HOME}samples/CJ2014-1001/"
    page = client.get(address).content.decode()
    assert page.count('name="value-6"') == 5
    sent = {"value-6": ["10", "20", "30", "<10", "15000"], "unit-6": "CFU/g", "check": "1"}
    shown = client.post(address, sent).content.decode()
    assert "1 above m (2 allowed)" in shown
    short = client.post(address, sent | {"value-6": ["10", "", "", "", ""]})
    assert short.status_code == 422
    assert "5 result(s) are asked for, 1 given" in short.content.decode()


def test_a_file_is_taken_or_comes_back_with_its_faults_and_a_marked_workbook(
    people: dict[str, Person], tmp_path: Path
) -> None:
    waiting(people["office"])
    client = of(people["lab-one"])
    template = client.get(f"{HOME}template/")
    assert template["Content-Disposition"].startswith("attachment")
    wrong = filled(
        tmp_path, people["lab-one"], lambda row: row | {"单位": "mg/L"} if row["检验项目"] == "甲醛含量" else row
    )
    answer = client.post(f"{HOME}upload/", {"file": SimpleUploadedFile("结果.xlsx", wrong.read_bytes())}, follow=True)
    page = answer.content.decode()
    assert "Nothing of the file was taken in" in page
    assert "mg/L" in page
    refused = LabFile.objects.get()
    assert client.get(f"{HOME}files/{refused.pk}/marked/").content[:2] == b"PK"
    assert of(people["lab-two"]).get(f"{HOME}files/{refused.pk}/").status_code == 404
    good = filled(tmp_path, people["lab-one"], name="good.xlsx")
    answer = client.post(f"{HOME}upload/", {"file": SimpleUploadedFile("结果.xlsx", good.read_bytes())}, follow=True)
    assert "taken in whole" in answer.content.decode()
    assert LabReport.objects.count() == 1
    nothing = client.post(f"{HOME}upload/", {"file": SimpleUploadedFile("x.csv", "姓名\n模拟\n".encode())})
    assert nothing.status_code == 422
    assert "This file is not" in nothing.content.decode()


def test_a_person_decides_on_the_report_s_page_with_a_reason(people: dict[str, Person]) -> None:
    sample = waiting(people["office"])
    report = record_report(
        sample=sample, number="JB-1", reported_on=REPORTED, results=measured(azo_dyes="未检出(<25mg/kg)"),
        by=people["lab-one"],
    )  # fmt: skip
    address = f"{HOME}reports/{report.pk}/"
    assert 'id="decide"' not in of(people["lab-one"]).get(address).content.decode()
    client = of(people["county"])
    assert 'id="decide"' in client.get(address).content.decode()
    assert client.post(f"{address}decide/", {"conclusion": "qualified", "reason": ""}).status_code == 422
    assert (
        of(people["lab-one"]).post(f"{address}decide/", {"conclusion": "qualified", "reason": "x"}).status_code == 403
    )
    done = client.post(f"{address}decide/", {"conclusion": "qualified", "reason": "复核原始记录"}, follow=True)
    assert "复核原始记录" in done.content.decode()
    assert Sample.objects.get().conclusion == "qualified"


def test_the_api_takes_a_report_once_and_answers_with_its_verdicts(people: dict[str, Person]) -> None:
    waiting(people["office"])
    client = of(people["lab-one"])
    client.get(HOME)
    (row,) = client.get("/api/v1/inspections/laboratory/samples").json()
    assert (row["number"], len(row["items"]), row["items"][0]["limit"]) == ("CJ2014-1001", 4, "≤75 mg/kg")
    body = {
        "number": "JB-1", "reported_on": "2014-05-20",
        "results": [{"item": "formaldehyde", "values": ["0.08"], "unit": "g/kg"}],
    }  # fmt: skip
    address = "/api/v1/inspections/samples/CJ2014-1001/reports"
    first = client.post(address, json.dumps(body), content_type="application/json")
    assert first.status_code == 200, first.content
    answer = first.json()
    assert (answer["conclusion"], answer["results"][0]["verdict"]) == ("unqualified", "unqualified")
    again = client.post(address, json.dumps(body), content_type="application/json").json()
    assert again["report"] == answer["report"]
    faulty = {"number": "JB-2", "reason": "x", "results": [{"item": "formaldehyde", "values": ["6"], "unit": "mg/L"}]}
    wrong = client.post(address, json.dumps(body | faulty), content_type="application/json")
    assert wrong.status_code == 422
    assert "mg/L" in wrong.content.decode()
    other = of(people["lab-two"]).post(address, json.dumps(body), content_type="application/json")
    assert other.status_code == 404
    assert client.get(f"/api/v1/inspections/laboratory/reports/{answer['report']}").json()["number"] == "JB-1"
