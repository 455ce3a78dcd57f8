"""Days at the ends of the calendar are answered quickly, whoever asks: a page must not be a way to stop the house."""

from __future__ import annotations

import time
from typing import Any

import pytest
from tests.access import city as cities

pytestmark = pytest.mark.django_db
ADDRESSES = (
    "/?as_of={}",
    "/?known_on={}",
    "/indicators/environment-2/?as_of={}",
    "/indicators/environment-2/?known_on={}",
    "/indicators/environment-7/rows/?as_of={}",
    "/plan/?as_of={}",
    "/evidence/?as_of={}",
    "/evidence/obligations/?as_of={}",
    "/evidence/obligations/?register=waste&known_on={}",
    "/registers/waste/?known_on={}",
    "/registers/waste/?since={}",
    "/audit/?since={}",
    "/api/v1/obligations?as_of={}",
    "/api/v1/obligations?known_on={}",
    "/api/v1/indicators?as_of={}",
    "/api/v1/indicators/environment-2/history?as_of={}&grain=month",
    "/api/v1/plan/phases?day={}",
    "/api/v1/registers/waste/rows?known_on={}",
    "/api/v1/submissions?since={}",
)


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
@pytest.mark.parametrize("address", ADDRESSES)
def test_days_at_the_ends_of_the_calendar(address: str, day: str, clients: Any) -> None:
    began = time.process_time()
    assert clients["office"].get(address.format(day)).status_code in (200, 404, 422)
    assert time.process_time() - began < 5


@pytest.mark.parametrize("period", ["9999", "0001", "9998-01/9999-12", "1949-01/9999-12"])
def test_periods_at_the_ends_of_the_calendar(period: str, clients: Any, undone: Any) -> None:
    office = clients["office"]
    closing = {"register_code": "waste", "organisation": "zhongmu", "period": period, "reason": "x"}
    filing = {"register_code": "waste", "organisation": "zhongmu", "period": period}
    with undone():
        answers = (
            office.get("/api/v1/indicators/environment-2/rows", {"period": period}),
            office.post("/api/v1/obligations/close", closing, content_type="application/json"),
            office.post("/api/v1/submissions", {**filing, "file": cities.upload(scale=4)}),
        )
    assert [answer.status_code for answer in answers] == [422, 422, 422]
