"""How a number is shared out over strata: in proportion, each with one at least."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Mapping


def proportional(n: int, sizes: Mapping[str, int], *, measure: Mapping[str, int] | None = None) -> dict[str, int]:
    """Return how many of ``n`` fall to each stratum: in proportion, one at least, never more than its size.

    ``sizes`` are numbers of units; the shares are in proportion to ``measure`` (default: the sizes; whole numbers in
    any unit, one under 1 counts as 1). Every stratum with a unit gets one at least, so that all have a chance: n must
    not be smaller than the number of such strata. What is left over by rounding down goes to the largest remainders,
    among equals in the order of the names. Where n is over the number of units, all of them fall to their strata.
    Source: W. G. Cochran, Sampling Techniques, 3rd edition (1977), 5.5 and 5.8 (proportional allocation).
    """
    filled = sorted(name for name, size in sizes.items() if size > 0)
    if n < len(filled):
        raise InputError(
            f"{n} 个名额分不到 {len(filled)} 个层，每层至少 1 个。",
            f"{n} cannot be shared out over {len(filled)} strata, one each at least.",
        )
    parts = {name: max(1, (measure or sizes)[name]) for name in filled}
    fixed: dict[str, int] = {}
    n = min(n, sum(sizes.values()))
    while full := _full(n, parts, sizes, fixed):
        fixed |= full
    lows = _lows(n, parts, fixed)
    rest = [name for name in filled if name not in fixed and name not in lows]
    left, total = n - sum(fixed.values()) - len(lows), sum(parts[name] for name in rest)
    shares = {name: divmod(parts[name] * left, total) for name in rest}
    over = left - sum(whole for whole, _ in shares.values())
    first = sorted(rest, key=lambda name: (-shares[name][1], name))[:over]
    given = {name: shares[name][0] + (name in first) for name in rest}
    return dict.fromkeys(sizes, 0) | fixed | dict.fromkeys(lows, 1) | given


def _lows(n: int, parts: Mapping[str, int], fixed: Mapping[str, int]) -> set[str]:
    """Return the strata whose share would be under one, while those that are full have their size."""
    lows: set[str] = set()
    while True:
        rest = [name for name in parts if name not in fixed and name not in lows]
        left, total = n - sum(fixed.values()) - len(lows), sum(parts[name] for name in rest)
        under = {name for name in rest if parts[name] * left < total}
        if not under:
            return lows
        lows |= under


def _full(n: int, parts: Mapping[str, int], sizes: Mapping[str, int], fixed: Mapping[str, int]) -> dict[str, int]:
    """Return the strata whose share is their size or more, each with its size."""
    lows = _lows(n, parts, fixed)
    rest = [name for name in parts if name not in fixed and name not in lows]
    left, total = n - sum(fixed.values()) - len(lows), sum(parts[name] for name in rest)
    return {name: sizes[name] for name in rest if parts[name] * left >= sizes[name] * total}
