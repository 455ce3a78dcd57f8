"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.goals.indicators.queries.estimating import Snapshot, snapshot
from qualicity.goals.indicators.queries.evidence import MOST, EvidencePage, rows
from qualicity.goals.indicators.queries.overview import (
    AreaValues,
    Concern,
    PlaceSummary,
    attention,
    by_area,
    places,
)
from qualicity.goals.indicators.queries.reviewed import Review, grain_of, parts_in, review, year_before
from qualicity.goals.indicators.queries.spread import (
    PartValue,
    PeriodValue,
    breakdown,
    by_place,
    finest,
    history,
)
from qualicity.goals.indicators.queries.values import IndicatorValue, indicator_of, value, values
from qualicity.goals.indicators.queries.words import target_words
from qualicity.goals.indicators.queries.written import as_plain

__all__ = [
    "MOST",
    "AreaValues",
    "Concern",
    "EvidencePage",
    "IndicatorValue",
    "PartValue",
    "PeriodValue",
    "PlaceSummary",
    "Review",
    "Snapshot",
    "as_plain",
    "attention",
    "breakdown",
    "by_area",
    "by_place",
    "finest",
    "grain_of",
    "history",
    "indicator_of",
    "parts_in",
    "places",
    "review",
    "rows",
    "snapshot",
    "target_words",
    "value",
    "values",
    "year_before",
]
