"""The smallest plan that protects both: the producer at good quality and the consumer at bad."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scipy import optimize, special

from qualicity.errors import InputError, NotPossibleError
from qualicity.methods.acceptance_sampling.attributes import AttributesPlan, single_plan
from qualicity.methods.acceptance_sampling.counts import Kind, at_most
from qualicity.methods.acceptance_sampling.variables import VariablesPlan, variables_acceptance

if TYPE_CHECKING:
    from collections.abc import Callable

#: Beyond this sample size a plan is no plan.
LARGEST = 10_000_000


@dataclass(frozen=True, slots=True)
class Risks:
    """Two points of the curve: at ``p1`` accepted with 1 - ``alpha`` or more, at ``p2`` with ``beta`` or less.

    ``p1`` < ``p2``: shares nonconforming (Poisson: nonconformities per unit); ``alpha``, ``beta``: between 0 and 1.
    """

    p1: float
    alpha: float
    p2: float
    beta: float

    def __post_init__(self) -> None:
        for name, value in (("alpha", self.alpha), ("beta", self.beta)):
            if not 0 < value < 1:
                raise InputError(
                    f"{name} 应在 0 和 1 之间（不含），得到 {value:g}。",
                    f"{name} must lie between 0 and 1, ends excluded, and it is {value:g}.",
                )
        if not 0 < self.p1 < self.p2:
            raise InputError(
                f"质量水平应满足 0 < p1 < p2，得到 p1 = {self.p1:g}，p2 = {self.p2:g}。",
                f"The qualities must be 0 < p1 < p2, and they are p1 = {self.p1:g}, p2 = {self.p2:g}.",
            )
        if 1 - self.alpha <= self.beta:
            raise InputError(
                f"alpha + beta 应小于 1，得到 {self.alpha:g} + {self.beta:g}。",
                f"alpha + beta must be under 1, and they are {self.alpha:g} + {self.beta:g}.",
            )


def find_attributes_plan(risks: Risks, kind: Kind = "binomial", lot: int = 0) -> AttributesPlan:
    """Return the single plan with the smallest n that keeps both risks.

    For each acceptance number, the smallest n that protects the consumer; the first that protects the producer too.
    ``lot``: number of units in the lot, for ``hypergeom``. Source: W. C. Guenther, Journal of Quality Technology 1
    (1969) 105-109; agrees with R AcceptanceSampling 1.0.11, ``find.plan``.
    """
    _check(risks, kind, lot)
    most = lot if kind == "hypergeom" else LARGEST
    n = 1
    for c in range(most):
        n = max(n, c + 1)
        if n > most:
            break
        n = _first(lambda size: at_most(kind, size, c, risks.p2, lot=lot) <= risks.beta, n, most)  # noqa: B023
        if at_most(kind, n, c, risks.p1, lot=lot) >= 1.0 - risks.alpha:
            return single_plan(n, c)
    raise _too_many(most)


def find_variables_plan(risks: Risks, *, sigma_known: bool) -> VariablesPlan:
    """Return the plan by variables with the smallest n that keeps both risks; it meets the producer's exactly.

    Source: E. G. Schilling, Acceptance Sampling in Quality Control (1982), chapter 10; agrees with R
    AcceptanceSampling 1.0.11, ``find.plan`` (whose k for an unknown deviation is exact to about 1e-4 only).
    """
    if risks.p2 >= 1:
        raise InputError(f"p2 应小于 1，得到 {risks.p2:g}。", f"p2 must be under 1, and it is {risks.p2:g}.")
    good, bad, low, high = (float(special.ndtri(one)) for one in (risks.p1, risks.p2, risks.alpha, risks.beta))
    if sigma_known:
        n = math.ceil(((low + high) / (bad - good)) ** 2)
        return VariablesPlan(n, low / math.sqrt(n) - good, sigma_known=True)

    def plan(n: int) -> VariablesPlan:
        return VariablesPlan(n, _constant(n, -good, risks.alpha), sigma_known=False)

    n = _first(lambda size: float(variables_acceptance(plan(size), [risks.p2])[0]) <= risks.beta, 2, LARGEST)
    return plan(n)


def _constant(n: int, distance: float, alpha: float) -> float:
    """Return k so that a process whose limit lies ``distance`` deviations off is rejected with chance alpha."""
    root = math.sqrt(n)

    def over(k: float) -> float:
        return float(special.nctdtr(n - 1, distance * root, k * root)) - alpha

    low, high = distance - 1.0, distance + 1.0
    while over(low) > 0:
        low -= high - low
    while over(high) < 0:
        high += high - low
    return float(optimize.brentq(over, low, high, xtol=1e-13))


def _first(holds: Callable[[int], bool], low: int, most: int) -> int:
    """Return the smallest number from ``low`` on for which a thing that stays true once true holds."""
    if holds(low):
        return low
    step = 1
    while not holds(min(low + step, most)):
        if low + step >= most:
            raise _too_many(most)
        low, step = low + step, step * 2
    high = min(low + step, most)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _too_many(most: int) -> NotPossibleError:
    return NotPossibleError(
        f"抽 {most} 个以内没有能同时满足两类风险的方案；请拉开 p1 与 p2，或放宽 alpha、beta。",
        f"No plan of up to {most} units keeps both risks: set p1 and p2 further apart, or allow larger risks.",
    )


def _check(risks: Risks, kind: Kind, lot: int) -> None:
    if kind == "poisson":
        return
    if risks.p2 > 1:
        raise InputError(f"p2 应不大于 1，得到 {risks.p2:g}。", f"p2 must not be over 1, and it is {risks.p2:g}.")
    if kind != "hypergeom":
        return
    if lot < 1:
        raise InputError(
            "超几何分布需要批量（不小于 1）。", "The hypergeometric needs the size of the lot, 1 or more."
        )
    few, many = round(risks.p1 * lot), round(risks.p2 * lot)
    if few == many:
        raise NotPossibleError(
            f"批量 {lot} 时，p1 与 p2 都相当于 {few} 个不合格品，无法区分；请拉开 p1 与 p2。",
            f"In a lot of {lot}, p1 and p2 both mean {few} nonconforming units: set them further apart.",
        )
