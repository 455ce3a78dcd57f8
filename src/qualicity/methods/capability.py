"""Process capability: how well a process fits between its specification limits."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy import special

from qualicity.methods.intervals import Interval


@dataclass(frozen=True, slots=True)
class CapabilityIndex:
    """An index (1 means that three standard deviations just fit) with its interval."""

    value: float
    interval: Interval


@dataclass(frozen=True, slots=True)
class Capability:
    """Cp (spread alone), Cpl and Cpu (towards either limit), Cpk (the lesser) and Cpm (also missing the target)."""

    cp: CapabilityIndex
    cpl: CapabilityIndex
    cpu: CapabilityIndex
    cpk: CapabilityIndex
    cpm: CapabilityIndex


def capability(
    *,
    center: float,
    sigma: float,
    n: int,
    lower: float,
    upper: float,
    target: float | None = None,
    confidence: float = 0.95,
) -> Capability:
    """Return the capability of a process in control, from its mean and standard deviation over ``n`` values.

    ``lower`` and ``upper``: the specification; ``target``: its middle unless stated. The one-sided indices have
    one-sided intervals at ``confidence`` on either side.
    Source: GB/T 4091 and ISO 22514-2 (indices); A. F. Bissell, Applied Statistics 39 (1990) 331-340 (intervals);
    R. A. Boyles, Journal of Quality Technology 23 (1991) 17-26 (Cpm).
    """
    assert sigma > 0, "a process without spread has no index"
    assert lower < upper, "the lower limit lies below the upper one"
    assert n > 1, "a spread needs two values"
    aim = (lower + upper) / 2.0 if target is None else target
    cp = (upper - lower) / (6.0 * sigma)
    cpl, cpu = (center - lower) / (3.0 * sigma), (upper - center) / (3.0 * sigma)
    off = ((center - aim) / sigma) ** 2
    cpm = cp / math.sqrt(1.0 + off)
    one_sided, two_sided = float(special.ndtri(confidence)), float(special.ndtri(0.5 + confidence / 2.0))
    return Capability(
        CapabilityIndex(cp, _spread_interval(cp, n - 1.0, confidence)),
        CapabilityIndex(cpl, _edge_interval(cpl, n, one_sided)),
        CapabilityIndex(cpu, _edge_interval(cpu, n, one_sided)),
        CapabilityIndex(min(cpl, cpu), _edge_interval(min(cpl, cpu), n, two_sided)),
        CapabilityIndex(cpm, _spread_interval(cpm, n * (1.0 + off) / (1.0 + 2.0 * off), confidence)),
    )


def _spread_interval(index: float, freedom: float, confidence: float) -> Interval:
    tail = (1.0 - confidence) / 2.0
    low, high = float(special.chdtri(freedom, 1.0 - tail)), float(special.chdtri(freedom, tail))
    return Interval(index * math.sqrt(low / freedom), index * math.sqrt(high / freedom))


def _edge_interval(index: float, n: int, z: float) -> Interval:
    reach = z * math.sqrt(1.0 / (9.0 * n) + index * index / (2.0 * (n - 1)))
    return Interval(index - reach, index + reach)
