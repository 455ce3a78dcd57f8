"""One indicator: its value, how it moved, how places compare, how it was computed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.measures.cells import registers_of
from qualicity.goals.indicators import queries
from qualicity.goals.indicators.views import downloads
from qualicity.goals.indicators.views.standing import asked
from qualicity.methods.rounding import round_half_even

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.plans import Indicator, Plan
    from qualicity.goals.indicators.queries import PartValue, PeriodValue

GRAINS = ("year", "quarter", "month")


@login_required
def indicator(request: SignedIn, code: str) -> HttpResponse:
    """Show one indicator; its tables download as CSV or Excel (``table=periods|places|parts``)."""
    standing = registry.standing(request.GET)
    common = asked(request, standing)
    value = queries.value(code, place=standing.place, **common)
    one = value.indicator
    periods = queries.history(code, place=standing.place, grain=_grain(request, one), **common)
    places = queries.by_place(code, **common) if standing.place == standing.plan.place else ()
    parts = [
        queries.breakdown(code, place=standing.place, column=column, **common) if value.applies else ()
        for column in one.breakdown
    ]
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        return _download(request, form, code, periods=periods, places=places, parts=parts)
    context: dict[str, Any] = {
        "value": value,
        "indicator": one,
        "target": queries.target_words(one.target, one.unit, value.aim),
        "lead": _organisation(standing.plan, one.lead),
        "supporting": [_organisation(standing.plan, unit) for unit in one.supporting],
        "area": next(area for area in standing.plan.areas if area.code == one.area),
        "periods": [(period, _shown(period, one)) for period in reversed(periods)],
        "places": places,
        "names": {place.code: place.title for place in standing.plan.places},
        "missing": [place.title for place in standing.plan.places if place.code in value.missing],
        "parts": [rows for rows in ([(part, _part_shown(part, one)) for part in group] for group in parts) if rows],
        "registers": [(catalogue().registers[name], value.versions.get(name)) for name in registers_of(one.measure)],
        "measure": one.measure,
        "is_sample": any(catalogue().registers[name].basis == "sample" for name in registers_of(one.measure)),
        "grain": _grain(request, one) or one.period,
        "grains": sorted({one.period, queries.finest(one)}, key=GRAINS.index),
    }
    return render(request, "indicators/indicator.html", context)


def _grain(request: SignedIn, one: Indicator) -> Any:
    """Return the grain that the address asks for, if the indicator's periods can be seen in it."""
    wanted = request.GET.get("grain")
    return wanted if wanted in (one.period, queries.finest(one)) else None


def _shown(period: PeriodValue, one: Indicator) -> tuple[float | None, ...]:
    known = (period.estimate.value, period.estimate.low, period.estimate.high, period.path)
    return tuple(None if figure is None else round_half_even(figure, one.target.decimals) for figure in known)


def _part_shown(part: PartValue, one: Indicator) -> tuple[float | None, ...]:
    known = (part.estimate.value, part.estimate.low, part.estimate.high)
    return tuple(None if figure is None else round_half_even(figure, one.target.decimals) for figure in known)


def _organisation(plan: Plan, code: str) -> Any:
    return next(unit for unit in plan.organisations if unit.code == code)


def _download(
    request: SignedIn,
    form: str,
    code: str,
    *,
    periods: tuple[PeriodValue, ...],
    places: tuple[queries.IndicatorValue, ...],
    parts: list[tuple[PartValue, ...]],
) -> HttpResponse:
    wanted = request.GET.get("table", "periods")
    if wanted == "places":
        return table_answer(downloads.of_values(places), f"{code}-places", form)
    if wanted == "parts":
        language = get_language() or "zh-hans"
        rows = [
            {"column": part.column, "part": part.part, "title": part.title.in_language(language)} | _figures(part)
            for group in parts
            for part in group
        ]
        return table_answer(pl.DataFrame(rows, infer_schema_length=None), f"{code}-parts", form)
    rows = [
        {"period": period.period.label}
        | _figures(period)
        | {"status": str(period.judgement.status), "target": period.aim, "path": period.path}
        for period in periods
    ]
    return table_answer(pl.DataFrame(rows, infer_schema_length=None), f"{code}-periods", form)


def _figures(found: PeriodValue | PartValue) -> dict[str, Any]:
    estimate = found.estimate
    return {
        "value": estimate.value,
        "low": estimate.low,
        "high": estimate.high,
        "n": estimate.n,
        "numerator": estimate.numerator,
        "denominator": estimate.denominator,
        "source": estimate.source,
    }
