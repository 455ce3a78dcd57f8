"""Plans by attributes: single, double and multiple; when they accept, how much they inspect, what they let out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize

from qualicity.errors import InputError
from qualicity.methods.acceptance_sampling.counts import Floats, Kind, at_most, chances_of

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class AttributesPlan:
    """The stages of a plan: sample size of each, and the acceptance and rejection numbers for all found so far."""

    n: tuple[int, ...]
    c: tuple[int, ...]
    r: tuple[int, ...]

    def __post_init__(self) -> None:
        fault = _fault(self.n, self.c, self.r)
        if fault:
            raise InputError(*fault)


@dataclass(frozen=True, slots=True)
class Course:
    """How a plan goes at each quality; every array has one entry for each.

    ``accept``: the chance to accept. ``asn``: the average number of units inspected (no curtailing). ``outgoing``:
    the average outgoing quality where rejected lots are inspected whole and mended (AOQ). ``ati``: the average number
    of units inspected then (NaN without a lot size).
    """

    quality: Floats
    accept: Floats
    asn: Floats
    outgoing: Floats
    ati: Floats


def single_plan(n: int, c: int) -> AttributesPlan:
    """Return the plan that accepts with c or fewer in n units."""
    return AttributesPlan((n,), (c,), (c + 1,))


def double_plan(n: tuple[int, int], c: tuple[int, int], r: tuple[int, int] | None = None) -> AttributesPlan:
    """Return a plan of two samples; without ``r`` both reject with more than the last acceptance number."""
    return AttributesPlan(n, c, r or (c[1] + 1, c[1] + 1))


def acceptance(plan: AttributesPlan, quality: Iterable[float], kind: Kind = "binomial", lot: int = 0) -> Floats:
    """Return the chance to accept at each quality (the operating characteristic curve).

    ``quality``: share nonconforming from 0 to 1; for ``poisson`` nonconformities per unit. ``lot``: number of units
    in the lot, for ``hypergeom``. Source: ISO 2859-1:1999 = GB/T 2828.1-2012, chapter 12 (the chances by which the
    curves of its tables are drawn); agrees with R AcceptanceSampling 1.0.11, ``OC2c``.
    """
    return course(plan, quality, kind, lot).accept


def course(plan: AttributesPlan, quality: Iterable[float], kind: Kind = "binomial", lot: int = 0) -> Course:
    """Return how the plan goes at each quality; arguments as in ``acceptance``.

    Source: as ``acceptance``; E. G. Schilling and D. V. Neubauer, Acceptance Sampling in Quality Control (2009),
    chapters 5 and 6 (ASN, AOQ and ATI).
    """
    values = np.array(list(quality), dtype=np.float64)
    _check(plan, values, kind, lot)
    stages = np.array([_stages(plan, float(one), kind, lot) for one in values]).reshape(values.size, 2, len(plan.n))
    accepted, reached = stages[:, 0], stages[:, 1]
    sizes = np.array(plan.n, dtype=np.float64)
    inspected = np.cumsum(sizes)
    accept = np.minimum(accepted.sum(axis=1), 1.0)
    kept = accepted @ (1.0 - inspected / lot) if lot else accept
    ati = accepted @ inspected + (1.0 - accept) * lot if lot else np.full(values.size, np.nan)
    return Course(quality=values, accept=accept, asn=reached @ sizes, outgoing=values * kept, ati=ati)


def outgoing_limit(plan: AttributesPlan, lot: int = 0) -> tuple[float, float]:
    """Return the worst average outgoing quality (AOQL) and the incoming quality at which it arises (binomial)."""

    def minus(quality: float) -> float:
        return -float(course(plan, [quality], "binomial", lot).outgoing[0])

    coarse = np.concatenate((np.geomspace(1e-6, 0.1, 120), np.linspace(0.1, 1.0, 91)[1:]))
    peak = int(np.argmax(course(plan, coarse, "binomial", lot).outgoing))
    ends = float(coarse[max(peak - 1, 0)]), float(coarse[min(peak + 1, coarse.size - 1)])
    found = optimize.minimize_scalar(minus, bounds=ends, method="bounded", options={"xatol": 1e-10})
    return -float(found.fun), float(found.x)


def _stages(plan: AttributesPlan, quality: float, kind: Kind, lot: int) -> tuple[list[float], list[float]]:
    """Return for each stage the chance to accept there and the chance that it is reached."""
    if len(plan.n) == 1:
        return [at_most(kind, plan.n[0], plan.c[0], quality, lot=lot)], [1.0]
    undecided = {0: 1.0}  # the chance of each number found so far, where nothing is decided yet
    accepted, reached, taken = [], [], 0
    for n, c, r in zip(plan.n, plan.c, plan.r, strict=True):
        reached.append(sum(undecided.values()))
        after: dict[int, float] = {}
        for found, chance in undecided.items():
            next_ones = chances_of(kind, n, r - 1 - found, quality, lot=lot, found=found, taken=taken)
            for more, share in enumerate(next_ones.tolist()):
                after[found + more] = after.get(found + more, 0.0) + chance * share
        accepted.append(sum(chance for found, chance in after.items() if found <= c))
        undecided = {found: chance for found, chance in after.items() if found > c}
        taken += n
    return accepted, reached


def _fault(n: tuple[int, ...], c: tuple[int, ...], r: tuple[int, ...]) -> tuple[str, str] | None:
    if not (len(n) == len(c) == len(r) > 0):
        return (
            "每一次抽样都要有样本量、接收数和拒收数。",
            "Every stage needs a sample size, an acceptance and a rejection number.",
        )
    if min(n) < 1:
        return f"样本量应不小于 1，得到 {min(n)}。", f"A sample size must be 1 or more, and it is {min(n)}."
    if min(c) < 0 or any(one > size for one, size in zip(c, np.cumsum(n).tolist(), strict=True)):
        return (
            f"接收数应在 0 与累计样本量之间，得到 {list(c)}。",
            f"Acceptance numbers must lie between 0 and the units inspected so far, and they are {list(c)}.",
        )
    if any(above <= below for above, below in zip(r, c, strict=True)):
        return (
            f"拒收数 {list(r)} 应大于接收数 {list(c)}。",
            f"Rejection numbers {list(r)} must be over acceptance numbers {list(c)}.",
        )
    if list(c) != sorted(c) or list(r) != sorted(r):
        return "接收数和拒收数不能逐次减小。", "Acceptance and rejection numbers must not fall from stage to stage."
    if r[-1] != c[-1] + 1 or any(above == below + 1 for above, below in zip(r[:-1], c[:-1], strict=True)):
        return (
            "只有最后一次抽样的拒收数应等于接收数加 1，此前各次须留有再抽的余地。",
            "At the last stage, and only there, the rejection number must be the acceptance number plus 1.",
        )
    return None


def _check(plan: AttributesPlan, quality: Floats, kind: Kind, lot: int) -> None:
    most = np.inf if kind == "poisson" else 1.0
    wrong = quality[~((quality >= 0) & (quality <= most))]
    if wrong.size:
        raise InputError(
            f"质量水平应在 0 到 {'正无穷' if kind == 'poisson' else 1} 之间，得到 {wrong[0]:g}。",
            f"A quality must lie between 0 and {'infinity' if kind == 'poisson' else 1}, and it is {wrong[0]:g}.",
        )
    if (kind == "hypergeom" or lot) and lot < sum(plan.n):
        raise InputError(
            f"批量应不小于样本量 {sum(plan.n)}，得到 {lot}。",
            f"The lot must hold at least the {sum(plan.n)} units of the sample, and it holds {lot}.",
        )
