"""Everything that a rubric draws on, collected once: values, tasks, reports, documents, closed reviews."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Max

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.submissions import queries as submissions
from qualicity.goals.indicators import queries as indicators
from qualicity.judgement.assessment.models import EvidenceFile, ExpertScore, Opinion, Round, Score
from qualicity.judgement.assessment.queries import tasks
from qualicity.judgement.assessment.queries.reviews import expert_means, public_mean
from qualicity.judgement.assessment.queries.tasks import TaskStates, task_states

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.models import Assessment

#: What a unit owed within this time is looked at where nobody opened an assessment.
SPAN = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Reports that were due within a stretch of time: on time, late, missing; and those still to come."""

    on_time: int
    late: int
    missing: int
    coming: int

    @property
    def due(self) -> int:
        """Return how many were due."""
        return self.on_time + self.late + self.missing


@dataclass(frozen=True, slots=True)
class Inputs:
    """The facts behind one assessment on one day; ``documents`` holds the latest file of each item."""

    plan: Plan
    organisation: Organisation | None
    as_of: date
    since: date
    deadline: date
    values: Mapping[str, IndicatorValue]
    tasks: TaskStates
    reports: Mapping[str, Timeliness]
    documents: Mapping[tuple[str, str], EvidenceFile]
    experts: Mapping[str, tuple[float, int]]
    public: tuple[float, int] | None

    def timeliness(self, registers: tuple[str, ...]) -> Timeliness:
        """Return the reports of some registers (none given: of all), added up."""
        kept = [one for code, one in self.reports.items() if not registers or code in registers]
        return Timeliness(
            sum(one.on_time for one in kept), sum(one.late for one in kept), sum(one.missing for one in kept),
            sum(one.coming for one in kept),
        )  # fmt: skip


def collect(
    plan: Plan,
    *,
    assessment: Assessment | None,
    organisation: Organisation | None,
    as_of: date,
    known_on: date | datetime | None,
    by: Person,
) -> Inputs:
    """Collect the facts; whoever may see the assessment sees its sums, so the reads below act for the house."""
    since = assessment.since if assessment else (max(plan.start, as_of - SPAN) if organisation else plan.start)
    deadline = assessment.deadline if assessment else max(plan.end, as_of)
    place = organisation.place if organisation is not None and organisation.is_local else plan.place
    found = indicators.values(plan=plan, as_of=as_of, known_on=known_on, place=place, by=by)
    return Inputs(
        plan=plan,
        organisation=organisation,
        as_of=as_of,
        since=since,
        deadline=deadline,
        values={one.code: one for one in found},
        tasks=task_states(plan, as_of=as_of),
        reports=_reports(plan, organisation, since, as_of, deadline, known_on=known_on),
        documents=_documents(assessment),
        experts=expert_means(assessment) if assessment else {},
        public=public_mean(assessment) if assessment else None,
    )


def stamp(assessment: Assessment | None) -> tuple[object, ...]:
    """Return what changes whenever something that is kept of an assessment, or any submission, changes."""
    filed = submissions.submissions(by=accounts.operator()).aggregate(
        Count("pk"), Max("created_at"), Max("submitted_at"), Max("reviewed_at")
    )
    if assessment is None:
        return (*filed.values(), *tasks.stamp())
    own = (
        EvidenceFile.objects.filter(assessment=assessment).aggregate(Count("pk"), Max("filed_at"), Max("checked_at")),
        Round.objects.filter(assessment=assessment).aggregate(Count("pk"), Max("closed_at")),
        Score.objects.filter(assessment=assessment).aggregate(Max("pk")),
        ExpertScore.objects.filter(round__assessment=assessment).aggregate(Max("pk")),
        Opinion.objects.filter(round__assessment=assessment).aggregate(Max("pk")),
    )
    return (*filed.values(), *tasks.stamp(), *(value for one in own for value in one.values()))


def _documents(assessment: Assessment | None) -> dict[tuple[str, str], EvidenceFile]:
    if assessment is None:
        return {}
    filed = EvidenceFile.objects.filter(assessment=assessment).select_related("filed_by", "checked_by")
    return {(one.criterion, one.item): one for one in filed.order_by("pk")}


def _reports(
    plan: Plan,
    organisation: Organisation | None,
    since: date,
    as_of: date,
    deadline: date,
    *,
    known_on: date | datetime | None,
) -> dict[str, Timeliness]:
    counts: dict[str, list[int]] = {}
    owed = submissions.obligations(
        plan=plan, as_of=as_of, known_on=known_on, by=accounts.operator(),
        organisation=organisation.code if organisation is not None else "",
    )  # fmt: skip
    places = {"on_time": 0, "late": 1, "missing": 2, "due": 3}
    for one in owed:
        place = places.get(one.state)
        if place is None or one.due < since or one.due > deadline:
            continue
        counts.setdefault(one.register, [0, 0, 0, 0])[place] += 1
    return {register: Timeliness(*numbers) for register, numbers in counts.items()}
