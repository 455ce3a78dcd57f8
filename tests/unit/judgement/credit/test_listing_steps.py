"""What the page of a listing offers: the main step first, nothing that is refused, and the files of every request."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.unit.judgement.credit.listing_people import gather, listed, paper

from qualicity.judgement.credit import actions
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person
    from qualicity.judgement.credit.models import Listing


@pytest.fixture
def every(
    db: None, home: Any, make_person: Callable[..., Person], monkeypatch: pytest.MonkeyPatch
) -> dict[str, Person]:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")
    return gather(make_person)


def shown(listing: Listing, by: Person) -> Any:
    """Return the page of a listing as a person gets it."""
    client = Client()
    client.force_login(by)
    return client.get(f"/credit/list/{listing.pk}/")


def offered(listing: Listing, by: Person) -> list[str]:
    """Return the steps that its page offers."""
    return [one.code for one in shown(listing, by).context["steps"]]


def test_telling_comes_first_and_is_offered_until_everybody_was_told(every: dict[str, Person]) -> None:
    listing = listed(every)
    assert offered(listing, every["reviewer"]) == ["tell", "revoke"]
    first = {"permits": ["finance"]}
    actions.tell_organisations(listing=listing, by=every["officer"], whom=first)
    assert "tell" in offered(listing, every["reviewer"])
    actions.tell_organisations(listing=listing, by=every["officer"])
    assert offered(listing, every["reviewer"]) == ["revoke"]


def test_who_verifies_a_request_finds_its_files_and_only_who_decides_ends_the_listing(
    every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every)
    actions.tell_organisations(listing=listing, by=every["officer"])
    monkeypatch.setenv("QUALICITY_TODAY", "2015-05-11")
    Penalty.objects.update(performed_on=date(2014, 5, 1))
    repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper("整改.txt")], by=every["firm"])
    page = shown(listing, every["officer"]).content.decode()
    assert "整改.txt" in page
    assert f"/cases/{repair.case_id}/" in page
    assert offered(listing, every["reviewer"])[0] == "repair-accept"
    repair = actions.accept_repair(repair=repair, by=every["officer"])
    actions.grant_repair(repair=repair, verified="已核实", by=every["director"])
    assert offered(listing, every["officer"]) == []
    assert offered(listing, every["reviewer"])[0] == "repair-process"
