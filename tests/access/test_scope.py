"""What a list, a download or a page of many things holds: one's own, and nothing that tells of others'."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest
from django.test import Client
from tests.access import city as cities
from tests.access.state import state

from qualicity.commons.accounts import queries as people
from qualicity.definitions.periods import parse
from qualicity.errors import NotAllowedError
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.models import Submission

pytestmark = pytest.mark.django_db
HOME = ("reporter", "reviewer", "county", "inspector")


def submissions_of(client: Client) -> set[str]:
    frame = pl.read_csv(io.BytesIO(client.get("/evidence/submissions/?format=csv").content))
    return set(frame["submission"].cast(pl.String))


def test_lists_hold_the_submissions_of_the_own_organisation(city: Any, clients: Any) -> None:
    every = {str(number) for number in Submission.objects.values_list("pk", flat=True)}

    def of(unit: str) -> set[str]:
        found = Submission.objects.filter(organisation__code=unit).values_list("pk", flat=True)
        return {str(number) for number in found}

    own, theirs = of("zhongmu"), of("gongyi")
    assert city.places["theirs"] in theirs
    for actor in HOME:
        assert submissions_of(clients[actor]) == own, actor
        items = clients[actor].get("/api/v1/submissions").json()["items"]
        assert {str(one["submission"]) for one in items} == own, actor
    assert submissions_of(clients["neighbour"]) == theirs
    assert clients["department"].get("/api/v1/submissions").json()["total"] == 0
    for actor in ("office", "expert", "auditor", "leader"):
        assert submissions_of(clients[actor]) == every, actor


def test_filters_and_searches_do_not_reach_beyond_the_own_organisation(clients: Any) -> None:
    for query in ("organisation=zhongmu", "q=中牟", "q=1", "state=draft", "register=waste&q=上报"):
        page = clients["neighbour"].get(f"/evidence/submissions/?{query}").content.decode()
        assert "中牟县政府" not in page, query
        assert "/evidence/submissions/1" not in page, query
    found = clients["neighbour"].get("/api/v1/submissions?organisation=zhongmu").json()
    assert found["total"] == 0


@pytest.mark.parametrize(
    "address", ["/evidence/", "/evidence/review/", "/evidence/submissions/", "/evidence/obligations/?register=waste"]
)
def test_pages_of_work_name_no_other_county(clients: Any, address: str) -> None:
    page = clients["neighbour"].get(address).content.decode()
    assert "巩义市政府" in page
    assert "中牟县政府" not in page


def test_obligations_are_the_own_ones(clients: Any) -> None:
    for actor, unit in (("neighbour", "gongyi"), ("department", "environment"), ("county", "zhongmu")):
        found = clients[actor].get("/api/v1/obligations").json()
        assert {one["organisation"] for one in found} == {unit}
    assert clients["neighbour"].get("/api/v1/obligations?organisation=zhongmu").json() == []


@pytest.mark.parametrize("actor", ["neighbour", "county"])
def test_rows_are_those_of_the_own_county(clients: Any, actor: str) -> None:
    own, other = ("410181", "410122") if actor == "neighbour" else ("410122", "410181")
    client = clients[actor]
    items = client.get("/api/v1/registers/waste/rows").json()["items"]
    assert {one["place"] for one in items} == {own}
    assert client.get(f"/api/v1/registers/waste/rows?place={other}").json()["total"] == 0
    frame = pl.read_csv(io.BytesIO(client.get("/registers/waste/?format=csv").content), infer_schema_length=0)
    assert set(frame["place"]) == {own}


def test_rows_behind_an_indicator_are_those_of_the_own_county(clients: Any) -> None:
    for actor, own in (("neighbour", {"410181"}), ("county", {"410122"}), ("department", set())):
        for address in ("?period=2013", "?period=2013&place=410122", "?period=2013&place=410181"):
            found = clients[actor].get(f"/api/v1/indicators/environment-2/rows{address}").json()
            assert {row["place"] for row in found["rows"]} <= own, (actor, address)
            assert {one["organisation"] for one in found["origins"].values()} <= {"zhongmu", "gongyi"}
            if not own:
                assert found["origins"] == {}


def test_what_is_secret_and_what_does_not_exist_are_answered_in_the_same_words(city: Any, clients: Any) -> None:
    hidden, nowhere = city.places["draft"], city.places["nowhere"]
    for address in ("/api/v1/submissions/{}", "/api/v1/submissions/{}/findings"):
        answers = [clients["neighbour"].get(address.format(number)) for number in (hidden, nowhere)]
        said = [answer.json()["error"]["zh"] for answer in answers]
        assert said[0].replace(hidden, "?") == said[1].replace(nowhere, "?")
    for page in ("", "workbook/", "original/", "cover/", "findings.csv"):
        texts = [
            words(clients["neighbour"].get(f"/evidence/submissions/{number}/{page}"), number)
            for number in (hidden, nowhere)
        ]
        assert texts[0] == texts[1], page


def words(answer: Any, number: str) -> str:
    """Return the sentence of an error page without the number."""
    assert answer.status_code == 404
    return str(answer.context["sentence"]).replace(number, "?")


def test_a_file_that_another_unit_filed_is_refused_without_naming_the_unit(city: Any, undone: Any) -> None:
    with undone():
        answer = client_of(city, "neighbour").post(
            "/api/v1/submissions",
            {"register_code": "waste", "organisation": "gongyi", "period": "2014Q1",
             "file": cities.upload(period="2014Q1", scale=1.5)},
        )  # fmt: skip
        assert answer.status_code == 409
        assert "中牟" not in answer.content.decode()
        assert city.places["draft"] not in answer.json()["error"]["zh"]


def client_of(city: Any, name: str) -> Client:
    client = Client()
    client.force_login(city[name])
    return client


def test_who_may_not_submit_does_not_have_the_findings_looked_over_again(city: Any, undone: Any) -> None:
    """To submit looks for keys that came in since: who may only read must not set that off."""
    with undone():
        draft = Submission.objects.get(pk=city.places["draft"])
        Submission.objects.filter(pk=draft.pk).update(examined_version=0)
        draft.refresh_from_db()
        before = state()
        with pytest.raises(NotAllowedError):
            actions.submit(submission=draft, by=city["expert"])
        assert state() == before


def test_nobody_sends_rows_of_another_county_unnoticed(city: Any, undone: Any) -> None:
    with undone():
        filed = actions.receive(
            register="waste", organisation="gongyi", period=parse("2013Q3"), by=city["neighbour"], name="x.csv",
            file=cities.upload(unit="zhongmu", period="2013Q3", scale=5),
        )  # fmt: skip
        rules = queries.findings(filed, by=city["neighbour"])["rule"].to_list()
        assert rules.count("place_of_another") == 3
        assert filed.state == "returned"


def test_the_operator_of_the_command_line_cannot_sign_in() -> None:
    assert not people.operator().has_usable_password()
    assert not Client().login(username="operator", password="")
