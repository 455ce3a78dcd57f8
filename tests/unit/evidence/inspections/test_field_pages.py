"""The pages and calls of field work: what a script is answered, lists, files and the sheet on paper."""

from __future__ import annotations

import io
import json
import uuid
import zipfile
from typing import TYPE_CHECKING, Any

import pdfplumber
import polars as pl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.unit.evidence.inspections import field_work
from tests.unit.evidence.inspections.field_work import photo

from qualicity.commons.accounts import actions as accounts
from qualicity.evidence.inspections.models import Sample, SampleFile, Visit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SCRIPT = {"headers": {"Accept": "application/json"}}


@pytest.fixture
def field(home: Path, make_person: Callable[..., Any], monkeypatch: pytest.MonkeyPatch) -> field_work.Field:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    people = {name: make_person("inspector", "zhongmu", name) for name in ("first", "second")}
    return field_work.drawn(people)


@pytest.fixture
def client(field: field_work.Field) -> Client:
    client = Client()
    client.force_login(field["first"])
    return client


def upload(kind: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{kind}.jpg", photo(), content_type="image/jpeg")


def filled(**changes: Any) -> dict[str, Any]:
    """Return the form as a browser sends it."""
    files = {kind: upload(kind) for kind in ("photo", "sampler_signature", "unit_signature")}
    return {
        "client_id": str(uuid.uuid4()), "product_name": "模拟挂面", "goods": "for_sale", "quantity": "6 袋",
        "reserve_quantity": "3 袋", "price_yuan": "12.50", "sampled_at": "2014-04-10T00:05", "address": "模拟路1号",
        "samplers": ["first", "second"], **files, **changes,
    }  # fmt: skip


def sheet_of(field: field_work.Field) -> str:
    return f"/inspections/field/targets/{field.targets[0].pk}/"


def test_a_script_is_answered_with_the_number(field: field_work.Field, client: Client) -> None:
    answer = client.post(sheet_of(field), filled(), **SCRIPT)
    assert answer.json() == {"number": "food-2014-0001", "address": "/inspections/samples/food-2014-0001/"}
    taken = Sample.objects.get()
    assert taken.price_fen == 1250
    assert taken.sampled_at.astimezone(field_work.ZONE).isoformat() == "2014-04-10T00:05:00+08:00"


def test_the_same_form_again_is_answered_alike(field: field_work.Field, client: Client) -> None:
    client_id = str(uuid.uuid4())
    first, again = (client.post(sheet_of(field), filled(client_id=client_id), **SCRIPT) for _turn in range(2))
    assert first.json() == again.json()
    assert Sample.objects.count() == 1


def test_a_script_is_told_what_to_mend_by_field(field: field_work.Field, client: Client) -> None:
    answer = client.post(sheet_of(field), filled(product_name="", goods="trial"), **SCRIPT)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"product_name"}, "what cannot be read is said first"
    answer = client.post(sheet_of(field), filled(goods="trial", quantity="几袋", address=""), **SCRIPT)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"goods", "quantity", "address"}


def test_a_picture_that_is_none_is_named(field: field_work.Field, client: Client) -> None:
    sent = filled(photo=SimpleUploadedFile("x.jpg", b"GIF89a"))
    assert set(client.post(sheet_of(field), sent, **SCRIPT).json()["errors"]) == {"photo"}


def test_a_script_without_a_session_is_asked_to_sign_in(field: field_work.Field) -> None:
    answer = Client().post(sheet_of(field), filled(), **SCRIPT)
    assert (answer.status_code, answer.json()) == (401, {"sign_in": True})


def test_a_script_is_told_in_json_that_a_target_is_sampled(field: field_work.Field, client: Client) -> None:
    field.take()
    answer = client.post(sheet_of(field), filled(), **SCRIPT)
    assert answer.status_code == 409
    assert "food-2014-0001" in answer.json()["errors"]["__all__"][0]


def test_a_browser_without_scripts_comes_back_to_the_form(field: field_work.Field, client: Client) -> None:
    answer = client.post(sheet_of(field), filled(goods="trial"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "不得抽样" in page
    assert 'value="模拟挂面"' in page
    assert client.post(sheet_of(field), filled()).headers["Location"] == "/inspections/samples/food-2014-0001/"
    assert "food-2014-0001" in client.get(sheet_of(field)).content.decode()


def test_a_visit_in_vain_by_form(field: field_work.Field, client: Client) -> None:
    sent = {"client_id": str(uuid.uuid4()), "outcome": "refused", "note": "拒绝", "sampled_at": "2014-04-10T00:05"}
    answer = client.post(f"{sheet_of(field)}in-vain/", sent, **SCRIPT)
    assert set(answer.json()["errors"]) == {"photo"}
    answer = client.post(f"{sheet_of(field)}in-vain/", {**sent, "photo": upload("photo")}, **SCRIPT)
    assert answer.json()["address"] == "/inspections/field/"
    assert Visit.objects.get().outcome == "refused"
    assert client.get(sheet_of(field)).status_code == 200


def test_the_worker_keeps_only_what_is_there(field: field_work.Field, client: Client) -> None:
    answer = client.get("/inspections/field/worker.js")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    settings = json.loads(answer.content.decode().split("const SETTINGS = ")[1].split(";\n")[0])
    assert settings["home"] == "/inspections/field/"
    page = client.get("/inspections/field/").content.decode()
    for name in ("theme/qualicity.css", "vendor/tabler.min.css", "inspections/field-store.js"):
        (kept,) = [one for one in settings["assets"] if name in one]
        assert kept in page, "kept under the very address by which the page asks for it"
    assert client.get("/inspections/field/manifest.webmanifest").json()["start_url"] == "/inspections/field/"


def test_every_script_and_style_of_the_sheet_is_kept_on_the_phone(field: field_work.Field, client: Client) -> None:
    import re

    worker = client.get("/inspections/field/worker.js").content.decode()
    for address in ("/inspections/field/", sheet_of(field)):
        page = client.get(address).content.decode()
        asked = re.findall(r'(?:src|href)="(/static/[^"#]+)', page)
        assert len(asked) > 8
        assert [one for one in asked if one not in worker] == []


def test_the_list_is_filtered_and_downloaded(field: field_work.Field, client: Client) -> None:
    taken = field.take(sheet={"latitude": 30.0, "longitude": 100.0})
    field.take(target=field.targets[1], sheet={"product_name": "模拟面包"})
    page = client.get("/inspections/samples/?q=面包").content.decode()
    assert "food-2014-0002" in page
    assert taken.number not in page
    assert (
        taken.number in client.get("/inspections/samples/?questioned=1&state=taken&since=2014-04-01").content.decode()
    )
    assert "模拟面包" not in client.get("/inspections/samples/?until=2014-04-01&check=food-2014").content.decode()
    frame = pl.read_csv(io.BytesIO(client.get("/inspections/samples/?format=csv").content))
    assert frame["number"].to_list() == ["food-2014-0002", "food-2014-0001"]
    assert frame["design_weight"].to_list() == [4.0, 4.0]


def test_a_list_is_read_in_a_fixed_number_of_queries(
    field: field_work.Field, client: Client, django_assert_max_num_queries: Any
) -> None:
    for target in field.targets:
        field.take(target=target)
    with django_assert_max_num_queries(24):
        client.get("/inspections/samples/")
    with django_assert_max_num_queries(24):
        client.get("/api/v1/inspections/samples")


def test_a_file_is_shown_clean_and_given_as_it_came(field: field_work.Field, client: Client) -> None:
    data = photo(place=(34.72, 114.0))
    taken = field.take(files=[field_work.picture(data=data), *field.files()[1:]])
    number = SampleFile.objects.get(kind="photo").pk
    shown = client.get(f"/inspections/samples/{taken.number}/files/{number}/")
    assert shown.headers["Content-Type"] == "image/jpeg"
    assert b"Pocket" not in shown.content
    original = client.get(f"/inspections/samples/{taken.number}/files/{number}/?original=1")
    assert b"".join(original.streaming_content) == data
    original.close()


def test_the_sheet_goes_to_paper(field: field_work.Field, client: Client) -> None:
    taken = field.take()
    address = f"/inspections/samples/{taken.number}/sheet/"
    page = client.get(address).content.decode()
    assert taken.number in page
    assert "<svg" in page
    with pdfplumber.open(io.BytesIO(client.get(f"{address}pdf/").content)) as pdf:
        assert len(pdf.pages) == 1, "one page"
    word = client.get(f"{address}docx/").content
    text = zipfile.ZipFile(io.BytesIO(word)).read("word/document.xml").decode()
    assert "模拟挂面" in text
    assert taken.number in text


def test_the_blank_sheet_has_what_the_draw_settles_and_leads_back(field: field_work.Field, client: Client) -> None:
    address = f"{sheet_of(field)}blank/"
    page = client.get(address).content.decode()
    assert "模拟面业1号" in page
    assert sheet_of(field) in page, "the code leads back to the form"
    with pdfplumber.open(io.BytesIO(client.get(f"{address}?format=pdf").content)) as pdf:
        assert len(pdf.pages) == 1


def test_a_sample_goes_its_way_by_buttons(field: field_work.Field, client: Client, operator: Any) -> None:
    accounts.add_organisation(
        code="city-laboratory", title_zh="模拟检验所", title_en="L", kind="laboratory", by=operator
    )
    taken = field.take()
    page = f"/inspections/samples/{taken.number}/"
    assert "city-laboratory" in client.get(page).content.decode()
    client.post(f"{page}deliver/", {"laboratory": "city-laboratory"})
    assert Sample.objects.get().state == "delivered"
    client.post(f"{page}void/", {"reason": "运输破损"})
    assert "运输破损" in client.get(page).content.decode()


def test_a_recheck_is_filled_in_from_the_failed_sample(field: field_work.Field, client: Client) -> None:
    failed = field.take()
    Sample.objects.update(conclusion="unqualified", state="concluded", concluded_on="2014-04-10")
    address = f"/inspections/field/rechecks/{failed.number}/"
    assert 'value="模拟挂面"' in client.get(address).content.decode()
    assert client.post(address, filled(), **SCRIPT).json()["number"] == "food-2014-0002"
    assert Sample.objects.get(number="food-2014-0002").recheck_of == failed


def test_a_sheet_comes_in_over_the_api_once(field: field_work.Field, client: Client) -> None:
    (target,) = [one for one in client.get("/api/v1/inspections/field/targets").json() if one["number"] == 1]
    assert target["product_title_zh"] == "方便面"
    given = {
        "client_id": str(uuid.uuid4()), "target": target["target"], "product_name": "模拟挂面", "quantity": "6 袋",
        "sampled_at": "2014-04-10T00:05:00+08:00", "samplers": ["first", "second"], "address": "模拟路1号",
        "sampler_typed": "甲", "unit_typed": "乙",
    }  # fmt: skip
    first, again = (
        client.post("/api/v1/inspections/samples", {**given, "photo": upload("photo")}) for _turn in range(2)
    )
    assert (first.status_code, first.json()) == (200, again.json())
    assert first.json()["samplers"] == ["first", "second"]
    number = first.json()["number"]
    assert client.get(f"/api/v1/inspections/samples/{number}").json() == first.json()
    (listed,) = client.get("/api/v1/inspections/samples?q=挂面").json()["items"]
    assert listed["design_weight"] == 4.0
    refused = client.post("/api/v1/inspections/samples", {**given, "quantity": "7 袋", "photo": upload("photo")})
    assert refused.status_code == 409


def test_a_time_without_its_zone_is_refused_over_the_api(field: field_work.Field, client: Client) -> None:
    given = {"client_id": str(uuid.uuid4()), "target": field.targets[0].pk, "product_name": "x", "quantity": "1 袋",
             "sampled_at": "2014-04-10T00:05:00", "samplers": ["first", "second"]}  # fmt: skip
    assert client.post("/api/v1/inspections/samples", given).status_code == 422
