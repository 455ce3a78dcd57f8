"""The API of the desk, every call for every role."""

from __future__ import annotations

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from qualicity.evidence.submissions import actions
from qualicity.evidence.submissions.models import Submission

from .conftest import GOOD, HEADINGS

API = "/api/v1"
OWN = {"reporter", "reviewer", "county", "inspector"}
READERS = {"office", "expert", "auditor", "leader", *OWN}
EVERYBODY = READERS | {"neighbour"}


@pytest.fixture
def client_of(house):
    def signed_in(name: str) -> Client:
        client = Client()
        client.force_login(house[name])
        return client

    return signed_in


def csv_upload(*rows: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("x.csv", "\n".join([HEADINGS, *(rows or GOOD)]).encode())


def post(client: Client, address: str, body: object = None):
    return client.post(API + address, json.dumps(body or {}), content_type="application/json")


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("/submissions", EVERYBODY),
        ("/submissions/1", READERS),
        ("/submissions/1/findings", READERS),
        ("/obligations", EVERYBODY - {"inspector"}),
        ("/registers", EVERYBODY),
        ("/registers/waste", EVERYBODY),
        ("/registers/waste/schema", EVERYBODY),
        ("/registers/waste/rows", EVERYBODY),
    ],
)
def test_who_may_read_what(client_of, file_in, address, allowed):
    number = file_in().pk
    for name in EVERYBODY:
        answer = client_of(name).get(API + address.replace("/1", f"/{number}"))
        assert (answer.status_code == 200) == (name in allowed), (name, answer.status_code, answer.content)
        assert answer.status_code in (200, 403, 404)


@pytest.mark.parametrize(
    ("verb", "body", "allowed"),
    [
        ("submit", {"explanation": "核对"}, {"office", "reporter", "reviewer", "county"}),
        ("withdraw", {"reason": "填错"}, {"office", "reporter", "county", "inspector"}),
        ("return", {"reason": "填错"}, {"office", "reviewer", "county"}),
    ],
)
def test_who_may_move_a_draft(client_of, file_in, verb, body, allowed):
    for name in EVERYBODY:
        Submission.objects.all().delete()
        number = file_in(by="inspector").pk
        answer = post(client_of(name), f"/submissions/{number}/{verb}", body)
        assert (answer.status_code == 200) == (name in allowed), (name, answer.status_code)
        assert answer.status_code in (200, 403, 404)


def test_who_may_accept(client_of, file_in, house):
    number = actions.submit(submission=file_in(by="inspector"), by=house["county"]).pk
    for name in sorted(EVERYBODY - {"office"}):
        assert post(client_of(name), f"/submissions/{number}/accept").status_code in (403, 404), name
    answer = post(client_of("office"), f"/submissions/{number}/accept")
    assert answer.json()["state"] == "accepted"
    assert answer.json()["accepted_rows"] == 3
    assert post(client_of("office2"), f"/submissions/{number}/accept").status_code == 409


def test_who_may_file(client_of):
    body = {"register_code": "waste", "organisation": "zhongmu", "period": "2014Q1"}
    for name in sorted(EVERYBODY):
        Submission.objects.all().delete()
        answer = client_of(name).post(f"{API}/submissions", {**body, "file": csv_upload()})
        allowed = name in {"office", "reporter", "county", "inspector"}
        assert (answer.status_code == 200) == allowed, (name, answer.content)
        if allowed:
            assert answer.json()["state"] == "draft"


def test_who_may_close_and_remind(client_of):
    body = {"register_code": "waste", "organisation": "zhongmu", "period": "2014Q1", "reason": "停产"}
    for name in sorted(EVERYBODY - {"office"}):
        assert post(client_of(name), "/obligations/close", body).status_code == 403, name
        assert post(client_of(name), "/obligations/remind").status_code == 403, name
    assert post(client_of("office"), "/obligations/close", body).status_code == 204
    assert post(client_of("office"), "/obligations/remind").json()["sent"] > 0


def test_nobody_reads_without_signing_in(db, home):
    assert Client().get(f"{API}/submissions").status_code == 401


def test_lists_are_paged_by_cursor(client_of, file_in):
    numbers = [file_in(GOOD[0].replace("1031.7", f"104{n}.7")).pk for n in range(5)]
    office, seen, cursor = client_of("office"), [], 0
    while cursor is not None:
        page = office.get(f"{API}/submissions", {"limit": 2, "cursor": cursor}).json()
        assert page["total"] == 5
        seen += [one["submission"] for one in page["items"]]
        cursor = page["next"]
    assert seen == sorted(numbers, reverse=True)


def test_findings_and_rows_are_paged_by_cursor(client_of, accepted):
    accepted()
    office = client_of("office")
    first = office.get(f"{API}/registers/waste/rows", {"limit": 2}).json()
    assert [one["row_number"] for one in first["items"]] == [2, 3]
    assert first["items"][0]["date"] == "2014-01-31"
    second = office.get(f"{API}/registers/waste/rows", {"limit": 2, "cursor": first["next"]}).json()
    assert [one["row_number"] for one in second["items"]] == [4]
    assert second["next"] is None


@pytest.mark.parametrize(
    "address",
    ["/submissions/0", "/submissions/99999999999999999999", "/submissions?limit=0", "/registers/waste/rows?since=x",
     "/submissions?q=%00", "/registers/waste/rows?cursor=last", "/obligations?as_of=never"],
)  # fmt: skip
def test_what_cannot_be_used_is_answered_with_a_sentence(client_of, house, address):
    answer = client_of("office").get(API + address)
    assert answer.status_code == 422
    assert answer.json()["error"]["zh"]
