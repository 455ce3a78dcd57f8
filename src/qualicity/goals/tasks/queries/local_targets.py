"""Targets broken down to units and counties, and how each stands on its own value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import LocalTarget
from qualicity.goals.tasks.queries.assignments import Unit, unit_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Indicator, Plan, Target
    from qualicity.goals.indicators.queries import IndicatorValue

_HIGHER = ("at_least", "above", "cut")


@dataclass(frozen=True, slots=True)
class LocalStanding:
    """One unit's own target: its value against its own figure, judged like the city's."""

    organisation: Unit
    aim: float
    note: str
    weaker: bool
    value: IndicatorValue


@dataclass(frozen=True, slots=True)
class BrokenDown:
    """One target of the plan with what units and counties were given of it; ``total`` only where parts add up."""

    indicator: Indicator
    city: IndicatorValue
    parts: tuple[LocalStanding, ...]
    total: float | None

    @property
    def covers(self) -> bool | None:
        """Return whether the parts add up to the city's target; None where parts do not add up."""
        aim = self.indicator.target.value
        return None if self.total is None or aim is None else self.total >= aim


def is_additive(indicator: Indicator) -> bool:
    """Return whether values of counties add up to the city's: things that are counted, so many of them wanted."""
    return indicator.measure.kind == "count" and indicator.target.kind in ("at_least", "above")


def is_weaker(indicator: Indicator, value: float) -> bool:
    """Return whether a local value asks for less than the city's target does, by the target's own direction."""
    target = indicator.target
    aim = _aim(target)
    if aim is None:
        return False
    if target.kind == "equals":
        return value != aim
    higher = target.kind in _HIGHER or (target.kind == "trajectory" and not target.falling)
    return value < aim if higher else value > aim


def _aim(target: Target) -> float | None:
    if target.kind == "none_of":
        return 0.0
    if target.value is not None:
        return target.value
    return target.points[max(target.points)] if target.points else None


def local_targets(
    *, plan: Plan, as_of: date, by: Person, indicator: str = "", organisation: str = ""
) -> tuple[BrokenDown, ...]:
    """Return the targets that are broken down, each part followed on its own value, place by place."""
    accounts.check(by, permissions.READ)
    found = LocalTarget.objects.filter(plan=plan.code, replaced_at=None).select_related("organisation")
    if indicator:
        found = found.filter(indicator=indicator)
    if organisation:
        found = found.filter(organisation__code=organisation)
    groups: dict[str, list[LocalTarget]] = defaultdict(list)
    for one in found:
        groups[one.indicator].append(one)
    return tuple(
        _broken_down(plan, each, groups[each.code], as_of, by) for each in plan.indicators if each.code in groups
    )


def _broken_down(plan: Plan, indicator: Indicator, parts: list[LocalTarget], as_of: date, by: Person) -> BrokenDown:
    city = indicators.value(indicator.code, plan=plan, as_of=as_of, by=by)
    standing = tuple(
        LocalStanding(
            organisation=unit_of(one.organisation),
            aim=one.value,
            note=one.note,
            weaker=not is_additive(indicator) and is_weaker(indicator, one.value),
            value=_followed(plan, indicator, one, as_of, by),
        )
        for one in parts
    )
    total = sum(one.value for one in parts) if is_additive(indicator) else None
    return BrokenDown(indicator, city, standing, total)


def _followed(plan: Plan, indicator: Indicator, one: LocalTarget, as_of: date, by: Person) -> IndicatorValue:
    """Return the value at the unit's place, judged against the unit's own figure: same measure, other target."""
    own = indicator.model_copy(update={"target": own_target(indicator.target, one.value)})
    local = plan.model_copy(update={"indicators": (own,)})
    return indicators.value(indicator.code, plan=local, as_of=as_of, place=one.place or None, by=by)


def own_target(target: Target, value: float) -> Target:
    """Return a target of the same kind with another figure; a way through the years ends at that figure."""
    if target.kind == "trajectory":
        last = target.year or max(target.points)
        points = {year: point for year, point in target.points.items() if year < last} | {last: value}
        return target.model_copy(update={"value": value, "points": points})
    if target.kind == "below_reference":
        return target.model_copy(update={"kind": "below", "value": value, "points": {}})
    if target.kind == "unstated":
        return target.model_copy(update={"kind": "at_least", "value": value})
    return target.model_copy(update={"value": value})
