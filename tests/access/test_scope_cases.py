"""Lists of cases and inboxes hold one's own, and nothing that tells of others'."""

from __future__ import annotations

import io
from typing import Any

import polars as pl
import pytest
from django.test import Client

from qualicity.commons.cases.models import Case

pytestmark = pytest.mark.django_db
HOME = ("reporter", "reviewer", "county", "inspector", "director")


def listed(client: Client, address: str) -> set[str]:
    frame = pl.read_csv(io.BytesIO(client.get(address).content))
    return set(frame["case"].cast(pl.String))


def units_of(numbers: set[str]) -> set[str]:
    """Return whose the cases are: responsible for them, or their opener."""
    found = Case.objects.filter(pk__in=[int(number) for number in numbers])
    return {
        code for pair in found.values_list("organisation__code", "opener_organisation__code") for code in pair if code
    }


def test_lists_hold_the_cases_of_the_own_organisation(city: Any, clients: Any) -> None:
    own, theirs = city.places["case"], city.places["their_case"]
    every = {str(number) for number in Case.objects.values_list("pk", flat=True)}
    for actor in HOME:
        found = listed(clients[actor], "/cases/?format=csv")
        assert own in found, actor
        assert theirs not in found, actor
        assert all("zhongmu" in units_of({number}) for number in found), actor
        items = clients[actor].get("/api/v1/cases?limit=1000").json()["items"]
        assert {str(one["case"]) for one in items} == found, actor
    found = listed(clients["neighbour"], "/cases/?format=csv")
    assert theirs in found
    assert own not in found
    assert {own, theirs}.isdisjoint(listed(clients["department"], "/cases/?format=csv"))
    sealed = {str(number) for number in Case.objects.filter(sealed=True).values_list("pk", flat=True)}
    assert sealed, "the city has a listing that has ended"
    for actor, seen in (("office", every), ("auditor", every), ("leader", every - sealed)):
        assert listed(clients[actor], "/cases/?format=csv") == seen, actor


def test_inboxes_hold_what_is_the_readers_turn(city: Any, clients: Any) -> None:
    own = city.places["case"]
    for actor in HOME:
        for whose in ("mine", "unit"):
            items = clients[actor].get(f"/api/v1/inbox?whose={whose}&limit=1000").json()["items"]
            assert own in {str(one["case"]) for one in items}, actor
            assert {one["organisation"] for one in items} == {"zhongmu"}, actor
    for actor in ("office", "auditor", "leader", "department", "neighbour"):
        items = clients[actor].get("/api/v1/inbox?whose=unit&limit=1000").json()["items"]
        assert own not in {str(one["case"]) for one in items}, actor


@pytest.mark.parametrize("query", ["q=中牟", "organisation=zhongmu", "subject=task:1", "type=assignment", "q=1"])
def test_filters_do_not_reach_beyond_the_own_organisation(query: str, clients: Any) -> None:
    page = clients["neighbour"].get(f"/cases/?{query}").content.decode()
    assert "中牟县任务" not in page


def test_a_calendar_address_needs_no_sign_in_and_holds_its_persons_deadlines(city: Any, clients: Any) -> None:
    page = clients["county"].post("/inbox/calendar/").content.decode()
    address = page.split('class="secret m-0 mt-2">')[1].split("<")[0]
    answer = Client().get(address.removeprefix("http://testserver"))
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("text/calendar")
    assert "中牟县任务" in answer.content.decode()
    assert "巩义市任务" not in answer.content.decode()
    assert address not in clients["county"].get("/inbox/calendar/").content.decode()
    clients["county"].post("/inbox/calendar/end/")
    assert Client().get(address.removeprefix("http://testserver")).status_code == 404
