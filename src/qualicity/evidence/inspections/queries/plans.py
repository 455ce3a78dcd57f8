"""Reads of plans: which there are, their lines, and how far each is."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, nearest
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.lifecycle import FALLEN, Conclusion, NoticeState, PlanState, SampleState
from qualicity.evidence.inspections.models import CheckPlan, Notice, PlanLine, Sample, Target
from qualicity.evidence.inspections.queries.products import product_titles

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.model import Words


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a plan is, in batches; ``drawn`` are targets that stand (visited in vain are not counted)."""

    planned: int = 0
    drawn: int = 0
    sampled: int = 0
    tested: int = 0
    concluded: int = 0
    failed: int = 0
    published: int = 0

    @property
    def missing(self) -> int:
        """Return how many are still to be drawn."""
        return max(0, self.planned - self.drawn)


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One plan as a list shows it."""

    plan: CheckPlan
    lines: int
    progress: Progress


@dataclass(frozen=True, slots=True)
class LineRow:
    """One line of a plan with what the catalogue calls its product and stage, and how many stand drawn."""

    line: PlanLine
    product: Words | None
    stage: Words
    drawn: int

    @property
    def missing(self) -> int:
        """Return how many are still to be drawn."""
        return max(0, self.line.count - self.drawn)


def plans(*, by: Person, year: int | None = None) -> QuerySet[CheckPlan]:
    """Return the plans that a person sees, the latest year first."""
    accounts.check(by, permissions.READ)
    found = CheckPlan.objects.select_related("organisation", "made_by", "approved_by")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(Q(organisation=by.organisation) | ~Q(organisation__kind__in=("county", "zone")))
    return found if year is None else found.filter(year=year)


def plan(code: str, *, by: Person) -> CheckPlan:
    """Return one plan; NotFoundError names the nearest that this person sees."""
    seen = plans(by=by)
    found = seen.filter(code=code).first()
    if found is not None:
        return found
    known = list(seen.values_list("code", flat=True))
    like = nearest(code, known)
    raise NotFoundError(
        f"没有抽查计划“{code}”，或您无权查看。" + (f"是否指“{like}”？" if like else ""),
        f"There is no plan “{code}” of spot checks, or it is not for you."
        + (f" Did you mean “{like}”?" if like else ""),
    )


def plan_rows(found: Iterable[CheckPlan]) -> tuple[PlanRow, ...]:
    """Return plans with how far each is; five queries for any number of plans."""
    listed = tuple(found)
    keys = [one.pk for one in listed]
    lines = PlanLine.objects.filter(plan__in=keys).order_by().values_list("plan")
    counts = {key: (number, total) for key, number, total in lines.annotate(n=Count("pk"), total=Sum("count"))}
    drawn = _counted(Target.objects.filter(line__plan__in=keys).exclude(state__in=FALLEN), "line__plan")
    samples = Sample.objects.filter(plan__in=keys, recheck_of=None).exclude(state=SampleState.VOID)
    notices = Notice.objects.filter(sample__plan__in=keys, kind="result", state=NoticeState.PUBLISHED)
    found_samples = samples.order_by().values_list("plan", "state", "conclusion").annotate(n=Count("pk"))
    states: dict[int, Counter[str]] = {key: Counter() for key in keys}
    for key, state, conclusion, number in found_samples:
        states[key]["sampled"] += number
        states[key]["tested"] += number * (state in (SampleState.TESTED, SampleState.CONCLUDED))
        states[key]["concluded"] += number * (state == SampleState.CONCLUDED)
        states[key]["failed"] += number * (conclusion == Conclusion.UNQUALIFIED)
    published = _counted(notices, "sample__plan")
    return tuple(
        PlanRow(
            one,
            counts.get(one.pk, (0, 0))[0],
            Progress(
                planned=counts.get(one.pk, (0, 0))[1], drawn=drawn[one.pk], published=published[one.pk],
                **states[one.pk],
            ),
        )
        for one in listed
    )  # fmt: skip


def _counted(found: QuerySet[Target] | QuerySet[Notice], key: str) -> Counter[int]:
    return Counter(dict(found.order_by().values_list(key).annotate(n=Count("pk"))))


def line_rows(plan: CheckPlan) -> tuple[LineRow, ...]:
    """Return the lines of a plan in their order."""
    titles, frames = product_titles(), catalogue().frames
    drawn = standing(plan)
    return tuple(
        LineRow(one, titles.get(one.product), frames.stage(one.stage).title, drawn[one.pk])
        for one in plan.lines.all()
    )


def standing(plan: CheckPlan) -> Counter[int]:
    """Return how many targets stand for each line, by its key: drawn, and not visited in vain."""
    return _counted(Target.objects.filter(line__plan=plan).exclude(state__in=FALLEN), "line")


def plan_of_year(*, by: Person) -> CheckPlan | None:
    """Return the plan of this year to show first: the own unit's before others', approved before drafted."""
    year = registry.moment().year
    order = (PlanState.APPROVED, PlanState.DRAFT, PlanState.CLOSED)
    found = sorted(
        plans(by=by, year=year),
        key=lambda one: (one.organisation_id != by.organisation_id, order.index(PlanState(one.state)), one.code),
    )
    return found[0] if found else None
