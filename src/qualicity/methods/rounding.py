"""Rounding of reported figures: round half to even on the decimal figure, as official statistics require."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from typing import overload

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

# Ten to this power is still exact in binary, so a quotient by it is the float nearest to the decimal.
_MAX_EXACT_POWER = 22
# Up to 15 significant digits two different decimals never share a float; beyond, go by way of Decimal.
_MAX_EXACT_DIGITS = 1e15


@overload
def round_half_even(value: float, decimals: int) -> float: ...
@overload
def round_half_even(value: npt.NDArray[np.number], decimals: int) -> Floats: ...
def round_half_even(value: float | npt.NDArray[np.number], decimals: int) -> float | Floats:
    """Round to ``decimals`` places, a tie going to the even digit (四舍六入五成双).

    The tie is decided on the decimal figure that a person reads (the shortest one that names the float), not on
    its binary neighbour: 2.675 becomes 2.68, and 0.125 becomes 0.12. NaN and infinities pass through; the result
    is never negative zero. A scalar gives a float, an array a float64 array of the same shape. ``decimals`` may be
    negative (tens, hundreds). Source: GB/T 8170-2008, 3.2.
    """
    assert -_MAX_EXACT_POWER <= decimals < _MAX_EXACT_POWER, f"decimals out of range: {decimals}"
    given = np.asarray(value, dtype=np.float64)
    size = np.abs(given)
    with np.errstate(invalid="ignore", over="ignore"):
        below = np.floor(_times_power(size, decimals))
        middle = _times_power(10.0 * below + 5.0, -(decimals + 1))
        up = (size > middle) | ((size == middle) & (below % 2.0 == 1.0))
        rounded = np.copysign(_times_power(below + up, -decimals), given) + 0.0
        too_long = np.isfinite(given) & ~(10.0 * below + 5.0 < _MAX_EXACT_DIGITS)
    rounded = np.where(np.isfinite(given), rounded, given)
    if too_long.any():
        rounded[too_long] = [_by_decimal(number, decimals) for number in given[too_long].tolist()]
    return float(rounded) if given.ndim == 0 else rounded


def _times_power(values: Floats, power: int) -> Floats:
    """Multiply by ten to ``power``; for negative powers by one exact division, which rounds only once."""
    return values * 10.0**power if power >= 0 else values / 10.0**-power


def _by_decimal(number: float, decimals: int) -> float:
    exact = Decimal(repr(number))
    exponent = exact.as_tuple().exponent
    assert isinstance(exponent, int)
    if exponent >= -decimals:
        return number
    # scaleb keeps the working precision at what is written, so that even 300 digits quantize.
    step = Decimal(1).scaleb(-decimals)
    return float((exact / step).to_integral_value(rounding=ROUND_HALF_EVEN) * step)
