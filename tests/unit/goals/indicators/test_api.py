"""The API answers what the pages show, and refuses with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(home: Any, make_person: Callable[..., Any], client: Client) -> Client:
    """Return a browser in which somebody of the office has signed in."""
    client.force_login(make_person("office", "quality-supervision"))
    return client


def test_the_list_has_one_object_for_every_target(office: Client) -> None:
    found = office.get("/api/v1/indicators", {"as_of": "2015-03-31"}).json()
    assert len(found) == 36
    assert {one["code"] for one in found if one["row"] == 6 and one["area"] == "environment"} == {
        "environment-6a",
        "environment-6b",
    }
    # Nothing of the first quarter is filed, nor due before the middle of April: the quarter before speaks.
    assert all(one["period"] in ("2014", "2014Q4") for one in found)


@pytest.mark.parametrize("tail", ["", "/places", "/history", "/history?grain=quarter", "/parts", "/rows"])
def test_every_call_about_one_target_answers(office: Client, tail: str) -> None:
    joint = "&" if "?" in tail else "?"
    assert office.get(f"/api/v1/indicators/product-2{tail}{joint}as_of=2015-03-31").status_code == 200


@pytest.mark.parametrize(
    ("tail", "status"),
    [
        ("/indicators/product-99", 404),
        ("/indicators/product-2?place=410199", 404),
        ("/indicators/product-2/parts?column=colour", 422),
        ("/indicators/product-2/rows?part=half&as_of=2015-03-31", 422),
        ("/indicators/product-2/rows?period=2014-02-30&as_of=2015-03-31", 422),
        ("/indicators/product-2?as_of=yesterday", 422),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence(office: Client, tail: str, status: int) -> None:
    answer = office.get(f"/api/v1{tail}")
    assert answer.status_code == status
    assert answer.json()["error"]["zh"]


def test_a_stranger_gets_nothing(client: Client, home: Any) -> None:
    assert client.get("/api/v1/indicators").status_code == 401
