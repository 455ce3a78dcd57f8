"""Nobody sees it after it ends: through no door, of no release, whatever was kept in memory."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

import pytest
from django.db import transaction
from tests.unit.publication.opendata import doors, planting

from qualicity.commons.audit import actions as audit
from qualicity.judgement.enforcement.models import Penalty
from qualicity.publication.opendata import actions, queries

if TYPE_CHECKING:
    from tests.unit.publication.opendata.planting import Scene

pytestmark = pytest.mark.django_db
GONE = {
    "notice product", "notice brand", "notice specification", "notice batch", "notice maker", "Notice.clause",
    "Correction.reason", "Listing.enterprise_name", "Listing.number", "Listing.law_text", "Listing.ground",
    "Penalty.number", "Penalty.party_name", "Penalty.violation", "Penalty.basis", "Penalty.level",
}  # fmt: skip


def test_the_day_after_its_last_nothing_of_it_is_found_though_nothing_was_published_anew(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = doors.client()
    before = doors.everything(client)
    assert scene.found_in(before.values()) >= GONE
    monkeypatch.setenv("QUALICITY_TODAY", planting.LATER.isoformat())
    assert scene.found_in(doors.everything(client).values()) >= GONE - {"Correction.reason"}, "the last day counts"
    monkeypatch.setenv("QUALICITY_TODAY", "2014-05-11")
    after = {address: doors.opened(client, address, status=_status(client, address)) for address in before}
    assert scene.found_in(after.values()) & GONE == set()
    assert scene.found_in(doors.everything(client).values()) & GONE == set()


def _status(client: Any, address: str) -> int:
    response = client.get(address)
    doors.close(response)
    assert response.status_code in (200, 404)
    return response.status_code


def _end(scene: Scene, by: Any) -> None:
    """End the three early, as their desks do: in one transaction with a record of it in the trail."""
    day = planting.TODAY
    with transaction.atomic():
        for name in ("result", "follow_up"):
            notice = scene.things[name]
            notice.state, notice.changed_at, notice.public_until = "withdrawn", planting.AT.replace(hour=12), None
            notice.published_at = None
            notice.save()
        listing = scene.things["listing"]
        listing.ended_on, listing.ended_how = day, "removed"
        listing.save()
        for name in ("penalty", "personal"):
            penalty = scene.things[name]
            penalty.state, penalty.ended_on = "withdrawn", day
            penalty.save()
        audit.record(by=by, verb="credit.remove", subject="listing:1")
        audit.record(by=by, verb="enforcement.withdraw", subject="penalty:1")


def test_what_ends_early_is_gone_with_the_next_answer_from_pages_calls_and_files_of_every_release(
    scene: Scene, operator: Any
) -> None:
    client = doors.client()
    before = doors.everything(client)
    known = {address: client.get(address).headers.get("ETag") for address in before if "." not in address}
    _end(scene, operator)
    after = {address: doors.opened(client, address, status=_status(client, address)) for address in before}
    assert scene.found_in(after.values()) & GONE == set()
    for address, tag in known.items():
        if scene.found_in([before[address]]) & GONE:
            again = client.get(address, headers={"if-none-match": tag})
            assert again.status_code != 304, f"{address}: a browser would keep what is over"


def test_a_cursor_from_before_leads_on_and_brings_nothing_back(scene: Scene, operator: Any) -> None:
    cursor = queries.rows("penalties", limit=1).next
    _end(scene, operator)
    assert queries.rows("penalties", after=cursor).rows == []
    assert queries.rows("penalties", search="zq").total == 0


def test_publishing_anew_takes_it_out_of_the_new_files_and_names_it_nowhere(scene: Scene, operator: Any) -> None:
    _end(scene, operator)
    release = actions.publish(by=operator)
    assert release.number == 2
    (change,) = (one for one in queries.changelog()[0]["changes"] if one["table"] == "listings")
    assert change == {"table": "listings", "what": "rows", "added": 0, "removed": 1, "changed": 0}
    assert actions.check(by=operator) == ()
    assert scene.found_in(doors.everything(doors.client()).values()) & GONE == set()


def test_other_work_in_the_house_does_not_change_what_is_kept(scene: Scene, operator: Any) -> None:
    before = queries.edition()
    with transaction.atomic():
        audit.record(by=operator, verb="plan.note", subject="plan:1")
    assert queries.edition().stamp == before.stamp


def test_a_row_that_came_since_waits_for_the_next_release(scene: Scene, operator: Any) -> None:
    one = scene.things["penalty"]
    fresh = Penalty.objects.get(pk=one.pk)
    fresh.pk, fresh.token, fresh.number = None, uuid.uuid4(), "新文号"
    fresh.save()
    with transaction.atomic():
        audit.record(by=operator, verb="enforcement.publish", subject="penalty:9")
    assert queries.rows("penalties").total == 2
    assert actions.check(by=operator) == ("penalties",)
    actions.publish(by=operator)
    assert queries.rows("penalties").total == 3
