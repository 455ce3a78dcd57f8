"""Trying to get more through every door than the definitions let out."""

from __future__ import annotations

import base64
import json
import re
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.publication.opendata import doors, planting

from qualicity.definitions.catalogue import catalogue
from qualicity.publication.opendata import queries

if TYPE_CHECKING:
    from tests.unit.publication.opendata.planting import Scene

pytestmark = pytest.mark.django_db

LET_OUT = {
    "Enterprise.name", "Enterprise.industry",
    "CheckPlan.title_zh", "CheckPlan.title_en", "CheckPlan.law",
    "Draw.seed", "Draw.recipe", "row of a frame", "Commitment.source",
    "Target.enterprise_name", "Target.stratum",
    "notice product", "notice brand", "notice specification", "notice batch", "notice maker",
    "Notice.clause", "Correction.reason",
    "Listing.enterprise_name", "Listing.number", "Listing.law_text", "Listing.ground",
    "Penalty.number", "Penalty.party_name", "Penalty.violation", "Penalty.basis", "Penalty.level", "Penalty.sector",
}  # fmt: skip
"""The only fields of the house that the definitions let out. What is not in this list must not be found anywhere."""
IN_NO_DEFINITION = {"Penalty.sector"}


def test_what_is_found_through_all_doors_is_what_the_definitions_let_out(scene: Scene) -> None:
    found = doors.everything(doors.client())
    assert len(found) > 150
    leaks = {address: scene.found_in([text]) - LET_OUT for address, text in found.items()}
    assert {address: fields for address, fields in leaks.items() if fields} == {}
    assert scene.found_in(found.values()) == LET_OUT - IN_NO_DEFINITION, "the scene no longer reaches every field"


def test_persons_are_masked_through_all_doors(scene: Scene) -> None:
    for address, text in doors.everything(doors.client()).items():
        for secret in ("甲乙丙", "丁戊己", "13800138000", "410122199001011234"):
            assert secret not in text, (address, secret)
    assert queries.rows("enterprises", search=planting.SHOP).rows[0]["name"] == "甲某"


def test_a_search_does_not_reach_fields_that_are_not_let_out(scene: Scene) -> None:
    for number, meaning in enumerate(scene.meanings):
        if meaning in LET_OUT:
            continue
        for code, table in catalogue().open_tables.items():
            if any(one.search for one in table.fields):
                assert queries.rows(code, search=f"zq{number:03d}qz").total == 0, (code, meaning)
    assert queries.rows("enterprises", search="甲乙丙").total == 0, "a masked name is found by its whole"
    assert queries.rows("enterprises", search="jyb").total == 0, "a masked name is found by its initials"


@pytest.mark.parametrize(
    "query",
    ["sample=1", "decided_by=1", "order=decided_by", "sort=-facts", "fields=facts", "id=1", "facts__startswith=z",
     "token__gt=0", "limit=201", "limit=0", "limit=-1", f"q={'x' * 61}", "after=eyJ4IjoxfQ", "after=x:y", "q=%00"],
)  # fmt: skip
def test_no_call_filters_sorts_or_reads_by_what_is_not_let_out(query: str, scene: Scene) -> None:
    client = doors.client()
    for code in ("spot_check_results", "listings", "penalties"):
        text = doors.opened(client, f"/open/v1/tables/{code}/rows?{query}", status=422)
        assert scene.found_in([text]) == set()
        assert "Traceback" not in text


@pytest.mark.parametrize("root", ["/public/", "/public/en/"])
def test_pages_pass_over_what_they_do_not_know(root: str, scene: Scene) -> None:
    client = doors.client()
    plain = client.get(f"{root}results/")
    odd = client.get(f"{root}results/?order=-sample__number&fields=all&utm_source=news&conclusion=")
    assert odd.content == plain.content


def test_rows_hold_the_fields_of_the_definition_and_no_other(scene: Scene) -> None:
    client = doors.client()
    for code, table in catalogue().open_tables.items():
        rows = client.get(f"/open/v1/tables/{code}/rows").json()["rows"]
        files = client.get(f"/open/v1/tables/{code}.json")
        assert all(tuple(row) == table.codes for row in rows)
        assert files.streaming
        doors.close(files)


def test_a_cursor_tells_no_more_than_the_row_that_it_stands_for(scene: Scene) -> None:
    cursor = queries.rows("indicators", limit=1).next
    written = base64.urlsafe_b64decode(cursor.partition(":")[0] + "==").decode()
    row = queries.rows("indicators", limit=1).rows[0]
    assert json.loads(written) == ["indicators", row["position"], row["plan"], row["code"]]
    other = cursor.replace(cursor[:6], cursor[6:12])
    assert doors.client().get("/open/v1/tables/indicators/rows", {"after": other}).status_code == 422
    assert doors.client().get("/open/v1/tables/listings/rows", {"after": cursor}).status_code == 422


def test_what_comes_and_goes_has_an_address_that_cannot_be_counted(scene: Scene) -> None:
    token = re.compile(r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-")
    for code in ("spot_check_results", "spot_check_follow_ups", "listings", "penalties"):
        for row in queries.rows(code).rows:
            assert token.match(row["token"]), code
    for number in ("1", "2", scene.things["result"].sample.number):
        assert doors.client().get(f"/public/results/{number}/").status_code == 404


def test_a_draw_whose_visits_are_not_done_warns_nobody(scene: Scene) -> None:
    assert [(row["plan"], row["draw"]) for row in queries.rows("draws").rows] == [("plan-one", 1)]
    assert doors.client().get("/public/draws/plan-one/2/").status_code == 404
    assert doors.client().get("/open/v1/draws/plan-one/2/frame.txt").status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_nothing_is_written_through_a_public_door(method: str, scene: Scene) -> None:
    for address in ("/public/", "/public/results/", "/open/v1/tables", "/open/v1/tables/indicators/rows"):
        response = getattr(doors.client(), method)(address)
        assert response.status_code == 405
        assert response.headers["Allow"] == "GET, HEAD, OPTIONS"


def test_head_and_options_tell_no_more_than_get(scene: Scene) -> None:
    client = doors.client()
    for address in (
        "/public/results/", "/open/v1/tables/enterprises.parquet", "/open/v1/tables/listings/rows",
        "/open/v1/draws/plan-one/1/frame.txt",
    ):  # fmt: skip
        got, head, options = client.get(address), client.head(address), client.options(address)
        assert head.content == b""
        assert {**head.headers} == {**got.headers}
        assert options.status_code == 204
        assert options.content == b""
        doors.close(got)


def test_an_answer_is_the_same_for_whoever_asks_and_sets_no_cookie(scene: Scene, make_person: Any) -> None:
    from django.test import Client

    person = make_person("leader")
    signed = Client()
    signed.force_login(person)
    signed.cookies["django_language"] = "en"
    for address in ("/public/", "/public/results/", "/public/no-such/", "/open/v1/tables", "/open/v1/no-such"):
        one, other = doors.client().get(address), signed.get(address)
        assert one.content == other.content, address
        assert one.status_code == other.status_code
        assert not one.cookies
        assert not other.cookies
        assert "Cookie" not in one.headers.get("Vary", "")


def test_what_does_not_exist_and_what_is_over_are_answered_in_the_same_words(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = str(scene.things["result"].token)
    monkeypatch.setenv("QUALICITY_TODAY", "2014-05-11")
    for root in ("/public/results/{}/", "/public/en/results/{}/", "/open/v1/tables/spot_check_results/rows/{}"):
        over = doors.opened(doors.client(), root.format(token), status=404)
        never = doors.opened(doors.client(), root.format("00000000-0000-4000-8000-000000000000"), status=404)
        assert over.replace(token, "") == never.replace("00000000-0000-4000-8000-000000000000", "")


def test_anybody_may_read_from_another_site_but_send_nothing_along(scene: Scene) -> None:
    response = doors.client().get("/open/v1/tables", headers={"origin": "https://example.org"})
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response.headers
    assert "Access-Control-Allow-Origin" not in doors.client().get("/public/").headers
