"""Points of a rubric: from one fact by one rule, split by how sure they are, and added up to a total and a band.

Every criterion's points are split into six parts that add up to what the criterion is worth. Three count today
(``certain``, ``likely``, ``at_risk``), three do not (``within_reach``, ``open``, ``lost``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt
from scipy import special

from qualicity.methods.rounding import round_half_even

Floats = npt.NDArray[np.float64]

#: Points are given in hundredths.
DECIMALS = 2
#: Half the width of a 95 % interval in standard errors.
_Z = 1.959963984540054
#: Equally likely values by which a normal distribution is stood for.
_GRID = special.ndtri((np.arange(4000) + 0.5) / 4000)


@dataclass(frozen=True, slots=True)
class Threshold:
    """All points or none: ``sign`` is how the value, rounded to ``decimals``, must stand to the bound."""

    sign: str
    bound: float
    decimals: int = 1

    def shares(self, values: Floats) -> Floats:
        """Return the share of the points, 0 to 1, for values."""
        rounded = np.asarray(round_half_even(values, self.decimals))
        return _SIGNS[self.sign](rounded, self.bound).astype(np.float64)


@dataclass(frozen=True, slots=True)
class Linear:
    """No points at ``zero_at`` (or beyond), all at ``full_at`` (or beyond), evenly between; either may be larger."""

    zero_at: float
    full_at: float

    def shares(self, values: Floats) -> Floats:
        """Return the share of the points, 0 to 1, for values."""
        return np.clip((values - self.zero_at) / (self.full_at - self.zero_at), 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Steps:
    """The share that belongs to the highest bound that a value reaches; bounds ascend, or descend for ``falling``."""

    bounds: tuple[float, ...]
    steps: tuple[float, ...]
    falling: bool = False

    def shares(self, values: Floats) -> Floats:
        """Return the share of the points, 0 to 1, for values."""
        reached = np.zeros_like(values)
        for bound, share in zip(self.bounds, self.steps, strict=True):
            reached = np.where(values <= bound if self.falling else values >= bound, share, reached)
        return reached


Curve = Threshold | Linear | Steps


@dataclass(frozen=True, slots=True)
class Marks:
    """What a criterion is worth (``full``) in six parts, and what it may be expected to bring.

    ``probability``: the chance that the points which count today, or which are within reach, stand; None where no
    interval speaks.
    """

    full: float
    certain: float = 0.0
    likely: float = 0.0
    at_risk: float = 0.0
    within_reach: float = 0.0
    open: float = 0.0
    lost: float = 0.0
    expected: float = 0.0
    variance: float = 0.0
    probability: float | None = None

    @property
    def points(self) -> float:
        """Return the points that count today."""
        return rounded(self.certain + self.likely + self.at_risk)


@dataclass(frozen=True, slots=True)
class Total:
    """All criteria together; ``deviation`` is the standard deviation of ``expected``."""

    full: float
    points: float
    certain: float
    likely: float
    at_risk: float
    within_reach: float
    open: float
    lost: float
    expected: float
    deviation: float

    def chance_of(self, bound: float) -> float:
        """Return the chance that the total reaches a bound: normal approximation of a sum of independent criteria."""
        if self.deviation <= 0:
            return 1.0 if self.expected >= bound else 0.0
        return float(special.ndtr((self.expected - bound) / self.deviation))


def settled(full: float, share: float) -> Marks:
    """Return the marks of a fact that no sample stands behind: what is scored is certain."""
    points = rounded(full * share)
    return Marks(full, certain=points, lost=rounded(full - points), expected=points)


def expected_later(full: float, share: float) -> Marks:
    """Return the marks of points that count but rest on something less than firm evidence."""
    points = rounded(full * share)
    return Marks(full, likely=points, lost=rounded(full - points), expected=points)


def awaited(full: float) -> Marks:
    """Return the marks of a criterion of which nothing is known yet."""
    return Marks(full, open=full)


def could_turn(full: float, *, counts: bool) -> Marks:
    """Return the marks where a judgement could go either way and no interval says how likely."""
    half = {"expected": full / 2.0, "variance": full * full / 4.0}
    return Marks(full, at_risk=full, **half) if counts else Marks(full, within_reach=full, **half)


def by_curve(
    curve: Curve,
    full: float,
    value: float,
    low: float | None = None,
    high: float | None = None,
    *,
    centre: float | None = None,
) -> Marks:
    """Return the marks of a value under a rule; with an interval, what it could take away or add.

    Certain is what either end of the 95 % interval still brings. The chance and the expected points follow from a
    normal distribution around the value whose standard error is the width of the interval over 2 × 1.96. Where the
    value was rounded before it was judged, ``centre`` is the value as it was.
    """
    if low is None or high is None or not high > low:
        return settled(full, float(curve.shares(np.array([value]))[0]))
    points, least, most = (rounded(full * float(share)) for share in _ends(curve, value, low, high))
    middle = value if centre is None else centre
    drawn = full * curve.shares(middle + _GRID * (high - low) / (2.0 * _Z))
    if math.isclose(least, most):
        return settled(full, points / full)
    chance = float((drawn >= (points if points > least else most) - 1e-9).mean())
    return Marks(
        full, certain=least, at_risk=rounded(points - least), within_reach=rounded(most - points),
        lost=rounded(full - most), expected=float(drawn.mean()), variance=float(drawn.var()), probability=chance,
    )  # fmt: skip


def partly_known(curve: Curve, full: float, *, sure: float, today: float, most: float) -> Marks:
    """Return the marks of a value of which a part is still unknown: what it is for sure, today, and at most.

    The difference between today and what is sure is at risk; what the unknown part could add is open.
    """
    shares = curve.shares(np.array([sure, today, most], dtype=np.float64))
    certain, points, reach = (rounded(full * float(share)) for share in shares)
    return Marks(
        full, certain=certain, at_risk=rounded(points - certain), open=rounded(reach - points),
        lost=rounded(full - reach), expected=points,
    )  # fmt: skip


def less_sure(marks: Marks) -> Marks:
    """Return marks whose certain points are only likely: what stands behind them was reported without its rows."""
    return replace(marks, certain=0.0, likely=rounded(marks.likely + marks.certain))


def by_items(worth: Sequence[float], states: Sequence[str]) -> Marks:
    """Return the marks of a checklist: checked items are certain, filed ones likely, refused lost, missing open."""
    sums = {state: rounded(sum(w for w, s in zip(worth, states, strict=True) if s == state)) for state in _STATES}
    return Marks(
        rounded(sum(worth)), certain=sums["checked"], likely=sums["filed"], lost=sums["refused"],
        open=sums["missing"], expected=rounded(sums["checked"] + sums["filed"]),
    )  # fmt: skip


def withheld(marks: Marks) -> Marks:
    """Return the marks while evidence that the rubric demands has not been filed: what counted waits for it."""
    return Marks(marks.full, open=rounded(marks.points + marks.within_reach + marks.open), lost=marks.lost)


def column(*values: float) -> Floats:
    """Return values as a curve takes them."""
    return np.array(values, dtype=np.float64)


def total(marks: Sequence[Marks]) -> Total:
    """Return the sum of criteria, each of them independent of the others."""
    sums = {one.name: sum(getattr(mark, one.name) or 0.0 for mark in marks) for one in fields(Marks)}
    parts = {name: rounded(sums[name]) for name in _PARTS}
    return Total(
        full=rounded(sums["full"]), points=rounded(sum(mark.points for mark in marks)),
        expected=sums["expected"], deviation=math.sqrt(sums["variance"]), **parts,
    )  # fmt: skip


def band_of(points: float, bands: Mapping[str, float]) -> str:
    """Return the band whose lower bound is the highest that the points reach."""
    reached = [(bound, code) for code, bound in bands.items() if points >= bound - 1e-9]
    return max(reached)[1] if reached else min((bound, code) for code, bound in bands.items())[1]


_PARTS = ("certain", "likely", "at_risk", "within_reach", "open", "lost")
_STATES = ("checked", "filed", "refused", "missing")
_SIGNS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
    "equals": np.equal,
}
SIGNS = frozenset(_SIGNS)


def _ends(curve: Curve, value: float, low: float, high: float) -> tuple[float, float, float]:
    shares = curve.shares(np.array([value, min(low, value), max(high, value)], dtype=np.float64))
    return float(shares[0]), float(shares.min()), float(shares.max())


def rounded(value: float) -> float:
    """Return points in hundredths, by GB/T 8170."""
    return float(round_half_even(value, DECIMALS))
