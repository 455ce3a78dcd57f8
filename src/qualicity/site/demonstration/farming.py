"""Simulated farming: samples of farm produce and the area under standards."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.city import City, Site


def samples(city: City, sites: tuple[Site, ...], period: Period, *, organisation: str) -> pl.DataFrame:
    """Return the rows of ``farm_samples`` concluded in the period."""
    return pl.concat(_samples(city, site, period, organisation) for site in sites)


def standardisation(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``farm_standardisation``: mu under cultivation and under standards, by category."""
    rows = []
    for site in sites:
        random = city.stream("standardisation", site.code, period.label)
        rural = {"county": 1.0, "zone": 0.12, "district": 0.08}[site.kind]
        for category, area in city.scenario["farming"]["areas"].items():
            total = area * site.people / 1000 * rural * random.normal(1.0, 0.03)
            share = city.level("farming", "standardised", period.start.year) + random.normal(0.0, 0.012)
            rows.append(
                {
                    "place": site.code,
                    "date": period.end,
                    "category": category,
                    "total_area": round(total, 1),
                    "standardised_area": round(total * share, 1),
                }
            )
    return pl.DataFrame(rows)


def _samples(city: City, site: Site, period: Period, organisation: str) -> pl.DataFrame:
    random = city.stream("farm samples", site.code, period.label, organisation)
    rural = {"county": 1.0, "zone": 0.3, "district": 0.5}[site.kind]
    count = max(12, round(city.scenario["farming"]["samples_per_quarter"] * site.people / 1000 * rural))
    kinds = city.scenario["farming"]["produce"]
    chosen = [kinds[place] for place in random.integers(0, len(kinds), count)]
    good = random.random(count) < city.level("farming", "samples", period.start.year)
    limit = np.array([one["limit"] for one in chosen])
    share = np.where(good, random.beta(1.6, 6.0, count) * 0.98, 1.05 + random.gamma(1.3, 0.5, count))
    concluded = [
        period.start + timedelta(days=int(day))
        for day in random.integers(6, (period.end - period.start).days + 1, count)
    ]
    return pl.DataFrame(
        {
            "sample": [
                f"NC-{organisation}-{site.code}-{period.label}-{number:04d}" for number in range(1, count + 1)
            ],
            "place": [site.code] * count,
            "programme": random.choice(["monitoring", "spot_check", "targeted"], size=count, p=[0.7, 0.25, 0.05]),
            "product": [one["product"] for one in chosen],
            "category": [one["category"] for one in chosen],
            "main_product": [True] * count,
            "stage": random.choice(["farm", "wholesale", "retail"], size=count),
            "sampled_on": [day - timedelta(days=6) for day in concluded],
            "tested_item": [one["item"] for one in chosen],
            "result": np.round(limit * share, 4),
            "limit": limit,
            "conclusion": np.where(good, "qualified", "unqualified"),
            "concluded_on": concluded,
        }
    )
