"""Ambient air: the index of an hour or a day (HJ 633) and the evaluation of a year (HJ 663)."""

from qualicity.methods.air.evaluation import AnnualMean, annual_mean, percentile_hj663
from qualicity.methods.air.index import (
    POLLUTANTS,
    AirQuality,
    daily_aqi,
    daily_aqi_reproducible,
    hourly_aqi,
    hourly_aqi_reproducible,
    individual_index,
)

__all__ = [
    "POLLUTANTS",
    "AirQuality",
    "AnnualMean",
    "annual_mean",
    "daily_aqi",
    "daily_aqi_reproducible",
    "hourly_aqi",
    "hourly_aqi_reproducible",
    "individual_index",
    "percentile_hj663",
]
