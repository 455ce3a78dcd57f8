"""Holding an estimate against its target, in the way that the target is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from qualicity.methods.judgement import Certainty, Judgement, Status, judge, judge_every, linear_path

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Indicator, Plan, Target
    from qualicity.engines.measures.estimates import Estimate


def aim_of(target: Target, year: int) -> float | None:
    """Return the figure that a value of a year is held against; None where the plan states none."""
    if target.kind == "unstated":
        return None
    if target.kind == "below_reference":
        # Only the reference of the same year says anything.
        return target.points.get(year)
    if target.kind == "trajectory" and target.value is None and target.points:
        return target.points[max(target.points)]
    return 0.0 if target.kind == "none_of" else target.value


def path_of(target: Target, year: int) -> float | None:
    """Return what the way to a target that lies ahead asks for in a year."""
    if target.kind == "trajectory":
        return linear_path(target.points, year)
    if target.kind == "cut" and None not in (target.base_year, target.year, target.value):
        assert target.base_year is not None
        assert target.year is not None
        assert target.value is not None
        return linear_path({target.base_year: 0.0, target.year: target.value}, year)
    return None


def judged(indicator: Indicator, estimate: Estimate, period: Period) -> Judgement:
    """Return the judgement of one period's estimate; a value that was only reported is never firm."""
    target, year = indicator.target, period.end.year
    found = judge(
        kind=target.kind,
        value=estimate.value,
        target=aim_of(target, year),
        low=estimate.low,
        high=estimate.high,
        n=estimate.n if estimate.source == "rows" else None,
        minimum_n=indicator.minimum_n,
        decimals=target.decimals,
        year_due=target.year,
        year=year,
        path=path_of(target, year),
        falling=target.falling,
    )
    if estimate.source in ("reported", "mixed") and found.certainty is Certainty.firm:
        return replace(found, certainty=Certainty.uncertain)
    return found


def judged_over(
    plan: Plan, indicator: Indicator, periods: Sequence[tuple[Period, Estimate]]
) -> tuple[Judgement, tuple[str, ...]]:
    """Return the judgement that stands after these periods (the last is the latest), and which of them failed.

    A target for every period is judged over all periods that end within the plan; others over the last alone.
    """
    period, estimate = periods[-1]
    if indicator.target.every != "period":
        return judged(indicator, estimate, period), ()
    counted = [(one, found) for one, found in periods if one.end >= plan.start] or [(period, estimate)]
    each = [judged(indicator, found, one) for one, found in counted]
    failed = tuple(
        one.label for (one, _), judgement in zip(counted, each, strict=True) if judgement.status is Status.not_met
    )
    return judge_every(each), failed
