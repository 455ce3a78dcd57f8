"""Whether a value differs from an earlier one by more than chance: rates of samples, and values with intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy import special, stats

from qualicity.methods.intervals import wilson

#: Below this expected count the normal approximation of a test of two rates is not trusted (Cochran's rule).
FEW_EXPECTED = 5.0


@dataclass(frozen=True, slots=True)
class Change:
    """A difference (later less earlier) with its interval, and the chance of one as large if nothing had changed.

    ``p_value`` and the interval are None where neither value rests on a sample: such a difference is what it is.
    """

    difference: float
    low: float | None = None
    high: float | None = None
    p_value: float | None = None

    def is_significant(self, level: float = 0.05) -> bool | None:
        """Return whether chance alone is an unlikely reason; None where there is no chance in it."""
        return None if self.p_value is None else self.p_value < level


def of_rates(k: float, n: float, k_before: float, n_before: float, confidence: float = 0.95) -> Change:
    """Return the change between two independent sampled rates, as a difference of proportions.

    The interval is Newcombe's hybrid of two Wilson intervals; the p-value is that of the pooled two-proportion test
    (the square root of Pearson's chi-square without correction), or of Fisher's exact test where fewer than five of
    either kind were to be expected. Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 873-890, method 10.
    """
    assert n > 0, "a rate needs rows"
    assert n_before > 0, "a rate needs rows"
    share, before = k / n, k_before / n_before
    now, then = wilson(k, n, confidence), wilson(k_before, n_before, confidence)
    difference = share - before
    low = difference - math.hypot(share - now.low, then.high - before)
    high = difference + math.hypot(now.high - share, before - then.low)
    return Change(difference, low, high, _p_of_rates(k, n, k_before, n_before))


def _p_of_rates(k: float, n: float, k_before: float, n_before: float) -> float:
    pooled = (k + k_before) / (n + n_before)
    if min(pooled, 1.0 - pooled) * min(n, n_before) < FEW_EXPECTED:
        table = np.array([[round(k), round(n - k)], [round(k_before), round(n_before - k_before)]])
        return float(stats.fisher_exact(table).pvalue)
    error = math.sqrt(pooled * (1.0 - pooled) * (1.0 / n + 1.0 / n_before))
    return _two_sided((k / n - k_before / n_before) / error)


def of_estimates(
    value: float,
    error: float,
    before: float,
    error_before: float,
    confidence: float = 0.95,
) -> Change:
    """Return the change between two independent estimates with standard errors (0: no sample, no error).

    Serves estimates of a survey design, whose errors already hold weights and strata. Source: L. Kish, Survey
    Sampling (1965), 12.4.
    """
    difference, spread = value - before, math.hypot(error, error_before)
    if spread == 0.0:
        return Change(difference)
    reach = float(special.ndtri(0.5 + confidence / 2.0)) * spread
    return Change(difference, difference - reach, difference + reach, _two_sided(difference / spread))


def error_of(low: float | None, high: float | None, confidence: float = 0.95) -> float:
    """Return the standard error that a two-sided interval stands for; 0 where there is none."""
    if low is None or high is None:
        return 0.0
    return (high - low) / (2.0 * float(special.ndtri(0.5 + confidence / 2.0)))


def _two_sided(z: float) -> float:
    return float(2.0 * special.ndtr(-abs(z)))
