"""One indicator spread out: over periods, over places, and over the values of a column."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.periods import Period, periods
from qualicity.engines.measures.cells import registers_of
from qualicity.engines.measures.estimates import NOTHING, Estimate
from qualicity.errors import InputError, Text, nearest
from qualicity.goals.indicators import permissions
from qualicity.goals.indicators.queries.estimating import results, snapshot, trend_grain
from qualicity.goals.indicators.queries.judging import aim_of, judged, path_of
from qualicity.goals.indicators.queries.values import (
    IndicatorValue,
    Refused,
    indicator_of,
    value_of,
)

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.engines.measures.sources import Grain
    from qualicity.methods.judgement import Judgement


@dataclass(frozen=True, slots=True)
class PeriodValue:
    """One period of an indicator's history; ``aim`` what it is held against, ``path`` what the way there asks for."""

    period: Period
    estimate: Estimate
    judgement: Judgement
    aim: float | None
    path: float | None


@dataclass(frozen=True, slots=True)
class PartValue:
    """One value of a column by which an indicator is broken down."""

    column: str
    column_title: Text
    part: str
    title: Text
    estimate: Estimate


def history(
    code: str,
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    place: str | None = None,
    grain: Grain | None = None,
    by: Person | None,
) -> tuple[PeriodValue, ...]:
    """Return an indicator period by period up to a day, the oldest first, from the first period with evidence.

    ``grain`` is the indicator's own by default; ``trend`` of a page asks for the finer one.
    """
    accounts.check(by, permissions.READ)
    indicator = indicator_of(plan, code)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    chosen = grain or indicator.period
    found = results(plan, indicator, seen, chosen).found
    every = [
        (one, found.get((place or plan.place, one.start, None), NOTHING))
        for one in periods(chosen, seen.since, as_of)
    ]
    while every and every[0][1].source is None:
        every.pop(0)
    return tuple(
        PeriodValue(
            period,
            estimate,
            judged(indicator, estimate, period),
            aim_of(indicator.target, period.end.year),
            path_of(indicator.target, period.end.year),
        )
        for period, estimate in every
    )


def finest(indicator: Indicator) -> Grain:
    """Return the grain in which an indicator's trend is drawn."""
    return trend_grain(indicator)


def by_place(
    code: str,
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    by: Person | None,
) -> tuple[IndicatorValue, ...]:
    """Return an indicator for every place below the city to which it applies, in the plan's order."""
    accounts.check(by, permissions.READ)
    indicator = indicator_of(plan, code)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    refused = Refused(known_on)
    every = (
        value_of(plan, indicator, seen, place=one.code, as_of=as_of, refused=refused)
        for one in plan.places
        if one.code != plan.place
    )
    return tuple(one for one in every if one.applies)


def breakdown(
    code: str,
    *,
    plan: Plan,
    as_of: date,
    known_on: date | datetime | None = None,
    place: str | None = None,
    column: str | None = None,
    by: Person | None,
) -> tuple[PartValue, ...]:
    """Return an indicator's latest period broken down by a column of its register (default: the first that it names).

    InputError when the indicator is not broken down by that column; nothing when by none at all.
    """
    accounts.check(by, permissions.READ)
    indicator = indicator_of(plan, code)
    if column is None and not indicator.breakdown:
        return ()
    chosen = column or indicator.breakdown[0]
    if chosen not in indicator.breakdown:
        like = nearest(chosen, indicator.breakdown)
        raise InputError(
            f"指标“{code}”不按“{chosen}”细分。" + (f"是否指“{like}”？" if like else ""),
            f"“{code}” is not broken down by “{chosen}”." + (f" Did you mean “{like}”?" if like else ""),
        )
    complete = tuple(periods(indicator.period, snapshot(plan, as_of=as_of).since, as_of))
    if not complete:
        return ()
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    found = results(plan, indicator, seen, indicator.period, part=chosen).found
    here = {
        part: estimate
        for (where, start, part), estimate in found.items()
        if where == (place or plan.place) and start == complete[-1].start and part is not None
    }
    title, names = column_words(indicator, chosen)
    return tuple(
        PartValue(chosen, title, part, names(part), here[part])
        for part in sorted(here, key=lambda part: (-here[part].n, part))
    )


def column_words(indicator: Indicator, name: str) -> tuple[Text, Callable[[str], Text]]:
    """Return the title of a column, and how each of its values is worded."""
    title, named = _column_words(indicator, name)
    return title, lambda part: named.get(part, Text(part or "未填", part or "not given"))


def _column_words(indicator: Indicator, name: str) -> tuple[Text, dict[str, Text]]:
    for code in registers_of(indicator.measure):
        register = catalogue().registers[code]
        if name in register.names:
            column = register.column(name)
            named = {one.code: one.title.text for one in column.codes}
            return column.title.text, named | {"true": Text("是", "yes"), "false": Text("否", "no")}
    return Text(name, name), {}
