"""Every call of the API for every role, in and out of scope, by session and by token."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client
from tests.access import city as cities
from tests.access.state import state
from tests.access.table import Row, outcome, rows

from qualicity.commons.accounts import actions as accounts
from qualicity.commons.accounts import queries as people
from qualicity.commons.accounts.models import ApiToken
from qualicity.site.api import api

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db
ROWS = tuple(rows("calls.yaml"))


@pytest.fixture(scope="module")
def tokens(city: Any) -> dict[str, str]:
    """Return for each actor a token that may do all that the actor may."""
    return {name: cities.token_of(city[name], sorted(people.permissions_of(city[name]))) for name in cities.ACTORS}


def bearer(secret: str) -> dict[str, Any]:
    return {"headers": {"Authorization": f"Bearer {secret}"}}


def answers(row: Row, city: Any, undone: Any, ask: Callable[[str], Any]) -> dict[str, str]:
    """Return what every actor is answered; who is refused must have changed nothing."""
    found = {}
    for actor, expected in row.answers.items():
        if row.method == "GET":
            found[actor] = outcome(ask(actor))
            continue
        with undone():
            before = state()
            found[actor] = outcome(ask(actor))
            if expected != "allowed":
                assert state() == before, f"{actor} was refused, but something changed"
    return found


def test_the_table_names_every_call_and_no_other() -> None:
    paths = api.get_openapi_schema()["paths"].items()
    calls = {f"{method.upper()} {path.removeprefix('/api/v1')}" for path, every in paths for method in every}
    assert calls == {row.name for row in ROWS}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_by_session_as_the_table_says(row: Row, city: Any, clients: Any, undone: Any) -> None:
    assert answers(row, city, undone, lambda actor: row.ask(clients[actor], city)) == row.answers


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_by_token_as_the_table_says(row: Row, city: Any, tokens: Any, undone: Any) -> None:
    client = Client(enforce_csrf_checks=True)  # a token needs no form's token
    found = answers(row, city, undone, lambda actor: row.ask(client, city, **bearer(tokens.get(actor, "qc_0.0"))))
    assert found == row.answers


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_a_token_without_the_scope_is_forbidden(row: Row, city: Any, undone: Any) -> None:
    office = city["office"]
    others = cities.token_of(office, sorted(people.permissions_of(office) - {row.scope}))
    with undone():
        before = state()
        assert row.ask(Client(), city, **bearer(others)).status_code == 403
        assert state() == before


def test_a_token_gives_no_more_than_its_person_still_may(city: Any, undone: Any) -> None:
    secret = cities.token_of(city["reporter"], ["submissions.read", "submissions.submit"])
    with undone():
        accounts.change_person(
            person=city["reporter"], name="x", organisation="gongyi", roles=["reporter"], by=people.operator()
        )
        address = f"/api/v1/submissions/{city.places['draft']}"
        assert Client().get(address, **bearer(secret)).status_code == 404


@pytest.mark.parametrize("end", ["expired", "revoked", "deactivated", "altered"])
def test_a_token_that_is_over_is_nobody(end: str, city: Any, undone: Any) -> None:
    with undone():
        secret = cities.token_of(city["reporter"], ["registers.read"])
        assert Client().get("/api/v1/registers", **bearer(secret)).status_code == 200
        token = ApiToken.objects.get(prefix=secret.partition(".")[0])
        if end == "expired":
            ApiToken.objects.filter(pk=token.pk).update(expires="2014-04-09")
        elif end == "revoked":
            accounts.revoke_token(token=token, by=city["reporter"])
        elif end == "deactivated":
            accounts.set_active(person=city["reporter"], active=False, by=people.operator())
        else:
            secret = secret[:-1] + ("a" if secret[-1] != "a" else "b")
        assert Client().get("/api/v1/registers", **bearer(secret)).status_code == 401
        city["reporter"].refresh_from_db()
    city["reporter"].refresh_from_db()


def test_a_session_call_is_refused_without_the_form_token(city: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(city["office"])
    before = state()
    for row in ROWS:
        if row.method == "POST":
            assert row.ask(client, city).status_code == 403, row.label
    assert state() == before
