"""Simulated sewage, waste, noise, drinking water and emissions."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from qualicity.definitions.periods import Period, periods

if TYPE_CHECKING:
    from qualicity.site.demonstration.city import City, Site

_DAY_POINTS = {"regional": 130, "road": 60}


def sewage(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``sewage``: a month's discharge and treatment of each place."""
    return _treated(city, sites, period, subject="sewage", columns=("discharged", "treated"), a_head=0.9)


def waste(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``waste``: a month's collection and harmless disposal of each place."""
    frame = _treated(city, sites, period, subject="waste", columns=("collected", "harmless"), a_head=130.0)
    burnt = (pl.col("harmless") * 0.35).round(1)
    return frame.with_columns(landfilled=(pl.col("harmless") - burnt).round(1), burnt=burnt)


def noise_points(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``noise_points``: the year's measurements by day and by night at every point."""
    frames = [_noise(city, site, period.start.year, kind) for site in sites for kind in _DAY_POINTS]
    return pl.concat(frame for frame in frames if frame.height)


def drinking_water(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``drinking_water_sources``: every factor of every intake, month by month."""
    places = {site.code for site in sites}
    rows = []
    for month in periods("month", period.start, period.end):
        for source in city.scenario["drinking_water"]["sources"]:
            if source["place"] in places:
                rows += _intake(city, source, month)
    return pl.DataFrame(rows, infer_schema_length=None) if rows else pl.DataFrame()


def emissions(city: City, sites: tuple[Site, ...], period: Period) -> pl.DataFrame:
    """Return the rows of ``pollutant_emissions``: the year's tonnes by place and source."""
    rows = []
    for site in sites:
        random = city.stream("emissions", site.code)
        for kind, share in city.scenario["emissions"]["sources"].items():
            weight = share * (site.industry if kind == "industry" else site.people) / 1000 * random.normal(1.0, 0.05)
            base = city.scenario["emissions"]["tonnes_2010"]
            cut = {name: city.level("emissions", name, period.start.year) for name in base}
            rows.append(
                {
                    "place": site.code,
                    "date": period.end,
                    "source_kind": kind,
                    **{name: round(base[name] * weight * (1.0 - cut[name]), 1) for name in base},
                }
            )
    return pl.DataFrame(rows)


def _treated(
    city: City, sites: tuple[Site, ...], period: Period, *, subject: str, columns: tuple[str, str], a_head: float
) -> pl.DataFrame:
    whole, part = columns
    rows = []
    for site in sites:
        random = city.stream(subject, site.code, period.start.isoformat())
        lean = city.stream(subject, "lean", site.code).normal(0.0, 0.006)
        for month in periods("month", period.start, period.end):
            level = city.level(subject, "county" if site.kind == "county" else "district", month.start.year)
            summer = 1.0 + 0.09 * np.cos((month.start.month - 7) * np.pi / 6)
            amount = a_head * site.people * summer * random.normal(1.0, 0.02)
            share = min(level + lean + random.normal(0.0, 0.003), 0.999)
            rows.append(
                {"place": site.code, "date": month.end, whole: round(amount, 2), part: round(amount * share, 2)}
            )
    return pl.DataFrame(rows)


def _noise(city: City, site: Site, year: int, kind: str) -> pl.DataFrame:
    # Points stand in the built-up area of the city proper; counties have a few of their own.
    count = round(_DAY_POINTS[kind] * site.people / (465 if site.kind == "district" else 1200))
    random = city.stream("noise", site.code, year, kind)
    own = city.stream("noise points", site.code, kind)
    base = own.normal(0.0, 3.2 if kind == "regional" else 2.4, count)
    length = np.round(own.uniform(400, 3200, count))
    level = city.level("noise", kind, year)
    frames = []
    for part, less in (("day", 0.0), ("night", 7.5)):
        values = level - less + base - base.mean() * 0.9 + random.normal(0.0, 0.8, count)
        frames.append(
            pl.DataFrame(
                {
                    "point": [
                        f"{'R' if kind == 'road' else 'Q'}-{site.code}-{number:03d}" for number in range(1, count + 1)
                    ],
                    "place": [site.code] * count,
                    "kind": [kind] * count,
                    "measured_on": [
                        date(year, 4, 1) + timedelta(days=int(day)) for day in random.integers(0, 200, count)
                    ],
                    "day_part": [part] * count,
                    "leq": np.round(values, 1),
                    "road_length": pl.Series(length if kind == "road" else [None] * count, dtype=pl.Float64),
                    "zone_class": ["4a" if kind == "road" else "2"] * count,
                }
            )
        )
    return pl.concat(frames)


def _intake(city: City, source: dict[str, str], month: Period) -> list[dict[str, object]]:
    random = city.stream("intake", source["title"], month.start.isoformat())
    sampled = month.start + timedelta(days=int(random.integers(2, 12)))
    volume = round(float(random.normal(900, 60)), 1)
    bad = city.level("drinking_water", "share_bad", month.start.year)
    rows: list[dict[str, object]] = []
    for factor, limit, unit in city.scenario["drinking_water"]["factors"]:
        fails = random.random() < bad
        share = 1.0 + abs(random.normal(0.1, 0.05)) if fails else random.beta(2.0, 3.0) * 0.95
        value = round(limit * share, 4)
        rows.append(
            {
                "place": source["place"],
                "source": source["title"],
                "water_kind": source["kind"],
                "sampled_on": sampled,
                "factor": factor,
                "value": value,
                "limit": float(limit),
                "unit": unit,
                "qualified": value <= limit,
                "volume": volume,
            }
        )
    return rows
