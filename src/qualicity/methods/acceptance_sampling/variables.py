"""Plans by variables for a normal characteristic with one limit: accept where the mean keeps k deviations from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special

from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.methods.acceptance_sampling.counts import Floats


@dataclass(frozen=True, slots=True)
class VariablesPlan:
    """Sample size n, acceptability constant k, and whether the deviation of the process is known or estimated."""

    n: int
    k: float
    sigma_known: bool


def variables_acceptance(plan: VariablesPlan, quality: Iterable[float]) -> Floats:
    """Return the chance to accept at each share nonconforming, 0 to 1.

    Known deviation: normal; unknown: non-central t with n - 1 degrees of freedom. n from 2 where it is unknown.
    Source: ISO 3951-1:2013 = GB/T 6378.1-2008, annex (curves of s and σ methods); E. G. Schilling, Acceptance
    Sampling in Quality Control (1982), chapter 10; agrees with R AcceptanceSampling 1.0.11, ``OCvar``.
    """
    shares = np.array(list(quality), dtype=np.float64)
    if not ((shares >= 0) & (shares <= 1)).all():
        raise InputError("不合格品率应在 0 到 1 之间。", "A share nonconforming must lie between 0 and 1.")
    if plan.n < (1 if plan.sigma_known else 2):
        raise InputError(
            f"样本量太小：标准差已知时至少 1，未知时至少 2，得到 {plan.n}。",
            f"The sample is too small: 1 where the deviation is known, 2 where it is not; it is {plan.n}.",
        )
    root = np.sqrt(plan.n)
    distance = -special.ndtri(shares)  # of the limit from the mean, in deviations; infinite at 0 and 1
    if plan.sigma_known:
        return np.asarray(special.ndtr((distance - plan.k) * root))
    inner = np.isfinite(distance)
    below = special.nctdtr(plan.n - 1, np.where(inner, distance, 0.0) * root, plan.k * root)
    return np.asarray(np.where(inner, 1.0 - below, np.where(distance > 0, 1.0, 0.0)))
