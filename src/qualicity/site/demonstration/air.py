"""Simulated air: hours of every station, and the city's days made from them.

Winter peaks, synoptic spells of some days, a daily course, dust in spring and ozone in summer. The yearly means of
PM2.5 are scaled to the scenario's, so that a reader finds the plan's own figures again.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.signal import lfilter

from qualicity.methods.air import daily_aqi, hourly_aqi

if TYPE_CHECKING:
    from qualicity.site.demonstration.city import City, Station

Floats = npt.NDArray[np.float64]

POLLUTANTS = ("pm25", "pm10", "so2", "no2", "co", "o3_1h", "o3_8h")
_MISSING = 0.006


@dataclass(frozen=True, slots=True)
class AirSeries:
    """Hours by stations of each pollutant (µg/m³, CO mg/m³), published digits, NaN where not measured."""

    start: datetime
    stations: tuple[Station, ...]
    values: dict[str, Floats]

    @property
    def hours(self) -> int:
        """Return the number of hours."""
        return int(self.values["pm25"].shape[0])


def simulate(city: City) -> AirSeries:
    """Return the whole series of the scenario, the same for the same seed."""
    random = city.stream("air")
    start = datetime.combine(city.first, datetime.min.time())
    count = ((city.last - city.first).days + 1) * 24
    season, clock, spring = _courses(start, count)
    spell = _spell(random, count, persistence=0.985, spread=0.42)
    everywhere = np.exp(spell + 0.38 * season + 0.10 * np.cos((clock - 23) * np.pi / 12)) * 80.0
    factors = np.array([station.factor for station in city.stations])
    chosen = np.array([station.counts_for_city for station in city.stations])
    shape = (count, len(city.stations))
    local = everywhere[:, None] * factors * np.exp(random.normal(0.0, 0.14, shape))
    scale = _scale(local[:, chosen].mean(axis=1), start, city.levels("air", "pm25"))
    pm25 = np.clip(local * scale[:, None], 4.0, 490.0)
    dust = np.exp(_spell(random, count, persistence=0.97, spread=0.35)) * (1.0 + 0.55 * spring)
    coarse = 48.0 * dust[:, None] * np.sqrt(local / everywhere[:, None])
    values = {"pm25": pm25, "pm10": np.clip(pm25 * 1.12 + coarse, 8.0, 590.0)}
    values |= _gases(random, values["pm25"], season=season, clock=clock)
    digits = {name: np.round(series, 1 if name == "co" else 0) for name, series in values.items()}
    gaps = random.random(shape) < _MISSING
    for series in digits.values():
        series[gaps] = np.nan
    return AirSeries(start=start, stations=city.stations, values=digits)


def station_hours(series: AirSeries, since: date, until: date) -> pl.DataFrame:
    """Return the rows of ``air_quality_hourly`` from the first to the last day."""
    first, last = _span(series, since, until)
    count, width = last - first, len(series.stations)
    block = {name: values[first:last].ravel() for name, values in series.values.items()}
    moments = np.datetime64(series.start, "us") + np.arange(first, last) * np.timedelta64(1, "h")
    index = hourly_aqi(**{name: block[name] for name in ("pm25", "pm10", "so2", "no2", "co", "o3_1h")})
    frame = pl.DataFrame(
        {
            "place": np.tile([station.place for station in series.stations], count),
            "station": np.tile([station.title for station in series.stations], count),
            "time": np.repeat(moments, width),
            "aqi": index.aqi,
            **block,
        }
    )
    return _whole(frame, ("aqi", "pm25", "pm10", "so2", "no2", "o3_1h", "o3_8h"))


def city_days(series: AirSeries, place: str, since: date, until: date) -> pl.DataFrame:
    """Return the rows of ``air_quality_daily`` of the city: means of the state-controlled stations' hours."""
    first, last = _span(series, since, until)
    chosen = np.array([station.counts_for_city for station in series.stations])
    days = (last - first) // 24
    daily: dict[str, Floats] = {}
    for name, values in series.values.items():
        hours = np.nanmean(values[first:last][:, chosen], axis=1).reshape(days, 24)
        highest = name in {"o3_8h", "o3_1h"}
        daily[name] = np.round(np.nanmax(hours, axis=1) if highest else np.nanmean(hours, axis=1), 1)
    kept = ("pm25", "pm10", "so2", "no2", "co", "o3_8h")
    index = daily_aqi(**{name: daily[name] for name in kept})
    frame = pl.DataFrame(
        {
            "place": [place] * days,
            "date": [since + timedelta(days=day) for day in range(days)],
            "aqi": index.aqi,
            **{name: daily[name] for name in kept},
        }
    )
    return _whole(frame, ("aqi",))


def _courses(start: datetime, count: int) -> tuple[Floats, Floats, Floats]:
    hours = np.arange(count, dtype=np.float64)
    day = start.timetuple().tm_yday + hours / 24.0
    season = np.cos((day - 10.0) * 2.0 * np.pi / 365.25)
    spring = np.exp(-(((day % 365.25) - 110.0) ** 2) / (2.0 * 28.0**2))
    return season, hours % 24.0, spring


def _spell(random: np.random.Generator, count: int, *, persistence: float, spread: float) -> Floats:
    """Return a slow random course (first-order autoregression) with the given standard deviation."""
    noise = random.normal(0.0, spread * np.sqrt(1.0 - persistence**2), count)
    return np.asarray(lfilter([1.0], [1.0, -persistence], noise), dtype=np.float64)


def _scale(values: Floats, start: datetime, means: dict[int, float]) -> Floats:
    """Return the factors that bring each year to its mean; a year begun is held to the last one's same season."""
    years = (np.datetime64(start, "h") + np.arange(values.size)).astype("datetime64[Y]").astype(int) + 1970
    scale = np.ones(values.size)
    for year, mean in means.items():
        chosen = years == year
        if chosen.sum() >= 24 * 360:
            scale[chosen] = mean / values[chosen].mean()
        elif chosen.any():
            before = slice(first := int(np.argmax(years == year - 1)), first + int(chosen.sum()))
            same_season = (values[before] * scale[before]).mean()
            scale[chosen] = mean / means[year - 1] * same_season / values[chosen].mean()
    return scale


def _gases(random: np.random.Generator, pm25: Floats, *, season: Floats, clock: Floats) -> dict[str, Floats]:
    """Return the gases: those of burning follow the particles and the cold, ozone follows the sun."""

    def noise() -> Floats:
        return np.exp(random.normal(0.0, 0.16, pm25.shape))

    cold = np.exp(0.45 * season)[:, None]
    rush = (1.0 + 0.22 * np.cos((clock - 8.0) * np.pi / 6.0))[:, None]
    sun = np.clip(np.cos((clock - 15.0) * np.pi / 13.0), 0.0, None)[:, None]
    burning = (pm25 / 100.0) ** 0.45
    o3_1h = np.clip((28.0 + 105.0 * sun * np.exp(-0.55 * season)[:, None]) * noise(), 4.0, 320.0)
    # The hours before the first are taken as its like, so that the first means are means of eight hours too.
    hours = np.vstack([np.zeros((1, pm25.shape[1])), o3_1h[:7], o3_1h])
    sums = np.cumsum(hours, axis=0)
    return {
        "so2": np.clip(45.0 * burning * cold * noise(), 3.0, 600.0),
        "no2": np.clip(50.0 * burning * rush * np.sqrt(cold) * noise(), 5.0, 260.0),
        "co": np.clip(1.5 * burning * np.sqrt(cold) * noise(), 0.2, 12.0),
        "o3_1h": o3_1h,
        "o3_8h": (sums[8:] - sums[:-8]) / 8.0,
    }


def _span(series: AirSeries, since: date, until: date) -> tuple[int, int]:
    day = series.start.date()
    return (since - day).days * 24, ((until - day).days + 1) * 24


def _whole(frame: pl.DataFrame, names: tuple[str, ...]) -> pl.DataFrame:
    """Show whole figures as whole numbers, as the stations publish them."""
    measured = pl.selectors.float()
    return frame.with_columns(measured.fill_nan(None)).with_columns(
        pl.col(name).cast(pl.Int64, strict=False) for name in names
    )
