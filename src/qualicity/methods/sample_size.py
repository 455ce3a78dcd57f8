"""How many to draw: for a share at a wanted precision, and shared out over strata."""

from __future__ import annotations

import heapq
import math
from typing import TYPE_CHECKING, Literal

from scipy import special

from qualicity.errors import InputError, NotPossibleError
from qualicity.methods.intervals import clopper_pearson, wilson

if TYPE_CHECKING:
    from collections.abc import Mapping

Method = Literal["normal", "wilson", "exact"]
_LARGEST = 10**9


def for_proportion(
    margin: float,
    *,
    expected: float = 0.5,
    confidence: float = 0.95,
    population: int | None = None,
    method: Method = "normal",
) -> int:
    """Return the smallest n whose interval of a share reaches no further than ``margin`` to either side.

    ``margin`` and ``expected`` (the share that is looked for; 0.5 is the safest): between 0 and 1. ``method``: the
    interval that will be used, ``normal``, ``wilson`` or ``exact`` (half of its length is held against the margin).
    ``population``: number of units, for the finite population correction n/(1 + (n - 1)/N).
    Source: W. G. Cochran, Sampling Techniques (1977), 4.4 to 4.7.
    """
    for name, value, least in (("margin", margin, 0.0), ("confidence", confidence, 0.0)):
        if not least < value < 1:
            raise InputError(
                f"{name} 应在 0 和 1 之间（不含），得到 {value:g}。",
                f"{name} must lie between 0 and 1, ends excluded, and it is {value:g}.",
            )
    if not 0 <= expected <= 1:
        raise InputError(
            f"expected 应在 0 到 1 之间，得到 {expected:g}。",
            f"expected must lie from 0 to 1, and it is {expected:g}.",
        )
    if population is not None and population < 1:
        raise InputError(
            f"总体应不小于 1，得到 {population}。", f"The population must be 1 or more, and it is {population}."
        )
    n = _normal(margin, expected, confidence) if method == "normal" else _by(method, margin, expected, confidence)
    if population is not None:
        n /= 1.0 + (n - 1.0) / population
    return max(1, math.ceil(n - 1e-9))


def allocate_proportional(total: int, sizes: Mapping[str, int], *, minimum: int = 0) -> dict[str, int]:
    """Share ``total`` out in proportion to the sizes, ``minimum`` (or the whole stratum) at least to each.

    What is left over goes to the largest remainders, among equals to the larger stratum, then in order.
    """
    least = _least(total, sizes, minimum)
    held = {name for name, size in sizes.items() if not size}
    while True:  # a stratum that falls under the least keeps the least, and the others share what remains
        rest = total - sum(least[name] for name in held)
        whole = sum(size for name, size in sizes.items() if name not in held)
        short = {name for name in sizes if name not in held and rest * sizes[name] < least[name] * whole}
        if not short:
            break
        held |= short
    found = {name: least[name] if name in held else rest * sizes[name] // whole for name in sizes}
    remainders = sorted(
        (name for name in sizes if name not in held), key=lambda name: (-(rest * sizes[name] % whole), -sizes[name])
    )
    for name in remainders[: total - sum(found.values())]:
        found[name] += 1
    return found


def allocate_neyman(
    total: int, sizes: Mapping[str, int], deviations: Mapping[str, float], *, minimum: int = 1
) -> dict[str, int]:
    """Share ``total`` out so that the variance of the stratified mean is the least that whole numbers allow.

    ``deviations``: the standard deviation within each stratum (√(p(1 - p)) for a share). One unit after the other
    goes where it lowers the variance most: to the largest N·S/√(n(n + 1)); never more than a stratum holds, and
    ``minimum`` (one or more, or the whole stratum) at least. Source: J. Neyman, Journal of the Royal Statistical
    Society 97 (1934) 558-625; T. Wright, The American Statistician 66 (2012) 217-224 (whole numbers).
    """
    if minimum < 1:
        raise InputError(
            f"奈曼分配每层至少 1 个，得到 {minimum}。", f"Each stratum needs 1 at the least, and {minimum} was said."
        )
    found = _least(total, sizes, minimum)
    for name in sizes:
        if not (math.isfinite(deviations.get(name, math.nan)) and deviations[name] >= 0):
            raise InputError(
                f"层“{name}”的标准差应为不小于 0 的数，得到 {deviations.get(name)}。",
                f"The deviation of the stratum “{name}” must be 0 or more, and it is {deviations.get(name)}.",
            )

    def next_gain(name: str) -> float:
        n = found[name]
        return sizes[name] * deviations[name] / math.sqrt(n * (n + 1.0))

    waiting = [(-next_gain(name), place, name) for place, name in enumerate(sizes) if found[name] < sizes[name]]
    heapq.heapify(waiting)
    for _ in range(total - sum(found.values())):
        _, place, name = heapq.heappop(waiting)
        found[name] += 1
        if found[name] < sizes[name]:
            heapq.heappush(waiting, (-next_gain(name), place, name))
    return found


def _least(total: int, sizes: Mapping[str, int], minimum: int) -> dict[str, int]:
    """Return the least number of each stratum; raise where the total is under their sum or over the frame."""
    least = {name: min(minimum, size) for name, size in sizes.items()}
    needed, whole = sum(least.values()), sum(sizes.values())
    if min(sizes.values(), default=0) < 0 or minimum < 0:
        raise InputError(
            "层的大小和最低数量都应不小于 0。", "Sizes of strata and the least number must be 0 or more."
        )
    if total < needed:
        raise NotPossibleError(
            f"总数 {total} 不够：{len(sizes)} 层每层至少 {minimum} 个，共需 {needed} 个；请增加总数或降低最低数量。",
            f"A total of {total} is too small: {minimum} at the least in each of {len(sizes)} strata need {needed}. "
            "Raise the total, or lower the least number.",
        )
    if total > whole:
        raise NotPossibleError(
            f"总数 {total} 超过全部 {whole} 个对象。", f"A total of {total} is more than all {whole} units."
        )
    return least


def _normal(margin: float, expected: float, confidence: float) -> float:
    z = float(special.ndtri(0.5 + confidence / 2.0))
    return z * z * expected * (1.0 - expected) / (margin * margin)


def _by(method: Method, margin: float, expected: float, confidence: float) -> int:
    """Return the first n at which half of the interval's length is within the margin (it shrinks as n grows)."""
    interval = wilson if method == "wilson" else clopper_pearson

    def fits(n: int) -> bool:
        ends = interval(expected * n, n, confidence)
        return (ends.high - ends.low) / 2.0 <= margin

    high = 1
    while not fits(high):
        high *= 2
        if high > _LARGEST:
            raise NotPossibleError(
                f"误差限 {margin:g} 太小，需要超过 {_LARGEST} 个样本。",
                f"A margin of {margin:g} is too small: it takes more than {_LARGEST} units.",
            )
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if fits(middle) else (middle, high)
    return high
