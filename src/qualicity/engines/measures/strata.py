"""Weighted means and shares from the additive sums of strata, by linearisation."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.methods.intervals import Interval, proportion

Floats = npt.NDArray[np.float64]
_UNKNOWN = Interval(math.nan, math.nan)


@dataclass(frozen=True, slots=True)
class StratumSums:
    """One entry for each stratum: rows, Σw, Σwy, Σw², Σw²y and Σw²y²."""

    n: Floats
    w: Floats
    wy: Floats
    ww: Floats
    wwy: Floats
    wwyy: Floats

    @property
    def mean(self) -> float:
        """Return Σwy ÷ Σw over all strata; NaN without weight."""
        return float(self.wy.sum() / self.w.sum()) if self.w.sum() > 0 else math.nan

    @property
    def variance(self) -> float:
        """Return the variance of the mean, rows drawn with replacement within each stratum.

        A stratum with a single row is centred on the whole mean, which errs on the wide side.
        Source: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), 5.7.
        """
        mean = self.mean
        squares = self.wwyy - 2.0 * mean * self.wwy + mean * mean * self.ww
        sums = self.wy - mean * self.w
        single = self.n <= 1
        within = np.where(single, squares, (squares - sums**2 / self.n) * self.n / np.maximum(self.n - 1.0, 1.0))
        # Sums of equal values can leave a trace below zero.
        return float(np.maximum(within, 0.0).sum() / self.w.sum() ** 2)


def mean_interval(sums: StratumSums, confidence: float = 0.95) -> Interval:
    """Return Student's interval of the weighted mean, with rows less strata degrees of freedom."""
    freedom = float(sums.n.sum()) - sums.n.size
    if freedom < 1 or not sums.w.sum() > 0:
        return _UNKNOWN
    reach = math.sqrt(sums.variance) * float(special.stdtrit(freedom, 0.5 + confidence / 2.0))
    return Interval(sums.mean - reach, sums.mean + reach)


def effective_size(sums: StratumSums) -> float:
    """Return how many simple random rows would leave the variance of a weighted share; never more than its rows.

    Where all rows agree the variance says nothing; Kish's (Σw)²/Σw² takes its place.
    """
    n = float(sums.n.sum())
    share = min(1.0, max(0.0, sums.mean))
    variance = sums.variance if n > 1 else 0.0
    settled = min(share, 1.0 - share) < 1e-12 or variance <= 0.0
    kish = float(sums.w.sum()) ** 2 / float(sums.ww.sum())
    return min(n, kish if settled else share * (1.0 - share) / variance)


def share_interval(sums: StratumSums, confidence: float = 0.95) -> Interval:
    """Return the interval of a weighted share: that of a simple sample which would leave the same variance.

    Source: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201.
    """
    if float(sums.n.sum()) < 1 or not sums.w.sum() > 0:
        return _UNKNOWN
    share, effective = min(1.0, max(0.0, sums.mean)), effective_size(sums)
    return proportion(share * effective, effective, confidence)
