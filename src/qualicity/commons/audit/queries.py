"""Reads of the trail: the clock, the records, and whether the chain is whole."""

from __future__ import annotations

import hashlib
import json
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Q
from django.utils import timezone as clock

from qualicity.commons.audit.models import GENESIS, AuditRecord, ChainHead
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from django.db.models import QuerySet

_HEAD = f"SELECT digest FROM {ChainHead._meta.db_table} ORDER BY id LIMIT 1"  # noqa: S608 -- our own table's name
SIMULATED_CLOCK: ContextVar[datetime | None] = ContextVar("simulated_clock", default=None)
"""What a simulation says the time is; set only by ``actions.at`` and only in a home marked simulated."""


ZONES = (UTC, *(timezone(timedelta(minutes=quarter * 15)) for quarter in range(-12 * 4, 14 * 4 + 1)))
"""Every offset from UTC that a place on earth keeps, UTC first: records of early versions were written in one."""


@dataclass(frozen=True, slots=True)
class Verification:
    """Whether the chain is whole, how many records it has, and the first thing wrong with it."""

    ok: bool
    count: int
    digest: str
    first_fault: Text | None = None


def now() -> datetime:
    """Return the time that records are written with: the real one, save inside a simulation."""
    return SIMULATED_CLOCK.get() or clock.now()


def digest_of(record: AuditRecord, *, zone: timezone = UTC) -> str:
    """Return the SHA-256 of a record's canonical JSON, its predecessor's digest included.

    The moment is written in UTC, so that the setting of the time zone has no say. Records of early versions wrote the
    same moment in the zone of their day; ``verify`` finds that zone by itself.
    """
    content = {
        "number": record.number,
        "at": record.at.astimezone(zone).isoformat(timespec="microseconds"),
        "person": record.person_id,
        "username": record.username,
        "verb": record.verb,
        "subject": record.subject,
        "detail": record.detail,
        "previous": record.previous,
    }
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def head() -> str:
    """Return the digest of the chain's last record: it stands for everything that was written by then.

    Every write is audited in its own transaction, so what was read under one head may be kept under it.
    """
    with connection.cursor() as cursor:  # asked with every public page: a tenth of what the same by the model costs
        cursor.execute(_HEAD)
        found = cursor.fetchone()
    return str(found[0]) if found else GENESIS


def records(
    *,
    search: str = "",
    username: str = "",
    verb: str = "",
    since: date | None = None,
    until: date | None = None,
) -> QuerySet[AuditRecord]:
    """Return the records, latest first, narrowed by words, person, verb and days (both included)."""
    found = AuditRecord.objects.all()
    if search:
        found = found.filter(Q(subject__icontains=search) | Q(verb__icontains=search) | Q(username__icontains=search))
    if username:
        found = found.filter(username=username)
    if verb:
        found = found.filter(verb=verb)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def records_of(subject: str) -> QuerySet[AuditRecord]:
    """Return what the trail says of one thing, in the order in which it happened."""
    return AuditRecord.objects.filter(subject=subject).order_by("number")


def count() -> int:
    """Return how many records there are: it grows with every write, so a reader can tell that something changed."""
    return ChainHead.objects.values_list("count", flat=True).first() or 0


def did(beginnings: tuple[str, ...], *, after: int) -> bool:
    """Say whether any record after that number has a verb that begins so."""
    fits = Q()
    for beginning in beginnings:
        fits |= Q(verb__startswith=beginning)
    return bool(beginnings) and AuditRecord.objects.filter(fits, number__gt=after).exists()


def verbs() -> tuple[str, ...]:
    """Return the verbs that occur, in alphabetical order."""
    return tuple(AuditRecord.objects.order_by("verb").values_list("verb", flat=True).distinct())


def verify(*, expected: str = "") -> Verification:
    """Walk the whole chain and say whether it is whole.

    ``expected`` is a head digest that somebody wrote down earlier: it must still occur in the chain, which shows a
    chain that was made anew from its start.
    """
    count, previous, zone = 0, GENESIS, UTC
    seen = not expected
    for record in _in_order():
        zone = _zone_of(record, zone) or zone
        fault = _fault(record, count + 1, previous, zone)
        if fault:
            return Verification(False, count, previous, fault)
        count, previous = record.number, record.digest
        seen = seen or previous == expected
    head = ChainHead.objects.order_by("pk").first()
    if (head.count, head.digest) != (count, previous) if head else count > 0:
        return Verification(False, count, previous, _cut(head.count if head else 0, count))
    if not seen:
        fault = Text(
            "链中没有所给的摘要：记录可能被整体重造。",
            "The digest given is nowhere in the chain: it may have been made anew.",
        )
        return Verification(False, count, previous, fault)
    return Verification(True, count, previous)


def _in_order() -> Iterator[AuditRecord]:
    return AuditRecord.objects.order_by("number").iterator(chunk_size=2000)


def _zone_of(record: AuditRecord, last: timezone) -> timezone | None:
    """Return the zone in which a record's digest wrote its moment, the last one first; None where no zone fits.

    Whatever the zone, it is the same moment: no other content can be passed off in this way.
    """
    return next((zone for zone in (last, *ZONES) if digest_of(record, zone=zone) == record.digest), None)


def _fault(record: AuditRecord, number: int, previous: str, zone: timezone) -> Text | None:
    if record.number != number:
        return Text(f"缺少第 {number} 条记录。", f"Record {number} is missing.")
    if record.previous != previous:
        return Text(
            f"第 {number} 条记录与前一条不相连：有记录被替换或调换了顺序。",
            f"Record {number} does not follow the one before it: a record was replaced or reordered.",
        )
    if digest_of(record, zone=zone) != record.digest:
        return Text(f"第 {number} 条记录的内容被改动。", f"The content of record {number} was altered.")
    return None


def _cut(expected: int, count: int) -> Text:
    return Text(
        f"链尾应为第 {expected} 条，实有 {count} 条：末尾的记录被删除或添加。",
        f"The chain should end at record {expected} but has {count}: records at its end were removed or added.",
    )
