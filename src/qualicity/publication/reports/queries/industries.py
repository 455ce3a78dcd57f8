"""Key industries as far as registers tell them apart: the level of their quality, its change, its quarters."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from qualicity.definitions.periods import Period, periods
from qualicity.goals.indicators import queries as indicators
from qualicity.publication.reports.queries import analysing
from qualicity.publication.reports.queries.facts import Asked, IndustryFact, IndustryGroup, TargetFact

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.analysis import Analysis
    from qualicity.definitions.plans import IndustrySource
    from qualicity.goals.indicators.queries import PartValue


def industry_groups(
    asked: Asked, targets: Mapping[str, TargetFact], bounds: Analysis, house: Person
) -> tuple[IndustryGroup, ...]:
    """Return the industries of every source that the plan names, each with its level, change and outlook."""
    plan, period, known_on = asked.plan, asked.period, asked.known_on
    if plan.industries is None:
        return ()
    groups = []
    for source in plan.industries.levels:

        def parts(span: Period, source: IndustrySource = source) -> tuple[PartValue, ...]:
            return indicators.parts_in(
                source.indicator, plan=plan, period=span, column=source.column, known_on=known_on, by=house
            )

        now = tuple(one for one in parts(period) if one.part and one.estimate.value is not None)
        if not now:
            continue
        before = {one.part: one for one in parts(indicators.year_before(period))}
        runs = [
            {one.part: one.estimate.value for one in parts(span)}
            for span in _quarters(period, bounds.quarters_of_outlook)
        ]
        groups.append(_group(targets[source.indicator], now, before, runs, bounds))
    return tuple(groups)


def _quarters(period: Period, count: int) -> list[Period]:
    """Return the last quarters up to the end of a period, the oldest first."""
    start = period.end.replace(year=period.end.year - count // 4 - 1, month=1, day=1)
    return list(periods("quarter", start, period.end))[-count:]


def _group(
    target: TargetFact,
    now: tuple[PartValue, ...],
    before: Mapping[str, PartValue],
    runs: list[dict[str, float | None]],
    bounds: Analysis,
) -> IndustryGroup:
    indicator = target.review.indicator
    spread, can_rank = analysing.spread_of([one.estimate for one in now], falling=analysing.wants_less(indicator))
    facts = []
    for one, (best, worst) in zip(now, spread, strict=True):
        earlier = before[one.part].estimate if one.part in before else None
        run = [quarter.get(one.part) for quarter in runs]
        outlook, p_value = analysing.outlook_of(indicator, run, bounds.significance)
        change, _ = analysing.change_of(indicator, one.estimate, earlier)
        known = sum(value is not None for value in run)
        facts.append(
            IndustryFact(
                target.code,
                one.column,
                one.part,
                one.title,
                estimate=one.estimate,
                before=earlier,
                change=change,
                best=best,
                worst=worst,
                outlook=outlook,
                quarters=known,
                p_value=p_value,
            )
        )
    ordered = sorted(facts, key=lambda fact: (fact.best, fact.worst))
    return IndustryGroup(target, now[0].column, now[0].column_title, tuple(ordered), can_rank)
