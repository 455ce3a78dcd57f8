"""The due days of many clocks at once: the one place where days are counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from qualicity.engines.clocks.calendar import Days, Flags, WorkingCalendar

WORKING, CALENDAR, MONTHS = 0, 1, 2
"""How a clock counts: working days, calendar days, or calendar months."""


@dataclass(frozen=True, slots=True)
class Many:
    """Clocks that count days, one entry of each array for one clock.

    ``pauses_from`` and ``pauses_until`` have a column for each pause of the clock that has most, NaT elsewhere: the
    day on which a pause begins does not count, the day on which it ends does.
    """

    events: NDArray[np.datetime64]
    numbers: Days
    counts: NDArray[np.int8]
    same_day: Flags
    rolls: Flags
    pauses_from: NDArray[np.datetime64] | None = None
    pauses_until: NDArray[np.datetime64] | None = None


def due_days(many: Many, calendar: WorkingCalendar) -> tuple[NDArray[np.datetime64], Flags]:
    """Return the last day of each clock, and whether it hangs on a year whose official schedule is not known."""
    before = calendar.index(many.events) - many.same_day.astype(np.int64)
    due = _counted(many, calendar, before, many.numbers)
    if many.pauses_from is not None and many.pauses_until is not None:
        due = _with_pauses(many, calendar, before, due)
    last = due.copy()
    rolls = many.rolls & (many.counts != WORKING)
    last[rolls] = calendar.rolled(due[rolls])
    # Calendar days hang on the schedule only where they end, and only where a free day moves the end.
    asked_from = np.where(many.counts == WORKING, before + 1, due)
    hangs = (many.counts == WORKING) | many.rolls
    provisional = hangs & calendar.touches_unknown(np.minimum(asked_from, last), last)
    return calendar.days(last), provisional


def _counted(many: Many, calendar: WorkingCalendar, before: Days, numbers: Days) -> Days:
    """Return the n-th day that counts after ``before``, without any pause."""
    due = before + numbers
    working, months = many.counts == WORKING, many.counts == MONTHS
    if working.any():
        due[working] = calendar.after(before[working], numbers[working])
        due[working & (numbers == 0)] = before[working & (numbers == 0)]
    if months.any():
        due[months] = _months_later(many.events[months], numbers[months], calendar) - many.same_day[months]
    calendar.check(due)
    return due


def _months_later(events: NDArray[np.datetime64], numbers: Days, calendar: WorkingCalendar) -> Days:
    """Return the same day some months later, or the last day of a month that is too short for it."""
    days = events.astype("datetime64[D]")
    month = days.astype("datetime64[M]")
    of_month = days - month.astype("datetime64[D]")
    later = month + numbers
    longest = (later + 1).astype("datetime64[D]") - later.astype("datetime64[D]") - np.timedelta64(1, "D")
    return calendar.index(later.astype("datetime64[D]") + np.minimum(of_month, longest))


def _with_pauses(many: Many, calendar: WorkingCalendar, before: Days, due: Days) -> Days:
    assert many.pauses_from is not None
    assert many.pauses_until is not None
    far = np.datetime64("9999-12-31")
    since = np.where(np.isnat(many.pauses_from), far, many.pauses_from)
    order = np.argsort(since, axis=1, kind="stable")
    since = np.take_along_axis(many.pauses_from, order, axis=1)
    until = np.take_along_axis(many.pauses_until, order, axis=1)
    numbers = many.numbers.copy()
    done = before.copy()  # days up to and with this one have been looked at by an earlier pause
    for column in range(since.shape[1]):
        here = ~np.isnat(since[:, column])
        if not here.any():
            break
        first, last = done.copy(), done.copy()
        first[here] = np.maximum(calendar.index(since[here, column]) - 1, done[here])
        last[here] = np.maximum(calendar.index(until[here, column]) - 1, first[here])
        reached = here & (first < due)
        lost = np.where(many.counts == WORKING, calendar.worked_within(first, last), last - first)
        numbers = numbers + np.where(reached, lost, 0)
        due = np.where(reached, _lengthened(many, calendar, before, due=due, numbers=numbers, lost=lost), due)
        done = np.maximum(done, last)
    calendar.check(due)
    return due


def _lengthened(many: Many, calendar: WorkingCalendar, before: Days, *, due: Days, numbers: Days, lost: Days) -> Days:
    """Return the due days once the lost days are added: months stay months, their lost days are days."""
    days = np.where(many.counts == MONTHS, due + lost, before + numbers)
    working = many.counts == WORKING
    if working.any():
        days[working] = calendar.after(before[working], numbers[working])
        nothing = working & (numbers == 0)
        days[nothing] = before[nothing]
    return days
