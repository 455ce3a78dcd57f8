"""Rows of a database other than SQLite travel as lines of JSON, exactly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.core import serializers
from django.db import transaction

from qualicity.commons.audit import actions, queries
from qualicity.site.archive import database


def test_a_record_of_the_audit_trail_keeps_its_digest(operator: Any) -> None:
    with actions.at(datetime(2015, 3, 31, 8, 30, 0, 123456, tzinfo=UTC)), transaction.atomic():
        record = actions.record(by=operator, verb="people.reset", subject="person:1", detail={"why": "忘记密码"})
    (back,) = serializers.deserialize("json", f"[{database.line_of(record)}]")
    assert back.object.at == record.at
    assert queries.digest_of(back.object) == record.digest
