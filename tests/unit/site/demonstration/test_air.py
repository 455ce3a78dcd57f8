from __future__ import annotations

from datetime import date

import numpy as np
import polars as pl
import pytest

from qualicity.methods.air import daily_aqi_reproducible, hourly_aqi_reproducible
from qualicity.site.demonstration.air import AirSeries, city_days, simulate, station_hours


@pytest.fixture(scope="module")
def series(where) -> AirSeries:
    return simulate(where)


def year(series: AirSeries, of: int) -> pl.DataFrame:
    return city_days(series, "410100", date(of, 1, 1), date(of, 12, 31))


def test_the_mean_of_2013_is_the_one_that_the_plan_states(series):
    assert round(year(series, 2013)["pm25"].mean()) == 108


def test_2014_lies_on_the_path_to_2016(series):
    assert 95 < year(series, 2014)["pm25"].mean() <= 108 - 13 / 3


def test_winter_is_worse_than_summer(series):
    months = year(series, 2013).group_by(pl.col("date").dt.month()).agg(pl.col("pm25").mean()).sort("date")["pm25"]
    assert min(months[0], months[11]) > 1.5 * max(months[5], months[6])


def test_every_day_has_its_row_and_the_index_that_its_values_give(series):
    days = year(series, 2014)
    assert days.height == 365
    values = {name: days[name].to_numpy() for name in ("pm25", "pm10", "so2", "no2", "co", "o3_8h")}
    assert daily_aqi_reproducible(days["aqi"].to_numpy(), **values).all()


def test_every_hour_of_every_station_has_its_row_and_its_index(series, where):
    hours = station_hours(series, date(2014, 2, 1), date(2014, 2, 28))
    assert hours.height == 28 * 24 * len(where.stations)
    assert hours.select("station", "time").is_unique().all()
    values = {
        name: hours[name].cast(pl.Float64).fill_null(np.nan).to_numpy()
        for name in ("pm25", "pm10", "so2", "no2", "co", "o3_1h")
    }
    reported = hours["aqi"].cast(pl.Float64).fill_null(np.nan).to_numpy()
    assert hourly_aqi_reproducible(reported, **values).all()


def test_some_hours_are_not_measured_but_few(series, where):
    hours = station_hours(series, date(2013, 5, 1), date(2013, 5, 31))
    assert 0 < hours["pm25"].null_count() < 0.02 * hours.height


def test_the_same_seed_makes_the_same_hours(series, where):
    again = simulate(where)
    assert np.array_equal(again.values["no2"], series.values["no2"], equal_nan=True)
