"""The judgement of a value against a target: status, how sure, and whether it keeps pace."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from qualicity.methods.rounding import round_half_even


class Status(StrEnum):
    """The official status of a target."""

    met = "met"
    not_met = "not_met"
    undecided = "undecided"
    not_due = "not_due"
    no_data = "no_data"
    no_target = "no_target"


class Certainty(StrEnum):
    """How sure a judgement is, given what the sample can tell."""

    firm = "firm"
    uncertain = "uncertain"
    too_few = "too_few"


class Pace(StrEnum):
    """Whether a value is on the way to a target that lies ahead."""

    on_track = "on_track"
    behind = "behind"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A status, with the certainty beside it, and the pace where the target lies ahead."""

    status: Status
    certainty: Certainty | None = None
    pace: Pace | None = None


_COMPARISONS: Mapping[str, Callable[[float, float], bool]] = {
    "at_least": lambda value, target: value >= target,
    "above": lambda value, target: value > target,
    "at_most": lambda value, target: value <= target,
    "below": lambda value, target: value < target,
    "equals": lambda value, target: value == target,
    "none_of": lambda value, _target: value == 0.0,
    "cut": lambda value, target: value >= target,
    "below_reference": lambda value, target: value < target,
}
#: Kinds that cannot be met or missed before the year they are set for.
_DATED = frozenset({"cut", "trajectory"})
KINDS = frozenset(_COMPARISONS) | {"trajectory", "unstated"}


def judge(
    *,
    kind: str,
    value: float | None,
    target: float | None,
    low: float | None = None,
    high: float | None = None,
    n: int | None = None,
    minimum_n: int = 0,
    decimals: int = 1,
    year_due: int | None = None,
    year: int | None = None,
    path: float | None = None,
    falling: bool = True,
) -> Judgement:
    """Judge one value against one target of the given kind (see the glossary for the kinds).

    The value is rounded by GB/T 8170 to ``decimals`` before it is compared; the target stands as written. An interval
    (a census has none) with another verdict at either end makes the judgement uncertain without changing the status;
    only ``n`` below ``minimum_n`` leaves it undecided. ``path``: what the way to a target ahead asks for in ``year``;
    ``falling``: which way a trajectory runs. The target of ``below_reference`` is the reference.
    """
    assert kind in KINDS, f"unknown kind of target: {kind}"
    if kind == "unstated":
        return Judgement(Status.no_target)
    known, bound = _number(value), 0.0 if kind == "none_of" else _number(target)
    if known is None:
        return Judgement(Status.no_data)
    if bound is None:
        return Judgement(Status.no_data if kind == "below_reference" else Status.no_target)
    compare, rounded = _comparison(kind, falling), round_half_even(known, decimals)
    ahead = year is not None and year_due is not None and year < year_due
    not_due = ahead and kind in _DATED
    too_few = n is not None and n < minimum_n
    course = None if not ahead or path is None else _number(round_half_even(path, decimals))
    # What is under judgement before the due year is the pace, so the interval is held against the path.
    aim = course if not_due and course is not None else bound
    certainty = Certainty.too_few if too_few else _certainty(kind, compare, (low, rounded, high), aim)
    pace = None if course is None or too_few else _pace(compare, rounded, course)
    return Judgement(_status(not_due, too_few, compare(rounded, bound)), certainty, pace)


def judge_every(periods: Sequence[Judgement]) -> Judgement:
    """Join the judgements of all periods of a target that must hold in every period (稳定在).

    One miss is a miss; otherwise a gap or an undecided period leaves the whole undecided. The certainty is the
    weakest of those periods that carry the verdict.
    """
    seen = [period for period in periods if period.status is not Status.no_data]
    if not seen:
        return Judgement(Status.no_data)
    missed = [period for period in seen if period.status is Status.not_met]
    if missed:
        firm = any(period.certainty is Certainty.firm for period in missed)
        return Judgement(Status.not_met, Certainty.firm if firm else Certainty.uncertain)
    if len(seen) < len(periods) or any(period.status is Status.undecided for period in seen):
        return Judgement(Status.undecided, Certainty.too_few)
    weakest = Certainty.uncertain if any(p.certainty is Certainty.uncertain for p in seen) else seen[0].certainty
    return Judgement(seen[-1].status, weakest)


def linear_path(points: Mapping[int, float], year: int) -> float | None:
    """Return the value that a straight course between the stated years asks for in ``year``.

    After the last stated year its value stays; before the first there is no course (None).
    """
    if not points or year < min(points):
        return None
    before = max(known for known in points if known <= year)
    if before == year or before == max(points):
        return points[before]
    after = min(known for known in points if known > year)
    share = (year - before) / (after - before)
    return points[before] + share * (points[after] - points[before])


def _number(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def _status(not_due: bool, too_few: bool, reached: bool) -> Status:
    if not_due:
        return Status.not_due
    if too_few:
        return Status.undecided
    return Status.met if reached else Status.not_met


def _comparison(kind: str, falling: bool) -> Callable[[float, float], bool]:
    if kind == "trajectory":
        return _COMPARISONS["at_most" if falling else "at_least"]
    return _COMPARISONS[kind]


def _certainty(
    kind: str,
    compare: Callable[[float, float], bool],
    estimate: tuple[float | None, float, float | None],
    aim: float,
) -> Certainty:
    lowest, rounded, highest = _number(estimate[0]), estimate[1], _number(estimate[2])
    if lowest is None or highest is None:
        return Certainty.firm
    if kind in {"equals", "none_of"}:
        return Certainty.uncertain if lowest <= aim <= highest and lowest < highest else Certainty.firm
    verdicts = {compare(rounded, aim), compare(lowest, aim), compare(highest, aim)}
    return Certainty.firm if len(verdicts) == 1 else Certainty.uncertain


def _pace(compare: Callable[[float, float], bool], rounded: float, course: float) -> Pace:
    return Pace.on_track if compare(rounded, course) else Pace.behind
