"""Simulated surface water: automatic readings of river sections and reservoirs, classed as they are published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl

from qualicity.methods.water import CLASS_CODES, classify, round_items

if TYPE_CHECKING:
    from qualicity.site.demonstration.city import City

Floats = npt.NDArray[np.float64]

_READINGS_A_DAY = 6
_MISSING = 0.004
#: Share of an item's limit at which a section of pressure 1.0 lies; pressure 1.0 is just class III, 2.0 is class V.
_AT_PRESSURE_ONE = {
    "permanganate_index": 5.2,
    "ammonia_nitrogen": 0.9,
    "total_phosphorus": 0.17,
    "total_nitrogen": 3.1,
}
#: The limits of phosphorus are about four times stricter for standing water.
_LAKE_PHOSPHORUS = 0.26


@dataclass(frozen=True, slots=True)
class Section:
    """One monitored section; ``pressure`` by year says how dirty: 1 is class III, 2 is class V, more is worse."""

    place: str
    title: str
    river: str
    lake: bool
    built_up: bool
    pressure: dict[int, float]


def sections(city: City) -> tuple[Section, ...]:
    """Return the sections of the scenario."""
    return tuple(Section(**row) for row in city.scenario["sections"])


def readings(city: City, since: date, until: date) -> pl.DataFrame:
    """Return the rows of ``water_sections`` of a span inside one year, every four hours for every section."""
    known = sections(city)
    random = city.stream("water", since.isoformat())
    count = ((until - since).days + 1) * _READINGS_A_DAY
    size = count * len(known)
    pressure = np.repeat([_pressure(section, since.year) for section in known], count)
    lake = np.repeat([section.lake for section in known], count)
    items = _items(random, pressure, size)
    items["total_phosphorus"] *= np.where(lake, _LAKE_PHOSPHORUS, 1.0)
    for values in items.values():
        values[random.random(size) < _MISSING] = np.nan
    rounded = round_items(items)
    classes = classify(rounded, lake)
    start = datetime.combine(since, datetime.min.time())
    moments = [start + timedelta(hours=4 * step) for step in range(count)]
    return pl.DataFrame(
        {
            "place": np.repeat([section.place for section in known], count),
            "section": np.repeat([section.title for section in known], count),
            "river": np.repeat([section.river for section in known], count),
            "time": moments * len(known),
            "lake": lake,
            **rounded,
            "published_class": np.array(CLASS_CODES)[classes],
            "built_up": np.repeat([section.built_up for section in known], count),
        }
    ).with_columns(
        pl.selectors.float().fill_nan(None),
        pl.col("published_class").replace("", None),
    )


def _pressure(section: Section, year: int) -> float:
    return float(section.pressure[max(known for known in section.pressure if known <= year)])


def _items(random: np.random.Generator, pressure: Floats, size: int) -> dict[str, Floats]:
    def spread(width: float) -> Floats:
        return np.exp(random.normal(-width * width / 2.0, width, size))

    together = spread(0.10)
    items = {name: level * pressure * together * spread(0.08) for name, level in _AT_PRESSURE_ONE.items()}
    oxygen = np.clip(9.2 - 3.1 * pressure + random.normal(0.0, 0.4, size), 0.3, 13.0)
    return {"ph": np.clip(random.normal(7.6, 0.25, size), 6.6, 8.7), "dissolved_oxygen": oxygen, **items}
