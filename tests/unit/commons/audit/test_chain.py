from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from django.db import connection, transaction

from qualicity.commons.audit import actions, queries
from qualicity.commons.audit.models import AuditRecord, ChainHead

pytestmark = pytest.mark.django_db


def record_some(count: int = 3) -> None:
    for number in range(count):
        actions.record(by=None, verb="test.do", subject=f"thing:{number}", detail={"number": number, "words": "质量"})


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_an_untouched_chain_is_whole() -> None:
    record_some()
    result = queries.verify()
    assert result.ok
    assert result.count == 3
    assert result.first_fault is None


def test_an_empty_chain_is_whole() -> None:
    assert queries.verify().ok


def test_a_tampered_record_is_found() -> None:
    record_some()
    run("UPDATE audit_auditrecord SET subject = 'thing:9' WHERE number = 2")
    result = queries.verify()
    assert not result.ok
    assert "2" in result.first_fault.en
    assert "altered" in result.first_fault.en


def test_a_missing_record_is_found() -> None:
    record_some()
    run("DELETE FROM audit_auditrecord WHERE number = 2")
    assert "Record 2 is missing" in queries.verify().first_fault.en


def test_reordered_records_are_found() -> None:
    record_some()
    run("UPDATE audit_auditrecord SET number = 99 WHERE number = 1")
    run("UPDATE audit_auditrecord SET number = 1 WHERE number = 2")
    run("UPDATE audit_auditrecord SET number = 2 WHERE number = 99")
    assert not queries.verify().ok


def test_a_tail_that_was_cut_off_is_found() -> None:
    record_some()
    run("DELETE FROM audit_auditrecord WHERE number = 3")
    assert "end at record 3" in queries.verify().first_fault.en


def test_a_chain_made_anew_is_found_by_a_digest_written_down() -> None:
    record_some()
    written_down = queries.verify().digest
    record_some(1)
    assert queries.verify(expected=written_down).ok
    run("DELETE FROM audit_auditrecord")
    ChainHead.objects.all().delete()
    record_some(4)
    assert queries.verify().ok
    assert not queries.verify(expected=written_down).ok


def test_a_record_cannot_be_changed_through_the_orm() -> None:
    record_some(1)
    found = AuditRecord.objects.get()
    with pytest.raises(AssertionError):
        found.save()
    with pytest.raises(AssertionError):
        found.delete()
    with pytest.raises(AssertionError):
        AuditRecord.objects.all().delete()
    with pytest.raises(AssertionError):
        AuditRecord.objects.update(verb="x")


def test_a_record_goes_when_its_change_is_rolled_back() -> None:
    record_some(1)

    def fail_after_recording() -> None:
        with transaction.atomic():
            record_some(1)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail_after_recording()
    assert queries.verify().count == 1
    record_some(1)
    assert queries.verify().count == 2


@pytest.mark.django_db(transaction=True)
def test_a_record_outside_a_transaction_is_refused() -> None:
    with pytest.raises(AssertionError):
        record_some(1)


def test_a_simulated_clock_dates_the_records_and_nothing_after_them() -> None:
    moment = datetime(2014, 6, 1, 8, 30, tzinfo=UTC)
    with actions.at(moment):
        record_some(1)
    record_some(1)
    first, second = AuditRecord.objects.order_by("number")
    assert first.at == moment
    assert second.at > moment
    assert queries.verify().ok


def test_the_time_zone_may_change_without_breaking_the_chain(settings: Any) -> None:
    record_some()
    for zone in ("UTC", "America/St_Johns", "Asia/Kathmandu"):
        settings.TIME_ZONE = zone
        record_some(1)
        assert queries.verify().ok
    assert queries.verify().count == 6


def test_a_chain_written_in_the_zone_of_its_day_is_still_whole(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    shanghai = timezone(timedelta(hours=8))
    in_utc = queries.digest_of
    monkeypatch.setattr(queries, "digest_of", lambda record: in_utc(record, zone=shanghai))
    record_some()
    monkeypatch.undo()
    record_some(2)
    settings.TIME_ZONE = "America/New_York"
    assert queries.verify().ok
    run("UPDATE audit_auditrecord SET at = '2014-01-01 00:00:00' WHERE number = 2")
    assert "record 2 was altered" in queries.verify().first_fault.en
