"""The pages open for those who may see them, with and without evidence."""

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


def test_the_overview_shows_every_target_of_an_empty_home(office: Client) -> None:
    page = office.get("/").content.decode()
    assert page.count('class="target-title"') == 36
    assert "PM2.5" in page


def test_the_overview_is_narrowed_by_words_area_and_pinyin(office: Client) -> None:
    assert office.get("/", {"q": "pm2.5"}).content.decode().count('class="target-title"') == 1
    assert office.get("/", {"area": "works"}).content.decode().count('class="target-title"') == 5
    assert office.get("/", {"q": "nybzh"}).content.decode().count('class="target-title"') == 1


def test_every_indicator_has_a_page(office: Client) -> None:
    for code in (
        "product-1",
        "product-2",
        "environment-4",
        "environment-6b",
        "environment-7",
        "task-28",
        "service-1",
    ):
        answer = office.get(f"/indicators/{code}/", {"as_of": "2015-03-31"})
        assert answer.status_code == 200, code


def test_an_unknown_indicator_is_not_there(office: Client) -> None:
    assert office.get("/indicators/product-99/").status_code == 404


def test_rows_and_charts_of_an_empty_home_are_empty(office: Client) -> None:
    assert office.get("/indicators/product-2/rows/", {"as_of": "2015-03-31"}).status_code == 200
    assert office.get("/indicators/product-2/trend.json", {"as_of": "2015-03-31"}).status_code == 200
    assert office.get("/indicators/product-2/trend.gif", {"as_of": "2015-03-31"}).status_code == 404


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_tables_download(office: Client, form: str) -> None:
    assert office.get("/", {"format": form}).status_code == 200
    for table in ("periods", "places", "parts"):
        assert office.get("/indicators/product-2/", {"format": form, "table": table}).status_code == 200


def test_a_stranger_is_asked_to_sign_in(client: Client, home: Any) -> None:
    assert client.get("/").status_code == 302
