"""Simulated services: the yearly survey of customers, and the titles that the city has won."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.city import City, Site

_INDUSTRIES = {
    "producer": ("logistics", "finance", "information", "business"),
    "consumer": ("medical", "catering", "tourism", "retail", "household"),
}
_ITEMS = ("overall", "against_expectation", "against_ideal")
#: How far the two other questions lie from the overall one, in points of ten.
_SHIFT = {"overall": 0.0, "against_expectation": -0.1, "against_ideal": -0.35}


def responses(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``satisfaction_responses``: a stratified sample with its design weights."""
    return pl.concat(
        _answers(city, site, period, sector, industry)
        for site in sites
        for sector, industries in _INDUSTRIES.items()
        for industry in industries
    )


def recognitions(city: City, organisation: str, period: Period) -> pl.DataFrame:
    """Return the rows of ``recognitions`` that an organisation knows of, granted in the period."""
    known = [
        {"place": city.plan.place, "document": None, "expires_on": None, "holder": f"{row['name']}申报单位"} | row
        for row in city.scenario["recognitions"]
        if period.start <= row["granted_on"] <= period.end and row["organisation"] == organisation
    ]
    if not known:
        return pl.DataFrame()
    return pl.DataFrame(known, infer_schema_length=None).with_columns(pl.col("expires_on").cast(pl.Date))


def _answers(city: City, site: Site, period: Period, sector: str, industry: str) -> pl.DataFrame:
    year = period.start.year
    random = city.stream("survey", site.code, year, industry)
    count = max(30, round(city.scenario["survey"]["per_year"] * site.people / 1000 / 9))
    lean = city.stream("survey", "lean", site.code, industry).normal(0.0, 0.12)
    # An index of 0 to 100 is a mean of 1 to 10.
    middle = 1.0 + 9.0 * city.level("survey", sector, year) / 100.0 + 0.15 + lean
    person = random.normal(0.0, 1.05, count)
    answers = {
        name: np.clip(np.round(middle + _SHIFT[name] + person + random.normal(0.0, 0.6, count)), 1, 10).astype(int)
        for name in _ITEMS
    }
    span = (date(year, 11, 30) - date(year, 9, 1)).days
    return pl.DataFrame(
        {
            "survey": [f"CSI-{year}"] * count,
            "response": [f"{site.code}-{industry}-{number:04d}" for number in range(1, count + 1)],
            "place": [site.code] * count,
            "sector": [sector] * count,
            "industry": [industry] * count,
            "stratum": [f"{site.code}-{sector}"] * count,
            "weight": [round(site.people * 10.0 / count, 3)] * count,
            **answers,
            "answered_on": [date(year, 9, 1) + timedelta(days=int(day)) for day in random.integers(0, span, count)],
        }
    )
