"""The window: one answer for everybody, kept by edition, compressed once, made once."""

from __future__ import annotations

import gzip
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from qualicity.site import front
from qualicity.site.front import FrontMiddleware, Shelf, normalised

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh(home: Path) -> None:
    front.SHELF.clear()


def asked(middleware: FrontMiddleware, path: str = "/public/", **headers: str) -> Any:
    return middleware(RequestFactory().get(path, headers=headers))


def test_an_answer_is_made_once_and_the_same_for_all_who_come_meanwhile(operator: Any) -> None:
    made, answers = [], []

    def slow(request: Any) -> HttpResponse:
        made.append(request.path)
        time.sleep(0.2)
        return HttpResponse("x" * 1000)

    # the edition is looked up beforehand: threads of a test have no database of their own
    shelf, key = Shelf(10_000), ("stamp", "/public/", "")

    def ask() -> None:
        waiting = shelf.begin(key)
        if waiting is None:
            shelf.end(key, front._keep(slow(RequestFactory().get("/public/"))))
        else:
            waiting.wait(5)
        answers.append(shelf.get(key))

    threads = [threading.Thread(target=ask) for _ in range(20)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert made == ["/public/"]
    assert len(answers) == 20
    assert len({id(one) for one in answers}) == 1


def test_the_page_behind_is_not_told_who_asks(operator: Any) -> None:
    seen: dict[str, Any] = {}

    def page(request: Any) -> HttpResponse:
        seen.update(cookies=dict(request.COOKIES), meta=request.META, method=request.method)
        return HttpResponse("page")

    asked(
        FrontMiddleware(page), cookie="sessionid=secret", authorization="Bearer secret", referer="https://x.example/"
    )
    assert seen["cookies"] == {}
    assert not {"HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_REFERER"} & set(seen["meta"])


def test_a_reader_gets_it_packed_or_plain_and_is_told_when_it_is_unchanged(operator: Any) -> None:
    client = Client()
    plain, packed = client.get("/public/"), client.get("/public/", headers={"accept-encoding": "gzip, br"})
    assert gzip.decompress(packed.content) == plain.content
    assert packed.headers["Vary"] == plain.headers["Vary"] == "Accept-Encoding"
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for tag in (
        plain.headers["ETag"],
        packed.headers["ETag"],
        f"W/{plain.headers['ETag']}",
        f'"other", {plain.headers["ETag"]}',
    ):
        again = client.get("/public/", headers={"if-none-match": tag})
        assert (again.status_code, again.content) == (304, b"")
    assert client.get("/public/", headers={"if-none-match": '"other"'}).status_code == 200
    dated = client.get("/public/", headers={"if-modified-since": "Fri, 01 Jan 2100 00:00:00 GMT"})
    assert dated.status_code == 200, "a date cannot tell that a row has ended"
    assert client.get("/public/", headers={"accept-encoding": "gzip;q=0"}).content == plain.content


def test_what_is_kept_is_bounded_and_the_longest_unasked_makes_room() -> None:
    shelf = Shelf(room=2500)
    keep = front._keep(HttpResponse("y"))
    for name in "abc":
        shelf.begin((name, "", ""))
        shelf.end((name, "", ""), keep)
        shelf.get(("a", "", ""))
    assert shelf.get(("a", "", "")) is not None
    assert shelf.get(("b", "", "")) is None


@pytest.mark.parametrize(
    ("path", "query", "same"),
    [
        ("/public/results/", "utm_source=x&q=a&conclusion=", "q=a"),
        ("/public/results/", "q=a&q=b", "q=b"),
        ("/open/v1/tables/x/rows", "limit=2&area=b", "area=b&limit=2"),
        ("/open/v1/tables/x/rows", "strange=1", "strange=1"),
    ],
)
def test_a_query_is_written_one_way(path: str, query: str, same: str, operator: Any) -> None:
    assert normalised(path, query) == same


def test_abuse_is_refused_in_a_stable_form(operator: Any) -> None:
    client = Client()
    for address in (f"/public/results/?q={'x' * 1100}", f"/open/v1/{'y' * 400}"):
        response = client.get(address)
        assert response.status_code == 414
        assert set(response.json()["error"]) == {"kind", "zh", "en"}
    many = "&".join(f"a{number}=1" for number in range(60))
    assert client.get(f"/open/v1/tables?{many}").status_code == 422


def test_refusals_are_not_kept(operator: Any) -> None:
    client = Client()
    client.get("/public/enterprises/no-such/")
    assert not front.SHELF._kept
