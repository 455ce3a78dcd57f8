"""The air quality index of an hour or a day from its concentrations, by HJ 633-2012."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Numbers = npt.ArrayLike

#: Order of the pollutants in ``AirQuality.iaqi`` and the meaning of ``AirQuality.primary``.
POLLUTANTS = ("pm25", "pm10", "so2", "no2", "co", "o3_1h", "o3_8h")

_INDEX = (0.0, 50.0, 100.0, 150.0, 200.0, 300.0, 400.0, 500.0)
# Concentrations at the index values above: µg/m³, CO mg/m³. HJ 633-2012, table 1. A shorter row means that the
# standard counts no index beyond its last value.
_LIMITS: Mapping[str, tuple[float, ...]] = {
    "pm25": (0, 35, 75, 115, 150, 250, 350, 500),
    "pm10": (0, 50, 150, 250, 350, 420, 500, 600),
    "so2_24h": (0, 50, 150, 475, 800, 1600, 2100, 2620),
    "so2_1h": (0, 150, 500, 650, 800),
    "no2_24h": (0, 40, 80, 180, 280, 565, 750, 940),
    "no2_1h": (0, 100, 200, 700, 1200, 2340, 3090, 3840),
    "co_24h": (0, 2, 4, 14, 24, 36, 48, 60),
    "co_1h": (0, 5, 10, 35, 60, 90, 120, 150),
    "o3_1h": (0, 160, 200, 300, 400, 800, 1000, 1200),
    "o3_8h": (0, 100, 160, 215, 265, 800),
}
LIMIT_NAMES = tuple(_LIMITS)


@dataclass(frozen=True, slots=True)
class AirQuality:
    """The index of each row, and which pollutant made it.

    ``aqi``: float, NaN where no pollutant was measured. ``primary``: position in ``POLLUTANTS`` of the primary
    pollutant (the first of several equal ones), -1 where the index is 50 or less or unknown. ``iaqi``: rows by
    pollutants, NaN where not measured.
    """

    aqi: Floats
    primary: npt.NDArray[np.int64]
    iaqi: Floats


def individual_index(concentration: Numbers, limits: str) -> Floats:
    """Return the individual index (IAQI) by one row of the standard's table, rounded up; NaN stays NaN.

    Beyond the last concentration the index is 500; where the standard counts none beyond (SO2 of an hour above 800,
    O3 of eight hours above 800) it is NaN. Concentrations below zero are no measurement and give NaN.
    Source: HJ 633-2012, 4.2, formula (1) and table 1.
    """
    steps = np.asarray(_LIMITS[limits], dtype=np.float64)
    index = np.asarray(_INDEX[: steps.size])
    values = np.asarray(concentration, dtype=np.float64)
    usable = np.where(values >= 0.0, values, np.nan)
    exact = np.interp(usable, steps, index)
    if steps.size < len(_INDEX):
        exact = np.where(usable > steps[-1], np.nan, exact)
    # Binary noise must not lift a whole number to the next one.
    return np.asarray(np.ceil(np.round(exact, 9)))


def hourly_aqi(
    *, pm25: Numbers, pm10: Numbers, so2: Numbers, no2: Numbers, co: Numbers, o3_1h: Numbers
) -> AirQuality:
    """Return the real-time index of each hour; a missing pollutant (NaN) is left out.

    Particles of an hour are held against the 24-hour limits, as the national network publishes them.
    Units: µg/m³, CO mg/m³. Source: HJ 633-2012, 4.2 to 4.4 and table 1.
    """
    return _worst(
        pm25=individual_index(pm25, "pm25"),
        pm10=individual_index(pm10, "pm10"),
        so2=individual_index(so2, "so2_1h"),
        no2=individual_index(no2, "no2_1h"),
        co=individual_index(co, "co_1h"),
        o3_1h=individual_index(o3_1h, "o3_1h"),
    )


def daily_aqi(
    *,
    pm25: Numbers,
    pm10: Numbers,
    so2: Numbers,
    no2: Numbers,
    co: Numbers,
    o3_8h: Numbers,
    o3_1h: Numbers = np.nan,
) -> AirQuality:
    """Return the daily index from 24-hour means, the highest 8-hour O3 and (where known) the highest 1-hour O3.

    A missing pollutant (NaN) is left out. Units: µg/m³, CO mg/m³. Source: HJ 633-2012, 4.2 to 4.4 and table 1.
    """
    return _worst(
        pm25=individual_index(pm25, "pm25"),
        pm10=individual_index(pm10, "pm10"),
        so2=individual_index(so2, "so2_24h"),
        no2=individual_index(no2, "no2_24h"),
        co=individual_index(co, "co_24h"),
        o3_1h=individual_index(o3_1h, "o3_1h"),
        o3_8h=individual_index(o3_8h, "o3_8h"),
    )


def hourly_aqi_reproducible(aqi: Numbers, **concentrations: Numbers) -> npt.NDArray[np.bool_]:
    """Say for each row whether the reported index is the one that its own hourly values give (see ``hourly_aqi``).

    A row without a reported index, or without any concentration, has nothing to contradict and counts as true.
    """
    return _agrees(aqi, hourly_aqi(**concentrations))


def daily_aqi_reproducible(aqi: Numbers, **concentrations: Numbers) -> npt.NDArray[np.bool_]:
    """Say for each row whether the reported index is the one that its own daily values give (see ``daily_aqi``).

    A row without a reported index, or without any concentration, has nothing to contradict and counts as true.
    """
    return _agrees(aqi, daily_aqi(**concentrations))


def _agrees(reported: Numbers, computed: AirQuality) -> npt.NDArray[np.bool_]:
    given = np.asarray(reported, dtype=np.float64)
    return np.asarray(np.isnan(given) | np.isnan(computed.aqi) | (given == computed.aqi))


def _worst(**indices: Floats) -> AirQuality:
    measured = np.broadcast_arrays(*np.atleast_1d(*indices.values()))
    iaqi = np.full((measured[0].size, len(POLLUTANTS)), np.nan)
    for name, column in zip(indices, measured, strict=True):
        iaqi[:, POLLUTANTS.index(name)] = column
    unknown = np.isnan(iaqi).all(axis=1)
    filled = np.where(np.isnan(iaqi), -1.0, iaqi)
    aqi = np.where(unknown, np.nan, filled.max(axis=1))
    primary = np.where(filled.max(axis=1) > 50.0, filled.argmax(axis=1), -1)
    return AirQuality(aqi=aqi, primary=primary, iaqi=iaqi)
