"""Writes of the trail: one record per change, in the change's own transaction."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from django.db import transaction
from django.db.models import Max

from qualicity.commons.audit import queries
from qualicity.commons.audit.models import GENESIS, AuditRecord, ChainHead

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime


class Actor(Protocol):
    """Whoever does something: a person of the accounts desk, seen from below it."""

    @property
    def pk(self) -> Any:
        """Return the person's number."""

    def get_username(self) -> str:
        """Return the name the person signs in with."""


def record(*, by: Actor | None, verb: str, subject: str, detail: Mapping[str, Any] | None = None) -> AuditRecord:
    """Add one record to the chain, inside the caller's transaction.

    ``verb`` is ``desk.verb`` (``submissions.accept``), ``subject`` is ``kind:code`` (``submission:17``), ``detail``
    is plain JSON. ``by`` is None only where nobody is signed in, as at a failed sign-in.
    """
    assert transaction.get_connection().in_atomic_block, "an audit record belongs into the transaction of its change"
    head = ChainHead.objects.select_for_update().order_by("pk").first() or _first_head()
    new = AuditRecord(
        number=head.count + 1,
        at=queries.now(),
        person_id=by.pk if by else None,
        username=by.get_username() if by else "",
        verb=verb,
        subject=subject,
        detail=dict(detail or {}),
        previous=head.digest,
    )
    new.digest = queries.digest_of(new)
    new.save()
    head.count, head.digest = new.number, new.digest
    head.save()
    return new


def _first_head() -> ChainHead:
    assert AuditRecord.objects.aggregate(last=Max("number"))["last"] is None, "the chain has lost its head"
    ChainHead.objects.get_or_create(pk=1, defaults={"count": 0, "digest": GENESIS})
    return ChainHead.objects.select_for_update().get(pk=1)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Write records as of ``moment`` inside the block; for simulations only (see registry.actions.clock_at)."""
    token = queries.SIMULATED_CLOCK.set(moment)
    try:
        yield
    finally:
        queries.SIMULATED_CLOCK.reset(token)
