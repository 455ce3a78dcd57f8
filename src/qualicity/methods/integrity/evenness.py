"""Implausible evenness: rates of many units that differ less than chance alone would make them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.errors import Text

#: With an expected count below this in any unit the chi-square is replaced by drawn tables.
SMALL_EXPECTED = 5.0
_DRAWS, _SEED = 9999, 20140508


@dataclass(frozen=True, slots=True)
class Evenness:
    """Pearson's X² between units against its lower tail; ``n`` units, ``rate`` their common rate.

    A tiny ``p_value`` says that the units are too much alike. NaN where all or none were found, or fewer than three
    units were examined: then evenness says nothing.
    """

    statistic: float
    p_value: float
    n: int
    rate: float
    evidence: Text

    def is_suspicious(self, *, alpha: float = 1e-3) -> bool:
        """Say whether so much evenness is beyond chance."""
        return self.p_value < alpha


def evenness(k: npt.NDArray[np.number], n: npt.NDArray[np.number]) -> Evenness:
    """Test whether the rates k of n of several units vary less than binomial chance.

    Units that examined nothing are left out. Where expected counts are small the p-value comes from 9999 tables with
    the same totals, drawn with a fixed seed, so that the same data always give the same answer.
    Source: Pearson's X² with its lower tail, as R. A. Fisher, Annals of Science 1 (1936) 115-137, read Mendel's data.
    """
    size = np.asarray(n, dtype=np.float64).ravel()
    hits = np.asarray(k, dtype=np.float64).ravel()[size > 0]
    size = size[size > 0]
    assert (hits <= size).all(), "no more can be found than were examined"
    assert (hits >= 0).all(), "counts are not negative"
    units, examined, found = int(size.size), float(size.sum()), float(hits.sum())
    rate = found / examined if examined else math.nan
    if units < 3 or found in {0.0, examined}:
        return Evenness(math.nan, math.nan, units, rate, Text("不适用均匀性检验", "evenness cannot be tested"))
    statistic = _pearson(hits, size, rate)
    if size.min() * min(rate, 1.0 - rate) < SMALL_EXPECTED:
        p_value = _drawn_p_value(statistic, size, found, rate)
    else:
        p_value = float(special.chdtr(units - 1, statistic))
    return Evenness(statistic, p_value, units, rate, _words(units, rate, statistic, p_value))


def _pearson(hits: npt.NDArray[np.floating | np.integer], size: npt.NDArray[np.float64], rate: float) -> float:
    return float(((hits - size * rate) ** 2 / (size * rate * (1.0 - rate))).sum())


def _drawn_p_value(statistic: float, size: npt.NDArray[np.float64], found: float, rate: float) -> float:
    draws = np.random.default_rng(_SEED).multivariate_hypergeometric(
        size.astype(np.int64), round(found), size=_DRAWS, method="marginals"
    )
    drawn = ((draws - size * rate) ** 2 / (size * rate * (1.0 - rate))).sum(axis=1)
    # Equal tables must count as equal whatever order their terms were added in.
    return float((1 + int((drawn <= statistic * (1 + 1e-9)).sum())) / (_DRAWS + 1))


def _words(units: int, rate: float, statistic: float, p_value: float) -> Text:
    return Text(
        f"{units}个单位的比率（合计{rate:.1%}）差异过小：X²={statistic:.2f}，"
        f"随机波动下约{units - 1}，p={p_value:.2g}",
        f"rates of {units} units (together {rate:.1%}) differ too little: X²={statistic:.2f} where chance makes "
        f"about {units - 1}, p={p_value:.2g}",
    )
