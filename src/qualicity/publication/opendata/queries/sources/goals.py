"""The goals and the city's enterprises as sources of open tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

from qualicity.commons.registry import queries as registry
from qualicity.goals.indicators import queries as goals

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.publication.opendata.queries.sources.source import Row


def indicators(day: date, by: Person | None) -> Iterator[Row]:
    """Yield every target of the plan as it stands for the city."""
    plan = registry.plan()
    for position, found in enumerate(goals.values(plan=plan, as_of=day, by=by), 1):
        words = goals.target_words(found.target, found.unit, found.aim)
        yield {
            "position": position,
            "plan": plan.code,
            **_figures(found),
            "target": words.zh,
            "target_en": words.en,
            "aim": found.aim,
            "refused": found.refused,
            "method": found.method.zh,
            "method_en": found.method.en,
            "registers": "; ".join(f"{code}@{version}" for code, version in sorted(found.versions.items())),
            "reason": found.reason.zh if found.reason else None,
            "reason_en": found.reason.en if found.reason else None,
            "cite": found.indicator.cite,
            "area": found.area,
            "title": found.title.zh,
            "title_en": found.title.en,
        }


def indicator_places(day: date, by: Person | None) -> Iterator[Row]:
    """Yield every target in every place, and for the city as the whole of them."""
    plan = registry.plan()
    every = [goals.values(plan=plan, as_of=day, place=one.code, by=by) for one in plan.places]
    titles = {one.code: one for one in plan.places}
    found = (value for of_one_indicator in zip(*every, strict=True) for value in of_one_indicator if value.applies)
    for position, value in enumerate(found, 1):
        where = titles[value.place]
        yield {
            "position": position,
            "plan": plan.code,
            "hidden": False,
            "place_title": where.title.zh,
            "place_title_en": where.title.en,
            "level": "city" if where.code == plan.place else "part",
            **_figures(value),
        }


def _figures(found: goals.IndicatorValue) -> dict[str, Any]:
    value, low, high = found.shown
    return {
        "code": found.code,
        "place": found.place,
        "period": found.period.label if found.period else None,
        "value": value,
        "low": low,
        "high": high,
        "unit": found.unit,
        "status": str(found.status),
        "certainty": None if found.certainty is None else str(found.certainty),
        "pace": None if found.pace is None else str(found.pace),
        "n": found.n,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "as_of": found.as_of,
    }


def enterprises(day: date, by: Person | None) -> Iterator[Row]:  # noqa: ARG001 -- sources are read alike
    """Yield every enterprise that the house knows."""
    titles = {one.code: one.title.zh for one in registry.plan().places}
    columns = ("uscc", "name", "place", "industry", "registered_on", "closed_on")
    for row in registry.enterprises().values(*columns).iterator(chunk_size=5000):
        yield {**row, "place_title": titles.get(row["place"])}


def nothing(day: date, by: Person | None) -> tuple[Row, ...]:  # noqa: ARG001 -- sources are read alike
    """Yield nothing: a table that has its place and its page before anything is in it."""
    return ()
