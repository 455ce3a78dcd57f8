"""The whole at a glance: how many targets are met, in the city and in each place, and what needs attention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias

from django.conf import settings

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import permissions
from qualicity.goals.indicators.queries.estimating import Snapshot, snapshot
from qualicity.goals.indicators.queries.kept import Kept
from qualicity.goals.indicators.queries.values import IndicatorValue, values_of
from qualicity.methods.judgement import Certainty, Pace, Status

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Area, Place, Plan

Kind: TypeAlias = Literal["not_met", "behind", "undecided", "uncertain", "no_data", "refused", "missing", "waiting"]
_PLACES: Kept[tuple[PlaceSummary, ...]] = Kept(100)
_OVERDUE: Kept[int] = Kept(400)
_JUDGED = (Status.met, Status.not_met)


@dataclass(frozen=True, slots=True)
class AreaValues:
    """The targets of one area, and how many of those that can be judged are met."""

    area: Area
    values: tuple[IndicatorValue, ...]
    met: int
    judged: int


@dataclass(frozen=True, slots=True)
class PlaceSummary:
    """How one place stands: targets met, targets judged, targets that apply to it."""

    place: Place
    met: int
    judged: int
    applying: int

    @property
    def share(self) -> float | None:
        """Return the share of judged targets that are met."""
        return self.met / self.judged if self.judged else None


@dataclass(frozen=True, slots=True)
class Concern:
    """One kind of thing that needs somebody today: how many, and which targets (where it is about targets)."""

    kind: Kind
    count: int
    values: tuple[IndicatorValue, ...] = ()


def by_area(plan: Plan, found: Sequence[IndicatorValue]) -> tuple[AreaValues, ...]:
    """Return values grouped by the plan's areas, in its order."""
    groups = []
    for area in plan.areas:
        inside = tuple(one for one in found if one.area == area.code)
        judged = [one for one in inside if one.status in _JUDGED]
        groups.append(AreaValues(area, inside, sum(one.status == Status.met for one in judged), len(judged)))
    return tuple(groups)


def places(
    *, plan: Plan, as_of: date, known_on: date | datetime | None = None, by: Person | None
) -> tuple[PlaceSummary, ...]:
    """Return how every place below the city stands, in the plan's order."""
    accounts.check(by, permissions.READ)
    seen = snapshot(plan, as_of=as_of, known_on=known_on)
    key = (seen, as_of, known_on)
    return _PLACES.get(key, lambda: tuple(_summary(plan, one, seen, as_of, known_on) for one in _below(plan)))


def _below(plan: Plan) -> tuple[Place, ...]:
    return tuple(one for one in plan.places if one.code != plan.place)


def _summary(plan: Plan, place: Place, seen: Snapshot, as_of: date, known_on: date | datetime | None) -> PlaceSummary:
    applying = [one for one in values_of(plan, seen, place.code, as_of, known_on) if one.applies]
    judged = [one for one in applying if one.status in _JUDGED]
    return PlaceSummary(place, sum(one.status == Status.met for one in judged), len(judged), len(applying))


def attention(
    *,
    plan: Plan,
    found: Sequence[IndicatorValue],
    as_of: date,
    known_on: date | datetime | None = None,
    by: Person,
) -> tuple[Concern, ...]:
    """Return what needs attention on a day, the gravest first; what a person may not see is left out."""
    here = [one for one in found if one.applies]
    groups: tuple[tuple[Kind, tuple[IndicatorValue, ...]], ...] = (
        ("not_met", tuple(one for one in here if one.status is Status.not_met)),
        ("behind", tuple(one for one in here if one.pace is Pace.behind)),
        ("undecided", tuple(one for one in here if one.status is Status.undecided)),
        (
            "uncertain",
            tuple(one for one in here if one.certainty is Certainty.uncertain and one.status in _JUDGED),
        ),
        ("no_data", tuple(one for one in here if one.status is Status.no_data)),
        ("refused", tuple(one for one in here if one.refused)),
    )
    concerns = [Concern(kind, len(inside), inside) for kind, inside in groups if inside]
    if accounts.can(by, "obligations.read"):
        late = _overdue(plan, as_of, known_on, by)
        concerns += [Concern("missing", late)] if late else []
    if accounts.can(by, "submissions.accept"):
        waiting = submissions.queue(by=by).count()
        concerns = [Concern("waiting", waiting), *concerns] if waiting else concerns
    return tuple(concerns)


def _overdue(plan: Plan, as_of: date, known_on: date | datetime | None, by: Person) -> int:
    """Return how many reports are overdue; nothing about that changes without a record in the audit trail."""
    key = (str(settings.QUALICITY_HOME), audit.count(), plan.code, as_of, known_on, by.pk, registry.today())

    def counted() -> int:
        owed = submissions.obligations(plan=plan, as_of=as_of, known_on=known_on, by=by)
        return sum(one.state == "missing" for one in owed)

    return _OVERDUE.get(key, counted)
