"""Trends of a short series: rank correlations with time, and slopes with and without robustness."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special, stats

Floats = npt.NDArray[np.float64]

#: Up to this length Spearman's distribution is counted out; beyond, its series is accurate (AS 89).
_COUNTED_OUT = 9


@dataclass(frozen=True, slots=True)
class Correlation:
    """A rank correlation with time between -1 and 1, and its two-sided p-value, from ``n`` values."""

    value: float
    p_value: float
    n: int


def kendall(
    values: npt.NDArray[np.floating], times: npt.NDArray[np.number] | None = None, *, exact: bool | None = None
) -> Correlation:
    """Return Kendall's tau-b of the values with time (Mann-Kendall); NaN values are left out.

    The p-value is exact below 50 values without ties (``exact`` forces or forbids it), else by the normal
    approximation with the variance corrected for ties.
    Source: M. G. Kendall, Rank Correlation Methods (1975); H. B. Mann, Econometrica 13 (1945) 245-259.
    """
    when, what = _known(values, times)
    n = int(what.size)
    if n < 3 or np.ptp(what) == 0 or np.ptp(when) == 0:
        return Correlation(math.nan, math.nan, n)
    untied = not _has_ties(what) and not _has_ties(when)
    assert untied or not exact, "ties have no exact distribution"
    counted = untied and n < 50 if exact is None else exact
    found = stats.kendalltau(when, what, method="exact" if counted else "asymptotic")
    return Correlation(float(found.statistic), float(found.pvalue), n)


def spearman(values: npt.NDArray[np.floating], times: npt.NDArray[np.number] | None = None) -> Correlation:
    """Return Spearman's rho of the values with time (Daniel's trend test); NaN values are left out.

    The p-value is exact to nine values, then by its Edgeworth series; with ties by Student's approximation.
    Source: D. J. Best and D. E. Roberts, Algorithm AS 89, Applied Statistics 24 (1975) 377-379.
    """
    when, what = _known(values, times)
    n = int(what.size)
    if n < 3:
        return Correlation(math.nan, math.nan, n)
    ranks, order = stats.rankdata(what), stats.rankdata(when)
    if np.ptp(ranks) == 0 or np.ptp(order) == 0:
        return Correlation(math.nan, math.nan, n)
    rho = float(np.corrcoef(ranks, order)[0, 1])
    if _has_ties(what) or _has_ties(when):
        return Correlation(rho, _student_p_value(rho, n), n)
    squares = round(float(((ranks - order) ** 2).sum()))
    return Correlation(rho, min(1.0, 2.0 * _spearman_tail(squares, n)), n)


def ols_slope(values: npt.NDArray[np.floating], times: npt.NDArray[np.number] | None = None) -> float:
    """Return the least-squares change of the values for one step of time; NaN with fewer than two times."""
    when, what = _known(values, times)
    if when.size < 2 or np.ptp(when) == 0:
        return math.nan
    centred = when - when.mean()
    return float(centred @ what / (centred @ centred))


def theil_sen_slope(values: npt.NDArray[np.floating], times: npt.NDArray[np.number] | None = None) -> float:
    """Return the median of the slopes between all pairs of values: a trend that a few wild values cannot turn.

    Source: P. K. Sen, JASA 63 (1968) 1379-1389.
    """
    when, what = _known(values, times)
    first, second = np.triu_indices(when.size, k=1)
    apart = when[second] != when[first]
    if not apart.any():
        return math.nan
    rises = what[second[apart]] - what[first[apart]]
    return float(np.median(rises / (when[second[apart]] - when[first[apart]])))


def _known(values: npt.NDArray[np.floating], times: npt.NDArray[np.number] | None) -> tuple[Floats, Floats]:
    what = np.asarray(values, dtype=np.float64)
    when = np.arange(what.size, dtype=np.float64) if times is None else np.asarray(times, dtype=np.float64)
    assert when.shape == what.shape, "one time for each value"
    measured = ~np.isnan(what)
    return when[measured], what[measured]


def _has_ties(values: Floats) -> bool:
    return bool(np.unique(values).size < values.size)


def _student_p_value(rho: float, n: int) -> float:
    if abs(rho) >= 1.0:
        return 0.0
    return float(2.0 * special.stdtr(n - 2, -abs(rho) * math.sqrt((n - 2) / (1.0 - rho * rho))))


def _spearman_tail(squares: int, n: int) -> float:
    """Return the chance of a sum of squared rank differences at least as far out, on its side."""
    upper = squares > (n**3 - n) / 6
    if n <= _COUNTED_OUT:
        sums = _all_sums(n)
        return float(np.mean(sums >= squares if upper else sums <= squares))
    # Sums are even, so that "at most s" is "less than s + 2".
    edge = squares if upper else squares + 2
    tail = _edgeworth_upper(edge, n)
    return min(1.0, max(0.0, tail if upper else 1.0 - tail))


def _all_sums(n: int) -> Floats:
    """Return the sum of squared differences of every order of n ranks, each order counted once."""
    counts = {(0, 0): 1.0}
    for place in range(n):
        following: dict[tuple[int, int], float] = {}
        for (used, total), ways in counts.items():
            for rank in range(n):
                if not used >> rank & 1:
                    key = (used | 1 << rank, total + (place - rank) ** 2)
                    following[key] = following.get(key, 0.0) + ways
        counts = following
    return np.repeat([float(total) for _, total in counts], [int(ways) for ways in counts.values()])


def _edgeworth_upper(edge: int, n: int) -> float:
    """Return the chance of a sum of squares of ``edge`` or more, by the series of AS 89."""
    b = 1.0 / n
    x = (6.0 * (edge - 1) * b / (n * n - 1.0) - 1.0) * math.sqrt(1.0 / b - 1.0)
    y = x * x
    inner = 0.0879 + 0.0151 * b - y * (0.0072 - 0.0831 * b + y * b * (0.0131 - 4.6e-4 * y))
    middle = -0.0758 + b * (0.1033 + 0.3932 * b) - y * b * inner
    series = x * b * (0.2274 + b * (0.2531 + 0.1745 * b) + y * middle)
    return series / math.exp(y / 2.0) + float(special.ndtr(-x))
