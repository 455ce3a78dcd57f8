"""The schema of a year's official schedule: what the yearly notice says of holidays and make-up days."""

from __future__ import annotations

from datetime import date, timedelta

from pydantic import Field

from qualicity.definitions.model import Model, Words


class Holiday(Model):
    """One holiday with its first and its last day, days moved to it included."""

    title: Words
    since: date = Field(alias="from")
    until: date

    @property
    def days(self) -> tuple[date, ...]:
        """Return every day of the holiday."""
        return tuple(self.since + timedelta(number) for number in range((self.until - self.since).days + 1))


class YearCalendar(Model):
    """The official schedule of one year; ``code`` is the year, as the file is called."""

    code: str = Field(pattern=r"^\d{4}$")
    source: Words
    holidays: tuple[Holiday, ...] = Field(min_length=1)
    workdays: tuple[date, ...] = ()

    @property
    def year(self) -> int:
        """Return the year."""
        return int(self.code)


__all__ = ["Holiday", "YearCalendar"]
