import csv
import math
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from qualicity.methods.air import (
    POLLUTANTS,
    annual_mean,
    daily_aqi,
    daily_aqi_reproducible,
    hourly_aqi,
    hourly_aqi_reproducible,
    individual_index,
    percentile_hj663,
)


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return math.nan


def test_a_missing_pollutant_is_left_out() -> None:
    result = hourly_aqi(pm25=[57.0, math.nan], pm10=math.nan, so2=9, no2=[45, math.nan], co=0.7, o3_1h=31)
    assert result.aqi.tolist() == [78.0, 10.0]
    assert [POLLUTANTS[result.primary[0]], result.primary[1]] == ["pm25", -1]


def test_nothing_measured_has_no_index() -> None:
    gap = math.nan
    result = hourly_aqi(pm25=gap, pm10=gap, so2=gap, no2=gap, co=gap, o3_1h=gap)
    assert np.isnan(result.aqi).all()
    assert result.primary.tolist() == [-1]


def test_an_hour_of_so2_above_800_is_not_counted() -> None:
    assert math.isnan(float(individual_index(801, "so2_1h")))
    assert float(individual_index(800, "so2_1h")) == 200.0


def test_the_scale_ends_at_500() -> None:
    assert float(individual_index(999, "pm25")) == 500.0


def test_a_concentration_below_zero_is_no_measurement() -> None:
    assert math.isnan(float(individual_index(-1, "pm25")))


def test_an_index_rounds_up_but_not_by_binary_noise() -> None:
    assert individual_index([35.0, 35.1, 75.0, 115.0], "pm25").tolist() == [50.0, 51.0, 100.0, 150.0]
    assert individual_index([0.1 * 3 * 10, 4.0], "co_24h").tolist() == [75.0, 100.0]


def test_a_day_is_judged_by_its_worst_pollutant() -> None:
    result = daily_aqi(pm25=60, pm10=120, so2=20, no2=50, co=1.2, o3_8h=200)
    assert result.aqi.tolist() == [137.0]
    assert POLLUTANTS[result.primary[0]] == "o3_8h"


def test_a_reported_index_is_held_against_its_own_values() -> None:
    agrees = daily_aqi_reproducible(
        [137, 120, math.nan], pm25=60, pm10=120, so2=20, no2=50, co=1.2, o3_8h=[200, 200, 200]
    )
    assert agrees.tolist() == [True, False, True]


def test_a_valid_year_has_its_mean() -> None:
    days = np.arange("2014-01-01", "2015-01-01", dtype="datetime64[D]")
    result = annual_mean(days, np.full(365, 87.0))
    assert (result.value, result.n_days, result.valid, result.reason) == (87.0, 365, True, None)


def test_ordinals_serve_as_days() -> None:
    first = date(2014, 1, 1).toordinal()
    assert annual_mean(np.arange(first, first + 365), np.full(365, 1.0)).valid


@pytest.mark.parametrize(
    ("without", "words"),
    [
        (slice(0, 50), "315"),
        (slice(0, 5), "26 valid daily values in month 1"),
        (slice(31, 35), "24 valid daily values in month 2"),
        (slice(0, 365), "no valid"),
    ],
)
def test_too_few_days_give_no_value_but_a_reason(without: slice, words: str) -> None:
    values = np.full(365, 80.0)
    values[without] = np.nan
    result = annual_mean(np.arange("2014-01-01", "2015-01-01", dtype="datetime64[D]"), values)
    assert math.isnan(result.value)
    assert not result.valid
    assert result.reason is not None
    assert words in result.reason.en


def test_a_doubled_day_is_not_a_valid_year() -> None:
    days = np.arange("2014-01-01", "2015-01-01", dtype="datetime64[D]")
    days[1] = days[0]
    assert not annual_mean(days, np.full(365, 1.0)).valid


def test_a_percentile_runs_between_its_neighbours() -> None:
    assert percentile_hj663(np.array([4.0, 1.0, 3.0, 2.0, math.nan]), 0.5) == 2.5
    assert percentile_hj663(np.array([7.0]), 0.98) == 7.0
    assert math.isnan(percentile_hj663(np.array([math.nan]), 0.98))


@pytest.mark.shared
def test_every_station_hour_with_its_inputs_has_the_published_index(shared: Path) -> None:
    checked = 0
    for file in sorted((shared / "data/01_air").glob("zhengzhou_stations_hourly_*.csv")):
        with file.open(encoding="utf-8-sig") as lines:
            rows = list(csv.DictReader(lines))
        names = {"pm25": "PM2.5", "pm10": "PM10", "so2": "SO2", "no2": "NO2", "co": "CO", "o3_1h": "O3_1h"}
        columns = {ours: np.array([_number(row[theirs]) for row in rows]) for ours, theirs in names.items()}
        published = np.array([_number(row["AQI"]) for row in rows])
        measured = ~np.isnan(published) & ~np.isnan(hourly_aqi(**columns).aqi)
        assert hourly_aqi_reproducible(published, **columns).all()
        checked += int(measured.sum())
    assert checked >= 900


@pytest.mark.shared
def test_the_daily_file_is_mostly_not_reproducible_from_its_own_values(shared: Path) -> None:
    columns = _daily(shared)
    values = {name: columns[name] for name in ("pm25", "pm10", "so2", "no2", "co", "o3_8h")}
    assert int(daily_aqi_reproducible(columns["aqi"], **values).sum()) == 177


@pytest.mark.shared
def test_the_annual_means_of_zhengzhou_are_those_of_the_daily_file(shared: Path) -> None:
    columns = _daily(shared)
    years = columns["date"].astype("datetime64[Y]").astype(int) + 1970
    found = {}
    for year in range(2013, 2018):
        result = annual_mean(columns["date"][years == year], columns["pm25"][years == year])
        found[year] = round(result.value, 1) if result.valid else result.n_days
    assert found == {2013: 30, 2014: 87.1, 2015: 95.3, 2016: 78.6, 2017: 31}


def _daily(shared: Path) -> dict[str, np.ndarray]:
    with (shared / "data/01_air/zhengzhou_daily_2013-12_2017-01.csv").open(encoding="utf-8-sig") as lines:
        rows = list(csv.reader(lines))
    order = {"aqi": 2, "pm25": 5, "pm10": 6, "so2": 7, "co": 8, "no2": 9, "o3_8h": 10}
    columns = {name: np.array([_number(row[place]) for row in rows]) for name, place in order.items()}
    return columns | {"date": np.array([row[1] for row in rows], dtype="datetime64[D]")}
