"""Credit scores: dated events become points by family, fading with time, within bounds, and every part adds up.

Points are kept in whole ten-thousandths of a point of the total (``PARTS``). A whole number has no rounding error, so
that the parts of an explanation add up to the score exactly, in any order and on any machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import Literal

import numpy as np
import numpy.typing as npt

PARTS = 10_000
"""Parts of one point of the total."""
DAYS_OF_A_YEAR = Fraction(1461, 4)
FOREVER = 2**30
"""Days that are left to what has no end."""

Fading = Literal["never", "half_life", "linear", "valid"]
Days = npt.NDArray[np.int32]
Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Family:
    """A family of items: its weight in percent of the total, and where its 0–100 points begin and end."""

    weight: float
    start: float = 100
    floor: float = 0
    ceiling: float = 100


@dataclass(frozen=True, slots=True)
class Item:
    """Points for each event of one kind: how they fade (in years), and the most that they may sum up to."""

    family: int
    points: float
    fading: Fading = "never"
    years: float = 0
    most: float | None = None


@dataclass(frozen=True, slots=True)
class Scores:
    """What scoring gave: parts per event, per enterprise and item (bounded), per enterprise and family, in all."""

    events: Numbers
    items: Numbers
    families: Numbers
    totals: Numbers


@dataclass(frozen=True, slots=True)
class Line:
    """One part of a score: where it begins, an event, or what a bound took away or gave."""

    kind: Literal["start", "event", "most", "floor", "ceiling"]
    family: int
    item: int | None
    event: int | None
    parts: int


def days_of(years: float) -> int:
    """Return years as whole days, a year being 365.25 of them."""
    return round(Fraction(str(years)) * DAYS_OF_A_YEAR)


def in_parts(points: float, weight: float) -> Fraction:
    """Return points of a family as parts of the total, not rounded."""
    return Fraction(str(points)) * Fraction(str(weight)) / 100 * PARTS


def score(
    enterprise: npt.NDArray[np.int32],
    item: npt.NDArray[np.int16],
    age: Days,
    left: Days,
    *,
    families: Sequence[Family],
    items: Sequence[Item],
    enterprises: int,
) -> Scores:
    """Return the scores of all enterprises on a day.

    One element per event and item that it counts for: ``enterprise`` (0 … enterprises-1), ``item`` (0 …), ``age`` in
    days (below 0: it has not happened, and gives nothing) and ``left``, the days until its end (FOREVER without one).
    Points of an event fade: never; to half in ``years``; in a straight line to nothing in ``years``; or count in full
    while valid. The sum of an item is held within ±most, that of a family within floor and ceiling.
    Source: the method is ours; families and fading are set by definitions.
    """
    events = _events(item, age, left, families, items)
    shape = (enterprises, len(items))
    cell = enterprise.astype(np.int64) * len(items) + item
    # Sums of whole numbers below 2**53 are exact in float64.
    sums = np.bincount(cell, weights=events, minlength=shape[0] * shape[1]).reshape(shape)
    for number, one in enumerate(items):
        if one.most is not None:
            most = round(in_parts(one.most, families[one.family].weight))
            np.clip(sums[:, number], -most, most, out=sums[:, number])
    by_item = sums.astype(np.int64)
    by_family = np.empty((enterprises, len(families)), dtype=np.int64)
    for number, family in enumerate(families):
        start, floor, ceiling = _bounds(family)
        members = [at for at, one in enumerate(items) if one.family == number]
        by_family[:, number] = np.clip(by_item[:, members].sum(axis=1) + start, floor, ceiling)
    return Scores(events, by_item, by_family, by_family.sum(axis=1))


def explain(
    item: npt.NDArray[np.int16],
    age: Days,
    left: Days,
    *,
    families: Sequence[Family],
    items: Sequence[Item],
) -> tuple[Line, ...]:
    """Return the parts of one enterprise's score, in the order of families and items; they sum to it exactly.

    Shapes and units as in ``score``. Events that give nothing are listed with nothing.
    """
    parts = _events(item, age, left, families, items)
    lines: list[Line] = []
    for number, family in enumerate(families):
        start, floor, ceiling = _bounds(family)
        lines.append(Line("start", number, None, None, start))
        total = start
        for at, one in enumerate(items):
            if one.family != number:
                continue
            mine = np.flatnonzero(item == at)
            lines += [Line("event", number, at, int(each), int(parts[each])) for each in mine]
            summed = int(parts[mine].sum())
            most = None if one.most is None else round(in_parts(one.most, family.weight))
            held = summed if most is None else max(-most, min(most, summed))
            if held != summed:
                lines.append(Line("most", number, at, None, held - summed))
            total += held
        if total < floor:
            lines.append(Line("floor", number, None, None, floor - total))
        elif total > ceiling:
            lines.append(Line("ceiling", number, None, None, ceiling - total))
    return tuple(lines)


def strikes(age: Days, left: Days, *, years: float | None) -> npt.NDArray[np.bool_]:
    """Say for each event whether a veto stands: for some years after it, or while it lasts (``years`` None)."""
    happened = age >= 0
    return happened & ((left >= 0) if years is None else (age < days_of(years)))


def band(totals: Numbers, at_least: Sequence[float]) -> npt.NDArray[np.int8]:
    """Return the place of each total among bands that go from the best down; the last band takes all the rest."""
    bounds = np.array([round(Fraction(str(one)) * PARTS) for one in at_least[:-1]], dtype=np.int64)
    return np.asarray((totals[:, None] < bounds[None, :]).sum(axis=1), dtype=np.int8)


def _events(
    item: npt.NDArray[np.int16], age: Days, left: Days, families: Sequence[Family], items: Sequence[Item]
) -> Numbers:
    """Return the parts of each event, by a table of item × age."""
    if not items or not item.size:
        return np.zeros(item.shape, dtype=np.int64)
    tables = [_table(one, families[one.family].weight) for one in items]
    ends = np.array([table.size - 1 for table in tables], dtype=np.int32)
    starts = np.cumsum([0, *(table.size for table in tables[:-1])], dtype=np.int32)
    place = starts[item] + np.minimum(np.maximum(age, 0), ends[item])
    parts = np.concatenate(tables)[place]
    only_valid = np.array([one.fading == "valid" for one in items])
    parts[(age < 0) | (only_valid[item] & (left < 0))] = 0
    return np.asarray(parts, dtype=np.int64)


@lru_cache(maxsize=512)
def _table(one: Item, weight: float) -> Numbers:
    """Return the parts that one event of an item gives at an age of 0, 1, 2 … days; the last entry is for ever."""
    whole = in_parts(one.points, weight)
    if one.fading in ("never", "valid"):
        return np.array([round(whole)], dtype=np.int64)
    span = days_of(one.years)
    if one.fading == "linear":
        return _rounded(whole.numerator * np.arange(span, -1, -1, dtype=np.int64), whole.denominator * span)
    halvings = max(1, math.ceil(math.log2(max(abs(float(whole)), 1))) + 2)
    ages = np.arange(span * halvings + 1, dtype=np.float64)
    return np.rint(float(whole) * np.exp2(-ages / span)).astype(np.int64)


def _rounded(numerators: Numbers, denominator: int) -> Numbers:
    """Return fractions as whole numbers, halves to the even one, without a float in between."""
    quotient, rest = np.divmod(numerators, denominator)
    up = (2 * rest > denominator) | ((2 * rest == denominator) & (quotient % 2 == 1))
    return np.asarray(quotient + up, dtype=np.int64)


def _bounds(family: Family) -> tuple[int, int, int]:
    start, floor, ceiling = (
        round(in_parts(points, family.weight)) for points in (family.start, family.floor, family.ceiling)
    )
    return start, floor, ceiling
