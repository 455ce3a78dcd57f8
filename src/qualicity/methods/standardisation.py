"""Direct standardisation: rates of populations of different make-up, compared on one standard population."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special


@dataclass(frozen=True, slots=True)
class StandardisedRate:
    """A rate as it is (``crude``) and on the standard population, with the interval of the latter; per person."""

    crude: float
    value: float
    low: float
    high: float


def direct_standardisation(
    counts: npt.NDArray[np.number],
    populations: npt.NDArray[np.number],
    standard: npt.NDArray[np.number],
    confidence: float = 0.95,
) -> StandardisedRate:
    """Return the directly standardised rate from the counts and populations of each group.

    ``standard`` holds the standard population of each group, in any unit. The interval is the gamma interval, which
    holds for few events too. NaN where a group that counts has no population.
    Source: M. P. Fay and E. J. Feuer, Statistics in Medicine 16 (1997) 791-801.
    """
    events, people = np.asarray(counts, dtype=np.float64), np.asarray(populations, dtype=np.float64)
    weights = np.asarray(standard, dtype=np.float64)
    assert events.shape == people.shape == weights.shape, "one count, population and standard for each group"
    used = weights > 0
    if not used.any() or not (people[used] > 0).all():
        return StandardisedRate(math.nan, math.nan, math.nan, math.nan)
    events, people, share = events[used], people[used], weights[used] / weights[used].sum()
    value = float(share @ (events / people))
    variance = float(share**2 @ (events / people**2))
    largest = float((share / people).max())
    tail = (1.0 - confidence) / 2.0
    low = _gamma_quantile(tail, value, variance)
    high = _gamma_quantile(1.0 - tail, value + largest, variance + largest**2)
    return StandardisedRate(float(events.sum() / people.sum()), value, low, high)


def _gamma_quantile(p: float, mean: float, variance: float) -> float:
    """Return the quantile of the gamma distribution with this mean and variance; 0 where both are 0."""
    return float(special.gammaincinv(mean**2 / variance, p)) * variance / mean if variance > 0 else 0.0
