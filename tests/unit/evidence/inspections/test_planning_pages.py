"""Pages and calls of plans and draws: what they offer to whom, and that a draw can be repeated from what they say."""

from __future__ import annotations

import hashlib
import io
import json
from typing import TYPE_CHECKING

import polars as pl
import pytest
from django.test import Client

from qualicity.evidence.inspections import actions

if TYPE_CHECKING:
    from tests.unit.evidence.inspections.conftest import Checks

    from qualicity.evidence.inspections.models import Draw

pytestmark = pytest.mark.django_db


def page(checks: Checks, who: str, address: str) -> str:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(checks[who])
    client.cookies["qualicity_language"] = "en"
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def drawn(checks: Checks) -> Draw:
    return actions.draw(plan=checks.approved(), seed="12 08 33", by=checks["planner"])


def test_the_first_page_leads_to_what_comes_next(checks: Checks) -> None:
    draft = page(checks, "planner", "/inspections/")
    assert "/inspections/plans/2014-cables/" in draft
    checks.approved()
    assert "/inspections/plans/2014-cables/?" in page(checks, "planner", "/inspections/")
    assert "#draw" in page(checks, "planner", "/inspections/")
    assert "#draw" not in page(checks, "zhongmu-county", "/inspections/")


def test_only_another_person_is_offered_to_approve(checks: Checks) -> None:
    address = "/inspections/plans/2014-cables/"
    assert f"{address}approve/" in page(checks, "chief", address)
    assert f"{address}approve/" not in page(checks, "planner", address)
    assert f"{address}approve/" not in page(checks, "zhongmu-county", address)


def test_a_county_sees_its_own_targets_and_no_others(checks: Checks, drawn: Draw) -> None:
    address = f"/inspections/draws/{drawn.pk}/"
    own = page(checks, "zhongmu-1", address)
    whole = page(checks, "planner", address)
    for target in drawn.targets.all():
        assert target.enterprise in whole
        assert (target.enterprise in own) == (target.place == "410122")
    assert f"{address}frame.txt" in whole
    assert f"{address}frame.txt" not in own


def test_what_the_page_says_is_enough_to_draw_again(checks: Checks, drawn: Draw) -> None:
    """By the words of the page alone: the file, its digest, the hash of seed/plan/line|enterprise, the first ones."""
    client = Client()
    client.force_login(checks["planner"])
    file = b"".join(client.get(f"/inspections/draws/{drawn.pk}/frame.txt").streaming_content)
    assert hashlib.sha256(file).hexdigest() == drawn.frame_digest
    rows = [line.split("|") for line in file.decode().splitlines()]
    sizes = {(line, stratum): int(number) for line, stratum, key, number in rows if not key}
    again = set()
    for (line, stratum), number in sizes.items():
        keys = [key for one, within, key, _weight in rows if key and (one, within) == (line, stratum)]
        text = f"12 08 33/2014-cables/{line}"
        keys.sort(key=lambda key: hashlib.sha256(f"{text}|{key}".encode()).hexdigest())
        again |= set(keys[:number])
    assert again == set(drawn.targets.values_list("enterprise", flat=True))


def test_lists_download_as_tables(checks: Checks, drawn: Draw) -> None:
    client = Client()
    client.force_login(checks["planner"])
    plans = pl.read_csv(io.BytesIO(client.get("/inspections/plans/?format=csv").content))
    assert plans["code"].to_list() == ["2014-cables"]
    targets = pl.read_csv(io.BytesIO(client.get(f"/inspections/draws/{drawn.pk}/?format=csv").content))
    assert targets["number"].to_list() == list(range(1, 10))
    assert client.get("/inspections/plans/2014-cables/?format=xlsx").content.startswith(b"PK")


def test_a_seed_that_is_refused_comes_back_with_the_reason(checks: Checks) -> None:
    checks.approved()
    client = Client()
    client.force_login(checks["planner"])
    answer = client.post("/inspections/plans/2014-cables/draw/", {"seed": "a|b"})
    assert answer.status_code == 422
    assert "竖线" in answer.content.decode()


def test_targets_come_in_pages_over_the_api(checks: Checks, drawn: Draw) -> None:
    client = Client()
    client.force_login(checks["planner"])
    seen: list[int] = []
    after: int | None = 0
    while after is not None:
        part = json.loads(client.get(f"/api/v1/inspections/draws/{drawn.pk}/targets?limit=4&after={after}").content)
        seen += [one["number"] for one in part["items"]]
        after = part["next"]
    assert seen == list(range(1, 10))
    assert client.get("/api/v1/inspections/plans").json()[0]["drawn"] == 9
