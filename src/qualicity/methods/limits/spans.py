"""What a reading can stand for, as spans of values; a verdict holds only if it holds for all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from enum import StrEnum

from qualicity.methods.limits.figures import Figure
from qualicity.methods.limits.readings import Kind, Reading
from qualicity.methods.limits.requirements import Bound


class Comparison(StrEnum):
    """How a value is held against a limit (GB/T 8170-2008, 4.3)."""

    whole = "whole"  # 全数值比较法, unless a standard says otherwise
    rounded = "rounded"  # 修约值比较法


@dataclass(frozen=True, slots=True)
class Span:
    """All values between two ends; an end of None is without bound."""

    low: Decimal | None
    high: Decimal | None
    low_open: bool = False
    high_open: bool = False


def point(value: Decimal) -> Span:
    """Return the span of one value."""
    return Span(value, value)


def spans(reading: Reading, factors: Sequence[Decimal]) -> tuple[Span, ...]:
    """Return what a reading can stand for, in the limit's unit; nothing known is the span without bounds.

    ``factors``: what the reading is multiplied by; several where its unit leaves more than one sense. What was not
    detected lies between nothing and the detection limit, and is nothing where none is stated.
    """
    if reading.kind is Kind.not_detected and reading.figure is None:
        return (point(Decimal(0)),)
    if reading.kind is Kind.detected:
        return (Span(Decimal(0), None, low_open=True),)
    figure = reading.figure
    if figure is None or not figure.values or reading.kind in {Kind.conforming, Kind.not_conforming, Kind.unread}:
        return (Span(None, None),)
    if reading.upper is not None and reading.upper.values:
        ends = [
            (low * each, high * each) for low in figure.values for high in reading.upper.values for each in factors
        ]
        return tuple(Span(low, high) for low, high in ends)
    found = []
    for value in dict.fromkeys(number * factor for number in figure.values for factor in factors):
        if reading.kind is Kind.not_detected:
            found.append(Span(Decimal(0), value, high_open=True))
        else:
            found.append(_signed(reading.sign, value))
    return tuple(found)


def _signed(sign: str, value: Decimal) -> Span:
    if sign in "<≤":
        return Span(None, value, high_open=sign == "<")
    if sign in ">≥":
        return Span(value, None, low_open=sign == ">")
    return point(value)


def rounded_to(span: Span, decimals: int, lean: int = 0) -> Span:
    """Return the span with its ends rounded by GB/T 8170-2008, 3.2; ``lean``: rounded down (1) or up (−1) before."""
    way = {0: ROUND_HALF_EVEN, 1: ROUND_HALF_UP, -1: ROUND_HALF_DOWN}[lean]
    return Span(_round(span.low, decimals, way), _round(span.high, decimals, way))


def _round(value: Decimal | None, decimals: int, way: str) -> Decimal | None:
    if value is None:
        return None
    step = Decimal(1).scaleb(-decimals)
    return (value / step).to_integral_value(rounding=way) * step


def at_most(span: Span, bound: Bound, comparison: Comparison, lean: int = 0) -> bool | None:
    """Say whether all of a span keeps an upper bound (True), none of it does (False), or neither is sure (None)."""
    limit = bound.figure.value
    if limit is None:
        return None
    span, leaning = _as_compared(span, bound.figure, comparison, lean)
    if span.high is not None and (
        span.high < limit
        or (span.high == limit and leaning <= 0 and (not bound.open or span.high_open or leaning < 0))
    ):
        return True
    if span.low is not None and (
        span.low > limit or (span.low == limit and leaning >= 0 and (bound.open or span.low_open or leaning > 0))
    ):
        return False
    return None


def at_least(span: Span, bound: Bound, comparison: Comparison, lean: int = 0) -> bool | None:
    """Say the same of a lower bound."""
    limit = bound.figure.value
    if limit is None:
        return None
    span, leaning = _as_compared(span, bound.figure, comparison, lean)
    if span.low is not None and (
        span.low > limit or (span.low == limit and leaning >= 0 and (not bound.open or span.low_open or leaning > 0))
    ):
        return True
    if span.high is not None and (
        span.high < limit or (span.high == limit and leaning <= 0 and (bound.open or span.high_open or leaning < 0))
    ):
        return False
    return None


def _as_compared(span: Span, limit: Figure, comparison: Comparison, lean: int) -> tuple[Span, int]:
    if comparison is Comparison.rounded:
        return rounded_to(span, limit.decimals, lean), 0
    return span, lean


def agreed(answers: Sequence[bool | None]) -> bool | None:
    """Return the answer that all give, or None when they differ or one is None."""
    return answers[0] if answers and all(answer is answers[0] for answer in answers) else None
