"""Writes of the desk: reminders that climb, and calendar addresses."""

from __future__ import annotations

import secrets
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.worklist import permissions, queries
from qualicity.commons.worklist.models import CalendarFeed, Urge
from qualicity.definitions.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.definitions.cases import Rung

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Urged:
    """How many reminders climbed to each rung in one run."""

    day: date
    rungs: dict[str, int]

    @property
    def count(self) -> int:
        """Return how many there were in all."""
        return sum(self.rungs.values())


@transaction.atomic
def urge(*, by: Person) -> Urged:
    """Let every reminder climb the rungs that its deadline has reached; each rung of a deadline is recorded once.

    To run it again on the same day adds nothing.
    """
    permissions.check_urge(by)
    moment = registry.moment()
    today = timezone.localdate(moment)
    rungs = catalogue().urging.rungs
    earliest = min((one.days for one in rungs), default=0)
    until = cases.end_of(today + timedelta(days=-earliest))
    counts: Counter[str] = Counter()
    for portion in cases.falling_due(until=until):
        fresh = _fresh(portion, rungs, today, moment)
        Urge.objects.bulk_create(fresh, batch_size=BATCH)
        counts.update(one.rung for one in fresh)
    if counts:
        audit.record(by=by, verb="worklist.urge", subject="worklist", detail={"day": today.isoformat(), **counts})
    return Urged(today, dict(counts))


@transaction.atomic
def create_feed(*, by: Person) -> str:
    """Give a person a new secret address of their calendar, shown this once; the one before ends."""
    permissions.check_read(by)
    _end(by)
    prefix, secret = f"ics_{secrets.token_hex(4)}", secrets.token_urlsafe(32)
    CalendarFeed.objects.create(person=by, prefix=prefix, digest=queries.digest_of(secret), created_at=registry.now())
    audit.record(by=by, verb="worklist.create_feed", subject=f"calendar:{prefix}")
    return f"{prefix}.{secret}"


@transaction.atomic
def revoke_feed(*, by: Person) -> None:
    """End a person's calendar address."""
    permissions.check_read(by)
    for prefix in _end(by):
        audit.record(by=by, verb="worklist.revoke_feed", subject=f"calendar:{prefix}")


def _end(person: Person) -> list[str]:
    alive = CalendarFeed.objects.filter(person=person, revoked_at=None)
    prefixes = list(alive.values_list("prefix", flat=True))
    alive.update(revoked_at=registry.now())
    return prefixes


def _fresh(portion: Sequence[Case], rungs: Sequence[Rung], today: date, moment: datetime) -> list[Urge]:
    numbers = [one.pk for one in portion]
    done = set(Urge.objects.filter(case__in=numbers).values_list("case_id", "rung", "due"))
    fresh = []
    for case in portion:
        assert case.due is not None
        assert case.due_day is not None
        late = (today - case.due_day).days
        for rung in rungs:
            if late >= rung.days and (case.pk, rung.code, case.due) not in done:
                owner, person = _reached(case, rung)
                fresh.append(
                    Urge(case=case, rung=rung.code, due=case.due, owner=owner, person=person, day=today, at=moment)
                )
    return fresh


def _reached(case: Case, rung: Rung) -> tuple[str, Person | None]:
    """Return whom a rung reaches: the person or the owner, or a role of the owner's unit or over all."""
    unit, _colon, _role = case.owner.partition(":")
    if rung.role is None:
        return case.owner, case.person if unit == str(case.organisation_id) else None
    role = catalogue().roles[rung.role]
    home = unit if unit.isdecimal() else case.organisation_id  # an enterprise's turn climbs to the unit that answers
    return f":{role.code}" if role.scope == "all" else f"{home}:{role.code}", None
