"""Control charts: limits of Shewhart charts, cumulative sums and moving averages, and their signals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Numbers = npt.NDArray[np.number]

# Expected range of n normal values in standard deviations, and the standard deviation of that range, for n = 2 to 10.
# GB/T 17989.2-2020 (ISO 7870-2:2013), table 2.
_D2 = (1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.970, 3.078)
_D3 = (0.8525, 0.8884, 0.8798, 0.8641, 0.8480, 0.8332, 0.8198, 0.8078, 0.7971)


@dataclass(frozen=True, slots=True)
class ControlLimits:
    """The centre of a chart, the process standard deviation behind it, and the limits of each point."""

    center: float
    sigma: float
    lower: Floats
    upper: Floats


@dataclass(frozen=True, slots=True)
class Signals:
    """Positions (from 0) of points beyond the limits, and of points that end a run on one side of the centre."""

    beyond: npt.NDArray[np.int64]
    runs: npt.NDArray[np.int64]


def mean_limits(samples: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of sample means, the deviation taken from the mean range. ``samples``: samples by values."""
    values, sigma = _samples(samples)
    reach = width * sigma / math.sqrt(values.shape[1])
    return _level(float(values.mean()), sigma, reach, values.shape[0])


def range_limits(samples: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of sample ranges, never below 0. ``samples``: samples by values."""
    values, sigma = _samples(samples)
    center = float(np.ptp(values, axis=1).mean())
    return _level(center, sigma, width * sigma * _D3[values.shape[1] - 2], values.shape[0], least=0.0)


def deviation_limits(samples: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of sample standard deviations, never below 0. ``samples``: samples by values."""
    values = np.asarray(samples, dtype=np.float64)
    n = values.shape[1]
    center = float(values.std(axis=1, ddof=1).mean())
    c4 = math.sqrt(2.0 / (n - 1)) * math.exp(special.gammaln(n / 2) - special.gammaln((n - 1) / 2))
    reach = width * center / c4 * math.sqrt(1.0 - c4 * c4)
    return _level(center, center / c4, reach, values.shape[0], least=0.0)


def individual_limits(values: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of single values, the deviation taken from the mean moving range of two."""
    series = np.asarray(values, dtype=np.float64)
    sigma = float(np.abs(np.diff(series)).mean()) / _D2[0]
    return _level(float(series.mean()), sigma, width * sigma, series.size)


def p_limits(defective: Numbers, sizes: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of shares defective, between 0 and 1, wider where fewer were examined."""
    n = np.asarray(sizes, dtype=np.float64)
    center = float(np.sum(defective) / n.sum())
    sigma = math.sqrt(center * (1.0 - center))
    reach = width * sigma / np.sqrt(n)
    return ControlLimits(center, sigma, np.maximum(center - reach, 0.0), np.minimum(center + reach, 1.0))


def u_limits(counts: Numbers, exposures: Numbers, width: float = 3.0) -> ControlLimits:
    """Return the limits of defects per unit of exposure, never below 0 (with an exposure of 1: the c chart)."""
    exposure = np.asarray(exposures, dtype=np.float64)
    center = float(np.sum(counts) / exposure.sum())
    reach = width * np.sqrt(center / exposure)
    sigma = math.sqrt(center)
    return ControlLimits(center, sigma, np.maximum(center - reach, 0.0), center + reach)


def signals(values: Numbers, limits: ControlLimits, run_length: int = 9) -> Signals:
    """Find points beyond the limits, and points that have at least ``run_length`` in a row on one side.

    Source: GB/T 17989.2-2020 (ISO 7870-2:2013), tests 1 and 2 (which takes nine).
    """
    series = np.asarray(values, dtype=np.float64)
    beyond = np.flatnonzero((series < limits.lower) | (series > limits.upper))
    side = np.sign(series - limits.center)
    changes = np.flatnonzero(np.concatenate(([True], side[1:] != side[:-1])))
    place = np.arange(series.size)
    length = place - changes[np.searchsorted(changes, place, side="right") - 1] + 1
    return Signals(beyond, np.flatnonzero((length >= run_length) & (side != 0)))


def cusum(deviations: Numbers, slack: float = 0.5) -> tuple[Floats, Floats]:
    """Return the upper and lower cumulative sums (the lower one is negative) of standardised deviations.

    ``deviations``: (value - target) / standard error; ``slack``: half the shift to find. A signal is a sum beyond
    the decision interval, usually 4 or 5. Source: E. S. Page, Biometrika 41 (1954) 100-115; ISO 7870-4.
    """
    upper, lower = np.zeros(len(deviations)), np.zeros(len(deviations))
    above = below = 0.0
    for place, deviation in enumerate(np.asarray(deviations, dtype=np.float64).tolist()):
        above, below = max(0.0, above + deviation - slack), min(0.0, below + deviation + slack)
        upper[place], lower[place] = above, below
    return upper, lower


def ewma(
    values: Numbers, *, center: float, standard_error: float, weight: float = 0.2, width: float = 3.0
) -> tuple[Floats, ControlLimits]:
    """Return the exponentially weighted moving average, begun at the centre, and its widening limits.

    Source: S. W. Roberts, Technometrics 1 (1959) 239-250; ISO 7870-6.
    """
    smoothed, level = np.zeros(len(values)), center
    for place, value in enumerate(np.asarray(values, dtype=np.float64).tolist()):
        level = weight * value + (1.0 - weight) * level
        smoothed[place] = level
    settled = 1.0 - (1.0 - weight) ** (2.0 * np.arange(1, smoothed.size + 1))
    reach = width * standard_error * np.sqrt(weight / (2.0 - weight) * settled)
    return smoothed, ControlLimits(center, standard_error, center - reach, center + reach)


def _samples(samples: Numbers) -> tuple[Floats, float]:
    """Return the samples and the standard deviation that their mean range implies."""
    values = np.asarray(samples, dtype=np.float64)
    assert 2 <= values.shape[1] <= len(_D2) + 1, "ranges serve samples of 2 to 10 values"
    return values, float(np.ptp(values, axis=1).mean()) / _D2[values.shape[1] - 2]


def _level(center: float, sigma: float, reach: float, points: int, least: float = -math.inf) -> ControlLimits:
    return ControlLimits(center, sigma, np.full(points, max(least, center - reach)), np.full(points, center + reach))
