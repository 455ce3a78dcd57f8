"""The desk's clock: real time, or the time of day on the day that this home pretends to live in."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import check_day


def now() -> datetime:
    """Return the moment that is recorded: a simulation's, else the present time of day on the home's day."""
    return registry.moment()


def end_of(known_on: date | datetime) -> datetime:
    """Return the last moment that counts as known on a day, or the moment itself."""
    if isinstance(known_on, datetime):
        return known_on if timezone.is_aware(known_on) else timezone.make_aware(known_on)
    return timezone.make_aware(datetime.combine(check_day(known_on) + timedelta(days=1), time.min)) - timedelta(
        microseconds=1
    )
