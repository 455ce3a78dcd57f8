"""The lights of assignments: dates, progress and evidence in, a colour and its reason out. Never set by hand.

Green 正常, blue 临期, yellow 滞后, red 逾期. The first rule that applies decides, in the order in which they stand in
``lights``. The thresholds come from a definition; nothing here knows a city, a law or the day of today.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from qualicity.errors import Text

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    Days = NDArray[np.int64]
    Shares = NDArray[np.float64]

NEVER = -1
"""The day number of what has not happened; real days are ordinals of the calendar (1 January of year 1 is 1)."""


class Light(StrEnum):
    """The four colours, the mildest first."""

    green = "green"
    blue = "blue"
    yellow = "yellow"
    red = "red"


class Reason(StrEnum):
    """Which rule gave the light."""

    closed = "closed"
    closed_late = "closed_late"
    not_begun = "not_begun"
    overdue = "overdue"
    awaiting_check = "awaiting_check"
    check_slow = "check_slow"
    no_evidence = "no_evidence"
    behind = "behind"
    silent = "silent"
    due_soon = "due_soon"
    in_order = "in_order"


@dataclass(frozen=True, slots=True)
class Thresholds:
    """What decides a light.

    ``due_soon_days``: blue so many days before the deadline; ``behind_by``: yellow where progress is behind the share
    of the time gone by this much; ``settling_days``: not before so many days; ``silent_days``: yellow after so long
    without a report; ``evidence_from``: progress from here on wants evidence; ``check_days``: the longest check.
    """

    due_soon_days: int
    behind_by: float
    settling_days: int
    silent_days: int
    evidence_from: float
    check_days: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Many assignments as columns of one length: day numbers (``NEVER`` where nothing happened), shares, counts."""

    start: Days
    due: Days
    closed: Days
    handed_in: Days
    reported: Days
    progress: Shares
    evidence: Days


@dataclass(frozen=True, slots=True)
class Lit:
    """The lights of many assignments: colour and reason by number, with the one figure that the reason speaks of."""

    light: NDArray[np.int8]
    reason: NDArray[np.int8]
    figure: Shares

    def at(self, place: int) -> LightOf:
        """Return one of them."""
        return LightOf(LIGHTS[self.light[place]], REASONS[self.reason[place]], float(self.figure[place]))


@dataclass(frozen=True, slots=True)
class LightOf:
    """The light of one assignment, its reason, and the figure that the reason speaks of (days, or percent points)."""

    light: Light
    reason: Reason
    figure: float = 0.0

    @property
    def words(self) -> Text:
        """Return the reason as a sentence."""
        return words(self.reason, self.figure)


LIGHTS = tuple(Light)
REASONS = tuple(Reason)
_COLOURS = {
    Reason.closed: Light.green,
    Reason.closed_late: Light.green,
    Reason.not_begun: Light.green,
    Reason.overdue: Light.red,
    Reason.awaiting_check: Light.blue,
    Reason.check_slow: Light.yellow,
    Reason.no_evidence: Light.yellow,
    Reason.behind: Light.yellow,
    Reason.silent: Light.yellow,
    Reason.due_soon: Light.blue,
    Reason.in_order: Light.green,
}
_WORDS = {
    Reason.closed: ("按期办结", "closed in time"),
    Reason.closed_late: ("已办结，迟于时限 {days} 天", "closed, {days} days after the deadline"),
    Reason.not_begun: ("尚未开始，{days} 天后启动", "not begun; starts in {days} days"),
    Reason.overdue: ("已超过时限 {days} 天，仍未办结", "{days} days past the deadline and not closed"),
    Reason.awaiting_check: ("已按期提交，等待核验 {days} 天", "handed in in time; waiting {days} days for the check"),
    Reason.check_slow: ("提交后 {days} 天仍未核验", "handed in {days} days ago and still not checked"),
    Reason.no_evidence: ("已报进度 {days}%，但没有佐证材料", "progress of {days} % reported without evidence"),
    Reason.behind: ("进度落后于时间 {days} 个百分点", "progress is {days} points behind the time gone"),
    Reason.silent: ("已有 {days} 天没有报告进展", "no progress reported for {days} days"),
    Reason.due_soon: ("距时限还有 {days} 天", "{days} days left to the deadline"),
    Reason.in_order: ("进展正常", "in order"),
}


def words(reason: Reason, figure: float) -> Text:
    """Return a reason as a sentence in both languages."""
    zh, en = _WORDS[reason]
    days = f"{figure:.0f}"
    said = en.format(days=days)
    return Text(zh.format(days=days), said.replace("1 days", "1 day", 1) if days == "1" else said)


def lights(standing: Standing, *, day: date, thresholds: Thresholds) -> Lit:
    """Return the light of every assignment on a day; whole columns at once, so that ten thousand take no time."""
    now = day.toordinal()
    one = standing
    span = np.maximum(one.due - one.start, 1)
    elapsed = np.clip((now - one.start) / span, 0.0, 1.0)
    behind = elapsed - one.progress
    is_closed = (one.closed != NEVER) & (one.closed <= now)
    is_in = (one.handed_in != NEVER) & (one.handed_in <= now)
    heard = np.maximum(np.where(one.reported == NEVER, one.start, one.reported), one.start)
    rules: dict[Reason, tuple[NDArray[np.bool_], NDArray[np.float64]]] = {
        Reason.closed: (is_closed & (one.closed <= one.due), np.zeros(len(span))),
        Reason.closed_late: (is_closed, (one.closed - one.due).astype(float)),
        Reason.not_begun: (one.start > now, (one.start - now).astype(float)),
        Reason.check_slow: (
            is_in & (now - one.handed_in > thresholds.check_days),
            (now - one.handed_in).astype(float),
        ),
        Reason.awaiting_check: (is_in & (one.handed_in <= one.due), (now - one.handed_in).astype(float)),
        Reason.overdue: (now > one.due, (now - one.due).astype(float)),
        Reason.no_evidence: ((one.progress >= thresholds.evidence_from) & (one.evidence == 0), one.progress * 100),
        Reason.behind: (
            (behind > thresholds.behind_by + 1e-9) & (now - one.start >= thresholds.settling_days),
            behind * 100,
        ),
        Reason.silent: (now - heard > thresholds.silent_days, (now - heard).astype(float)),
        Reason.due_soon: (one.due - now <= thresholds.due_soon_days, (one.due - now).astype(float)),
        Reason.in_order: (np.ones(len(span), dtype=bool), np.zeros(len(span))),
    }
    # A check that is slow is yellow only while the deadline holds; what was handed in late is overdue all the same.
    late = is_in & (one.handed_in > one.due)
    rules[Reason.check_slow] = (rules[Reason.check_slow][0] & ~late, rules[Reason.check_slow][1])
    applies = np.vstack([mask for mask, _ in rules.values()])
    first = applies.argmax(axis=0)
    figures = np.vstack([figure for _, figure in rules.values()])[first, np.arange(len(span))]
    number = np.array([REASONS.index(reason) for reason in rules], dtype=np.int8)
    colour = np.array([LIGHTS.index(_COLOURS[reason]) for reason in rules], dtype=np.int8)
    return Lit(colour[first], number[first], figures)


def light_of(
    *,
    start: date,
    due: date,
    day: date,
    progress: float,
    thresholds: Thresholds,
    closed: date | None = None,
    handed_in: date | None = None,
    reported: date | None = None,
    evidence: int = 0,
) -> LightOf:
    """Return the light of one assignment."""

    def number(given: date | None) -> Days:
        return np.array([NEVER if given is None else given.toordinal()], dtype=np.int64)

    standing = Standing(
        start=number(start),
        due=number(due),
        closed=number(closed),
        handed_in=number(handed_in),
        reported=number(reported),
        progress=np.array([progress], dtype=np.float64),
        evidence=np.array([evidence], dtype=np.int64),
    )
    return lights(standing, day=day, thresholds=thresholds).at(0)


__all__ = ["LIGHTS", "NEVER", "REASONS", "Light", "LightOf", "Lit", "Reason", "Standing", "Thresholds", "light_of",
           "lights", "words"]  # fmt: skip
