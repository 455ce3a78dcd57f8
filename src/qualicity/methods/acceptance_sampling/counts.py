"""How likely a sample holds each number of nonconforming units: binomial, Poisson and hypergeometric."""

from __future__ import annotations

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import special

Floats = npt.NDArray[np.float64]
Kind = Literal["binomial", "poisson", "hypergeom"]


def chances_of(
    kind: Kind, n: int, up_to: int, quality: float, *, lot: int = 0, found: int = 0, taken: int = 0
) -> Floats:
    """Return the chances of 0 … ``up_to`` nonconforming units among the next n.

    ``quality``: share nonconforming (Poisson: nonconformities per unit). For the hypergeometric of a lot of ``lot``
    units, of which ``taken`` were drawn before with ``found`` nonconforming among them; its nonconforming units are
    ``quality · lot`` rounded to the nearest whole (halves to the even).
    """
    counts = np.arange(up_to + 1, dtype=np.float64)
    if kind == "hypergeom":
        return _hypergeometric(n, up_to, lot - taken, round(quality * lot) - found)
    if kind == "poisson":
        mean = n * quality
        return np.exp(special.xlogy(counts, mean) - mean - special.gammaln(counts + 1.0))
    whole = np.minimum(counts, n)
    logs = special.xlogy(whole, quality) + special.xlog1py(n - whole, -quality)
    choose = -special.betaln(n - whole + 1.0, whole + 1.0) - np.log1p(n)
    return np.where(counts <= n, np.exp(logs + choose), 0.0)


def at_most(kind: Kind, n: int, c: int, quality: float, *, lot: int = 0) -> float:
    """Return the chance of c or fewer nonconforming units among n; arguments as in ``chances_of``."""
    if c < 0:
        return 0.0
    if kind == "binomial":
        return float(special.bdtr(c, n, quality)) if c < n else 1.0
    if kind == "poisson":
        return float(special.pdtr(c, n * quality))
    return float(min(1.0, _hypergeometric(n, c, lot, round(quality * lot)).sum()))


def _hypergeometric(n: int, up_to: int, lot: int, nonconforming: int) -> Floats:
    """Return the chances of 0 … ``up_to`` of ``nonconforming`` in n out of ``lot``, from the ratios of neighbours."""
    chances = np.zeros(up_to + 1)
    fewest = max(0, n - (lot - nonconforming))
    most = min(up_to, n, nonconforming)
    if nonconforming < 0 or most < fewest:
        return chances
    # The fewest: either no nonconforming unit is drawn, or none that conforms is left behind.
    drawn, kept = (n, nonconforming) if fewest == 0 else (lot - n, lot - nonconforming)
    fewer, more = min(drawn, kept), max(drawn, kept)
    first = np.log1p(-more / (lot - np.arange(fewer, dtype=np.float64))).sum()
    counts = np.arange(fewest, most, dtype=np.float64)
    above = (nonconforming - counts) * (n - counts)
    below = (counts + 1.0) * (lot - nonconforming - n + counts + 1.0)
    chances[fewest : most + 1] = np.exp(first + np.concatenate(([0.0], np.cumsum(np.log(above / below)))))
    return chances
