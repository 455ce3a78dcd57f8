"""The desk's pages: what each shows, to whom, with and without a script."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qualicity.evidence.submissions import actions
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import Submission, Upload

from .conftest import BAD, GOOD, HEADINGS

READERS = ("office", "reporter", "reviewer", "county", "inspector", "expert", "auditor", "leader")


@pytest.fixture
def client_of(house):
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(house[name])
        return client

    return signed_in


def csv_upload(*rows: str, name: str = "上报.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, "\n".join([HEADINGS, *(rows or GOOD)]).encode("utf-8-sig"))


def filing(file, **changes):
    return {"register": "waste", "organisation": "zhongmu", "period": "2014Q1", "file": file, **changes}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "page",
    [
        "/evidence/",
        "/evidence/submissions/",
        "/registers/",
        "/registers/waste/",
        "/registers/sewage/?q=x&within=410122",
    ],
)
def test_every_reader_opens_the_pages(client_of, accepted, page, language):
    accepted()
    for name in READERS:
        client = client_of(name)
        client.cookies["django_language"] = language
        assert client.get(page).status_code == 200, name


def test_the_pages_ask_for_a_sign_in(db, home):
    for page in ("/evidence/", "/evidence/new/", "/evidence/submissions/1/", "/registers/", "/evidence/review/"):
        assert Client().get(page).status_code == 302


@pytest.mark.parametrize("page", ["/evidence/obligations/", "/evidence/obligations/?register=waste"])
def test_the_matrix_is_open_to_all_but_the_inspector(client_of, page):
    for name in READERS:
        assert client_of(name).get(page).status_code == (403 if name == "inspector" else 200), name


def test_the_matrix_shows_who_owes_what(client_of, accepted):
    accepted()
    text = client_of("office").get("/evidence/obligations/?register=waste&as_of=2014-04-20").content.decode()
    assert "/evidence/obligations/waste/zhongmu/2014Q1/" in text
    assert "/evidence/obligations/waste/gongyi/2013Q4/" in text


def test_a_fragment_is_served_to_htmx(client_of):
    office = client_of("office")
    for page in ("/evidence/obligations/?register=waste", "/evidence/submissions/", "/registers/waste/"):
        text = office.get(page, headers={"HX-Request": "true"}).content.decode()
        assert "<html" not in text


@pytest.mark.parametrize(
    "page", ["/evidence/obligations/", "/evidence/submissions/", "/registers/waste/", "/evidence/review/"]
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_every_table_downloads(client_of, accepted, page, form):
    accepted()
    answer = client_of("office").get(page, {"format": form})
    assert answer.status_code == 200
    assert "attachment" in answer["Content-Disposition"]


def test_a_file_is_handed_in_without_a_script(client_of):
    answer = client_of("county").post("/evidence/new/", filing(csv_upload()))
    one = Submission.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"/evidence/submissions/{one.pk}/"
    assert one.state == State.DRAFT
    assert one.file_name == "上报.csv"


def test_a_script_is_answered_with_where_to_go(client_of):
    answer = client_of("county").post("/evidence/new/", filing(csv_upload()), headers={"Accept": "application/json"})
    assert answer.json()["location"].startswith("/evidence/submissions/")


def test_a_wrong_file_is_explained_on_the_form(client_of):
    file = SimpleUploadedFile("x.csv", "甲,乙\n1,2\n".encode())
    answer = client_of("county").post("/evidence/new/", filing(file), headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert answer.json()["errors"]
    file.seek(0)
    page = client_of("county").post("/evidence/new/", filing(file))
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()


def test_a_period_that_cannot_be_read_is_explained(client_of):
    page = client_of("county").post("/evidence/new/", filing(csv_upload(), period="soon"))
    assert page.status_code == 422
    assert "soon" in page.content.decode()


@pytest.mark.parametrize("who", ["expert", "auditor", "leader", "reviewer"])
def test_who_may_not_file_does_not_get_the_form(client_of, who):
    assert client_of(who).get("/evidence/new/").status_code == 403


def test_a_county_cannot_file_for_another(client_of):
    page = client_of("county").post("/evidence/new/", filing(csv_upload(), organisation="gongyi"))
    assert page.status_code == 422
    assert not Submission.objects.exists()


def test_a_large_file_goes_to_the_background_and_ends_as_a_submission(client_of, monkeypatch):
    monkeypatch.setattr("qualicity.evidence.submissions.actions.uploading.AT_ONCE", 10)
    county = client_of("county")
    with_commit = county.post("/evidence/new/", filing(csv_upload()))
    upload = Upload.objects.get()
    assert with_commit["Location"] == f"/evidence/uploads/{upload.pk}/"
    assert county.get(f"/evidence/uploads/{upload.pk}/").status_code == 200
    actions.process(upload.pk)
    assert county.get(f"/evidence/uploads/{upload.pk}/")["Location"].startswith("/evidence/submissions/")
    answer = county.get(f"/evidence/uploads/{upload.pk}/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/evidence/submissions/")
    assert client_of("office").get(f"/evidence/uploads/{upload.pk}/").status_code == 404


def test_a_large_file_that_is_wrong_says_why_to_its_sender(client_of, monkeypatch):
    monkeypatch.setattr("qualicity.evidence.submissions.actions.uploading.AT_ONCE", 1)
    county = client_of("county")
    county.post("/evidence/new/", filing(SimpleUploadedFile("x.csv", "甲,乙\n1,2\n".encode())))
    upload = Upload.objects.get()
    actions.process(upload.pk)
    upload.refresh_from_db()
    assert upload.stage == "failed"
    assert upload.message_zh in county.get(f"/evidence/uploads/{upload.pk}/").content.decode()


def test_the_whole_way_by_page(client_of, file_in):
    one = file_in(by="inspector")
    address = f"/evidence/submissions/{one.pk}/"
    county, office = client_of("county"), client_of("office")
    assert f"{address}do/submit/" in county.get(address).content.decode()
    county.post(f"{address}do/submit/", {"said": "无", "seen": "draft"})
    assert office.get("/evidence/review/").status_code == 200
    assert f"{address}do/accept/" in office.get(address).content.decode()
    assert office.post(f"{address}do/accept/", {"seen": "submitted"}).status_code == 302
    one.refresh_from_db()
    assert one.state == State.ACCEPTED
    assert f"corrects={one.pk}" in county.get(address).content.decode()
    assert office.post(f"{address}do/accept/", {"seen": "submitted"}).status_code == 409
    assert office.post(f"{address}do/dance/").status_code == 404
    assert office.get(f"{address}do/accept/").status_code == 405


def test_a_returned_file_shows_each_finding_and_gives_the_workbook_back(client_of, file_in):
    one = file_in(*GOOD[:2], BAD)
    address = f"/evidence/submissions/{one.pk}/"
    text = client_of("county").get(address).content.decode()
    assert "清运量" in text
    assert "-5" in text
    assert f"{address}workbook/" in text
    for part in ("workbook/", "findings.csv", "findings.xlsx", "original/"):
        answer = client_of("county").get(address + part)
        assert answer.status_code == 200, part
        assert "attachment" in answer["Content-Disposition"]
        if answer.streaming:  # read to its end, so that the file is closed and the connection is not
            assert answer.getvalue()
    assert client_of("county").get(f"{address}?severity=error&rule=none&start=0").status_code == 200
    assert client_of("neighbour").get(f"{address}workbook/").status_code == 404


def test_the_cover_sheet_names_the_file_by_its_hash(client_of, accepted):
    one = accepted()
    text = client_of("county").get(f"/evidence/submissions/{one.pk}/cover/").content.decode()
    assert one.file.sha256 in text


def test_the_office_closes_and_reopens_a_period_by_page(client_of):
    address = "/evidence/obligations/waste/zhongmu/2014Q1/"
    office = client_of("office")
    assert office.get(address).status_code == 200
    assert office.post(address, {"verb": "close", "reason": "停产"}).status_code == 302
    assert "停产" in office.get(address).content.decode()
    assert office.post(address, {"verb": "reopen"}).status_code == 302
    assert client_of("county").post(address, {"verb": "close", "reason": "x"}).status_code == 403
    assert client_of("neighbour").get(address).status_code == 404
    assert office.post("/evidence/obligations/remind/").status_code == 302
    assert client_of("county").post("/evidence/obligations/remind/").status_code == 403


def test_template_and_schema_are_given(client_of):
    county = client_of("county")
    assert county.get("/registers/waste/template/")["Content-Disposition"].startswith("attachment")
    assert county.get("/registers/waste/schema/").json()["type"]
    assert county.get("/registers/wastes/").status_code == 404


def test_the_types_of_columns_are_named_in_the_readers_language(client_of):
    page = client_of("office").get("/registers/waste/").content.decode()
    assert ">地区</td>" in page
    assert ">place</td>" not in page
