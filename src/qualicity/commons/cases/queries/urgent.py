"""What falls due: for digests, feeds and reminders, read in portions so that a million cases fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.cases.models import Case
from qualicity.commons.cases.queries.running import zone
from qualicity.engines.clocks import end_of_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date, datetime

PORTION = 2000


def falling_due(*, until: datetime, since: datetime | None = None) -> Iterator[list[Case]]:
    """Yield the open cases that are due from ``since`` until a moment, soonest first, in portions; for reminders."""
    found = Case.objects.filter(is_open=True, due__isnull=False, due__lte=until)
    if since is not None:
        found = found.filter(due__gte=since)
    last: tuple[datetime, int] | None = None
    while True:
        part = found if last is None else found.filter(due__gte=last[0]).exclude(due=last[0], pk__lte=last[1])
        portion = list(part.select_related("organisation", "person").order_by("due", "pk")[:PORTION])
        if not portion:
            return
        yield portion
        assert portion[-1].due is not None
        last = (portion[-1].due, portion[-1].pk)


def still_open(numbers: Iterable[int]) -> dict[int, Case]:
    """Return those of the cases that are still open, by number."""
    found = Case.objects.filter(pk__in=list(numbers), is_open=True)
    return {one.pk: one for one in found.select_related("organisation", "opener_organisation", "person")}


def end_of(day: date) -> datetime:
    """Return the last instant of a day in the city's zone."""
    return end_of_day(day, zone())
