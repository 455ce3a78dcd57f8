"""Spans of whole days that evidence is reported for: years, half-years, quarters, months, days and ranges."""

from __future__ import annotations

import re
from calendar import month_name, monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from qualicity.errors import InputError, Text

if TYPE_CHECKING:
    from collections.abc import Iterator


Frequency = Literal["month", "quarter", "half", "year"]
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
YEARS = range(1949, 2101)
"""The years that somebody may ask for."""

_YEAR = re.compile(r"(\d{4})年?")
_HALF = re.compile(r"(\d{4})-?[Hh]([12])")
_QUARTER = re.compile(r"(\d{4})-?[Qq]([1-4])")
_MONTH = re.compile(r"(\d{4})(?:-|年)(\d{1,2})月?")
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise InputError(
                f"期间的结束（{self.end}）早于开始（{self.start}）。",
                f"The period ends ({self.end}) before it begins ({self.start}).",
            )

    @property
    def label(self) -> str:
        """Return the shortest spelling that `parse` reads back as the same period."""
        return _whole(self) or f"{_edge(self.start, first=True)}/{_edge(self.end, first=False)}"

    @property
    def text(self) -> Text:
        """Return the period as people write it, in both languages."""
        start, end, label = self.start, self.end, _whole(self)
        if label is None:
            return Text(f"{start} 至 {end}", f"{start} to {end}")
        if "Q" in label:
            return Text(f"{start.year}年第{label[-1]}季度", f"{label[-2:]} {start.year}")
        if "H" in label:
            half = "上" if label.endswith("1") else "下"
            return Text(f"{start.year}年{half}半年", f"{label[-2:]} {start.year}")
        if label.count("-") == 1:
            return Text(f"{start.year}年{start.month}月", f"{month_name[start.month]} {start.year}")
        return Text(f"{start.year}年", label) if "-" not in label else Text(label, label)

    def covers(self, other: Period) -> bool:
        """Return whether every day of the other period lies in this one."""
        return self.start <= other.start and other.end <= self.end


def _whole(period: Period) -> str | None:
    start, end = period.start, period.end
    if start == end:
        return start.isoformat()
    if start.day != 1 or start.year != end.year or not _is_last(end):
        return None
    months = end.month - start.month + 1
    if months == 12:
        return f"{start.year:04d}"
    if months == 6 and start.month in (1, 7):
        return f"{start.year:04d}H{1 + start.month // 7}"
    if months == 3 and start.month % 3 == 1:
        return f"{start.year:04d}Q{(start.month + 2) // 3}"
    return f"{start:%Y-%m}" if months == 1 else None


def _edge(day: date, *, first: bool) -> str:
    is_edge = day.day == 1 if first else _is_last(day)
    return f"{day:%Y-%m}" if is_edge else day.isoformat()


def _is_last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _months(year: int, month: int, count: int) -> Period:
    last = month + count - 1
    return Period(date(year, month, 1), date(year, last, monthrange(year, last)[1]))


def parse(text: str) -> Period:
    """Read ``2014``, ``2014H1``, ``2014Q3``, ``2014-03``, ``2014-03-05``, ``2014年3月``, or ``2013-12/2017-01``.

    Raises InputError that shows what was written and how it can be written.
    """
    written = text.strip().replace(" ", "")
    try:
        if "/" in written:
            first, last = (_one(part) for part in written.split("/", 1))
            period = Period(first.start, last.end)
        else:
            period = _one(written)
    except ValueError:
        raise InputError(
            f"看不懂期间“{text}”。可写作 2014、2014H1、2014Q1、2014-03 或 2013-12/2017-01。",
            f"“{text}” is not a period. Write 2014, 2014H1, 2014Q1, 2014-03 or 2013-12/2017-01.",
        ) from None
    check_day(period.start)
    check_day(period.end)
    return period


def check_day(day: date) -> date:
    """Return the day; InputError for one of a year that no plan speaks of, which would make endless periods."""
    if day.year in YEARS:
        return day
    raise InputError(
        f"{day.isoformat()} 超出可用的年份（{YEARS.start}—{YEARS.stop - 1}）。",
        f"{day.isoformat()} lies outside the years {YEARS.start} to {YEARS.stop - 1}.",
    )


def _one(written: str) -> Period:
    if found := _YEAR.fullmatch(written):
        return _months(int(found[1]), 1, 12)
    if found := _HALF.fullmatch(written):
        return _months(int(found[1]), int(found[2]) * 6 - 5, 6)
    if found := _QUARTER.fullmatch(written):
        return _months(int(found[1]), int(found[2]) * 3 - 2, 3)
    if found := _MONTH.fullmatch(written):
        return _months(int(found[1]), int(found[2]), 1)
    if found := _DAY.fullmatch(written):
        day = date(int(found[1]), int(found[2]), int(found[3]))
        return Period(day, day)
    raise ValueError(written)


def periods(frequency: Frequency, start: date, end: date) -> Iterator[Period]:
    """Yield the whole months, quarters, half-years or years that lie between two days, both included."""
    count = MONTHS[frequency]
    first = date(start.year, start.month - (start.month - 1) % count, 1)
    while True:
        period = _months(first.year, first.month, count)
        if period.end > end:
            return
        if period.start >= start:
            yield period
        first = period.end + timedelta(days=1)
