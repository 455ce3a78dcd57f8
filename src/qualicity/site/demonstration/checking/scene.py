"""What the spot checks are played with: people and laboratories, and what is still to come on which day."""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from django.utils import timezone

from qualicity.commons.registry import queries as registry
from qualicity.site.demonstration.running.told import Happening, Stage, workday

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.site.demonstration.checking.people import Staff

TALE = Path(__file__).with_name("checking.yaml")


@cache
def tale() -> dict[str, Any]:
    """Return what is told, as data."""
    found: dict[str, Any] = yaml.load(TALE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return found


def days_of(step: str) -> int:
    """Return after how many days a step of a fate comes: its last word."""
    return int(step.rsplit(" ", 1)[1])


@dataclass(slots=True)
class Scene:
    """Where the checks are played: what happens may call for more later, and after the last day nothing does."""

    stage: Stage
    staff: dict[str, Staff]
    laboratories: dict[str, tuple[Organisation, Person]]
    enterprises: dict[str, Person] = field(default_factory=dict)
    failures: dict[str, int] = field(default_factory=dict)
    """How many failures of each kind of case there were so far: each meets the next fate in turn."""
    lingering: set[tuple[str, str]] = field(default_factory=set)
    """Which open states some case of a family is to be left in on the last day."""
    _waiting: list[tuple[datetime, int, Callable[[], object]]] = field(default_factory=list)
    _count: int = 0

    def later(self, day: date, *words: object, what: Callable[[], object]) -> None:
        """Let something happen on a day, or on the Monday after; never after the simulation's last day."""
        if workday(day) > self.stage.city.last:
            return
        self._count += 1
        heapq.heappush(self._waiting, (self.stage.moment(day, "checking", *words), self._count, what))

    def next(self) -> Happening | None:
        """Return what happens next."""
        if not self._waiting:
            return None
        at, number, what = heapq.heappop(self._waiting)
        return Happening(at, number, what)

    def lingering_fate(self, family: str, told: dict[str, list[str]]) -> list[str] | None:
        """Return the longest that still fits of the fates that end in the open and befell nobody yet."""
        left = (self.stage.city.last - timezone.localdate(registry.moment())).days
        if left > tale()["lingering_days"]:
            return None
        fitting = {
            state: steps
            for state, steps in told.items()
            if (family, state) not in self.lingering and sum(days_of(one) + 1.3 for one in steps) <= left
        }
        if not fitting:
            return None
        state = max(fitting, key=lambda one: sum(map(days_of, fitting[one])))
        self.lingering.add((family, state))
        return fitting[state]

    @property
    def left(self) -> int:
        """Return how many things are known to be still to come."""
        return len(self._waiting)

    def days(self, span: list[int], *words: object) -> timedelta:
        """Return a number of days from a span, always the same for the same words."""
        return timedelta(days=int(self.stage.city.stream("checking", *words).integers(span[0], span[1] + 1)))
