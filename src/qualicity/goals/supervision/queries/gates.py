"""The gates of the phases, looked at live: each condition with what was found and what is wanting."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property, singledispatchmethod
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions import gates as defined
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.lifecycle import CircularState, MeetingState
from qualicity.goals.supervision.models import Circular, Meeting
from qualicity.goals.tasks import queries as tasks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.gates import AnyCondition, Gate
    from qualicity.definitions.plans import Phase, Plan


@dataclass(frozen=True, slots=True)
class ConditionState:
    """One condition of a gate on a day: whether it holds, what was found, and what stands in the way."""

    condition: AnyCondition
    holds: bool
    found: Text
    wanting: tuple[Text, ...] = ()
    link: str = ""


@dataclass(frozen=True, slots=True)
class GateState:
    """The gate at the end of a phase on a day."""

    phase: Phase
    certainty: str
    conditions: tuple[ConditionState, ...]

    @property
    def passes(self) -> bool:
        """Return whether every condition holds."""
        return all(one.holds for one in self.conditions)

    @property
    def held(self) -> int:
        """Return how many conditions hold."""
        return sum(one.holds for one in self.conditions)


def gates(*, plan: Plan, as_of: date, by: Person) -> tuple[GateState, ...]:
    """Return the gate of every phase as it stands on a day, each condition with its reason."""
    accounts.check(by, permissions.READ)
    looking = _Looking(plan, as_of)
    return tuple(looking.gate(one) for one in plan.gates)


class _Looking:
    """One look at the gates. It asks as the house itself: a gate is the same for whoever reads it."""

    def __init__(self, plan: Plan, as_of: date) -> None:
        self.plan, self.as_of, self.phase = plan, as_of, plan.phases[0]
        self.by = accounts.operator()

    def gate(self, gate: Gate) -> GateState:
        self.phase = next(one for one in self.plan.phases if one.number == gate.phase)
        return GateState(self.phase, gate.certainty, tuple(self.at(one) for one in gate.conditions))

    @singledispatchmethod
    def at(self, condition: AnyCondition) -> ConditionState:
        raise AssertionError(f"no way to look at {type(condition).__name__}")

    @at.register
    def _(self, condition: defined.TasksAssigned) -> ConditionState:
        rows = [one for one in self._rows if one.is_lead]
        complete = {one.task for one in rows if not one.missing}
        wanting = [one for one in self.plan.tasks if one.number not in complete]
        words = [Text(f"任务 {one.number} {one.title.zh}", f"task {one.number} {one.title.en}") for one in wanting]
        return _share(condition, (len(complete), len(self.plan.tasks)), condition.share, words, "/tasks/breakdown/")

    @at.register
    def _(self, condition: defined.TasksClosed) -> ConditionState:
        due = [
            one
            for one in self._rows
            if one.deadline <= self.phase.end and (not condition.tasks or one.task in condition.tasks)
        ]
        wanting = [one for one in due if not one.is_closed]
        words = [
            Text(f"任务 {one.task} {one.organisation.title.zh}", f"task {one.task}, {one.organisation.title.en}")
            for one in wanting
        ]
        return _share(condition, (len(due) - len(wanting), len(due)), condition.share, words, "/tasks/assignments/")

    @at.register
    def _(self, condition: defined.NoRed) -> ConditionState:
        red = [one for one in self._rows if one.light == "red"]
        words = tuple(
            Text(f"任务 {one.task} {one.organisation.title.zh}：{one.reason.zh}",
                 f"task {one.task}, {one.organisation.title.en}: {one.reason.en}")
            for one in red
        )  # fmt: skip
        found = Text(f"红灯 {len(red)} 项", f"{len(red)} red")
        holds = len(red) <= condition.at_most
        link = "/tasks/assignments/?level=city&light=red"
        return ConditionState(condition, holds, found, () if holds else words, link)

    @at.register
    def _(self, condition: defined.ObligationsFiled) -> ConditionState:
        due = [
            one
            for one in self._obligations
            if self.phase.start <= one.due <= min(self.phase.end, self.as_of) and one.state != "closed"
        ]
        wanting = [one for one in due if one.is_open]
        titles = {code: one.title for code, one in catalogue().registers.items()}
        words = [
            Text(f"{one.organisation.title_zh}：{titles[one.register].zh}，{one.period.text.zh}",
                 f"{one.organisation.title_en}: {titles[one.register].en}, {one.period.text.en}")
            for one in wanting
        ]  # fmt: skip
        return _share(
            condition, (len(due) - len(wanting), len(due)), condition.share, words, "/evidence/obligations/"
        )

    @at.register
    def _(self, condition: defined.PlansApproved) -> ConditionState:
        plans = tasks.unit_plans(plan=self.plan, as_of=self.as_of, by=self.by)
        wanting = [one for one in plans if one.state != "approved"]
        words = [one.organisation.title for one in wanting]
        return _share(condition, (len(plans) - len(wanting), len(plans)), condition.share, words, "/tasks/plans/")

    @at.register
    def _(self, condition: defined.TargetsMet) -> ConditionState:
        judged = [
            one
            for one in indicators.values(plan=self.plan, as_of=self.as_of, by=self.by)
            if one.status != "no_target" and (not condition.indicators or one.code in condition.indicators)
        ]
        wanting = [
            one for one in judged if not (one.status == "met" or (one.status == "not_due" and one.pace != "behind"))
        ]
        words = [one.title.text for one in wanting]
        return _share(condition, (len(judged) - len(wanting), len(judged)), condition.share, words, "/")

    @at.register
    def _(self, condition: defined.MeetingsHeld) -> ConditionState:
        held = Meeting.objects.filter(
            plan=self.plan.code, state=MeetingState.MINUTED, held_on__gte=self.phase.start,
            held_on__lte=min(self.phase.end, self.as_of), minuted_on__lte=self.as_of,
        ).count()  # fmt: skip
        return _count(condition, held, condition.at_least, Text("次", "meetings"), "/supervision/meetings/")

    @at.register
    def _(self, condition: defined.DocumentsIssued) -> ConditionState:
        span = (self.phase.start, min(self.phase.end, self.as_of))
        if condition.document == "minutes":
            issued = Meeting.objects.filter(
                plan=self.plan.code, state=MeetingState.MINUTED, minuted_on__range=span
            ).count()
        else:
            issued = Circular.objects.filter(
                plan=self.plan.code, state=CircularState.ISSUED, issued_on__range=span
            ).count()
        link = "/supervision/meetings/" if condition.document == "minutes" else "/supervision/circulars/"
        return _count(condition, issued, condition.at_least, Text("份", "documents"), link)

    @cached_property
    def _obligations(self) -> tuple[submissions.ObligationState, ...]:
        return submissions.obligations(plan=self.plan, as_of=self.as_of, by=self.by)

    @cached_property
    def _rows(self) -> tuple[tasks.AssignmentRow, ...]:
        return tasks.assignments(plan=self.plan, as_of=self.as_of, by=self.by, wanted=tasks.Wanted(level="city"))


def _share(
    condition: AnyCondition, counted: tuple[int, int], share: float, wanting: Iterable[Text], link: str
) -> ConditionState:
    have, of = counted
    part = have / of if of else 0.0
    found = Text(
        f"{have}/{of}（{part:.0%}，要求 {share:.0%}）", f"{have} of {of} ({part:.0%}; {share:.0%} is asked for)"
    )
    holds = of > 0 and part >= share - 1e-9
    return ConditionState(condition, holds, found, () if holds else tuple(wanting), link)


def _count(condition: AnyCondition, have: int, least: int, unit: Text, link: str) -> ConditionState:
    found = Text(f"{have} {unit.zh}（要求至少 {least}）", f"{have} {unit.en} (at least {least} asked for)")
    return ConditionState(condition, have >= least, found, (), link)
