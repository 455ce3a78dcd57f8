"""One period looked at whole: every target in the city and its places, in that period and in the one before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.periods import MONTHS, Period, periods
from qualicity.engines.measures.cells import registers_of
from qualicity.engines.measures.estimates import NOTHING, Estimate
from qualicity.engines.measures.reported import REGISTER
from qualicity.errors import InputError
from qualicity.goals.indicators import permissions
from qualicity.goals.indicators.queries.estimating import Snapshot, results, snapshot
from qualicity.goals.indicators.queries.judging import aim_of, judged, path_of
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.goals.indicators.queries.spread import PartValue, column_words
from qualicity.goals.indicators.queries.values import IndicatorValue, Refused, applies_to, value_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.engines.measures.sources import Grain

_REVIEWS: Kept[tuple[Review, ...]] = Kept(20)


@dataclass(frozen=True, slots=True)
class Review:
    """One target in one period.

    ``interim``: the period is shorter than that which the target is judged over, so the value is a stage on the way
    and no verdict. ``city`` and ``places`` hold the values (only places to which the target applies); ``before`` the
    estimates of the same span a year earlier, by place; ``whole`` the estimate of the period asked for where the
    target is judged over shorter ones; ``path`` what the way to a target ahead asks for.
    """

    indicator: Indicator
    interim: bool
    city: IndicatorValue
    places: tuple[IndicatorValue, ...]
    before_period: Period | None
    before: Mapping[str, Estimate]
    whole: Estimate | None
    path: float | None

    @property
    def code(self) -> str:
        """Return the indicator's code."""
        return self.indicator.code

    @property
    def previous(self) -> Estimate:
        """Return the city's estimate a year earlier."""
        return self.before.get(self.city.place, NOTHING)


def grain_of(period: Period) -> Grain:
    """Return which kind of period this is; InputError where it is no whole month, quarter, half-year or year."""
    grains: tuple[Grain, ...] = ("month", "quarter", "half", "year")
    for grain in grains:
        if tuple(periods(grain, period.start, period.end)) == (period,):
            return grain
    raise InputError(
        f"“{period.label}”不是完整的月、季、半年或年。",
        f"“{period.label}” is no whole month, quarter, half-year or year.",
    )


def year_before(period: Period) -> Period:
    """Return the same span of the year before."""
    start = period.start.replace(year=period.start.year - 1)
    return next(periods(grain_of(period), start, period.end))


def review(
    *, plan: Plan, period: Period, known_on: date | datetime | None = None, by: Person | None
) -> tuple[Review, ...]:
    """Return every target of a plan in one period, in the plan's order."""
    accounts.check(by, permissions.READ)
    grain = grain_of(period)
    seen = snapshot(plan, as_of=period.end, known_on=known_on)

    def found() -> tuple[Review, ...]:
        asked = _Asked(plan, seen, period, grain, Refused(known_on))
        return tuple(_one(asked, one) for one in plan.indicators)

    return _REVIEWS.get((seen, period, known_on), found)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of every target alike."""

    plan: Plan
    seen: Snapshot
    period: Period
    grain: Grain
    refused: Refused


def _one(asked: _Asked, indicator: Indicator) -> Review:
    plan, seen, period, grain = asked.plan, asked.seen, asked.period, asked.grain
    interim = MONTHS[indicator.period] > MONTHS[grain]
    where = [one.code for one in plan.places if applies_to(plan, indicator, one.code)]
    each = [_stage(asked, indicator, place) if interim else _value(asked, indicator, place) for place in where]
    city = next(one for one in each if one.place == plan.place)
    earlier = None if city.period is None else year_before(city.period)
    found = results(plan, indicator, seen, grain if interim else indicator.period).found
    before = {
        place: found[place, earlier.start, None]
        for place in where
        if earlier is not None and (place, earlier.start, None) in found
    }
    whole = None
    if MONTHS[indicator.period] < MONTHS[grain]:
        whole = results(plan, indicator, seen, grain).found.get((plan.place, period.start, None))
    below = tuple(one for one in each if one.place != plan.place)
    path = path_of(indicator.target, period.end.year)
    return Review(indicator, interim, city, below, earlier, before, whole, path)


def _value(asked: _Asked, indicator: Indicator, place: str) -> IndicatorValue:
    return value_of(asked.plan, indicator, asked.seen, place=place, as_of=asked.period.end, refused=asked.refused)


def _stage(asked: _Asked, indicator: Indicator, place: str) -> IndicatorValue:
    """Return the value of a part of the span that a target is judged over."""
    plan, seen, period = asked.plan, asked.seen, asked.period
    computed = results(plan, indicator, seen, asked.grain)
    estimate = computed.found.get((place, period.start, None), NOTHING)
    judgement = judged(indicator, estimate, period)
    reads = registers_of(indicator.measure)
    return IndicatorValue(
        indicator=indicator,
        place=place,
        period=period,
        as_of=period.end,
        value=estimate.value,
        low=estimate.low,
        high=estimate.high,
        n=estimate.n,
        numerator=estimate.numerator,
        denominator=estimate.denominator,
        refused=asked.refused.rows(reads, period, place, plan.place),
        outside=computed.outside.get(period.start, 0) if place == plan.place else 0,
        status=judgement.status,
        certainty=judgement.certainty,
        pace=judgement.pace,
        aim=aim_of(indicator.target, period.end.year),
        method=estimate.method,
        source=estimate.source if estimate.value is not None else None,
        reason=estimate.reason,
        missing=(),
        failed=(),
        versions={code: version for code, version, _ in seen.of((*reads, REGISTER))},
    )


def parts_in(
    code: str,
    *,
    plan: Plan,
    period: Period,
    column: str,
    known_on: date | datetime | None = None,
    place: str | None = None,
    by: Person | None,
) -> tuple[PartValue, ...]:
    """Return an indicator in one period broken down by a column of its register, the largest part first."""
    accounts.check(by, permissions.READ)
    indicator = plan.indicator(code)
    assert column in indicator.breakdown, f"{code} is not broken down by {column}"
    seen = snapshot(plan, as_of=period.end, known_on=known_on)
    found = results(plan, indicator, seen, grain_of(period), part=column).found
    here = {
        part: estimate
        for (where, start, part), estimate in found.items()
        if where == (place or plan.place) and start == period.start and part is not None
    }
    title, names = column_words(indicator, column)
    order = sorted(here, key=lambda part: (-here[part].n, part))
    return tuple(PartValue(column, title, part, names(part), here[part]) for part in order)
