"""Reading the tables of who may: rows of one request each, with what every actor is answered."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from tests.access import city as cities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.http import HttpResponse
    from django.test import Client

HERE = Path(__file__).parent
OUTCOMES = ("allowed", "forbidden", "not_found", "refused", "not_possible", "sign_in")


@dataclass(frozen=True)
class Row:
    """One request and how each actor is answered."""

    name: str
    method: str
    address: str
    answers: dict[str, str]
    send: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    file: dict[str, Any] | None = None
    scope: str = ""

    @property
    def label(self) -> str:
        """Return the row as a test is named."""
        return f"{self.method} {self.address}"

    def address_in(self, city: cities.City) -> str:
        """Return the address with the numbers of the city."""
        return self.address.format(**city.places)

    def ask(self, client: Client, city: cities.City, **headers: Any) -> HttpResponse:
        """Make the request."""
        address = self.address_in(city)
        if self.method == "GET":
            return client.get(address, **headers)
        if self.body is not None:
            return client.post(address, json.dumps(self.body), content_type="application/json", **headers)
        given = {name: _filled(value, city) for name, value in self.send.items()}
        if self.file is not None:
            given["file"] = cities.upload(**self.file)
        return client.post(address, given, **headers)


def rows(name: str) -> Iterator[Row]:
    """Yield the rows of a table; an actor in no list, or in two, is an error."""
    document = yaml.safe_load((HERE / name).read_text(encoding="utf-8"))
    groups = {**{actor: [actor] for actor in (*cities.ACTORS, "anonymous")}, **document["groups"]}
    for page, requests in document["pages"].items():
        for given in requests:
            method = "GET" if "get" in given else "POST"
            yield Row(
                name=page, method=method, address=given[method.lower()], send=given.get("send", {}),
                body=given.get("body"), file=given.get("file"), scope=given.get("scope", ""),
                answers=_answers(given, groups, page),
            )  # fmt: skip


def _answers(given: dict[str, Any], groups: dict[str, list[str]], page: str) -> dict[str, str]:
    answers: dict[str, str] = {}
    for outcome in OUTCOMES:
        for group in given.get(outcome, ()):
            for actor in groups[group]:
                assert actor not in answers, f"{page}: {actor} stands twice"
                answers[actor] = outcome
    answers.setdefault("anonymous", "sign_in")
    for actor in cities.OUTSIDERS:
        answers.setdefault(actor, "forbidden")
    missing = {*cities.ACTORS, "anonymous"} - set(answers)
    assert not missing, f"{page}: nothing is said of {missing}"
    return answers


def _filled(value: Any, city: cities.City) -> Any:
    if isinstance(value, list):
        return [_filled(one, city) for one in value]
    if value == "{in_a_month}":
        return cities.in_a_month().isoformat()
    return value.format(**city.places) if isinstance(value, str) else value


def outcome(response: HttpResponse) -> str:
    """Return what an answer was, in the words of the tables."""
    response.close()  # a file that is sent stays open until then
    status = response.status_code
    if status in (301, 302) and response.headers["Location"].startswith("/account/login/"):
        return "sign_in"
    known = {401: "sign_in", 403: "forbidden", 404: "not_found", 409: "not_possible", 422: "refused"}
    return "allowed" if status < 400 else known.get(status, f"status {status}")
