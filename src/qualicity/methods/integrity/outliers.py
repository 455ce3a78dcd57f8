"""Outliers by robust seasonal statistics: far from the median of the same calendar month."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.errors import Text

Floats = npt.NDArray[np.float64]

#: The median absolute deviation of a normal distribution times this is its standard deviation.
_MAD_TO_SIGMA = 1.482602218505602
#: The same for the mean absolute deviation, which serves where more than half of the values are equal.
_MEAN_AD_TO_SIGMA = 1.2533141373155
#: A month with fewer values is judged by all months together.
MONTH_NEEDS = 8


@dataclass(frozen=True, slots=True)
class Outliers:
    """Which values lie far from their season.

    ``scores``: distance from the month's median in robust standard deviations, NaN where unknown. ``is_outlier``:
    beyond the threshold. ``statistic``: the largest distance; ``p_value``: its chance among ``n`` normal values
    (Šidák). ``centres`` and ``spreads``: what each value was held against.
    """

    statistic: float
    p_value: float
    n: int
    is_outlier: npt.NDArray[np.bool_]
    scores: Floats
    centres: Floats
    spreads: Floats
    evidence: Text


def seasonal_outliers(
    values: npt.NDArray[np.floating],
    months: npt.NDArray[np.integer],
    *,
    history: npt.NDArray[np.floating] | None = None,
    history_months: npt.NDArray[np.integer] | None = None,
    threshold: float = 6.0,
    logarithmic: bool = False,
) -> Outliers:
    """Find values far from the median of their calendar month, in units of the median absolute deviation.

    ``months``: 1 to 12 for each value. With ``history`` (and its months) the new values are held against what was
    known before, else against each other. A month with fewer than eight values, or without any spread, is judged by
    all months together. ``logarithmic`` compares ratios instead of differences, for amounts that are never zero and
    often run high; values of zero and below then have no score. Neither season nor a few wild values shift it.
    Source: F. R. Hampel, JASA 69 (1974) 383-393; P. J. Rousseeuw and C. Croux, JASA 88 (1993) 1273-1283.
    """
    given, month = np.asarray(values, dtype=np.float64), np.asarray(months)
    known = given if history is None else np.asarray(history, dtype=np.float64)
    known_month = month if history is None or history_months is None else np.asarray(history_months)
    assert given.shape == month.shape, "one month for each value"
    assert known.shape == known_month.shape, "one month for each earlier value"
    if logarithmic:
        given, known = _logarithms(given), _logarithms(known)
    centres, spreads = _yardsticks(known, known_month)
    centre, spread = centres[month], spreads[month]
    with np.errstate(divide="ignore", invalid="ignore"):
        scores = np.where(spread > 0, (given - centre) / spread, np.nan)
    distance = np.nan_to_num(np.abs(scores))
    n = int((~np.isnan(scores)).sum())
    worst = float(distance.max()) if distance.size else 0.0
    p_value = float(-np.expm1(n * np.log1p(-2.0 * special.ndtr(-worst)))) if n else float("nan")
    is_outlier = distance > threshold
    return Outliers(
        worst, p_value, n, is_outlier, scores, centre, spread, _words(int(is_outlier.sum()), n, threshold)
    )


def _logarithms(values: Floats) -> Floats:
    return np.log(np.where(values > 0, values, np.nan))


def _yardsticks(values: Floats, months: npt.NDArray[np.generic]) -> tuple[Floats, Floats]:
    """Return the centre and spread of each month, at positions 1 to 12."""
    measured = ~np.isnan(values)
    overall = _centre_and_spread(values[measured])
    centres, spreads = np.full(13, overall[0]), np.full(13, overall[1])
    for month in range(1, 13):
        inside = values[measured & (months == month)]
        if inside.size < MONTH_NEEDS:
            continue
        centre, spread = _centre_and_spread(inside)
        if spread > 0:
            centres[month], spreads[month] = centre, spread
    return centres, spreads


def _centre_and_spread(values: Floats) -> tuple[float, float]:
    if values.size == 0:
        return float("nan"), float("nan")
    centre = float(np.median(values))
    distance = np.abs(values - centre)
    spread = float(np.median(distance)) * _MAD_TO_SIGMA
    return centre, spread if spread > 0 else float(distance.mean()) * _MEAN_AD_TO_SIGMA


def _words(found: int, n: int, threshold: float) -> Text:
    return Text(
        f"{n}个数值中有{found}个偏离同月中位数{threshold:g}个稳健标准差以上",
        f"{found} of {n} values lie more than {threshold:g} robust deviations from the median of their month",
    )
