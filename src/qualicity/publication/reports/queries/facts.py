"""What a report is made of before there is a sentence: typed facts about targets, places, industries and data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.methods.judgement import Certainty, Pace, Status, judge

if TYPE_CHECKING:
    from datetime import date, datetime

    from qualicity.definitions.analysis import Analysis
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Place, Plan
    from qualicity.engines.measures.estimates import Estimate
    from qualicity.errors import Text
    from qualicity.goals.indicators.queries import IndicatorValue, PeriodValue, Review
    from qualicity.methods.change import Change

Course = Literal["better", "worse", "same"]
Outlook = Literal["improving", "worsening", "steady", "unknown"]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a report is asked for: which plan, which period, and how much was known."""

    plan: Plan
    period: Period
    known_on: date | datetime | None = None


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """One place in one target: its value, its change, and the ranks that its interval leaves open."""

    value: IndicatorValue
    change: Change | None
    best: int
    worst: int


@dataclass(frozen=True, slots=True)
class Cause:
    """One part of the whole and how much of the gap to the target it carries, in the target's unit.

    ``column`` is ``place`` or the register's column; ``weight`` the part's share of the whole (0..1).
    """

    column: str
    column_title: Text
    part: str
    title: Text
    weight: float
    value: float
    n: int
    contribution: float


@dataclass(frozen=True, slots=True)
class TargetFact:
    """One target in the report's period with everything that may be said of it.

    ``change``: against the same span a year earlier, in the target's unit; None where there is nothing to compare.
    ``incomparable``: why the two can only be looked at side by side. ``gap``: what the value lacks to its aim (or to
    the path to it), None where it lacks nothing. ``near``: it may tip over.
    """

    review: Review
    change: Change | None
    course: Course | None
    incomparable: Text | None
    places: tuple[PlaceFact, ...]
    can_rank: bool
    gap: float | None
    causes: tuple[Cause, ...]
    near: bool
    history: tuple[PeriodValue, ...]

    @property
    def value(self) -> IndicatorValue:
        """Return the city's value."""
        return self.review.city

    @property
    def code(self) -> str:
        """Return the indicator's code."""
        return self.review.code

    @property
    def aim(self) -> float | None:
        """Return what the value is held against now: the way to a target ahead, else the target itself."""
        return self.review.path if self.value.status is Status.not_due else self.value.aim

    @property
    def fails(self) -> bool:
        """Return whether the target is missed, or behind on the way to it; a stage on the way is no miss."""
        return self.value.pace is Pace.behind or (self.value.status is Status.not_met and not self.review.interim)

    @property
    def falls_short(self) -> bool:
        """Return whether the value lies on the wrong side of its aim, verdict or not."""
        return self.fails or self.value.status is Status.not_met

    def reaches(self, value: float) -> bool:
        """Return whether another value would reach the target as it stands in this period."""
        target = self.value.target
        found = judge(
            kind=target.kind,
            value=value,
            target=self.value.aim,
            decimals=target.decimals,
            falling=target.falling,
        )
        return found.status is Status.met

    @property
    def uncertain(self) -> bool:
        """Return whether the judgement could go either way."""
        return self.value.certainty is Certainty.uncertain and self.value.status in (Status.met, Status.not_met)


@dataclass(frozen=True, slots=True)
class AreaFact:
    """The targets of one area, counted by status; stages on the way are counted by themselves."""

    code: str
    title: Text
    targets: tuple[TargetFact, ...]

    def count(self, status: Status) -> int:
        """Return how many targets have a status as a verdict."""
        return sum(one.value.status is status and not one.review.interim for one in self.targets)

    @property
    def judged(self) -> int:
        """Return how many targets have a verdict."""
        return self.count(Status.met) + self.count(Status.not_met)

    @property
    def interim(self) -> int:
        """Return how many values are stages on the way."""
        return sum(one.review.interim for one in self.targets)


@dataclass(frozen=True, slots=True)
class PlaceStanding:
    """One place over all targets that apply to it: met and judged, and which it misses."""

    place: Place
    met: int
    judged: int
    missed: tuple[str, ...]

    @property
    def share(self) -> float | None:
        """Return the share of judged targets that are met."""
        return self.met / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class IndustryFact:
    """One industry: the level of its quality, its change, and how its quarters run."""

    indicator: str
    column: str
    part: str
    title: Text
    estimate: Estimate
    before: Estimate | None
    change: Change | None
    best: int
    worst: int
    outlook: Outlook
    quarters: int
    p_value: float | None


@dataclass(frozen=True, slots=True)
class IndustryGroup:
    """The industries that one indicator tells apart."""

    target: TargetFact
    column: str
    column_title: Text
    industries: tuple[IndustryFact, ...]
    can_rank: bool


@dataclass(frozen=True, slots=True)
class RecognitionFact:
    """How many recognitions of one kind were held at the end of the period and a year earlier."""

    part: str
    title: Text
    count: int
    before: int


@dataclass(frozen=True, slots=True)
class TableFact:
    """One register that the report stands on, and in which version; ``refused`` rows in the period."""

    code: str
    title: Text
    version: int
    rows: int
    changed_at: datetime | None
    refused: int
    basis: str


@dataclass(frozen=True, slots=True)
class LateFact:
    """One report that came late or has not come."""

    register: Text
    organisation: Text
    period: Period
    due: date
    state: str
    handed_in: date | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the report may say."""

    plan: Plan
    period: Period
    analysis: Analysis
    known_on: date | datetime | None
    simulated: bool
    areas: tuple[AreaFact, ...]
    places: tuple[PlaceStanding, ...]
    industries: tuple[IndustryGroup, ...]
    recognitions: tuple[RecognitionFact, ...]
    recognised_in: str
    tables: tuple[TableFact, ...]
    late: tuple[LateFact, ...]
    obligations: int
    on_time: int

    @property
    def targets(self) -> tuple[TargetFact, ...]:
        """Return every target in the plan's order."""
        return tuple(one for area in self.areas for one in area.targets)

    def target(self, code: str) -> TargetFact:
        """Return the target of that code."""
        return next(one for one in self.targets if one.code == code)
