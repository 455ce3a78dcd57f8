"""The evaluation of a year of air: annual means and percentiles, with the rules of validity, by HJ 663-2013."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from qualicity.errors import Text

#: Daily values that a year, a month and a February need at least.
YEAR_NEEDS, MONTH_NEEDS, FEBRUARY_NEEDS = 324, 27, 25

_EPOCH_ORDINAL = 719163  # date(1970, 1, 1).toordinal(): NumPy counts days from there.


@dataclass(frozen=True, slots=True)
class AnnualMean:
    """The annual mean of daily values; ``value`` is NaN and ``reason`` says why where the year is not valid."""

    value: float
    n_days: int
    valid: bool
    reason: Text | None


def annual_mean(
    days: npt.NDArray[np.datetime64] | npt.NDArray[np.integer], values: npt.NDArray[np.floating]
) -> AnnualMean:
    """Return the mean of one calendar year's daily values if enough days and months were measured.

    ``days``: datetime64 or proleptic ordinals (``date.toordinal``), each day of one year at most once; ``values``:
    the daily means, NaN where none is valid. The mean is not rounded.
    Source: GB 3095-2012, table 4; HJ 663-2013, 5.
    """
    dates = _as_dates(np.asarray(days))
    daily = np.asarray(values, dtype=np.float64)
    assert dates.shape == daily.shape, "one value for each day"
    known = ~np.isnan(daily)
    dates, daily = dates[known], daily[known]
    reason = _why_not(dates)
    mean = float(daily.mean()) if reason is None else math.nan
    return AnnualMean(mean, int(daily.size), reason is None, reason)


def percentile_hj663(values: npt.NDArray[np.floating], p: float) -> float:
    """Return the percentile (``p`` between 0 and 1) of daily values, NaN left out; NaN where nothing was measured.

    Linear between the values ranked k = 1 + (n - 1)·p. The standard uses p = 0.98 for SO2 and NO2, 0.95 for
    PM10, PM2.5 and CO, 0.90 for the daily highest 8-hour O3. Source: HJ 663-2013, annex A.
    """
    assert 0.0 <= p <= 1.0, f"p is a share between 0 and 1: {p}"
    daily = np.sort(np.asarray(values, dtype=np.float64))
    daily = daily[~np.isnan(daily)]
    if daily.size == 0:
        return math.nan
    rank = (daily.size - 1) * p
    below = math.floor(rank)
    above = min(below + 1, daily.size - 1)
    return float(daily[below] + (daily[above] - daily[below]) * (rank - below))


def _as_dates(days: npt.NDArray[np.generic]) -> npt.NDArray[np.datetime64]:
    if np.issubdtype(days.dtype, np.datetime64):
        return days.astype("datetime64[D]")
    return (days.astype(np.int64) - _EPOCH_ORDINAL).astype("datetime64[D]")


def _why_not(dates: npt.NDArray[np.datetime64]) -> Text | None:
    """Return why these days are no valid year, or None."""
    if dates.size == 0:
        return Text("没有有效日均值", "there is no valid daily value")
    years = np.unique(dates.astype("datetime64[Y]"))
    assert years.size == 1, "an annual mean speaks for one calendar year"
    if np.unique(dates).size < dates.size:
        return Text("同一天有多个日均值", "a day has more than one daily value")
    if dates.size < YEAR_NEEDS:
        return Text(
            f"全年有效日均值{dates.size}天，少于{YEAR_NEEDS}天",
            f"{dates.size} valid daily values in the year, fewer than {YEAR_NEEDS}",
        )
    for month, count in zip(range(1, 13), _days_by_month(dates), strict=True):
        needed = FEBRUARY_NEEDS if month == 2 else MONTH_NEEDS
        if count < needed:
            return Text(
                f"{month}月有效日均值{count}天，少于{needed}天",
                f"{count} valid daily values in month {month}, fewer than {needed}",
            )
    return None


def _days_by_month(dates: npt.NDArray[np.datetime64]) -> list[int]:
    months = dates.astype("datetime64[M]").astype(np.int64) % 12
    return [int(count) for count in np.bincount(months, minlength=12)]
