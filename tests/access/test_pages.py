"""Every page for every role, in and out of scope, against the table of who may."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.urls import get_resolver
from django.urls.resolvers import URLPattern
from tests.access.state import state
from tests.access.table import Row, outcome, rows

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.django_db
ROWS = tuple(rows("pages.yaml"))
READING = [row for row in ROWS if row.method == "GET"]
CHANGING = [row for row in ROWS if row.method == "POST"]


def names(patterns: Any, namespace: str = "") -> Iterator[str]:
    """Yield the full name of every address of the house; the calls of the API have a table of their own."""
    for one in patterns:
        if isinstance(one, URLPattern):
            name = f"{namespace}:{one.name}" if namespace else str(one.name)
            if namespace != "api" or str(one.name).startswith("openapi"):
                yield name
        else:
            inner = one.namespace or ""
            yield from names(one.url_patterns, ":".join(part for part in (namespace, inner) if part))


def test_the_table_names_every_page_and_no_other() -> None:
    assert set(names(get_resolver().url_patterns)) == {row.name for row in ROWS}


@pytest.mark.parametrize("row", READING, ids=lambda row: row.label)
def test_reading_is_answered_as_the_table_says(row: Row, city: Any, clients: Any) -> None:
    assert {actor: outcome(row.ask(clients[actor], city)) for actor in row.answers} == row.answers


@pytest.mark.parametrize("row", CHANGING, ids=lambda row: row.label)
def test_changing_is_answered_as_the_table_says(row: Row, city: Any, clients: Any, undone: Any) -> None:
    answers = {}
    for actor, expected in row.answers.items():
        with undone():
            before = state()
            answers[actor] = outcome(row.ask(clients[actor], city))
            if expected != "allowed":
                assert state() == before, f"{actor} was refused, but something changed"
    assert answers == row.answers


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_methods_that_the_table_does_not_name_change_nothing(
    method: str, city: Any, clients: Any, undone: Any
) -> None:
    named = {row.address for row in CHANGING} if method == "post" else set()
    with undone():
        before = state()
        for row in ROWS:
            if row.address not in named and not row.name.startswith(("account_", "mfa_")):
                answer = getattr(clients["office"], method)(row.address_in(city))
                answer.close()
                assert answer.status_code < 500, row.label
        assert state() == before


def test_every_form_is_refused_without_its_token(city: Any) -> None:
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(city["office"])
    before = state()
    for row in CHANGING:
        assert row.ask(client, city).status_code == 403, row.label
    assert state() == before
