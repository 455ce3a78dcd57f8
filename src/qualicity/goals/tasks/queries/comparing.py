"""The plan as it stood on one day beside how it stands on another: lights, closings, breakdown, values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.queries.assignments import AssignmentRow, Wanted, assignments
from qualicity.goals.tasks.queries.counting import Count, count

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan
    from qualicity.goals.indicators.queries import IndicatorValue

SEVERITY = {"green": 0, "blue": 1, "yellow": 2, "red": 3}


@dataclass(frozen=True, slots=True)
class Moved:
    """One assignment then and now; ``before`` is None for what is new, ``now`` for what was replaced."""

    before: AssignmentRow | None
    now: AssignmentRow | None

    @property
    def row(self) -> AssignmentRow:
        """Return the assignment as it is known last."""
        found = self.now or self.before
        assert found is not None
        return found

    @property
    def worse(self) -> bool:
        """Return whether the light went towards red."""
        if self.before is None or self.now is None:
            return False
        return SEVERITY[self.now.light] > SEVERITY[self.before.light]


@dataclass(frozen=True, slots=True)
class ValueMoved:
    """One target then and now."""

    before: IndicatorValue
    now: IndicatorValue


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two days."""

    then: date
    day: date
    before: Count
    now: Count
    lights: tuple[Moved, ...]
    closed: tuple[Moved, ...]
    made: tuple[Moved, ...]
    replaced: tuple[Moved, ...]
    values: tuple[ValueMoved, ...]


def compare(*, plan: Plan, then: date, day: date, by: Person, wanted: Wanted | None = None) -> Comparison:
    """Return what changed in the plan from one day to another: assignments, and the targets' values and status."""
    accounts.check(by, permissions.READ)
    asked = wanted or Wanted(level="city")
    earlier = {one.number: one for one in assignments(plan=plan, as_of=then, by=by, wanted=asked)}
    later = {one.number: one for one in assignments(plan=plan, as_of=day, by=by, wanted=asked)}
    both = [Moved(earlier[number], later[number]) for number in later if number in earlier]
    return Comparison(
        then=then,
        day=day,
        before=count(earlier.values()),
        now=count(later.values()),
        lights=tuple(one for one in both if _changed_light(one)),
        closed=tuple(one for one in both if _was_closed(one)),
        made=tuple(Moved(None, row) for number, row in later.items() if number not in earlier),
        replaced=tuple(Moved(row, None) for number, row in earlier.items() if number not in later),
        values=_values(
            indicators.values(plan=plan, as_of=then, by=by), indicators.values(plan=plan, as_of=day, by=by)
        ),
    )


def _changed_light(one: Moved) -> bool:
    assert one.before is not None
    assert one.now is not None
    return one.before.light != one.now.light and not one.now.is_closed


def _was_closed(one: Moved) -> bool:
    assert one.before is not None
    assert one.now is not None
    return one.now.is_closed and not one.before.is_closed


def _values(before: Sequence[IndicatorValue], now: Sequence[IndicatorValue]) -> tuple[ValueMoved, ...]:
    earlier = {one.code: one for one in before}
    return tuple(
        ValueMoved(earlier[one.code], one)
        for one in now
        if one.code in earlier
        and (earlier[one.code].shown[0], earlier[one.code].status) != (one.shown[0], one.status)
    )
