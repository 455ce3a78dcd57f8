"""Confidence intervals for proportions, counts per exposure and means."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

#: Below these counts the normal approximation behind Wilson's interval is not trusted.
SMALL_SAMPLE = 40
FEW_EVENTS = 5


@dataclass(frozen=True, slots=True)
class Interval:
    """The lower and upper end of a two-sided interval, in the unit of the estimate; NaN where nothing is known."""

    low: float
    high: float


def _z(confidence: float) -> float:
    assert 0.0 < confidence < 1.0, f"confidence must lie between 0 and 1: {confidence}"
    return float(special.ndtri(0.5 + confidence / 2.0))


def wilson(k: float, n: float, confidence: float = 0.95, *, adjust_extremes: bool = False) -> Interval:
    """Return Wilson's score interval of a proportion k of n, between 0 and 1.

    ``adjust_extremes`` replaces the lower end at k = 1 (and, mirrored, the upper end at k = n - 1) by the limit
    ``-ln(confidence) / n``, as R's Hmisc does; Wilson's own formula is the default.
    Source: E. B. Wilson, JASA 22 (1927) 209-212; Brown, Cai and DasGupta, Statistical Science 16 (2001) 101-133.
    """
    low, high = _wilson_bounds(np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64), confidence)
    if not adjust_extremes or n < 2:
        return Interval(float(low), float(high))
    edge = -math.log(confidence) / n
    return Interval(edge if k == 1 else float(low), 1.0 - edge if k == n - 1 else float(high))


def clopper_pearson(k: float, n: float, confidence: float = 0.95) -> Interval:
    """Return the exact binomial interval of a proportion k of n, between 0 and 1.

    Source: C. J. Clopper and E. S. Pearson, Biometrika 26 (1934) 404-413.
    """
    low, high = _exact_bounds(np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64), confidence)
    return Interval(float(low), float(high))


def proportion(k: float, n: float, confidence: float = 0.95) -> Interval:
    """Return the house's interval of a proportion: exact for small samples, else Wilson's.

    Exact (Clopper-Pearson) where n < 40 or where fewer than five of either kind were found: there Wilson's interval
    can cover less often than it promises, and a city must not be told more than its few samples know. Elsewhere
    Wilson's is narrower and as honest. NaN where n is 0.
    """
    low, high = proportion_bounds(np.asarray(k), np.asarray(n), confidence)
    return Interval(float(low), float(high))


def proportion_bounds(
    k: npt.NDArray[np.number], n: npt.NDArray[np.number], confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Return the lower and upper ends of ``proportion`` for arrays of equal (or broadcastable) shape."""
    hits, size = np.broadcast_arrays(np.asarray(k, dtype=np.float64), np.asarray(n, dtype=np.float64))
    low, high = _wilson_bounds(hits, size, confidence)
    small = (size < SMALL_SAMPLE) | (hits < FEW_EVENTS) | (size - hits < FEW_EVENTS)
    if small.any():
        low, high = np.array(low), np.array(high)
        low[small], high[small] = _exact_bounds(hits[small], size[small], confidence)
    return low, high


def at_least_p_value(k: float, n: float, target: float) -> float:
    """Return the chance of k or fewer of n when the true proportion is exactly ``target`` (exact binomial test).

    A small value is evidence that the true proportion lies below the target. NaN where n is 0.
    """
    if not n > 0:
        return math.nan
    return float(special.betainc(n - k, k + 1.0, 1.0 - target)) if k < n else 1.0


def poisson_exact(count: float, exposure: float, confidence: float = 0.95) -> Interval:
    """Return the exact interval of a Poisson rate, events per unit of exposure.

    Source: F. Garwood, Biometrika 28 (1936) 437-442.
    """
    if not exposure > 0:
        return Interval(math.nan, math.nan)
    tail = (1.0 - confidence) / 2.0
    low = float(special.gammaincinv(count, tail)) if count > 0 else 0.0
    return Interval(low / exposure, float(special.gammainccinv(count + 1.0, tail)) / exposure)


def poisson_byar(count: float, exposure: float, confidence: float = 0.95) -> Interval:
    """Return Byar's approximate interval of a Poisson rate (with count + 1/2, as Rothman gives it), never below 0.

    Source: K. J. Rothman, Epidemiology: An Introduction (2002), formula of Byar; R epitools ``pois.byar``.
    """
    if not exposure > 0:
        return Interval(math.nan, math.nan)
    middle, z = count + 0.5, _z(confidence)
    centre, reach = 1.0 - 1.0 / (9.0 * middle), z / 3.0 * math.sqrt(1.0 / middle)
    return Interval(max(0.0, middle * (centre - reach) ** 3 / exposure), middle * (centre + reach) ** 3 / exposure)


def student(n: int, total: float, total_of_squares: float, confidence: float = 0.95) -> Interval:
    """Return Student's interval of a mean from the count, the sum and the sum of squares; NaN where n < 2.

    Source: GB/T 4889-2008; ISO 2854.
    """
    if n < 2:
        return Interval(math.nan, math.nan)
    mean = total / n
    # Sums of squares of equal values can come out a hair below zero.
    variance = max(0.0, (total_of_squares - total * mean) / (n - 1))
    reach = float(special.stdtrit(n - 1, 0.5 + confidence / 2.0)) * math.sqrt(variance / n)
    return Interval(mean - reach, mean + reach)


def _wilson_bounds(k: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    z = _z(confidence)
    with np.errstate(divide="ignore", invalid="ignore"):
        share = k / n
        centre = share + z * z / (2.0 * n)
        reach = z * np.sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n))
        scale = 1.0 + z * z / n
        low, high = (centre - reach) / scale, (centre + reach) / scale
    # The ends are exactly 0 and 1 there; the formula leaves a trace of rounding.
    low = np.where((k == 0) & (n > 0), 0.0, low)
    high = np.where((k == n) & (n > 0), 1.0, high)
    return np.where(n > 0, low, np.nan), np.where(n > 0, high, np.nan)


def _exact_bounds(k: Floats, n: Floats, confidence: float) -> tuple[Floats, Floats]:
    _z(confidence)
    tail = (1.0 - confidence) / 2.0
    known = n > 0
    inner_low, inner_high = known & (k > 0), known & (k < n)
    low = np.where(
        inner_low, special.betaincinv(np.where(inner_low, k, 1.0), np.where(known, n - k + 1.0, 1.0), tail), 0.0
    )
    high = np.where(
        inner_high,
        special.betaincinv(np.where(known, k + 1.0, 1.0), np.where(inner_high, n - k, 1.0), 1.0 - tail),
        1.0,
    )
    return np.where(known, low, np.nan), np.where(known, high, np.nan)
