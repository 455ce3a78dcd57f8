"""The engine's edges: paused clocks, provisional calendars, days that no calendar holds."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from qualicity.engines.clocks import Clock, Length, Pause, Schedule, WorkingCalendar, due, end_of_day, remaining
from qualicity.errors import InputError

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = WorkingCalendar()


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


def test_a_make_up_sunday_is_worked_and_a_holiday_is_not() -> None:
    assert CALENDAR.is_worked(date(2014, 5, 4))
    assert not CALENDAR.is_worked(date(2014, 5, 1))
    assert CALENDAR.add(date(2014, 4, 30), 1) == date(2014, 5, 4)
    assert CALENDAR.between(date(2014, 4, 30), date(2014, 5, 9)) == 6


def test_the_zone_is_an_argument() -> None:
    late = datetime(2014, 6, 9, 17, tzinfo=ZoneInfo("UTC"))  # 01:00 of the 10th in Shanghai
    length = Length(1, "working_days")
    assert due(Clock(late, length), CALENDAR, ZONE).at == end_of_day(date(2014, 6, 11), ZONE)
    assert due(Clock(late, length), CALENDAR, ZoneInfo("UTC")).at == end_of_day(date(2014, 6, 10), ZoneInfo("UTC"))


def test_while_it_is_paused_there_is_no_due_instant_and_what_remains_stays() -> None:
    began, paused = at("2014-06-03 09:00"), at("2014-06-05 10:00")
    clock = Clock(began, Length(10, "working_days"), pauses=(Pause(paused),))
    assert due(clock, CALENDAR, ZONE).at is None
    left = {remaining(clock, CALENDAR, ZONE, at=paused + timedelta(days=later)).days for later in (0, 1, 4, 30)}
    assert left == {9}
    ended = Clock(began, Length(10, "working_days"), pauses=(Pause(paused, at("2014-06-16 08:00")),))
    assert due(ended, CALENDAR, ZONE).at == end_of_day(date(2014, 6, 26), ZONE)


def test_hours_know_pauses_too() -> None:
    clock = Clock(at("2014-06-03 09:00"), Length(24, "hours"), pauses=(Pause(at("2014-06-03 10:00")),))
    left = remaining(clock, CALENDAR, ZONE, at=at("2014-06-09 10:00"))
    assert (left.time, left.paused, left.overdue) == (timedelta(hours=23), True, False)


def test_what_remains_counts_down_to_nothing_on_the_last_day_and_then_below() -> None:
    clock = Clock(at("2014-06-03 09:00"), Length(3, "working_days"))
    found = [remaining(clock, CALENDAR, ZONE, at=at(f"2014-06-0{day} 12:00")) for day in (3, 4, 6, 9)]
    assert [(one.days, one.overdue) for one in found] == [(3, False), (2, False), (0, False), (-1, True)]


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert due(Clock(at("2014-01-31 09:00"), Length(1, "months")), CALENDAR, ZONE).at == end_of_day(
        date(2014, 2, 28), ZONE
    )


def test_a_year_without_a_schedule_makes_it_provisional_until_the_schedule_is_there() -> None:
    clock = Clock(at("2026-12-25 09:00"), Length(10, "working_days"))
    assert due(clock, CALENDAR, ZONE).provisional
    holidays = frozenset({date(2027, 1, 1), date(2027, 1, 4)})
    known = WorkingCalendar([Schedule(2027, holidays, frozenset({date(2027, 1, 9)}))])
    found = due(clock, known, ZONE)
    assert (found.at, found.provisional) == (end_of_day(date(2027, 1, 11), ZONE), False)


def test_days_that_no_calendar_holds_are_refused_in_words() -> None:
    with pytest.raises(InputError, match="1990"):
        CALENDAR.is_worked(date(1949, 10, 1))
    for unit in ("working_days", "calendar_days", "years"):
        with pytest.raises(InputError, match="2110"):
            due(Clock(at("2100-01-04 09:00"), Length(90_000, unit)), CALENDAR, ZONE)  # type: ignore[arg-type]
