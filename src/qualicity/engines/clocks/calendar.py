"""Which days are worked: the official calendar with its make-up days where it is known, weekends alone elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

import chinese_calendar
import numpy as np

from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    Days = NDArray[np.int64]
    Flags = NDArray[np.bool_]

FIRST, LAST = date(1990, 1, 1), date(2110, 12, 31)
"""The days that a calendar holds; deadlines beyond them are nobody's."""

EPOCH = date(1970, 1, 1)
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Schedule:
    """The official schedule of one year: holidays (make-up rest included), and weekend days that are worked."""

    year: int
    holidays: frozenset[date]
    workdays: frozenset[date]

    def is_worked(self, day: date) -> bool:
        """Say whether a day of the year is worked."""
        return day in self.workdays or (day.weekday() < SATURDAY and day not in self.holidays)


class WorkingCalendar:
    """Every day from FIRST to LAST, worked or not; a schedule that is given replaces what the library knows."""

    def __init__(self, schedules: Iterable[Schedule] = ()) -> None:
        given = {one.year: one for one in schedules}
        every = range(FIRST.year, LAST.year + 1)
        worked = np.concatenate([_worked(year, given.get(year)) for year in every])
        self.known = frozenset(year for year in every if year in given or year in library_years())
        """The years whose official schedule is known."""
        self._worked: Flags = worked
        self._up_to: Days = np.cumsum(worked, dtype=np.int64)
        """For each day, how many days up to and with it are worked."""
        self._days: Days = np.flatnonzero(worked).astype(np.int64)
        """Each worked day, by its distance from FIRST."""
        years = np.array([year in self.known for year in every])
        first_of_year = np.array([(date(year, 1, 1) - FIRST).days for year in every], dtype=np.int64)
        lengths = np.diff(np.append(first_of_year, len(worked)))
        self._unknown_up_to: Days = np.cumsum(~np.repeat(years, lengths), dtype=np.int64)

    def is_worked(self, day: date) -> bool:
        """Say whether a day is worked."""
        return bool(self._worked[self._at(day)])

    def is_known(self, day: date) -> bool:
        """Say whether the official schedule of the day's year is known."""
        return day.year in self.known

    def add(self, day: date, number: int) -> date:
        """Return the ``number``-th working day after a day."""
        return FIRST + timedelta(int(self.after(np.array([self._at(day)]), np.array([number]))[0]))

    def between(self, after: date, until: date) -> int:
        """Return how many days later than ``after``, up to and with ``until``, are worked."""
        return int(self._up_to[self._at(until)] - self._up_to[self._at(after)])

    def index(self, days: NDArray[np.datetime64]) -> Days:
        """Return days as distances from FIRST; InputError where one lies outside the calendar."""
        distances: Days = days.astype("datetime64[D]").astype(np.int64) - (FIRST - EPOCH).days
        self.check(distances)
        return distances

    def days(self, indexes: Days) -> NDArray[np.datetime64]:
        """Return the days of distances from FIRST."""
        found: NDArray[np.datetime64] = (indexes + (FIRST - EPOCH).days).astype("datetime64[D]")
        return found

    def check(self, indexes: Days) -> None:
        """Raise InputError where a distance lies outside the calendar."""
        if indexes.size and (indexes.min() < 0 or indexes.max() >= len(self._worked)):
            raise InputError(
                f"期限超出 {FIRST.year}—{LAST.year} 年，无法计算。请核对日期。",
                f"A deadline lies outside the years {FIRST.year} to {LAST.year}. Look at the dates again.",
            )

    def after(self, indexes: Days, numbers: Days) -> Days:
        """Return the n-th working day after each day; for n = 0 the last working day up to and with it."""
        wanted = self._up_to[indexes] + numbers - 1
        if wanted.size and (wanted.max() >= len(self._days) or wanted.min() < 0):
            self.check(np.array([len(self._worked)]))
        found: Days = self._days[wanted]
        return found

    def worked_within(self, after: Days, until: Days) -> Days:
        """Return how many days later than ``after``, up to and with ``until``, are worked; never less than none."""
        count: Days = np.maximum(self._up_to[until] - self._up_to[after], 0)
        return count

    def rolled(self, indexes: Days) -> Days:
        """Return each day itself where it is worked, else the first worked day after it."""
        return np.where(self._worked[indexes], indexes, self.after(indexes, np.ones_like(indexes)))

    def touches_unknown(self, since: Days, until: Days) -> Flags:
        """Say of each span whether it touches a year whose schedule is not known."""
        found: Flags = self._unknown_up_to[until] > self._unknown_up_to[np.maximum(since - 1, 0)]
        return found

    def _at(self, day: date) -> int:
        index = (day - FIRST).days
        self.check(np.array([index], dtype=np.int64))
        return index


@cache
def library_years() -> frozenset[int]:
    """Return the years whose official schedule the library knows."""
    return frozenset(day.year for day in chinese_calendar.holidays)


def _worked(year: int, given: Schedule | None) -> Flags:
    first = date(year, 1, 1)
    days = [first + timedelta(number) for number in range((date(year + 1, 1, 1) - first).days)]
    if given is not None:
        return np.array([given.is_worked(day) for day in days])
    if year in library_years():
        holidays, workdays = chinese_calendar.holidays, chinese_calendar.workdays
        return np.array([day in workdays or (day.weekday() < SATURDAY and day not in holidays) for day in days])
    return np.array([day.weekday() < SATURDAY for day in days])
