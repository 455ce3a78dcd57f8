"""Who owes which register for which period by when, and how that stands; computed over sets, never per cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Literal

from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import Period, check_day, periods
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import ObligationClosure, Reminder, Submission
from qualicity.evidence.submissions.queries.moments import end_of, now

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Obligation, Plan

Standing = Literal["due", "on_time", "late", "missing", "closed"]
STANDINGS: tuple[Standing, ...] = ("due", "on_time", "late", "missing", "closed")
_HANDED_IN = (State.SUBMITTED, State.ACCEPTED, State.SUPERSEDED)


@dataclass(frozen=True, slots=True)
class ObligationState:
    """One register owed by one organisation for one period, and how it stands on a day."""

    register: str
    organisation: Organisation
    period: Period
    due: date
    state: Standing
    handed_in: date | None = None
    submission: int | None = None
    returned: int | None = None
    closed_reason: str = ""
    reminded_on: date | None = None
    days: int = 0

    @property
    def is_open(self) -> bool:
        """Return whether the organisation still has to report."""
        return self.state in ("due", "missing")


@dataclass(frozen=True, slots=True)
class _Owed:
    register: str
    organisation: str
    period: Period
    due: date

    @property
    def key(self) -> tuple[str, str, date, date]:
        return (self.register, self.organisation, self.period.start, self.period.end)


@dataclass(frozen=True, slots=True)
class _Filed:
    number: int
    period: Period
    state: str
    day: date


_Key = tuple[str, str]


def obligations(
    *,
    plan: Plan,
    as_of: date,
    by: Person,
    known_on: date | datetime | None = None,
    register: str = "",
    organisation: str = "",
) -> tuple[ObligationState, ...]:
    """Return every obligation whose period has ended by ``as_of``, as it stands then; the latest periods first.

    A unit sees its own; ``known_on`` looks back to what had been handed in by then.
    """
    accounts.check(by, permissions.READ_OBLIGATIONS)
    check_day(as_of)
    unit = permissions.own_organisation(by)
    if not accounts.sees_all(by, permissions.READ_OBLIGATIONS):
        if unit is None:
            return ()
        organisation = organisation or unit.code
        if organisation != unit.code:
            return ()
    return _states(plan, as_of, known_on, register, organisation)


def _states(
    plan: Plan, as_of: date, known_on: date | datetime | None, register: str, organisation: str
) -> tuple[ObligationState, ...]:
    units = {one.code: one for one in accounts.organisations()}
    filed = _filed(known_on, register, organisation)
    closed, reminded = _closures(known_on), _reminders()
    states = []
    for owed in _owed(plan, as_of):
        if register not in ("", owed.register) or organisation not in ("", owed.organisation):
            continue
        if unit := units.get(owed.organisation):
            state = _state(owed, unit, as_of, filed.get((owed.register, owed.organisation), ()))
            states.append(
                replace(
                    state,
                    state="closed" if state.is_open and owed.key in closed else state.state,
                    closed_reason=closed.get(owed.key, ""),
                    reminded_on=reminded.get(owed.key),
                )
            )
    states.sort(key=lambda one: (one.period.end, one.due), reverse=True)
    return tuple(states)


def _owed(plan: Plan, as_of: date) -> Iterator[_Owed]:
    for one in plan.obligations:
        for period in periods(one.period, one.start, min(as_of, one.end or as_of)):
            for unit in one.organisations:
                yield _Owed(one.register_code, unit, period, period.end + timedelta(days=one.due_days))


def _filed(known_on: date | datetime | None, register: str, organisation: str) -> dict[_Key, list[_Filed]]:
    found = Submission.objects.order_by("created_at", "pk")
    if register:
        found = found.filter(register=register)
    if organisation:
        found = found.filter(organisation__code=organisation)
    if known_on is not None:
        found = found.filter(created_at__lte=end_of(known_on))
    by_unit: dict[_Key, list[_Filed]] = defaultdict(list)
    columns = (
        "pk",
        "register",
        "organisation__code",
        "period_start",
        "period_end",
        "state",
        "submitted_at",
        "created_at",
    )
    for number, code, unit, start, end, state, submitted, created in found.values_list(*columns):
        if known_on is not None and submitted is not None and submitted > end_of(known_on):
            continue
        day = timezone.localtime(submitted or created).date()
        by_unit[code, unit].append(_Filed(number, Period(start, end), state, day))
    return by_unit


def _closures(known_on: date | datetime | None) -> dict[tuple[str, str, date, date], str]:
    found = ObligationClosure.objects.all()
    if known_on is not None:
        found = found.filter(closed_at__lte=end_of(known_on))
    columns = ("register", "organisation__code", "period_start", "period_end", "reason")
    return {(code, unit, start, end): reason for code, unit, start, end, reason in found.values_list(*columns)}


def _reminders() -> dict[tuple[str, str, date, date], date]:
    columns = ("register", "organisation__code", "period_start", "period_end", "day")
    found = Reminder.objects.order_by("day").values_list(*columns)
    return {(code, unit, start, end): day for code, unit, start, end, day in found}


def _state(owed: _Owed, unit: Organisation, as_of: date, filed: Sequence[_Filed]) -> ObligationState:
    period, due = owed.period, owed.due
    touching = [one for one in filed if one.period.start <= period.end and one.period.end >= period.start]
    complete = _completed_by(period, [one for one in touching if one.state in _HANDED_IN])
    if complete is None:
        returned = next((one.number for one in reversed(touching) if one.state == State.RETURNED), None)
        state: Standing = "due" if as_of <= due else "missing"
        days = abs((as_of - due).days)
        return ObligationState(owed.register, unit, period, due, state, returned=returned, days=days)
    return ObligationState(
        owed.register,
        unit,
        period,
        due,
        "on_time" if complete.day <= due else "late",
        handed_in=complete.day,
        submission=complete.number,
        days=max((complete.day - due).days, 0),
    )


def _completed_by(period: Period, filed: Iterable[_Filed]) -> _Filed | None:
    """Return the submission with which the period was covered to its last day, or None while days are wanting."""
    spans: list[Period] = []
    for one in sorted(filed, key=lambda each: (each.day, each.number)):
        spans.append(one.period)
        if _covered(period, spans):
            return one
    return None


def _covered(period: Period, spans: list[Period]) -> bool:
    wanting = period.start
    for span in sorted(spans):
        if span.start > wanting:
            return False
        if span.end >= period.end:
            return True
        wanting = max(wanting, span.end + timedelta(days=1))
    return False


def due_day(organisation: Organisation, register: str, period: Period) -> date | None:
    """Return the day by which the plan asks an organisation for a register and period; None where it does not."""
    owed = [one for one in _plan_of(organisation).obligations if _asks(one, organisation.code, register)]
    if not owed:
        return None
    return max(_due(one, period) for one in owed)


def is_late(submission: Submission) -> bool:
    """Return whether today is after the day by which the plan asked for the submission's period."""
    due = due_day(submission.organisation, submission.register, submission.period)
    return due is not None and timezone.localtime(now()).date() > due


def _plan_of(organisation: Organisation) -> Plan:
    return registry.plan(organisation.plan or None)


def _asks(obligation: Obligation, organisation: str, register: str) -> bool:
    return obligation.register_code == register and organisation in obligation.organisations


def _due(obligation: Obligation, period: Period) -> date:
    """A part of an owed period is due with the whole; several owed periods in one file are due with the last."""
    around = Period(date(period.start.year, 1, 1), date(period.end.year, 12, 31))
    whole = next((one for one in periods(obligation.period, around.start, around.end) if one.covers(period)), period)
    return whole.end + timedelta(days=obligation.due_days)
