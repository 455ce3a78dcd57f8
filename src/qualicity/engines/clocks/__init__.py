"""Deadlines: working days by the official calendar, calendar days, months and hours, with pauses and extensions.

``calendar`` knows which days are worked, ``clock`` one deadline, ``many`` a hundred thousand at once. No city, no law
and no Django: lengths and schedules come from the definitions, the time zone is an argument.
"""

from __future__ import annotations

from qualicity.engines.clocks.calendar import Schedule, WorkingCalendar
from qualicity.engines.clocks.clock import (
    Clock,
    Due,
    Length,
    Pause,
    Remaining,
    Unit,
    due,
    end_of_day,
    remaining,
)
from qualicity.engines.clocks.many import Many, due_days

__all__ = [
    "Clock",
    "Due",
    "Length",
    "Many",
    "Pause",
    "Remaining",
    "Schedule",
    "Unit",
    "WorkingCalendar",
    "due",
    "due_days",
    "end_of_day",
    "remaining",
]
