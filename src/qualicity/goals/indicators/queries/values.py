"""The value of every target on a day: how high, how sure, judged how, standing on what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.periods import Period, periods
from qualicity.engines.measures.cells import registers_of
from qualicity.engines.measures.estimates import NOTHING, Estimate, Key, Origin
from qualicity.engines.measures.reported import REGISTER
from qualicity.errors import NotFoundError, Text, nearest
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import permissions
from qualicity.goals.indicators.queries.estimating import (
    Snapshot,
    members_of,
    results,
    snapshot,
    trend_grain,
)
from qualicity.goals.indicators.queries.judging import aim_of, judged_over
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.methods.judgement import Certainty, Pace, Status
from qualicity.methods.rounding import round_half_even

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.model import Words
    from qualicity.definitions.plans import Indicator, Plan, Target

_VALUES: Kept[tuple[IndicatorValue, ...]] = Kept(400)
_NOT_HERE = Text("本指标按全市计算，不分到该地区", "this indicator is not broken down to this place")
_NO_PERIOD = Text("到该日还没有完整的统计期", "no period was complete by that day")


@dataclass(frozen=True, slots=True)
class IndicatorValue:
    """One target seen from one place on one day.

    ``low`` and ``high`` only for samples; ``refused`` counts rows refused in the submissions of the period;
    ``outside`` rows of places that the plan does not know; ``missing`` places without evidence that others have;
    ``failed`` the periods in which a target for every period was missed; ``aim`` what the value is held against.
    """

    indicator: Indicator
    place: str
    period: Period | None
    as_of: date
    value: float | None
    low: float | None
    high: float | None
    n: int
    numerator: float | None
    denominator: float | None
    refused: int
    outside: int
    status: Status
    certainty: Certainty | None
    pace: Pace | None
    aim: float | None
    method: Text
    source: Origin | None
    reason: Text | None
    missing: tuple[str, ...]
    failed: tuple[str, ...]
    versions: dict[str, int]
    trend: tuple[float | None, ...] = ()
    applies: bool = True

    @property
    def shown(self) -> tuple[float | None, float | None, float | None]:
        """Return value, low and high as they are shown: rounded by GB/T 8170 to the target's decimals."""
        rounded = (
            None if one is None else round_half_even(one, self.target.decimals)
            for one in (self.value, self.low, self.high)
        )
        value, low, high = rounded
        return value, low, high

    @property
    def code(self) -> str:
        """Return the indicator's code."""
        return self.indicator.code

    @property
    def area(self) -> str:
        """Return the area's code."""
        return self.indicator.area

    @property
    def row(self) -> int | None:
        """Return the number of the row of the plan that the target stands in; None for one inside a task."""
        return self.indicator.row

    @property
    def title(self) -> Words:
        """Return the indicator's title."""
        return self.indicator.title

    @property
    def unit(self) -> str:
        """Return the unit."""
        return self.indicator.unit

    @property
    def target(self) -> Target:
        """Return the target."""
        return self.indicator.target


def values(
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    place: str | None = None,
    by: Person | None,
) -> tuple[IndicatorValue, ...]:
    """Return the value of every target of a plan in its order, for a place (default: the plan's city)."""
    accounts.check(by, permissions.READ)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    return values_of(plan, seen, place or plan.place, as_of, known_on)


def values_of(
    plan: Plan, seen: Snapshot, place: str, as_of: date, known_on: date | datetime | None
) -> tuple[IndicatorValue, ...]:
    """Return the value of every target from what was known; computed once for a snapshot, a place and a day."""

    def found() -> tuple[IndicatorValue, ...]:
        refused = Refused(known_on)
        return tuple(value_of(plan, one, seen, place=place, as_of=as_of, refused=refused) for one in plan.indicators)

    return _VALUES.get((seen, place, as_of, known_on), found)


def value(
    code: str,
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    place: str | None = None,
    by: Person | None,
) -> IndicatorValue:
    """Return the value of one target; NotFoundError names the nearest code."""
    accounts.check(by, permissions.READ)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    indicator = indicator_of(plan, code)
    return value_of(plan, indicator, seen, place=place or plan.place, as_of=as_of, refused=Refused(known_on))


def indicator_of(plan: Plan, code: str) -> Indicator:
    """Return an indicator of a plan; NotFoundError names the nearest code."""
    try:
        return plan.indicator(code)
    except KeyError:
        like = nearest(code, [one.code for one in plan.indicators])
        raise NotFoundError(
            f"方案中没有代码为“{code}”的指标。" + (f"是否指“{like}”？" if like else ""),
            f"The plan has no indicator “{code}”." + (f" Did you mean “{like}”?" if like else ""),
        ) from None


class Refused:
    """Refused rows by register, each register asked for once."""

    def __init__(self, known_on: date | datetime | None) -> None:
        self._known_on = known_on
        self._known: dict[str, tuple[tuple[date, date, str, int], ...]] = {}

    def rows(self, registers: Sequence[str], period: Period, place: str, city: str) -> int:
        """Return how many rows were refused in accepted submissions that touch a period, of a place or the city."""
        total = 0
        for code in registers:
            if code not in self._known:
                self._known[code] = submissions.refused(code, self._known_on)
            for start, end, home, count in self._known[code]:
                if start <= period.end and end >= period.start and place in (city, home):
                    total += count
        return total


def value_of(
    plan: Plan, indicator: Indicator, seen: Snapshot, *, place: str, as_of: date, refused: Refused
) -> IndicatorValue:
    """Return the value of one indicator from what was known."""
    complete = tuple(periods(indicator.period, seen.since, as_of))
    period = complete[-1] if complete else None
    reads = (*registers_of(indicator.measure), REGISTER)
    versions = {code: version for code, version, _ in seen.of(reads)}
    here = applies_to(plan, indicator, place)
    if period is None or not here:
        reason = _NO_PERIOD if here else _NOT_HERE
        return replace(_empty(indicator, place, period, as_of, reason), versions=versions, applies=here)
    computed = results(plan, indicator, seen, indicator.period)
    if len(complete) > 1 and _is_awaited(plan, indicator, computed.found, period, as_of):
        complete = complete[:-1]
        period = complete[-1]
    each = [(one, computed.found.get((place, one.start, None), NOTHING)) for one in complete]
    estimate = each[-1][1]
    judgement, failed = judged_over(plan, indicator, each)
    return IndicatorValue(
        indicator=indicator,
        place=place,
        period=period,
        as_of=as_of,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        numerator=estimate.numerator,
        denominator=estimate.denominator,
        refused=refused.rows(registers_of(indicator.measure), period, place, plan.place),
        outside=computed.outside.get(period.start, 0) if place == plan.place else 0,
        status=judgement.status,
        certainty=judgement.certainty,
        pace=judgement.pace,
        aim=aim_of(indicator.target, period.end.year),
        method=estimate.method,
        source=estimate.source if estimate.value is not None else None,
        reason=estimate.reason,
        missing=_missing(plan, indicator, computed.found, place, period),
        failed=failed,
        versions=versions,
        trend=_trend(plan, indicator, seen, place, as_of),
    )


def applies_to(plan: Plan, indicator: Indicator, place: str) -> bool:
    """Return whether an indicator says anything of a place: all do of the city, some of counties of one kind."""
    where = next(one for one in plan.places if one.code == place)
    return place == plan.place or (
        indicator.level == "county" and (not indicator.place_kinds or where.kind in indicator.place_kinds)
    )


def _empty(indicator: Indicator, place: str, period: Period | None, as_of: date, reason: Text) -> IndicatorValue:
    status = Status.no_target if indicator.target.kind == "unstated" else Status.no_data
    return IndicatorValue(
        indicator=indicator,
        place=place,
        period=period,
        as_of=as_of,
        value=None,
        low=None,
        high=None,
        n=0,
        numerator=None,
        denominator=None,
        refused=0,
        outside=0,
        status=status,
        certainty=None,
        pace=None,
        aim=None,
        method=Text("", ""),
        source=None,
        reason=reason,
        missing=(),
        failed=(),
        versions={},
    )


def _is_awaited(plan: Plan, indicator: Indicator, found: Mapping[Key, Estimate], period: Period, as_of: date) -> bool:
    """Return whether nobody has reported a period yet, and nobody had to: then the one before it speaks."""
    if any(start == period.start for _, start, _ in found):
        return False
    reads = registers_of(indicator.measure)
    days = [one.due_days for one in plan.obligations if one.register_code in reads]
    return bool(days) and as_of <= period.end + timedelta(days=max(days))


def _missing(
    plan: Plan, indicator: Indicator, found: Mapping[Key, Estimate], place: str, period: Period
) -> tuple[str, ...]:
    """Return the places whose evidence a value waits for: none of their own, while other places have some."""
    if indicator.level == "city" or place != plan.place:
        return ()
    inside = [code for code in members_of(plan, indicator).of(place) if code != place]
    having = {
        code
        for code in inside
        if (one := found.get((code, period.start, None))) is not None and one.value is not None
    }
    return tuple(code for code in inside if code not in having) if having else ()


def _trend(plan: Plan, indicator: Indicator, seen: Snapshot, place: str, as_of: date) -> tuple[float | None, ...]:
    grain = trend_grain(indicator)
    computed = results(plan, indicator, seen, grain).found
    known = [computed.get((place, one.start, None), NOTHING).value for one in periods(grain, seen.since, as_of)]
    while known and known[0] is None:
        known.pop(0)
    return tuple(known)
