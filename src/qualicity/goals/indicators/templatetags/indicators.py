"""Words of this desk in templates."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import get_language

from qualicity.goals.indicators import queries

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.definitions.measures import Measure
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Area, Place
    from qualicity.goals.indicators.queries import IndicatorValue, PlaceSummary

register = template.Library()


@register.filter
def target_in_words(one: IndicatorValue) -> str:
    """Return a value's target in few words in the reader's language."""
    return queries.target_words(one.target, one.unit, one.aim).in_language(get_language() or "zh-hans")


@register.filter
def place_query(summary: PlaceSummary) -> str:
    """Return the part of an address that goes to a place; it wins over the standing that comes before it."""
    return f"place={summary.place.code}"


@register.filter
def short_name(place: Place) -> str:
    """Return a place's name as short as a tile needs it."""
    language = get_language() or "zh-hans"
    name = place.title.in_language(language)
    if not language.startswith("en"):
        return next((one for one in (name, *place.aliases) if len(one) <= 5), name[:4] + "…")
    for tail in (" Hui district", " district", " county", " zone", " city"):
        name = name.removesuffix(tail)
    return name if len(name) <= 11 else name[:10] + "…"


@register.filter
def area_query(area: Area) -> str:
    """Return the part of an address that narrows the overview to an area."""
    return f"area={area.code}"


@register.filter
def period_query(period: Period) -> str:
    """Return the part of an address that names a period."""
    return f"period={period.label}"


@register.filter
def grain_query(grain: str) -> str:
    """Return the part of an address that names the length of the periods shown."""
    return f"grain={grain}"


@register.filter
def value_place_query(one: IndicatorValue) -> str:
    """Return the part of an address that goes to a value's place."""
    return f"place={one.place}"


@register.filter
def lookup(known: Mapping[str, Any], key: str) -> Any:
    """Return what a mapping holds under a key."""
    return known.get(key, key)


@register.filter
def in_sentence(title: str) -> str:
    """Return a title as it stands inside a sentence: in English without its capital, unless it is an abbreviation."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


@register.filter
def figure_of(value: float) -> str:
    """Return a sum with as many digits as it needs."""
    return f"{value:,.0f}".replace(",", "\u2009") if float(value).is_integer() else f"{value:.6g}"


@register.filter
def as_written(measure: Measure) -> str:
    """Return a measure as its definition writes it, without what it leaves out."""
    return json.dumps(measure.model_dump(by_alias=True, exclude_defaults=True, mode="json"), ensure_ascii=False)
