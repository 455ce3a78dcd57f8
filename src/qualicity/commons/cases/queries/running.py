"""A case's clocks as they stand: the engine's clock behind a stored one, what remains, how it looks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from django.utils import timezone

from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.engines import clocks as engine
from qualicity.errors import Text

if TYPE_CHECKING:
    from qualicity.commons.cases.models import Case, CaseClock
    from qualicity.definitions.calendars import YearCalendar

Look = Literal["overdue", "soon", "on_time", "paused", "none", "ended"]


@dataclass(frozen=True, slots=True)
class Running:
    """One clock as a page shows it."""

    clock: CaseClock
    title: Text
    law: Text | None
    """The title of the text that sets it, or where the length comes from."""
    clause: str
    certainty: str
    remaining: engine.Remaining | None
    """None once it has stopped."""
    look: Look


def zone() -> tzinfo:
    """Return the zone in which days end."""
    return timezone.get_default_timezone()


def calendar() -> engine.WorkingCalendar:
    """Return the working calendar of this installation: the library's years, and those that the definitions add."""
    return _calendar(tuple(catalogue().calendars.values()))


@lru_cache(maxsize=4)
def _calendar(years: tuple[YearCalendar, ...]) -> engine.WorkingCalendar:
    return engine.WorkingCalendar(
        engine.Schedule(
            one.year, frozenset(day for holiday in one.holidays for day in holiday.days), frozenset(one.workdays)
        )
        for one in years
    )


def clock_of(stored: CaseClock) -> engine.Clock:
    """Return the engine's clock of a stored one."""
    length = engine.Length(
        number=stored.number, unit=_unit(stored.unit), same_day=stored.same_day, rolls=stored.rolls
    )
    pauses = tuple(
        engine.Pause(datetime.fromisoformat(since), datetime.fromisoformat(until) if until else None)
        for since, until, *_why in stored.pauses
    )
    return engine.Clock(stored.event_at, length, extension=stored.extension, pauses=pauses)


def due_of(stored: CaseClock) -> engine.Due:
    """Return when a stored clock is due."""
    return engine.due(clock_of(stored), calendar(), zone())


def running(stored: CaseClock, *, at: datetime | None = None) -> Running:
    """Return a clock as a page shows it at a moment."""
    at = at or registry.moment()
    law, title = _source(stored)
    stopped = stored.stand == stored.Stand.STOPPED
    left = None if stopped else engine.remaining(clock_of(stored), calendar(), zone(), at=at)
    return Running(
        clock=stored,
        title=title,
        law=law,
        clause=stored.clause,
        certainty=stored.certainty,
        remaining=left,
        look="ended" if stopped else _look(stored.due, at, paused=stored.stand == stored.Stand.PAUSED),
    )


def look(case: Case, *, at: datetime | None = None) -> Look:
    """Return how a case stands to its deadline at a moment."""
    if not case.is_open:
        return "ended"
    return _look(case.due, at or registry.moment(), paused=case.paused)


def _look(due: datetime | None, at: datetime, *, paused: bool) -> Look:
    if due is None:
        return "paused" if paused else "none"
    if due < at:
        return "overdue"
    return "soon" if due <= at + timedelta(days=catalogue().urging.due_soon_days) else "on_time"


def _source(stored: CaseClock) -> tuple[Text | None, Text]:
    known = catalogue()
    kind = known.cases.get(stored.case.type)
    clock = next((one for one in kind.clocks if one.code == stored.code), None) if kind else None
    title = clock.title.text if clock else Text(stored.code, stored.code)
    if stored.basis == "law":
        law = known.laws.get(stored.law)
        text = next((one for one in law.texts if one.code == stored.text), None) if law else None
        return (text.title.text if text else Text(stored.text, stored.text)), title
    source = clock.length.source if clock and clock.length else None
    return (source.text if source else None), title


def _unit(unit: str) -> engine.Unit:
    assert unit in ("working_days", "calendar_days", "months", "years", "hours", "minutes"), unit
    return unit  # type: ignore[return-value]
