"""Simulated safety: special equipment in use, and events with the nil rows of quiet quarters; and reported totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.city import City


def equipment(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``special_equipment`` in use at the end of the period."""
    rows = []
    for site in city.sites:
        for category, number in city.scenario["safety"]["equipment"].items():
            random = city.stream("equipment", site.code, category)
            growth = 1.08 ** (period.end.year - 2013)
            count = round(number * (site.people + site.industry) / 2000 * growth * float(random.normal(1.0, 0.04)))
            rows.append({"place": site.code, "date": period.end, "category": category, "count": max(count, 0)})
    return pl.DataFrame(rows)


def events(city: City, period: Period) -> pl.DataFrame:
    """Return the rows of ``safety_events``: those of the scenario, and a nil row for every place without one."""
    told = [row for row in city.scenario["safety"]["events"] if period.start <= row["occurred_on"] <= period.end]
    struck = {row["place"] for row in told}
    nil = [
        {
            "event": f"ZERO-{site.code}-{period.label}",
            "place": site.code,
            "occurred_on": period.end,
            "domain": "all",
            "gravity": "nil",
            "deaths": 0,
            "injured": 0,
            "loss": None,
            "summary": None,
        }
        for site in city.sites
        if site.code not in struck
    ]
    return pl.DataFrame(told + nil, infer_schema_length=None).select(nil[0].keys())


def reported(city: City, organisation: str, period: Period) -> pl.DataFrame:
    """Return the rows of ``reported_values`` that an organisation files because it holds only totals."""
    rows = [
        {name: value for name, value in row.items() if name != "organisation"}
        for row in city.scenario["reported"]
        if row["organisation"] == organisation and row["period_end"] == period.end
    ]
    return pl.DataFrame(rows)
