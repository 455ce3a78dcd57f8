"""Simulated building: acceptances of finished works, starts, and the papers of affordable housing."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from qualicity.site.demonstration.enterprises import by_place

if TYPE_CHECKING:
    from qualicity.definitions.periods import Period
    from qualicity.site.demonstration.city import City, Site

_A_QUARTER = 55
_KINDS = ["housing", "public_building", "industrial", "municipal", "transport", "other"]


def acceptances(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``project_acceptances``; what fails comes a second time in the same quarter."""
    return pl.concat(_acceptances(city, site, period) for site in sites)


def starts(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``project_starts``."""
    frames = []
    for site in sites:
        random = city.stream("starts", site.code, period.label)
        count = max(3, round(_A_QUARTER * 0.8 * (site.people + site.industry) / 125))
        due = random.random(count) < 0.92
        met = due & (random.random(count) < city.level("works", "energy_standard", period.start.year))
        kinds = random.choice(["housing", "public_building", "other"], size=count, p=[0.6, 0.25, 0.15])
        frames.append(
            pl.DataFrame(
                {
                    "project": [f"KG-{site.code}-{period.label}-{number:03d}" for number in range(1, count + 1)],
                    "place": [site.code] * count,
                    "name": [f"模拟{site.title}{number}号建设项目" for number in range(1, count + 1)],
                    "kind": kinds,
                    "affordable": (kinds == "housing") & (random.random(count) < 0.18),
                    "floor_area": _areas(random, count),
                    "energy_standard_due": due,
                    "energy_standard_met": met,
                    "permit_number": [f"SG{site.code}{period.label}{number:03d}" for number in range(1, count + 1)],
                    "started_on": _days(random, period, count),
                }
            )
        )
    return pl.concat(frames)


def affordable_housing(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``affordable_housing``: whether permit and supervision stood before the first spade."""
    frames = []
    for site in sites:
        random = city.stream("affordable", site.code, period.label)
        count = max(2, round(site.people / 16))
        started = _days(random, period, count)
        ready = random.random(count) < city.level("works", "papers", period.start.year)
        numbers = [f"{site.code}{period.label}{number:03d}" for number in range(1, count + 1)]
        frames.append(
            pl.DataFrame(
                {
                    "project": [f"BZ-{number}" for number in numbers],
                    "place": [site.code] * count,
                    "name": [f"模拟{site.title}安置房{number}号" for number in range(1, count + 1)],
                    "kind": random.choice(["public_rental", "low_rent", "economical", "renewal"], size=count),
                    "dwellings": random.integers(60, 900, count),
                    "permit_number": [f"SG{number}" for number in numbers],
                    "permit_on": [
                        day - timedelta(days=int(lead))
                        for day, lead in zip(started, random.integers(5, 60, count), strict=True)
                    ],
                    "supervision_number": [
                        f"BJ{number}" if whole else None for number, whole in zip(numbers, ready, strict=True)
                    ],
                    "supervision_on": [
                        day - timedelta(days=4) if whole else None for day, whole in zip(started, ready, strict=True)
                    ],
                    "started_on": started,
                },
                schema_overrides={"supervision_number": pl.String, "supervision_on": pl.Date},
            )
        )
    return pl.concat(frames)


def _acceptances(city: City, site: Site, period: Period) -> pl.DataFrame:
    random = city.stream("acceptances", site.code, period.label)
    count = max(4, round(_A_QUARTER * (site.people + site.industry) / 125))
    year = period.start.year
    size = random.choice(["large", "medium", "small"], size=count, p=[0.08, 0.27, 0.65])
    kind = random.choice(_KINDS, size=count, p=[0.5, 0.15, 0.15, 0.1, 0.05, 0.05])
    affordable = (kind == "housing") & (random.random(count) < 0.15)
    small, large, housing = (city.level("works", name, year) for name in ("small", "large", "housing"))
    rate = np.where(affordable, housing, np.where(size == "small", small, large))
    passed = random.random(count) < rate
    builders = by_place(city)[site.code]
    frame = pl.DataFrame(
        {
            "project": [f"YS-{site.code}-{period.label}-{number:03d}" for number in range(1, count + 1)],
            "place": [site.code] * count,
            "name": [f"模拟{site.title}{number}号单位工程" for number in range(1, count + 1)],
            "size": size,
            "kind": kind,
            "affordable": affordable,
            "floor_area": _areas(random, count),
            "builder": [builders[place].code for place in random.integers(0, len(builders), count)],
            "attempt": [1] * count,
            "conclusion": np.where(passed, "qualified", "unqualified"),
            "accepted_on": _days(random, period, count),
        }
    )
    again = frame.filter(conclusion="unqualified").with_columns(
        attempt=pl.lit(2, dtype=pl.Int64),
        conclusion=pl.lit("qualified"),
        accepted_on=pl.min_horizontal(pl.col("accepted_on") + pl.duration(days=20), pl.lit(period.end)),
    )
    return pl.concat([frame, again])


def _days(random: np.random.Generator, period: Period, count: int) -> list[date]:
    span = (period.end - period.start).days + 1
    return [period.start + timedelta(days=int(day)) for day in random.integers(0, span, count)]


def _areas(random: np.random.Generator, count: int) -> list[float]:
    return [round(float(area), 1) for area in np.exp(random.normal(8.9, 0.8, count))]
