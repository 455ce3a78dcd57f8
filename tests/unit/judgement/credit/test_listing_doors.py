"""A listing that nobody may see after it ends: every door of the house is tried on the day after."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.unit.judgement.credit.listing_people import FIRM, gather, listed, paper

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.cases.queries import Narrowing
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import actions, queries
from qualicity.judgement.credit.models import Listing
from qualicity.judgement.enforcement.models import Penalty

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Person

NUMBER = "中质失信〔2014〕77号"
STAFF = ("officer", "reviewer", "director", "neighbour", "leader", "finance", "office")
"""Whoever works with the list; auditor and office besides read what is sealed, and only there."""

PAGES = (
    "/credit/list/",
    "/credit/list/?q={code}",
    "/credit/list/?format=csv",
    "/credit/list/?format=xlsx",
    "/credit/list/duties/",
    "/credit/list/{number}/",
    "/credit/list/mine/",
    "/credit/list/mine/{number}/",
    "/credit/list/mine/{number}/papers/list.docx",
    "/api/v1/credit/listings",
    "/api/v1/credit/listings?search={code}",
    "/enforcement/mine/",
)
"""Where the decision's number, or the word of being listed, must not stand any more."""

CASE_PAGES = ("/cases/", "/cases/?q={name}", "/cases/{case}/", "/inbox/", "/api/v1/cases", "/api/v1/cases/{case}")


@pytest.fixture(autouse=True)
def _day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUALICITY_TODAY", "2014-04-10")


@pytest.fixture
def every(db: None, home: Any, make_person: Callable[..., Person]) -> dict[str, Person]:
    return gather(make_person)


def over_by_time(every: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Return one whose last day was yesterday; no chore has run."""
    listing = listed(every, number=NUMBER)
    monkeypatch.setenv("QUALICITY_TODAY", "2017-04-11")
    return listing


def expired(every: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Return one that the chore of the day has ended."""
    listing = over_by_time(every, monkeypatch)
    assert actions.expire_listings(by=accounts.operator()) == 1
    return listing


def repaired(every: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Return one that was removed after a repair."""
    listing = listed(every, number=NUMBER)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-05-11")
    Penalty.objects.update(performed_on=date(2014, 5, 1))
    repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    repair = actions.accept_repair(repair=repair, by=every["officer"])
    repair = actions.grant_repair(repair=repair, verified="已核实", by=every["reviewer"])
    actions.process_repair(repair=repair, by=every["reviewer"])
    return listing


def revoked(every: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> Listing:
    """Return one that was annulled."""
    listing = listed(every, number=NUMBER)
    actions.revoke_listing(listing=listing, reason="判决撤销", by=every["director"])
    return listing


WAYS = [over_by_time, expired, repaired, revoked]


def asked(client: Client, address: str) -> tuple[int, str]:
    """Return the status of an answer, and all its words."""
    response = client.get(address)
    body = b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]
    return response.status_code, body.decode("utf-8", "ignore")


@pytest.mark.parametrize("end", WAYS, ids=lambda one: one.__name__)
def test_no_page_call_or_file_shows_it_any_more(
    end: Any, every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = end(every, monkeypatch)
    words = {"number": listing.pk, "case": listing.case_id, "code": FIRM, "name": "模拟企业190J"}
    pages = PAGES if end is over_by_time else PAGES + CASE_PAGES
    for name in (*STAFF, "auditor", "firm", "rival"):
        client = Client()
        client.force_login(every[name])
        for address in pages:
            seals = name in ("office", "auditor") and address in CASE_PAGES
            status, text = asked(client, address.format(**words))
            assert status < 500, (name, address)
            if not seals:
                assert NUMBER not in text, (name, address)
                assert "190J：列入严重违法失信名单" not in text, (name, address)


@pytest.mark.parametrize("end", WAYS, ids=lambda one: one.__name__)
@pytest.mark.parametrize("day", [None, date(2014, 4, 10), date(2015, 1, 1), date(2030, 1, 1)])
def test_no_read_of_any_day_brings_it_back(
    end: Any, day: date | None, every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    token = str(end(every, monkeypatch).token)
    assert queries.public_listings(on=day) == ()
    assert queries.public_listings(on=day, uscc=FIRM, search=FIRM) == ()
    assert queries.listed(on=day) == ()
    assert not queries.is_listed(FIRM, on=day)
    assert queries.public_listing(token) is None
    assert queries.listing_events().height == 0


@pytest.mark.parametrize("end", WAYS, ids=lambda one: one.__name__)
def test_only_readers_of_the_audit_trail_see_the_sealed_past(
    end: Any, every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = end(every, monkeypatch)
    for name in STAFF:
        with pytest.raises(NotFoundError):
            queries.listing(listing.pk, every[name])
    with pytest.raises(NotFoundError):
        queries.own_listing(listing.pk, every["firm"])
    assert [one.listing.pk for one in queries.sealed_rows(list(queries.sealed(every["auditor"])))] == [listing.pk]
    if end is not over_by_time:  # until the chore has run its case stays with those who end it
        for name in ("officer", "director", "leader"):
            with pytest.raises(NotFoundError):
                cases.case(listing.case_id, every[name])
            found = cases.case_page(every[name], Narrowing(search="模拟企业")).cases
            assert listing.case_id not in {one.pk for one in found}
        assert cases.case(listing.case_id, every["auditor"]).sealed
        assert cases.moves_of(cases.case(listing.case_id, every["auditor"]))[-1].code == "seal"


def test_the_last_day_is_still_a_day_on_the_list(every: dict[str, Person], monkeypatch: pytest.MonkeyPatch) -> None:
    listed(every, number=NUMBER)
    monkeypatch.setenv("QUALICITY_TODAY", "2017-04-10")
    assert len(queries.public_listings()) == 1
    assert actions.expire_listings(by=accounts.operator()) == 0


@pytest.mark.parametrize("end", ["time", "annulment"])
def test_a_request_and_an_objection_still_open_end_with_the_listing_and_are_sealed(
    end: str, every: dict[str, Person], monkeypatch: pytest.MonkeyPatch
) -> None:
    listing = listed(every, number=NUMBER)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-05-11")
    repair = actions.ask_repair(listing=listing, promise="守信承诺", evidence=[paper()], by=every["firm"])
    monkeypatch.setenv("QUALICITY_TODAY", "2014-05-05")
    objection = actions.object_to_listing(listing=listing, reason="事实有误", by=every["firm"])
    if end == "time":
        monkeypatch.setenv("QUALICITY_TODAY", "2017-04-11")
        assert actions.expire_listings(by=accounts.operator()) == 1
    else:
        monkeypatch.setenv("QUALICITY_TODAY", "2015-06-11")
        actions.revoke_listing(listing=listing, reason="判决撤销", by=every["director"])
    for other in (repair, objection):
        for name in ("officer", "reviewer", "director"):
            with pytest.raises(NotFoundError):
                cases.case(other.case_id, every[name])
        found = cases.case(other.case_id, every["auditor"])
        assert (found.state, found.is_open, found.sealed) == ("lapsed", False, True)
