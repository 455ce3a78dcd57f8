"""The slow, obvious clock: it walks day by day, and the quick one must agree with it over random spans."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import chinese_calendar
import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from qualicity.engines.clocks import (
    Clock,
    Length,
    Many,
    Pause,
    Schedule,
    Unit,
    WorkingCalendar,
    due,
    due_days,
    remaining,
)

ZONE = ZoneInfo("Asia/Shanghai")
GIVEN = Schedule(2027, frozenset({date(2027, 1, 1), date(2027, 2, 8)}), frozenset({date(2027, 2, 6)}))
CALENDAR = WorkingCalendar([GIVEN])
DAY = timedelta(days=1)


def is_worked(day: date) -> bool:
    """Say whether a day is worked: by the schedule, else by the library, else by the week."""
    if day.year == GIVEN.year:
        return GIVEN.is_worked(day)
    if 2004 <= day.year <= 2026:
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5


def slow_due_day(clock: Clock) -> date:
    """Walk day by day; a day counts when it is of the clock's kind and in no pause."""
    length, spans = clock.length, [(one.since.date(), one.until.date()) for one in clock.pauses if one.until]

    def is_paused(day: date) -> bool:
        return any(since <= day < until for since, until in spans)

    start = clock.event.date() - (DAY if length.same_day else timedelta(0))
    number, day, counted = length.number + clock.extension, start, 0
    if length.unit in ("months", "years"):
        day = months_later(clock.event.date(), number * (12 if length.unit == "years" else 1))
        day -= DAY if length.same_day else timedelta(0)
        number = (day - start).days
        day = start
    while counted < number:
        day += DAY
        counts = is_worked(day) if length.unit == "working_days" else True
        counted += counts and not is_paused(day)
    while length.rolls and not is_worked(day):
        day += DAY
    return day


def months_later(day: date, number: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))


def slow_left(clock: Clock, last: date, today: date) -> int:
    """Count what is left one by one; days that passed since the deadline are below nothing."""
    spans = [(one.since.date(), one.until.date()) for one in clock.pauses if one.until]
    left, day, sign = 0, min(today, last), 1 if today <= last else -1
    while day < max(today, last):
        day += DAY
        counts = is_worked(day) if clock.length.unit == "working_days" else True
        left += sign * (counts and not any(since <= day < until for since, until in spans))
    return left


units: st.SearchStrategy[Unit] = st.sampled_from(["working_days", "calendar_days", "months", "years"])


@st.composite
def moments(draw: st.DrawFn) -> datetime:
    day = draw(st.dates(date(2003, 6, 1), date(2028, 6, 30)))
    return datetime(day.year, day.month, day.day, draw(st.integers(0, 23)), 30, tzinfo=ZONE)


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    unit = draw(units)
    most = {"working_days": 60, "calendar_days": 120, "months": 20, "years": 4}[unit]
    event, pauses = draw(moments()), []
    for _ in range(draw(st.integers(0, 3))):
        since = event + timedelta(days=draw(st.integers(-3, 90)), hours=draw(st.integers(0, 12)))
        pauses.append(Pause(since, since + timedelta(days=draw(st.integers(0, 40)))))
    length = Length(
        draw(st.integers(0, most)), unit, same_day=draw(st.booleans()),
        rolls=unit != "working_days" and draw(st.booleans()),
    )  # fmt: skip
    return Clock(event, length, extension=draw(st.integers(0, 15)), pauses=tuple(pauses))


@settings(max_examples=400, deadline=None)
@given(clocks())
def test_the_due_day_is_the_one_that_is_found_by_walking(clock: Clock) -> None:
    found = due(clock, CALENDAR, ZONE)
    assert found.at is not None
    last = slow_due_day(clock)
    assert found.at.date() == last
    assert found.at.timetz().replace(tzinfo=None).isoformat() == "23:59:59.999999"


@settings(max_examples=200, deadline=None)
@given(clocks(), st.integers(-20, 200))
def test_what_remains_is_what_is_counted_one_by_one(clock: Clock, later: int) -> None:
    at = clock.event + timedelta(days=later)
    found = remaining(clock, CALENDAR, ZONE, at=at)
    last = slow_due_day(clock)
    assert found.days == slow_left(clock, last, at.date())
    assert found.overdue == (at.date() > last)


@settings(max_examples=100, deadline=None)
@given(st.lists(clocks(), min_size=1, max_size=20))
def test_many_at_once_are_what_each_is_alone(some: list[Clock]) -> None:
    most = max(len(one.pauses) for one in some)
    since = np.full((len(some), max(most, 1)), np.datetime64("NaT"), dtype="datetime64[D]")
    until = since.copy()
    for row, one in enumerate(some):
        for column, pause in enumerate(one.pauses):
            assert pause.until is not None
            since[row, column], until[row, column] = pause.since.date(), pause.until.date()
    counts = {"working_days": 0, "calendar_days": 1, "months": 2, "years": 2}
    days, provisional = due_days(
        Many(
            events=np.array([one.event.date() for one in some], dtype="datetime64[D]"),
            numbers=np.array(
                [(one.length.number + one.extension) * (12 if one.length.unit == "years" else 1) for one in some]
            ),
            counts=np.array([counts[one.length.unit] for one in some], dtype=np.int8),
            same_day=np.array([one.length.same_day for one in some]),
            rolls=np.array([one.length.rolls for one in some]),
            pauses_from=since,
            pauses_until=until,
        ),
        CALENDAR,
    )
    assert [day.astype(object) for day in days] == [slow_due_day(one) for one in some]
    assert list(provisional) == [due(one, CALENDAR, ZONE).provisional for one in some]


@settings(max_examples=150, deadline=None)
@given(clocks())
def test_a_deadline_is_provisional_where_a_year_without_a_schedule_decides(clock: Clock) -> None:
    found = due(clock, CALENDAR, ZONE)
    assert found.at is not None
    last, first = found.at.date(), clock.event.date() + (timedelta(0) if clock.length.same_day else DAY)
    years = set(range(first.year, last.year + 1)) if last >= first else {last.year}
    unknown = {year for year in years if not (2004 <= year <= 2027)}
    if clock.length.unit == "working_days":
        assert found.provisional == bool(unknown)
    elif not clock.length.rolls:
        assert not found.provisional
    elif found.provisional:
        assert unknown


@settings(max_examples=150, deadline=None)
@given(moments(), st.integers(1, 80), st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 30)), max_size=3))
def test_hours_run_on_and_pauses_are_added(event: datetime, hours: int, pauses: list[tuple[int, int]]) -> None:
    spans = [Pause(event + timedelta(hours=since), event + timedelta(hours=since + long)) for since, long in pauses]
    found = due(Clock(event, Length(hours, "hours"), pauses=tuple(spans)), CALENDAR, ZONE)
    at, counted = event, 0
    while counted < hours:
        counted += not any(one.until is not None and one.since <= at < one.until for one in spans)
        at += timedelta(hours=1)
    assert found.at == at
