"""Where a rate's shortfall, or its change, comes from: which parts of the whole carry how much of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shortfall:
    """For each part its weight in the whole, its rate, and how much of the gap to the aim it carries.

    ``contributions`` add up to ``gap`` (aim less the rate of the whole, or the other way round where less is better).
    """

    weights: Floats
    rates: Floats
    contributions: Floats
    gap: float


def shortfall(amounts: npt.ArrayLike, hits: npt.ArrayLike, aim: float, *, falling: bool = False) -> Shortfall:
    """Return how much each part contributes to what a rate lacks: weight x (aim - rate of the part).

    ``amounts`` are the parts' denominators, ``hits`` their numerators. A part above its aim contributes less than
    nothing: it makes good for others. With ``falling`` (a rate that ought to be low) the signs turn. Parts without
    rows weigh nothing. The sum over the parts is the gap of the whole, exactly.
    """
    sizes, found = np.asarray(amounts, dtype=np.float64), np.asarray(hits, dtype=np.float64)
    assert sizes.shape == found.shape, "each part has one denominator and one numerator"
    assert sizes.sum() > 0, "a rate needs rows"
    weights = sizes / sizes.sum()
    rates = np.divide(found, sizes, out=np.full_like(found, np.nan), where=sizes > 0)
    lacking = np.where(sizes > 0, aim - rates, 0.0)
    sign = -1.0 if falling else 1.0
    gap = sign * (aim - float(found.sum() / sizes.sum()))
    return Shortfall(weights, rates, sign * weights * lacking, gap)


@dataclass(frozen=True, slots=True)
class Shift:
    """For each part how much of a rate's change comes from its own rate and how much from its weight in the whole."""

    by_rate: Floats
    by_weight: Floats

    @property
    def total(self) -> float:
        """Return the whole change."""
        return float(self.by_rate.sum() + self.by_weight.sum())


def shift(amounts: npt.ArrayLike, hits: npt.ArrayLike, before: npt.ArrayLike, hits_before: npt.ArrayLike) -> Shift:
    """Split the change of a rate between two periods into changed rates and a changed mixture of the parts.

    Each part's rate effect is its mean weight x the change of its rate; its mixture effect is the change of its
    weight x (its mean rate - the mean rate of the whole), so that a part that grows is charged only with what sets
    it apart. Nothing is left over. A part absent in one of the periods keeps the rate of the other.
    Source: E. M. Kitagawa, Journal of the American Statistical Association 50 (1955) 1168-1194.
    """
    n, k = np.asarray(amounts, dtype=np.float64), np.asarray(hits, dtype=np.float64)
    m, j = np.asarray(before, dtype=np.float64), np.asarray(hits_before, dtype=np.float64)
    assert n.sum() > 0, "a rate needs rows"
    assert m.sum() > 0, "a rate needs rows"
    rate = np.divide(k, n, out=np.full_like(k, np.nan), where=n > 0)
    rate_before = np.divide(j, m, out=np.full_like(j, np.nan), where=m > 0)
    rate, rate_before = np.where(n > 0, rate, rate_before), np.where(m > 0, rate_before, rate)
    known = (n > 0) | (m > 0)
    rate, rate_before = np.where(known, rate, 0.0), np.where(known, rate_before, 0.0)
    weight, weight_before = n / n.sum(), m / m.sum()
    middle = (float(k.sum() / n.sum()) + float(j.sum() / m.sum())) / 2.0
    by_rate = (weight + weight_before) / 2.0 * (rate - rate_before)
    by_weight = (weight - weight_before) * ((rate + rate_before) / 2.0 - middle)
    return Shift(by_rate, by_weight)
