"""A value as plain data: what the command line prints, the API answers and a download holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qualicity.definitions.plans import Target
    from qualicity.goals.indicators.queries.values import IndicatorValue


def as_plain(found: IndicatorValue) -> dict[str, Any]:
    """Return a value as one object of numbers, words and lists, ready for JSON."""
    return {
        "code": found.code,
        "area": found.area,
        "row": found.row,
        "task": found.indicator.task,
        "title": found.title.zh,
        "title_en": found.title.en,
        "place": found.place,
        "value": found.value,
        "low": found.low,
        "high": found.high,
        "n": found.n,
        "numerator": found.numerator,
        "denominator": found.denominator,
        "refused": found.refused,
        "outside": found.outside,
        "unit": found.unit,
        "target": target_as_plain(found.target, found.unit, found.aim),
        "status": str(found.status),
        "certainty": None if found.certainty is None else str(found.certainty),
        "pace": None if found.pace is None else str(found.pace),
        "method": found.method.zh,
        "method_en": found.method.en,
        "source": found.source,
        "reason": None if found.reason is None else {"zh": found.reason.zh, "en": found.reason.en},
        "missing": list(found.missing),
        "failed": list(found.failed),
        "period": None if found.period is None else found.period.label,
        "as_of": found.as_of.isoformat(),
        "versions": found.versions,
        "trend": list(found.trend),
        "cite": found.indicator.cite,
        "lead": found.indicator.lead,
    }


def target_as_plain(target: Target, unit: str, aim: float | None) -> dict[str, Any]:
    """Return a target as one object; ``aim`` is the figure that the value is held against in its period."""
    return {
        "kind": target.kind,
        "value": target.value,
        "aim": aim,
        "unit": target.unit or unit,
        "decimals": target.decimals,
        "every": target.every,
        "year": target.year,
        "base_year": target.base_year,
        "points": {str(year): value for year, value in target.points.items()},
        "certainty": target.certainty,
    }
