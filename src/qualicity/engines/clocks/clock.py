"""One clock: when it is due, and what remains of it at any moment."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from typing import TYPE_CHECKING, Literal

import numpy as np

from qualicity.engines.clocks.calendar import EPOCH
from qualicity.engines.clocks.many import CALENDAR, MONTHS, WORKING, Many, due_days

if TYPE_CHECKING:
    from qualicity.engines.clocks.calendar import WorkingCalendar

Unit = Literal["working_days", "calendar_days", "months", "years", "hours", "minutes"]
_COUNTS: dict[Unit, int] = {"working_days": WORKING, "calendar_days": CALENDAR, "months": MONTHS, "years": MONTHS}
_ONE: dict[Unit, timedelta] = {"hours": timedelta(hours=1), "minutes": timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Length:
    """How long a clock runs and how its days are counted.

    ``same_day`` counts the day of the event as the first; otherwise the day after it is. With ``rolls`` a last day
    that is not worked moves to the first worked day after it.
    """

    number: int
    unit: Unit
    same_day: bool = False
    rolls: bool = False

    @property
    def in_days(self) -> bool:
        """Say whether it counts days or months, not hours."""
        return self.unit in _COUNTS


@dataclass(frozen=True, slots=True)
class Pause:
    """A time that does not count, such as a test in a laboratory; without an end it still lasts."""

    since: datetime
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clock:
    """A length that began with an event, lengthened by an extension (same unit) and stopped during pauses."""

    event: datetime
    length: Length
    extension: int = 0
    pauses: tuple[Pause, ...] = ()

    @property
    def paused_since(self) -> datetime | None:
        """Return when the pause began that still lasts, or None."""
        return min((one.since for one in self.pauses if one.until is None), default=None)


@dataclass(frozen=True, slots=True)
class Due:
    """The last instant of a clock (None while it is paused), and whether a calendar that is not yet known decides."""

    at: datetime | None
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Remaining:
    """What is left: days of the clock's unit (0 on the last day, below 0 after it), or time for hours and minutes."""

    days: int | None
    time: timedelta | None
    overdue: bool
    paused: bool


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """Return the last instant of a day in a zone."""
    return datetime.combine(day, time.max, tzinfo=zone)


def due(clock: Clock, calendar: WorkingCalendar, zone: tzinfo) -> Due:
    """Return when a clock is due: at the end of its last day in ``zone``, or at an instant for hours and minutes."""
    if clock.paused_since is not None:
        return Due(None)
    if not clock.length.in_days:
        return Due(_due_instant(clock))
    days, provisional = due_days(_as_many(clock, zone), calendar)
    return Due(end_of_day(_as_date(days[0]), zone), bool(provisional[0]))


def remaining(clock: Clock, calendar: WorkingCalendar, zone: tzinfo, *, at: datetime) -> Remaining:
    """Return what remains of a clock at a moment; while it is paused, what will remain when it goes on."""
    paused = clock.paused_since
    if paused is not None:
        resumed = max(at, paused)
        pauses = tuple(replace(one, until=resumed) if one.until is None else one for one in clock.pauses)
        left = remaining(replace(clock, pauses=pauses), calendar, zone, at=resumed)
        if left.days is None or left.overdue:
            return replace(left, paused=True)
        # The day on which it would go on counts again: it is not yet used up.
        unused = calendar.is_worked(resumed.astimezone(zone).date()) or clock.length.unit != "working_days"
        began = clock.event.astimezone(zone).date() < resumed.astimezone(zone).date()
        return replace(left, days=left.days + int(unused and began), paused=True)
    end = due(clock, calendar, zone).at
    assert end is not None
    overdue = at > end
    if not clock.length.in_days:
        return Remaining(None, end - at, overdue, False)
    today, last = at.astimezone(zone).date(), end.date()
    first, then = (last, today) if overdue else (today, last)
    count = _days_within(clock, calendar, zone, first, then)
    return Remaining(-count if overdue else count, None, overdue, False)


def _days_within(clock: Clock, calendar: WorkingCalendar, zone: tzinfo, after: date, until: date) -> int:
    """Return how many days later than ``after`` up to ``until`` count for the clock."""
    working = clock.length.unit == "working_days"
    days = (after + timedelta(number) for number in range(1, (until - after).days + 1))
    spans = [
        (one.since.astimezone(zone).date(), one.until.astimezone(zone).date()) for one in clock.pauses if one.until
    ]
    return sum(
        (not working or calendar.is_worked(day)) and not any(since <= day < end for since, end in spans)
        for day in days
    )


def _due_instant(clock: Clock) -> datetime:
    end = clock.event + _ONE[clock.length.unit] * (clock.length.number + clock.extension)
    done = clock.event
    for pause in sorted(clock.pauses, key=lambda one: one.since):
        assert pause.until is not None
        since, until = max(pause.since, done), max(pause.until, done)
        if since >= end:
            break
        end += max(until - since, timedelta(0))
        done = max(done, until)
    return end


def _as_many(clock: Clock, zone: tzinfo) -> Many:
    number = clock.length.number + clock.extension
    closed = [(one.since, one.until) for one in clock.pauses if one.until is not None]
    return Many(
        events=np.array([_as_day(clock.event, zone)]),
        numbers=np.array([number * 12 if clock.length.unit == "years" else number], dtype=np.int64),
        counts=np.array([_COUNTS[clock.length.unit]], dtype=np.int8),
        same_day=np.array([clock.length.same_day]),
        rolls=np.array([clock.length.rolls]),
        pauses_from=np.array([[_as_day(since, zone) for since, _ in closed]]) if closed else None,
        pauses_until=np.array([[_as_day(until, zone) for _, until in closed]]) if closed else None,
    )


def _as_day(moment: datetime, zone: tzinfo) -> np.datetime64:
    return np.datetime64(moment.astimezone(zone).date(), "D")


def _as_date(day: np.datetime64) -> date:
    return EPOCH + timedelta(int(day.astype("datetime64[D]").astype(np.int64)))
