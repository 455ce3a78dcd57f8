"""What the running plan is told by: the city, its plan, its people, and moments of office hours."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.site.demonstration.city import City

TALE = Path(__file__).with_name("running.yaml")


@cache
def tale() -> dict[str, Any]:
    """Return what is told, as data."""
    found: dict[str, Any] = yaml.load(TALE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def workday(day: date) -> date:
    """Return the day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


@dataclass(frozen=True, slots=True)
class Happening:
    """One thing that happens at a moment."""

    at: datetime
    order: int
    what: Callable[[], object]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the tale plays: the city and its plan, who acts for each unit, the office, a folder for files."""

    city: City
    plan: Plan
    people: dict[str, Person]
    units: dict[str, Organisation]
    office: Person
    folder: Path

    def file(self, name: str, text: str) -> Path:
        """Write a file of evidence that says it is simulated."""
        path = self.folder / name
        path.write_text(f"模拟数据 / simulated data\n\n{text}\n", encoding="utf-8")
        return path

    def moment(self, day: date, *words: object) -> datetime:
        """Return a moment of office hours on a day, or on the Monday after; always the same for the same words."""
        seconds = int(self.city.stream("running", *words).integers(0, 7 * 3600))
        return timezone.make_aware(datetime.combine(workday(day), time(9, 30)) + timedelta(seconds=seconds))
