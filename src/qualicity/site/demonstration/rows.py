"""The rows of any register for one organisation and period."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import polars as pl

from qualicity.site.demonstration import air, farming, ledgers, safety, services, spot_checks, utilities, water, works

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.definitions.periods import Period
    from qualicity.definitions.registers import Register
    from qualicity.site.demonstration.city import City, Site

    Maker = Callable[[City, tuple[Site, ...], Period], pl.DataFrame]

_BY_PLACE: dict[str, Maker] = {
    "sewage": utilities.sewage,
    "waste": utilities.waste,
    "noise_points": utilities.noise_points,
    "drinking_water_sources": utilities.drinking_water,
    "pollutant_emissions": utilities.emissions,
    "project_acceptances": works.acceptances,
    "project_starts": works.starts,
    "affordable_housing": works.affordable_housing,
    "satisfaction_responses": services.responses,
    "farm_standardisation": farming.standardisation,
}
_CITY_WIDE: dict[str, Callable[[City, Period], pl.DataFrame]] = {
    "enterprises": ledgers.enterprise_files,
    "prepackaged_products": ledgers.prepackaged,
    "product_licences": ledgers.licences,
    "professional_certificates": ledgers.certificates,
    "employment": ledgers.employment,
    "special_equipment": safety.equipment,
    "safety_events": safety.events,
}


def rows(city: City, register: Register, *, organisation: str, period: Period) -> pl.DataFrame:
    """Return the rows in the order of the register's columns; none where there is nothing to report."""
    frame = _made(city, register.code, organisation, period)
    if frame.is_empty():
        return frame
    return frame.select(name for name in register.names if name in frame.columns)


def _made(city: City, code: str, organisation: str, period: Period) -> pl.DataFrame:
    own = city.site(organisation)
    if code in _BY_PLACE:
        return _BY_PLACE[code](city, (own,) if own else city.sites, period)
    if code in _CITY_WIDE:
        return _CITY_WIDE[code](city, period)
    match code:
        case "air_quality_hourly":
            return air.station_hours(_air(city), period.start, period.end)
        case "air_quality_daily":
            return air.city_days(_air(city), city.plan.place, period.start, period.end)
        case "water_sections":
            return water.readings(city, period.start, period.end)
        case "spot_check_batches":
            return spot_checks.of_organisation(city, organisation, period.start, period.end)
        case "farm_samples":
            return farming.samples(city, city.sites, period, organisation=organisation)
        case "recognitions":
            return services.recognitions(city, organisation, period)
        case _:
            assert code == "reported_values", f"the demonstration makes no rows of {code}"
            return safety.reported(city, organisation, period)


@cache
def _air(city: City) -> air.AirSeries:
    return air.simulate(city)
