"""The chance of each unit to be drawn, in whole billionths: in proportion to its weight, between two bounds.

Whole numbers add up to the same sum on every machine, and what is published is exactly what was drawn by.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

from qualicity.errors import InputError, NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Sequence

#: The chance of a unit that is certain to be drawn.
WHOLE = 10**9
_FINEST = 10**9
_LEVEL_BITS = 64


def equal_chances(size: int, n: int) -> list[int]:
    """Return the chance n/size for each of ``size`` units, in billionths, adding up to n exactly.

    Where n/size is no whole number of billionths, the first units have one billionth more.
    """
    check_size(size, n)
    share, rest = divmod(n * WHOLE, size) if size else (0, 0)
    return [share + (place < rest) for place in range(size)]


def chances(weights: Sequence[float], n: int, *, floor: float = 0.2, ceiling: float = 0.9) -> list[int]:
    """Return for each weight the chance to be among n, in billionths: they add up to n exactly.

    A chance is in proportion to the weight, but never under ``floor`` times the equal chance n/N (so that everybody
    may be drawn), and never over ``ceiling`` (so that nobody is sure to be; 1 allows certainty). Where n/N itself
    lies over the ceiling all have the equal chance. Weights ≥ 0 in any unit; all zero means all equal.
    Source: C.-E. Särndal, B. Swensson and J. Wretman, Model Assisted Survey Sampling (1992), 3.6.
    """
    check_size(len(weights), n)
    _check(weights, floor, ceiling)
    size = len(weights)
    largest = max(weights, default=0.0)
    if n == 0 or largest <= 0 or n >= ceiling * size:
        return equal_chances(size, n)
    whole = [max(1, round(weight / largest * _FINEST)) for weight in weights]
    low = min(round(floor * n / size * WHOLE), n * WHOLE // size)
    return _shared(whole, n * WHOLE, low, round(ceiling * WHOLE))


def check_size(size: int, n: int) -> None:
    """Raise where n is not a whole number from 0 to ``size``."""
    if n < 0:
        raise InputError(
            f"抽取数量应为不小于 0 的整数，得到 {n}。", f"The number to draw must be 0 or more, and it is {n}."
        )
    if n > size:
        raise NotPossibleError(
            f"名单中只有 {size} 个对象，抽不出 {n} 个；请减少数量或补充名单。",
            f"The frame holds {size} units, so that {n} cannot be drawn: draw fewer, or add to the frame.",
        )


def _check(weights: Sequence[float], floor: float, ceiling: float) -> None:
    for weight in weights:
        if not (math.isfinite(weight) and weight >= 0):
            raise InputError(
                f"权重应为不小于 0 的数，得到 {weight}。",
                f"A weight must be a number of 0 or more, and it is {weight}.",
            )
    if not 0 < floor <= 1:
        raise InputError(
            f"下限应大于 0 且不超过 1（占平均概率的份额），使人人都有机会被抽到，得到 {floor}。",
            f"The floor must lie above 0 and not over 1 (a share of the equal chance), so that everybody may be "
            f"drawn, and it is {floor}.",
        )
    if not 0 < ceiling <= 1:
        raise InputError(
            f"上限应大于 0 且不超过 1，得到 {ceiling}。",
            f"The ceiling must lie above 0 and not over 1, and it is {ceiling}.",
        )


def _shared(weights: list[int], whole: int, low: int, high: int) -> list[int]:
    """Return clip(weight · level, low, high) rounded down, with the billionths lost so given to the largest rests."""
    level = _level(weights, whole, low, high)
    found = [divmod(weight * level, 1 << _LEVEL_BITS) for weight in weights]
    shares = [min(max(share, low), high) for share, _ in found]
    between = [place for place, (share, _) in enumerate(found) if low <= share < high]
    for place in sorted(between, key=lambda place: (-found[place][1], place))[: whole - sum(shares)]:
        shares[place] += 1
    return shares


def _level(weights: list[int], whole: int, low: int, high: int) -> int:
    """Return the highest level (in 2^-64) at which Σ clip(weight · level, low, high) is not over ``whole``."""
    order = sorted(weights)
    sums = list(accumulate(order, initial=0))

    def fits(level: int) -> bool:
        floored = bisect_left(order, -((-low << _LEVEL_BITS) // level))
        capped = bisect_left(order, -((-high << _LEVEL_BITS) // level))
        ends = floored * low + (len(order) - capped) * high
        return (ends << _LEVEL_BITS) + (sums[capped] - sums[floored]) * level <= whole << _LEVEL_BITS

    under, over = 1, (high << _LEVEL_BITS) + 1  # at the upper one even the lightest unit meets the ceiling
    while over - under > 1:
        middle = (under + over) // 2
        under, over = (middle, over) if fits(middle) else (under, middle)
    return under
