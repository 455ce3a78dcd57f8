"""Gates, circulars, meetings and the fund over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Router, Schema

from qualicity.commons.registry import queries as registry
from qualicity.goals.supervision import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router(tags=["supervision"])


class WordsOut(Schema):
    """Words in both languages."""

    zh: str
    en: str


class ConditionOut(Schema):
    """One condition of a gate."""

    kind: str
    title: WordsOut
    holds: bool
    found: WordsOut
    wanting: int


class GateOut(Schema):
    """One phase's gate."""

    phase: int
    title: WordsOut
    certainty: str
    passes: bool
    conditions: list[ConditionOut]


class FactOut(Schema):
    """One bound fact of a circular."""

    organisation: str
    kind: str
    subject: str
    text: WordsOut
    value: float | None
    unit: str
    day: date


class CircularOut(Schema):
    """One circular."""

    number: int
    kind: str
    title: str
    mark: WordsOut
    as_of: date
    state: str
    issued_on: date | None
    reply_by: date | None
    organisations: list[str]
    facts: list[FactOut]


class MeetingOut(Schema):
    """One joint meeting."""

    number: int
    title: str
    held_on: date
    state: str
    minuted_on: date | None


class AllocationOut(Schema):
    """What an organisation was given for a task, in fen."""

    year: int
    source: str
    organisation: str
    task: int
    purpose: str
    allocated_fen: int
    spent_fen: int
    bought: list[str]


def _words(words: Any) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


@router.get("/supervision/gates", response=list[GateOut])
def gates(request: SignedIn) -> Any:
    """Return the gate of every phase with its conditions as they stand."""
    standing = registry.standing(request.GET)
    return [
        {
            "phase": one.phase.number,
            "title": _words(one.phase.title),
            "certainty": one.certainty,
            "passes": one.passes,
            "conditions": [
                {
                    "kind": state.condition.kind,
                    "title": _words(state.condition.title),
                    "holds": state.holds,
                    "found": _words(state.found),
                    "wanting": len(state.wanting),
                }
                for state in one.conditions
            ],
        }
        for one in queries.gates(plan=standing.plan, as_of=standing.as_of, by=request.user)
    ]


@router.get("/supervision/circulars", response=list[CircularOut])
def circulars(request: SignedIn) -> Any:
    """Return the circulars with their bound facts."""
    plan = registry.standing(request.GET).plan
    return [plain(one) for one in queries.circulars(plan=plan, by=request.user)]


def plain(one: queries.CircularView) -> dict[str, Any]:
    """Return a circular as plain JSON holds it."""
    kept = ("number", "kind", "title", "as_of", "state", "issued_on", "reply_by")
    return {name: getattr(one, name) for name in kept} | {
        "mark": _words(one.mark),
        "organisations": [each.organisation.code for each in one.addressees],
        "facts": [
            {
                "organisation": fact.organisation.code,
                "kind": fact.kind,
                "subject": fact.subject,
                "text": _words(fact.text),
                "value": fact.value,
                "unit": fact.unit,
                "day": fact.day,
            }
            for fact in one.facts
        ],
    }


@router.get("/supervision/meetings", response=list[MeetingOut])
def meetings(request: SignedIn) -> Any:
    """Return the joint meetings."""
    plan = registry.standing(request.GET).plan
    kept = ("number", "title", "held_on", "state", "minuted_on")
    return [{name: getattr(one, name) for name in kept} for one in queries.meetings(plan=plan, by=request.user)]


@router.get("/supervision/fund", response=list[AllocationOut])
def fund(request: SignedIn) -> Any:
    """Return the special fund, allocation by allocation, in fen."""
    standing = registry.standing(request.GET)
    return [
        {
            "year": budget.year,
            "source": budget.source,
            "organisation": one.organisation.code,
            "task": one.task,
            "purpose": one.purpose,
            "allocated_fen": one.amount,
            "spent_fen": one.spent,
            "bought": [paid.bought for paid in one.payments],
        }
        for budget in queries.fund(plan=standing.plan, by=request.user, as_of=standing.as_of)
        for one in budget.allocations
    ]
