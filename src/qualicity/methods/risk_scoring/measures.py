"""Whether scores of risk are worth anything: calibration, ranking, days earlier, and for whom they are wrong.

In every function ``scores`` are chances of failure between 0 and 1 and ``failed`` is 1 or 0, one for each check.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.errors import InputError
from qualicity.methods.drawing import WHOLE, chances
from qualicity.methods.intervals import Interval, proportion, student

if TYPE_CHECKING:
    from collections.abc import Sequence

Floats = npt.NDArray[np.float64]
Days = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Bin:
    """Checks with like scores: from and up to which score, how many, mean score, share that failed, its interval."""

    low: float
    high: float
    n: int
    expected: float
    observed: float
    observed_low: float
    observed_high: float


@dataclass(frozen=True, slots=True)
class Order:
    """What an order of the checks is worth: mean days earlier of the failures, share of them in the first half.

    ``low`` and ``high``: the 95 % interval of the days; NaN where none is told.
    """

    days_earlier: float
    in_first_half: float
    low: float = math.nan
    high: float = math.nan


@dataclass(frozen=True, slots=True)
class Quality:
    """Everything said of one set of scores; NaN where it cannot be known.

    ``brier``: mean squared error. ``brier_skill``: 1 - that over the error of the base rate for everybody. ``ece``:
    expected calibration error. ``auc``: chance that a failing check has the higher score, with its 95 % interval.
    ``precision`` among the
    ``k`` highest. ``order``: the checks by falling score on the days on which they were done. ``draw_gain``: failures
    found by a draw of a fifth with these scores as weights, over those of a plain draw.
    """

    brier: float
    brier_skill: float
    ece: float
    auc: float
    auc_low: float
    auc_high: float
    k: int
    precision: float
    order: Order
    draw_gain: float


@dataclass(frozen=True, slots=True)
class GroupError:
    """How a group fared: checks, failures, mean score and share that failed with its interval.

    ``off`` is true where the mean score lies outside the interval: the scores are wrong for this group.
    """

    group: str
    n: int
    failures: int
    expected: float
    observed: float
    low: float
    high: float
    off: bool


def squared_error(scores: Floats, failed: Floats) -> float:
    """Return the mean squared error of scores, 0 (perfect) to 1.

    Source: G. W. Brier, Monthly Weather Review 78 (1950) 1-3.
    """
    _check(scores, failed)
    return float(np.mean((scores - failed) ** 2)) if scores.size else math.nan


def calibration_table(scores: Floats, failed: Floats, bins: int = 10, confidence: float = 0.95) -> tuple[Bin, ...]:
    """Return the checks in ``bins`` groups of like score and equal size; equal scores are never parted.

    Source: D. W. Hosmer and S. Lemeshow, Communications in Statistics A 9 (1980) 1043-1069 (groups of equal size).
    """
    _check(scores, failed)
    order = np.argsort(scores, kind="stable")
    ranked, results = scores[order], failed[order]
    edges = [round(scores.size * place / bins) for place in range(1, bins)]
    starts = [
        0,
        *sorted({int(np.searchsorted(ranked, ranked[edge], "left")) for edge in edges if edge < ranked.size}),
    ]
    found = []
    for start, end in zip(starts, [*starts[1:], scores.size], strict=True):
        if start == end:
            continue
        inside, failures = ranked[start:end], float(results[start:end].sum())
        ends = proportion(failures, end - start, confidence)
        found.append(
            Bin(
                low=float(inside[0]), high=float(inside[-1]), n=end - start, expected=float(inside.mean()),
                observed=failures / (end - start), observed_low=ends.low, observed_high=ends.high,
            )
        )  # fmt: skip
    return tuple(found)


def expected_calibration_error(table: Sequence[Bin]) -> float:
    """Return the mean distance between score and share that failed, over the checks of a calibration table.

    Source: M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 29 (2015) 2901-2907.
    """
    n = sum(one.n for one in table)
    return sum(one.n * abs(one.expected - one.observed) for one in table) / n if n else math.nan


def chance_of_higher(scores: Floats, failed: Floats) -> float:
    """Return the chance that a failing check has a higher score than a passing one, ties counted half (AUC).

    NaN where all failed or none did. Source: J. A. Hanley and B. J. McNeil, Radiology 143 (1982) 29-36.
    """
    _check(scores, failed)
    bad = float(failed.sum())
    good = scores.size - bad
    if not (bad and good):
        return math.nan
    ranks = _middle_places(scores) + 1.0
    return float((ranks @ failed - bad * (bad + 1) / 2) / (bad * good))


def chance_interval(scores: Floats, failed: Floats, confidence: float = 0.95) -> Interval:
    """Return the interval of ``chance_of_higher``, within 0 and 1; NaN with fewer than two of either kind.

    Source: E. R. DeLong, D. M. DeLong and D. L. Clarke-Pearson, Biometrics 44 (1988) 837-845.
    """
    value, bad = chance_of_higher(scores, failed), failed > 0
    m, n = int(bad.sum()), int((~bad).sum())
    if m < 2 or n < 2:
        return Interval(math.nan, math.nan)
    ranks = _middle_places(scores)
    above = (ranks[bad] - _middle_places(scores[bad])) / n  # of each failing check the passing ones below it
    below = 1.0 - (ranks[~bad] - _middle_places(scores[~bad])) / m
    reach = _z(confidence) * math.sqrt(above.var(ddof=1) / m + below.var(ddof=1) / n)
    return Interval(max(0.0, value - reach), min(1.0, value + reach))


def precision_at(k: int, scores: Floats, failed: Floats) -> float:
    """Return the share of failures among the k highest scores; of those tied at the edge the expected part counts."""
    _check(scores, failed)
    if not 0 < k <= scores.size:
        return math.nan
    edge = np.sort(scores)[scores.size - k]
    above, tied = scores > edge, scores == edge
    room = k - int(above.sum())
    return float((failed[above].sum() + failed[tied].mean() * room) / k)


def days_earlier(scores: Floats, failed: Floats, days: Days) -> float:
    """Return by how many days the failures would on the mean have been found earlier in the order of the scores.

    ``days``: the day of each check as a whole number. The same days are kept, and on the first stands the check with
    the highest score; tied checks share their days evenly. It is assumed that a check would have had the same result
    on another day. Source: the evaluation of Chicago's food inspections (Chicago/food-inspections-evaluation, 2015).
    """
    _check(scores, failed)
    if not failed.any():
        return math.nan
    return float((days - _new_days(scores, days)) @ failed / failed.sum())


def days_interval(scores: Floats, failed: Floats, days: Days, confidence: float = 0.95) -> Interval:
    """Return Student's interval of ``days_earlier`` over the failures; NaN with fewer than two."""
    gains = (days - _new_days(scores, days))[failed > 0]
    return student(gains.size, float(gains.sum()), float((gains**2).sum()), confidence)


def in_first_half(scores: Floats, failed: Floats) -> float:
    """Return which share of the failures stands in the first half of the order of the scores; ties shared evenly."""
    _check(scores, failed)
    if not failed.any():
        return math.nan
    first = np.zeros(scores.size)
    first[: scores.size // 2] = 1.0
    first[scores.size // 2 : scores.size // 2 + scores.size % 2] = 0.5
    return float(_shared(-scores, first) @ failed / failed.sum())


def draw_gain(scores: Floats, failed: Floats, share: float = 0.2) -> float:
    """Return how many failures a draw by the scores finds on the mean, over a plain draw of the same size.

    The draw is that of ``drawing.weighted``, with its floor and ceiling, of ``share`` of the checks; from its exact
    chances, without drawing.
    """
    _check(scores, failed)
    n = round(share * scores.size)
    if not (n and failed.any()):
        return math.nan
    odds = np.array(chances(scores.tolist(), n), dtype=np.float64) / WHOLE
    return float(odds @ failed / (n / scores.size * failed.sum()))


def errors_by_group(
    scores: Floats, failed: Floats, groups: Sequence[str], confidence: float = 0.99
) -> tuple[GroupError, ...]:
    """Return for each group, the largest first, what was expected and what was found."""
    _check(scores, failed)
    names, place = np.unique(np.asarray(groups, dtype=str), return_inverse=True)
    counts = np.bincount(place, minlength=names.size)
    expected, failures = np.bincount(place, scores), np.bincount(place, failed)
    found = []
    for name, n, sum_of_scores, bad in zip(
        names.tolist(), counts.tolist(), expected.tolist(), failures.tolist(), strict=True
    ):
        ends, mean = proportion(bad, n, confidence), sum_of_scores / n
        found.append(
            GroupError(name, n, round(bad), mean, bad / n, ends.low, ends.high, not ends.low <= mean <= ends.high)
        )
    return tuple(sorted(found, key=lambda one: (-one.n, one.group)))


def quality(scores: Floats, failed: Floats, days: Days, k: int) -> Quality:
    """Return everything said of one set of scores for checks done on ``days`` (whole numbers)."""
    base = float(failed.mean()) if failed.size else math.nan
    brier, even = squared_error(scores, failed), base * (1.0 - base)
    chance, gained = chance_interval(scores, failed), days_interval(scores, failed, days)
    return Quality(
        brier=brier,
        brier_skill=1.0 - brier / even if even > 0 else math.nan,
        ece=expected_calibration_error(calibration_table(scores, failed)),
        auc=chance_of_higher(scores, failed),
        auc_low=chance.low,
        auc_high=chance.high,
        k=k,
        precision=precision_at(k, scores, failed),
        order=Order(
            days_earlier(scores, failed, days), in_first_half(scores, failed), low=gained.low, high=gained.high
        ),
        draw_gain=draw_gain(scores, failed),
    )


def _new_days(scores: Floats, days: Days) -> Floats:
    """Return the day of each check when the earliest day goes to the highest score."""
    return _shared(-scores, np.sort(days).astype(np.float64))


def _shared(keys: Floats, slots: Floats) -> Floats:
    """Return for each key the slot at its place in rising order; equal keys have the mean of their slots."""
    _, group, counts = np.unique(keys, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    sums = np.concatenate(([0.0], np.cumsum(slots)))
    means = (sums[ends] - sums[ends - counts]) / counts
    return np.asarray(means[group])


def _middle_places(values: Floats) -> Floats:
    """Return the place of each value in rising order from 0 on, the middle one for equal values."""
    return _shared(values, np.arange(values.size, dtype=np.float64))


def _z(confidence: float) -> float:
    return float(special.ndtri(0.5 + confidence / 2.0))


def _check(scores: Floats, failed: Floats) -> None:
    if scores.shape != failed.shape:
        raise InputError(
            f"评分 {scores.size} 个，结果 {failed.size} 个，应一一对应。",
            f"There are {scores.size} scores and {failed.size} results: each check needs both.",
        )
