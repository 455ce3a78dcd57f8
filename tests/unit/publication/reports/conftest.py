"""Made-up values for every target of a plan, so that each rule of the report has something to say."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.definitions.catalogue import catalogue
from qualicity.definitions.measures import Count, Share, WorstClass
from qualicity.definitions.periods import MONTHS, parse, periods
from qualicity.engines.measures.cells import registers_of
from qualicity.engines.measures.estimates import Estimate
from qualicity.errors import Text
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.indicators.queries.judging import aim_of, judged, path_of
from qualicity.goals.indicators.queries.reviewed import Review, grain_of, year_before
from qualicity.goals.indicators.queries.spread import PartValue, PeriodValue
from qualicity.goals.indicators.queries.values import IndicatorValue, applies_to
from qualicity.methods.intervals import proportion

if TYPE_CHECKING:
    from collections.abc import Callable

PLAN = catalogue().plans["zhengzhou-2014"]
METHOD = Text("测试方法", "made up")


class World:
    """Everything that the desks below answer, drawn from one seed; ``shift`` moves every value of the period."""

    def __init__(self, seed: int = 1, shift: float = 0.0) -> None:
        self.seed, self.shift = seed, shift

    def estimate(self, indicator: Any, *key: Any, size: int = 1500) -> Estimate:
        """Return a value near its target: some reach it, some do not."""
        draw = random.Random(f"{self.seed}|{indicator.code}|{key}")
        aim = aim_of(indicator.target, 2014) or 100.0
        known = indicator.measure
        if isinstance(known, Count | WorstClass):
            value = float(draw.choice((0, 1, 2, 4)))
            return Estimate(value, n=int(value), numerator=value, denominator=value, method=METHOD, source="rows")
        if isinstance(known, Share):
            share = min(1.0, max(0.0, aim / 100.0 + draw.uniform(-0.03, 0.03) + self.shift / 100.0))
            k = round(share * size)
            ends = proportion(k, size)
            low, high = (ends.low * 100, ends.high * 100) if known.register_code in _SAMPLED else (None, None)
            return Estimate(100 * k / size, low, high, size, k, size, METHOD, "rows")
        value = aim * (1 + draw.uniform(-0.03, 0.03)) + self.shift
        factor = 100.0 if indicator.unit == "%" else 1.0
        below = (1.0 - value / 100.0) if known.kind == "cut" else value / factor
        return Estimate(value, n=size, numerator=below * size, denominator=size, method=METHOD, source="rows")

    def value(self, indicator: Any, place: str, period: Any) -> IndicatorValue:
        """Return one place's value, judged as it would be."""
        one = self.estimate(indicator, place, period.label)
        judgement = judged(indicator, one, period)
        return IndicatorValue(
            indicator=indicator, place=place, period=period, as_of=period.end, value=one.value, low=one.low,
            high=one.high, n=one.n, numerator=one.numerator, denominator=one.denominator,
            refused=3 if indicator.code == "product-2" else 0, outside=0, status=judgement.status,
            certainty=judgement.certainty, pace=judgement.pace, aim=aim_of(indicator.target, period.end.year),
            method=one.method, source=one.source, reason=one.reason, missing=(), failed=(),
            versions=dict.fromkeys(registers_of(indicator.measure), 7),
        )  # fmt: skip

    def review(self, *, plan: Any, period: Any, known_on: Any = None, by: Any) -> tuple[Review, ...]:
        """Answer as ``indicators.review`` does."""
        found = []
        for one in plan.indicators:
            interim = MONTHS[one.period] > MONTHS[grain_of(period)]
            own = period if interim else list(periods(one.period, period.start, period.end))[-1]
            where = [place.code for place in plan.places if applies_to(plan, one, place.code)]
            every = [self.value(one, place, own) for place in where]
            earlier = year_before(own)
            before = {place: self.estimate(one, place, earlier.label) for place in where}
            path = path_of(one.target, period.end.year)
            found.append(Review(one, interim, every[0], tuple(every[1:]), earlier, before, None, path))
        return tuple(found)

    def history(self, code: str, *, plan: Any, as_of: Any, **_rest: Any) -> tuple[PeriodValue, ...]:
        """Answer as ``indicators.history`` does."""
        one = plan.indicator(code)
        spans = list(periods("quarter", as_of.replace(year=as_of.year - 1, month=1, day=1), as_of))
        each = [(span, self.estimate(one, "history", span.label)) for span in spans]
        return tuple(
            PeriodValue(span, found, judged(one, found, span), aim_of(one.target, span.end.year), None)
            for span, found in each
        )

    def parts_in(self, code: str, *, plan: Any, period: Any, column: str, **_rest: Any) -> tuple[PartValue, ...]:
        """Answer as ``indicators.parts_in`` does."""
        one = plan.indicator(code)
        return tuple(
            PartValue(column, Text("类别", "kind"), name, Text(f"{name}类", f"kind {name}"),
                      self.estimate(one, column, name, period.label, size=100 * (at + 1)))
            for at, name in enumerate("甲乙丙")
        )  # fmt: skip


_SAMPLED = {code for code, one in catalogue().registers.items() if one.basis == "sample"}


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch, operator: Any) -> Callable[..., World]:
    """Return a function that puts a made-up world in the place of the indicators."""
    moment = datetime(2015, 3, 31, 9, tzinfo=UTC)
    tables = [SimpleNamespace(code=code, version=7, rows=100, changed_at=moment) for code in catalogue().registers]
    monkeypatch.setattr(submissions, "pointers", lambda: tables)
    monkeypatch.setenv("QUALICITY_TODAY", "2015-03-31")

    def put(seed: int = 1, shift: float = 0.0) -> World:
        made = World(seed, shift)
        for name in ("review", "history", "parts_in"):
            monkeypatch.setattr(indicators, name, getattr(made, name))
        return made

    put()
    return put


@pytest.fixture
def period() -> Any:
    """Return the year that reports are written of."""
    return parse("2014")
