"""Assignments as they stand on a day: six fixes, progress, where the case stands, and the light with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from django.conf import settings
from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import queries as audit
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.goals.tasks import permissions
from qualicity.goals.tasks.models import Assignment
from qualicity.goals.tasks.queries.standing import (
    NOTHING,
    CaseStanding,
    Report,
    case_standings,
    end_of,
    latest_reports,
)
from qualicity.methods.lights import NEVER, Light, LightOf, Standing, Thresholds, lights

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import Any

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation
    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.model import Words
    from qualicity.definitions.plans import Plan

FIXES = ("section", "post", "person", "duty", "deadline", "quality", "quantity")


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation as a row names it."""

    code: str
    title: Text
    kind: str
    place: str


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """One assignment as it stands on a day.

    ``level``: the county whose breakdown it belongs to, None for the city's; ``counterpart``: the city's unit that a
    county's section answers to; ``progress`` in percent; ``evidence``: files so far; ``missing``: which of the six
    fixes are still open.
    """

    number: int
    plan: str
    level: Unit | None
    task: int
    strategy: int
    title: Words
    organisation: Unit
    counterpart: Unit | None
    role: str
    section: str
    post: str
    person: str
    duty: Text
    start: date
    deadline: date
    quality: str
    quantity: str
    responsibility: str
    state: str
    progress: int
    evidence: int
    reported: date | None
    handed_in: date | None
    closed: date | None
    case: int | None
    light: Light
    reason: Text
    why: str
    figure: float
    missing: tuple[str, ...] = ()

    @property
    def is_lead(self) -> bool:
        """Return whether the organisation leads the task."""
        return self.role == "lead"

    @property
    def is_closed(self) -> bool:
        """Return whether it was closed by the day."""
        return self.closed is not None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is narrowed to; ``level``: ``city``, a county's code, or empty for all."""

    task: int | None = None
    strategy: int | None = None
    organisation: str = ""
    light: str = ""
    role: str = ""
    level: str = ""
    state: str = ""
    search: str = ""


EVERYTHING = Wanted()


def thresholds() -> Thresholds:
    """Return the thresholds of the rule set of lights."""
    one = catalogue().lights
    return Thresholds(
        due_soon_days=one.due_soon_days,
        behind_by=one.behind_by,
        settling_days=one.settling_days,
        silent_days=one.silent_days,
        evidence_from=one.evidence_from,
        check_days=one.check_days,
    )


def assignments(*, plan: Plan, as_of: date, by: Somebody, wanted: Wanted = EVERYTHING) -> tuple[AssignmentRow, ...]:
    """Return the assignments as they stood on a day, by task, leads first, each with its light and why."""
    accounts.check(by, permissions.READ)
    if wanted.task or wanted.organisation:
        rows = standing_rows(narrowed(plan, as_of, wanted), plan=plan, as_of=as_of)
    else:
        rows = _kept(str(settings.QUALICITY_HOME), audit.head(), plan.code, as_of, registry.today())
    if wanted == EVERYTHING:
        return rows
    return tuple(one for one in rows if _wanted(one, wanted))


@lru_cache(maxsize=8)
def _kept(_home: str, _head: str, plan: str, as_of: date, _today: date) -> tuple[AssignmentRow, ...]:
    """Return every assignment of a plan on a day; kept under the trail's head, as every write moves it."""
    found = registry.plan(plan)
    return standing_rows(narrowed(found, as_of), plan=found, as_of=as_of)


def assignment(*, plan: Plan, number: int, as_of: date, by: Somebody) -> AssignmentRow:
    """Return one assignment, replaced or not, as it stands on a day."""
    accounts.check(by, permissions.READ)
    rows = standing_rows(Assignment.objects.filter(plan=plan.code, pk=number), plan=plan, as_of=as_of)
    if not rows:
        raise permissions.not_there(number)
    return rows[0]


def narrowed(plan: Plan, as_of: date, wanted: Wanted = EVERYTHING) -> QuerySet[Assignment]:
    """Return the assignments that stood on a day, narrowed by what the database can tell."""
    found = Assignment.objects.filter(plan=plan.code)
    if as_of >= registry.today():
        found = found.filter(replaced_at=None)
    else:
        end = end_of(as_of)
        found = found.filter(made_at__lte=end).filter(Q(replaced_at=None) | Q(replaced_at__gt=end))
    exact = {"task": wanted.task, "strategy": wanted.strategy, "role": wanted.role}
    found = found.filter(**{name: value for name, value in exact.items() if value})
    if wanted.organisation:
        found = found.filter(Q(organisation__code=wanted.organisation) | Q(counterpart__code=wanted.organisation))
    if wanted.level:
        found = found.filter(level=None) if wanted.level == "city" else found.filter(level__code=wanted.level)
    return found


def _wanted(row: AssignmentRow, wanted: Wanted) -> bool:
    needle = wanted.search.strip().lower()
    level = row.level.code if row.level else "city"
    return (
        (not wanted.strategy or row.strategy == wanted.strategy)
        and (not wanted.role or row.role == wanted.role)
        and (not wanted.level or level == wanted.level)
        and (not wanted.light or row.light == wanted.light)
        and (not wanted.state or row.state == wanted.state)
        and (not needle or needle in _words_of(row))
    )


def _words_of(row: AssignmentRow) -> str:
    words = (row.title.zh, row.title.en, row.duty.zh, row.duty.en, row.section, row.post, row.person)
    return " ".join((*words, row.organisation.title.zh, row.organisation.title.en)).lower()


_COLUMNS = (
    "pk", "level_id", "task", "strategy", "organisation_id", "counterpart_id", "role", "section", "post", "person",
    "duty_zh", "duty_en", "start", "deadline", "quality", "quantity", "responsibility", "case_id",
)  # fmt: skip


def standing_rows(found: QuerySet[Assignment], *, plan: Plan, as_of: date) -> tuple[AssignmentRow, ...]:
    """Return assignments with where they stood on a day: a handful of queries for however many there are."""
    given = list(found.order_by("task", "level_id", "role", "pk").values_list(*_COLUMNS))
    cases, reports = case_standings(found, as_of), latest_reports(found, as_of)
    pairs = [(cases.get(one[-1], NOTHING), reports.get(one[0], Report())) for one in given]
    lit = lights_of([(one[12], one[13]) for one in given], pairs, as_of)
    make = _rows(plan, {one.pk: unit_of(one) for one in accounts.organisations(active_only=False)})
    return tuple(make(one, *pair, light) for one, pair, light in zip(given, pairs, lit, strict=True))


def standing_lights(found: QuerySet[Assignment], as_of: date) -> list[tuple[int, LightOf]]:
    """Return only the light of each assignment, by its number: all that a look at thousands of them needs."""
    given = list(found.order_by("pk").values_list("pk", "case_id", "start", "deadline"))
    cases, reports = case_standings(found, as_of), latest_reports(found, as_of)
    pairs = [(cases.get(case, NOTHING), reports.get(number, Report())) for number, case, _, _ in given]
    lit = lights_of([(start, due) for _, _, start, due in given], pairs, as_of)
    return [(number, light) for (number, _, _, _), light in zip(given, lit, strict=True)]


def unit_of(organisation: Organisation) -> Unit:
    """Return an organisation as rows name it."""
    title = Text(organisation.title_zh, organisation.title_en)
    return Unit(organisation.code, title, organisation.kind, organisation.place)


def lights_of(
    spans: Sequence[tuple[date, date]], pairs: Sequence[tuple[CaseStanding, Report]], as_of: date
) -> list[LightOf]:
    """Return the light of each assignment from its dates, its case and its last report."""

    def numbers(given: Callable[[CaseStanding, Report], date | None]) -> Any:
        found = (given(case, report) for case, report in pairs)
        return np.array([NEVER if one is None else one.toordinal() for one in found], dtype=np.int64)

    standing = Standing(
        start=np.array([start.toordinal() for start, _ in spans], dtype=np.int64),
        due=np.array(
            [(case.due or due).toordinal() for (_, due), (case, _) in zip(spans, pairs, strict=True)], dtype=np.int64
        ),
        closed=numbers(lambda case, _: case.closed),
        handed_in=numbers(lambda case, _: case.handed_in),
        reported=numbers(lambda _, report: report.day),
        progress=np.array([report.percent / 100 for _, report in pairs], dtype=np.float64),
        evidence=np.array([case.evidence for case, _ in pairs], dtype=np.int64),
    )
    lit = lights(standing, day=as_of, thresholds=thresholds())
    return [lit.at(place) for place in range(len(pairs))]


def _rows(
    plan: Plan, units: Mapping[int, Unit]
) -> Callable[[tuple[Any, ...], CaseStanding, Report, LightOf], AssignmentRow]:
    titles = {task.number: task.title for task in plan.tasks}

    def made(given: tuple[Any, ...], case: CaseStanding, report: Report, light: LightOf) -> AssignmentRow:
        (number, level, task, strategy, organisation, counterpart, role, section, post, person, duty_zh, duty_en,
         start, deadline, quality, quantity, responsibility, case_number) = given  # fmt: skip
        fixes = (section, post, person, duty_zh, deadline, quality, quantity)
        return AssignmentRow(
            number=number,
            plan=plan.code,
            level=units[level] if level else None,
            task=task,
            strategy=strategy,
            title=titles[task],
            organisation=units[organisation],
            counterpart=units[counterpart] if counterpart else None,
            role=role,
            section=section,
            post=post,
            person=person,
            duty=Text(duty_zh, duty_en),
            start=start,
            deadline=case.due or deadline,
            quality=quality,
            quantity=quantity,
            responsibility=responsibility,
            state=case.state,
            progress=100 if case.closed else report.percent,
            evidence=case.evidence,
            reported=report.day,
            handed_in=case.handed_in,
            closed=case.closed,
            case=case_number,
            light=light.light,
            reason=light.words,
            why=light.reason.value,
            figure=light.figure,
            missing=tuple(name for name, value in zip(FIXES, fixes, strict=True) if not value),
        )

    return made
