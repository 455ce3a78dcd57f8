"""Whether reviewers agree: Kendall's W, the intraclass correlations, and who lies apart from the rest."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]

#: Beyond this many robust standard deviations a reviewer is shown as lying apart (Iglewicz and Hoaglin, 1993).
APART = 3.5
#: With fewer reviewers nobody can be called an outlier.
FEWEST = 4


@dataclass(frozen=True, slots=True)
class Concordance:
    """Kendall's W between 0 and 1, the chi-square of no agreement at all, and its chance."""

    w: float
    chi_square: float
    degrees: int
    p_value: float


@dataclass(frozen=True, slots=True)
class Correlation:
    """An intraclass correlation with its interval, and the F test that it is nought."""

    value: float
    low: float
    high: float
    f: float
    p_value: float


@dataclass(frozen=True, slots=True)
class Intraclass:
    """ICC(2,1), what one reviewer is worth, and ICC(2,k), what the mean of all of them is worth."""

    single: Correlation
    average: Correlation


@dataclass(frozen=True, slots=True)
class Apart:
    """How far one reviewer lies from the mean of the others, on average; ``z`` on the robust scale of all reviewers.

    ``w_without``: Kendall's W of the others alone.
    """

    bias: float
    z: float
    is_apart: bool
    w_without: float


def kendall_w(scores: Floats) -> Concordance:
    """Return the concordance of reviewers (rows) who score the same things (columns), corrected for ties.

    Each row is ranked, ties sharing their mean rank. NaN where there are fewer than two of either, or where every
    reviewer gives everything the same. Source: M. G. Kendall and B. Babington Smith, Annals of Mathematical
    Statistics 10 (1939) 275-287; S. Siegel, Nonparametric Statistics (1956), 229-238.
    """
    reviewers, things = scores.shape
    if reviewers < 2 or things < 2:
        return Concordance(math.nan, math.nan, max(0, things - 1), math.nan)
    ranks = np.vstack([_ranks(row) for row in scores])
    totals = ranks.sum(axis=0)
    spread = float(((totals - totals.mean()) ** 2).sum())
    ties = sum(_ties(row) for row in scores)
    whole = reviewers**2 * (things**3 - things) - reviewers * ties
    if whole <= 0:
        return Concordance(math.nan, math.nan, things - 1, math.nan)
    w = min(1.0, 12.0 * spread / whole)
    chi_square = reviewers * (things - 1) * w
    return Concordance(w, chi_square, things - 1, float(special.chdtrc(things - 1, chi_square)))


def intraclass(scores: Floats, confidence: float = 0.95) -> Intraclass:
    """Return ICC(2,1) and ICC(2,k) of reviewers (rows) drawn at random who all score the same things (columns).

    Absolute agreement: a reviewer who is stricter throughout lowers it. NaN where there are fewer than two of either
    or nothing varies. Source: P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86 (1979) 420-428.
    """
    k, n = scores.shape
    nothing = Correlation(math.nan, math.nan, math.nan, math.nan, math.nan)
    if k < 2 or n < 2:
        return Intraclass(nothing, nothing)
    mean = scores.mean()
    between = k * float(((scores.mean(axis=0) - mean) ** 2).sum()) / (n - 1)
    judges = n * float(((scores.mean(axis=1) - mean) ** 2).sum()) / (k - 1)
    left = float(((scores - mean) ** 2).sum()) - between * (n - 1) - judges * (k - 1)
    error = max(0.0, left) / ((n - 1) * (k - 1))
    tiny = 1e-9 * (between + judges + error)
    if not between > tiny or between + (k - 1) * error + k * (judges - error) / n <= tiny:
        return Intraclass(nothing, nothing)
    single = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    low, high = _bounds((between, judges, error), n, k, confidence)
    f = between / error if error > 0 else math.inf
    p_value = float(special.fdtrc(n - 1, (n - 1) * (k - 1), f)) if math.isfinite(f) else 0.0
    whole = between + (judges - error) / n
    average = (between - error) / whole if whole > tiny else math.nan
    return Intraclass(
        Correlation(single, low, high, f, p_value),
        Correlation(average, _stepped_up(low, k), _stepped_up(high, k), f, p_value),
    )


def lying_apart(scores: Floats) -> tuple[Apart, ...]:
    """Return for each reviewer (row) how far they lie from the mean of the others, each left out in turn.

    The scale is the median absolute deviation of the reviewers' own differences; where it is nought (most agree
    exactly) their mean absolute deviation takes its place.
    """
    reviewers = scores.shape[0]
    if reviewers < 2:
        return tuple(Apart(0.0, 0.0, False, math.nan) for _ in range(reviewers))
    others = (scores.sum(axis=0) - scores) / (reviewers - 1)
    biases = (scores - others).mean(axis=1)
    centred = biases - np.median(biases)
    scale = 1.482602218505602 * float(np.median(np.abs(centred)))
    if not scale > 1e-12:
        scale = 1.253314137315500 * float(np.abs(centred).mean())
    zs = centred / scale if scale > 1e-12 else np.zeros_like(centred)
    return tuple(
        Apart(
            float(bias), float(z), reviewers >= FEWEST and abs(float(z)) > APART,
            kendall_w(np.delete(scores, number, axis=0)).w,
        )
        for number, (bias, z) in enumerate(zip(biases, zs, strict=True))
    )  # fmt: skip


def _ranks(row: Floats) -> Floats:
    _, inverse, counts = np.unique(row, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    means: Floats = ends - (counts - 1) / 2.0
    return means[inverse]


def _ties(row: Floats) -> int:
    counts = np.unique(row, return_counts=True)[1].astype(np.int64)
    return int((counts**3 - counts).sum())


def _bounds(squares: tuple[float, float, float], n: int, k: int, confidence: float) -> tuple[float, float]:
    """Return the ends of the interval of ICC(2,1): Shrout and Fleiss, with Satterthwaite's degrees of freedom."""
    between, judges, error = squares
    value = (between - error) / (between + (k - 1) * error + k * (judges - error) / n)
    if error <= 0:
        return math.nan, math.nan
    ratio = judges / error
    inner = n * (1 + (k - 1) * value) - k * value
    degrees = (k - 1) * (n - 1) * (k * value * ratio + inner) ** 2
    degrees /= (n - 1) * k**2 * value**2 * ratio**2 + inner**2
    tail = 0.5 + confidence / 2.0
    upper = float(special.fdtri(n - 1, degrees, tail))
    lower = float(special.fdtri(degrees, n - 1, tail))
    wide = k * judges + (k * n - k - n) * error
    low = n * (between - upper * error) / (upper * wide + n * between)
    high = n * (lower * between - error) / (wide + n * lower * between)
    return low, high


def _stepped_up(value: float, k: int) -> float:
    """Return what the mean of ``k`` reviewers is worth where one is worth ``value`` (Spearman and Brown)."""
    return k * value / (1 + (k - 1) * value) if 1 + (k - 1) * value > 0 else math.nan
