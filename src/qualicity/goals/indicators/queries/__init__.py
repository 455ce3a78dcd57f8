"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.goals.indicators.queries.evidence import EvidencePage, rows
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
    "EvidencePage",
    "IndicatorValue",
    "PartValue",
    "PeriodValue",
    "as_plain",
    "breakdown",
    "by_place",
    "finest",
    "history",
    "indicator_of",
    "rows",
    "target_words",
    "value",
    "values",
]
