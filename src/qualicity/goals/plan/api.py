"""The plan over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Router, Schema

from qualicity.commons.registry import queries as registry
from qualicity.goals.plan import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qualicity.definitions.model import Words

router = Router(tags=["plan"])


class WordsOut(Schema):
    """Words in both languages."""

    zh: str
    en: str


class TaskOut(Schema):
    """One task."""

    number: int
    strategy: int
    title: WordsOut
    text: WordsOut
    lead: str
    supporting: list[str]
    responsibility: str


class PhaseOut(Schema):
    """One phase as it stands on the day asked for."""

    number: int
    title: WordsOut
    start: date
    end: date
    position: str
    days: int
    steps: list[WordsOut]


class PlanOut(Schema):
    """The plan's head."""

    code: str
    title: WordsOut
    number: str
    issuer: str
    issued_on: date
    place: str
    start: date
    end: date
    areas: dict[str, WordsOut]


def _words(words: Words) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


@router.get("/plan", response=PlanOut)
def plan_head(request: HttpRequest) -> dict[str, Any]:
    """Return the plan's head."""
    one = registry.standing(request.GET).plan
    queries.phases(plan=one, as_of=one.start, by=request.user)
    return {
        "code": one.code,
        "title": _words(one.title),
        "number": one.document.number,
        "issuer": one.document.issuer,
        "issued_on": one.document.issued_on,
        "place": one.place,
        "start": one.start,
        "end": one.end,
        "areas": {area.code: _words(area.title) for area in one.areas},
    }


@router.get("/plan/tasks", response=list[TaskOut])
def plan_tasks(request: HttpRequest, q: str = "", strategy: int | None = None, organisation: str = "") -> Any:
    """Return the tasks, narrowed by words, strategy and organisation."""
    plan = registry.standing(request.GET).plan
    rows = queries.tasks(plan=plan, by=request.user, search=q, strategy=strategy, organisation=organisation)
    return [
        {
            "number": row.task.number,
            "strategy": row.task.strategy,
            "title": _words(row.task.title),
            "text": _words(row.task.text),
            "lead": row.lead.code,
            "supporting": [unit.code for unit in row.supporting],
            "responsibility": row.task.responsibility,
        }
        for row in rows
    ]


@router.get("/plan/phases", response=list[PhaseOut])
def plan_phases(request: HttpRequest, day: date | None = None) -> Any:
    """Return the phases as they stand on a day (default: the standing day)."""
    standing = registry.standing(request.GET)
    return [
        {
            "number": state.phase.number,
            "title": _words(state.phase.title),
            "start": state.phase.start,
            "end": state.phase.end,
            "position": state.position,
            "days": state.days,
            "steps": [_words(step.title) for step in state.phase.steps],
        }
        for state in queries.phases(plan=standing.plan, as_of=day or standing.as_of, by=request.user)
    ]
