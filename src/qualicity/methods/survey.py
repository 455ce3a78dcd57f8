"""Estimates from designed samples by linearisation: totals, means and ratios, with strata and clusters."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.methods.intervals import Interval, proportion

Floats = npt.NDArray[np.float64]
Column = npt.NDArray[np.generic]


@dataclass(frozen=True, slots=True)
class SurveyEstimate:
    """An estimate with its standard error and interval, and the n rows that it rests on.

    ``deff`` is the variance over that of a simple random sample of the same size (means only, else NaN).
    """

    value: float
    se: float
    low: float
    high: float
    n: int
    deff: float = math.nan

    @property
    def cv(self) -> float:
        """Return the standard error over the value."""
        return self.se / abs(self.value) if self.value else math.nan


@dataclass(frozen=True, slots=True)
class Design:
    """How the rows were drawn: one entry for each row in every array.

    ``weights``: what each row stands for. ``strata``: in which stratum. ``clusters``: in which first-stage cluster,
    unique within its stratum (absent: each row on its own). ``population``: number of first-stage units in the row's
    stratum, for the finite population correction (absent: drawn with replacement). ``chances``: with which inclusion
    probability each row was drawn where these differ within a stratum (a draw by risk, without replacement and
    without clusters): the variance is then Hájek's; equal chances give the finite population correction again.
    """

    weights: Floats
    strata: Column | None = None
    clusters: Column | None = None
    population: Floats | None = None
    chances: Floats | None = None


def total(y: npt.NDArray[np.floating], design: Design, confidence: float = 0.95) -> SurveyEstimate:
    """Return the population total Σ w·y. For a domain give y = 0 outside it, which keeps the variance right.

    Source: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), chapters 2 to 5.
    """
    values = np.asarray(y, dtype=np.float64)
    return _estimate(float(design.weights @ values), values, design, confidence)


def mean(y: npt.NDArray[np.floating], design: Design, confidence: float = 0.95) -> SurveyEstimate:
    """Return the population mean Σ w·y / Σ w, with its design effect against sampling without replacement.

    Source: as ``total``, chapter 5.7; L. Kish, Survey Sampling (1965), 8.2 (design effect).
    """
    values = np.asarray(y, dtype=np.float64)
    weights, size = design.weights, float(design.weights.sum())
    value = float(weights @ values / size)
    residuals = values - value
    n = values.size
    spread = float(weights @ residuals**2) / size * n / (n - 1) if n > 1 else math.nan
    simple = spread * (size - n) / (size * n)
    deff = _variance(residuals / size, design) / simple if simple > 0 else math.nan
    return _estimate(value, residuals / size, design, confidence, deff)


def share(y: npt.NDArray[np.floating], design: Design, confidence: float = 0.95) -> SurveyEstimate:
    """Return a share such as a pass rate (y is 0 or 1) with an interval that stays between 0 and 1.

    The share is ``mean`` (with unequal chances Hájek's estimator Σ y/π / Σ 1/π). The interval is that of
    ``intervals.proportion`` for the effective sample size, as in ``proportion_from_sums``, lessened for the degrees
    of freedom of the design. Source: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201.
    """
    found = mean(y, design, confidence)
    n = found.n
    value = min(1.0, max(0.0, found.value))
    settled = min(value, 1.0 - value) < 1e-12 or not found.se > 0
    kish = float(design.weights.sum()) ** 2 / float(design.weights @ design.weights)
    if settled:
        effective = min(float(n), kish)
    else:
        freedom = _freedom(design)
        tails = special.stdtrit(np.array([n - 1.0, max(freedom, 1.0)]), 0.5 + confidence / 2.0)
        effective = min(float(n), value * (1.0 - value) / found.se**2 * float(tails[0] / tails[1]) ** 2)
    ends = proportion(value * effective, effective, confidence)
    return SurveyEstimate(value, found.se, ends.low, ends.high, n, found.deff)


def ratio(
    y: npt.NDArray[np.floating], x: npt.NDArray[np.floating], design: Design, confidence: float = 0.95
) -> SurveyEstimate:
    """Return the ratio of totals Σ w·y / Σ w·x (never a mean of ratios). Source: as ``total``, 5.6."""
    above, below = np.asarray(y, dtype=np.float64), np.asarray(x, dtype=np.float64)
    base = float(design.weights @ below)
    value = float(design.weights @ above / base)
    return _estimate(value, (above - value * below) / base, design, confidence)


def ratio_from_sums(  # noqa: PLR0917 -- the cells of a measure in their fixed order
    n: int, w: float, wy: float, ww: float, wwy: float, wwyy: float, *, confidence: float = 0.95
) -> SurveyEstimate:
    """Return the weighted mean (or share) from sums that add up over places and periods.

    ``n`` rows, Σw, Σwy, Σw², Σw²y, Σw²y². The same as ``mean`` with each row drawn on its own, with replacement;
    Student's interval with n - 1 degrees of freedom. NaN where n is 0. For a share ``proportion_from_sums`` has
    the better interval.
    """
    if n < 1 or not w > 0:
        return SurveyEstimate(math.nan, math.nan, math.nan, math.nan, max(n, 0))
    value = wy / w
    variance = _variance_from_squares(n, w, wwyy - 2.0 * value * wwy + value * value * ww)
    return _with_interval(value, variance, n, n - 1, confidence)


def proportion_from_sums(
    n: int, w: float, wy: float, ww: float, wwy: float, *, confidence: float = 0.95
) -> SurveyEstimate:
    """Return a weighted share (y is 0 or 1, so that y² = y) with an interval that stays between 0 and 1.

    The interval is that of ``intervals.proportion`` for the effective sample size: the number of simple random rows
    that would leave the same variance (Kish's (Σw)²/Σw² where all rows agree and the variance says nothing), never
    more than n. Source: E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193-201.
    """
    if n < 1 or not w > 0:
        return SurveyEstimate(math.nan, math.nan, math.nan, math.nan, max(n, 0))
    share = min(1.0, max(0.0, wy / w))
    variance = _variance_from_squares(n, w, wwy - 2.0 * share * wwy + share * share * ww)
    kish = w * w / ww
    # The sums leave a trace of rounding where all rows agree.
    settled = min(share, 1.0 - share) < 1e-12 or not variance > 0
    effective = min(float(n), kish if settled else share * (1.0 - share) / variance)
    ends: Interval = proportion(share * effective, effective, confidence)
    se = (0.0 if settled else math.sqrt(variance)) if n > 1 else math.nan
    return SurveyEstimate(share, se, ends.low, ends.high, n, n / effective)


def _variance_from_squares(n: int, w: float, squares: float) -> float:
    """Return the variance from Σ w²·(y - mean)², which rounding can leave a trace below zero."""
    return n / (n - 1) * max(0.0, squares) / (w * w) if n > 1 else math.nan


def _estimate(
    value: float, residuals: Floats, design: Design, confidence: float, deff: float = math.nan
) -> SurveyEstimate:
    found = _with_interval(value, _variance(residuals, design), residuals.size, _freedom(design), confidence)
    return SurveyEstimate(found.value, found.se, found.low, found.high, found.n, deff)


def _freedom(design: Design) -> int:
    """Return the degrees of freedom: first-stage units less strata."""
    stratum, unit = _units(design)
    return int(np.unique(unit).size - np.unique(stratum).size)


def _with_interval(value: float, variance: float, n: int, freedom: int, confidence: float) -> SurveyEstimate:
    se = math.sqrt(variance)
    reach = se * float(special.stdtrit(freedom, 0.5 + confidence / 2.0)) if freedom > 0 else math.nan
    return SurveyEstimate(value, se, value - reach, value + reach, n)


def _units(design: Design) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return for each row the number of its stratum and of its first-stage unit (numbered over all strata)."""
    rows = design.weights.size
    strata = np.zeros(rows) if design.strata is None else design.strata
    stratum = np.unique(strata, return_inverse=True)[1]
    if design.clusters is None:
        return stratum, np.arange(rows)
    cluster = np.unique(design.clusters, return_inverse=True)[1]
    unit = np.unique(stratum * (int(cluster.max()) + 1) + cluster, return_inverse=True)[1]
    return stratum, unit


def _variance(residuals: Floats, design: Design) -> float:
    """Return the variance of Σ w·residual between first-stage units within strata (ultimate clusters).

    NaN where a stratum holds a single unit (and is not fully counted): its variance cannot be known.
    """
    if design.chances is not None:
        return _variance_by_chances(residuals, design, design.chances)
    stratum, unit = _units(design)
    sums = np.bincount(unit, design.weights * residuals)
    home = np.zeros(sums.size, dtype=np.int64)
    home[unit] = stratum
    units = np.bincount(home)
    centred = sums - (np.bincount(home, sums) / units)[home]
    between = np.bincount(home, centred**2)
    uncounted = np.ones(units.size)
    if design.population is not None:
        population = np.zeros(units.size)
        population[stratum] = design.population
        uncounted = 1.0 - units / population
        assert (uncounted >= 0).all(), "more units were drawn than the population holds"
    spread = np.where(units > 1, units / np.maximum(units - 1, 1), np.nan)
    return float(np.where(uncounted > 0, uncounted * spread * between, 0.0).sum())


def _variance_by_chances(residuals: Floats, design: Design, chances: Floats) -> float:
    """Return Hájek's variance of Σ w·residual for rows drawn without replacement with unequal chances.

    Within each stratum Σ c·(z - Σ c·z / Σ c)² with z = w·residual and c = (1 - π)·n/(n - 1): it needs no joint
    chances and holds for draws of fixed size in random order. NaN where a stratum holds a single row that was not
    certain. Source: J. Hájek, Annals of Mathematical Statistics 35 (1964) 1491-1523; compared with others by A.
    Matei and Y. Tillé, Journal of Official Statistics 21 (2005) 543-570.
    """
    assert design.clusters is None, "unequal chances are those of rows, not of clusters"
    assert ((chances > 0) & (chances <= 1)).all(), "an inclusion probability lies above 0 and not over 1"
    stratum, _ = _units(design)
    n = np.bincount(stratum)
    uncertain = 1.0 - chances
    share = uncertain * np.where(n > 1, n / np.maximum(n - 1, 1), np.nan)[stratum]
    share = np.where(uncertain > 0, share, 0.0)
    z = design.weights * residuals
    whole = np.bincount(stratum, share)
    centre = np.bincount(stratum, share * z) / np.where(whole == 0, 1.0, whole)
    return float((share * (z - centre[stratum]) ** 2).sum())
