"""Calls of plans, draws and conflicts of interest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any

from ninja import Field, Form, Path, Query, Router, Schema

from qualicity.commons.accounts.queries import SignedIn
from qualicity.evidence.inspections import actions, permissions, queries

router = Router(tags=["inspections"])

MOST = 500
Number = Annotated[int, Path(ge=1, le=2**53)]
# NUL cannot be stored by PostgreSQL
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]


class CheckPlanOut(Schema):
    """One plan and how far it is, in batches."""

    code: str
    title: str
    title_en: str
    year: int
    state: str
    organisation: str
    law: str
    authority_level: str
    sampling_kind: str
    method: str
    lines: int
    count: int
    drawn: int
    sampled: int
    tested: int
    concluded: int
    failed: int
    published: int


class LineOut(Schema):
    """One line of a plan; no places means all of them."""

    number: int
    product: str
    title: str
    stage: str
    places: list[str]
    count: int
    drawn: int
    finish_by: date | None
    why: str


class DrawOut(Schema):
    """One draw: its seed, what was announced of it, and the frame it was drawn from."""

    draw: int
    plan: str
    number: int
    seed: str
    announced: str | None
    recipe: str
    method: str
    risk_release: str
    frame_digest: str
    frame_size: int
    left_out: dict[str, dict[str, int]]
    drawn_at: datetime


class WholePlanOut(CheckPlanOut):
    """One plan with its lines and draws."""

    items: list[LineOut]
    draws: list[DrawOut]


class DrawnTargetOut(Schema):
    """One target: the enterprise, its chance to be drawn, the unit and the inspectors who go, and how it stands."""

    number: int
    line: int
    product: str
    enterprise: str
    name: str
    place: str
    stratum: str
    probability: float
    organisation: str
    inspectors: list[str]
    state: str


class TargetsOut(Schema):
    """A page of targets; ``next`` is the number after which the next page begins, null on the last."""

    items: list[DrawnTargetOut]
    total: int
    next: int | None


class Portion(Schema):
    """Which part of the targets."""

    after: int = Field(default=0, ge=0, le=2**31)
    limit: int = Field(default=100, ge=1, le=MOST)
    state: Word = ""


@router.get("/inspections/plans", response=list[CheckPlanOut])
def plans(request: SignedIn, year: Annotated[int | None, Query(ge=1, le=9999)] = None) -> Any:
    """Return the plans of spot checks that this person sees."""
    return [queries.plan_as_plain(one) for one in queries.plan_rows(queries.plans(by=request.user, year=year))]


@router.get("/inspections/plans/{code}", response=WholePlanOut)
def plan(request: SignedIn, code: str) -> Any:
    """Return one plan with its lines and draws."""
    found = queries.plan(code, by=request.user)
    return queries.plan_as_plain(queries.plan_rows([found])[0]) | {
        "items": [queries.line_as_plain(one) for one in queries.line_rows(found)],
        "draws": [queries.draw_head(one) for one in queries.draws(by=request.user, plan=found)],
    }


@router.post("/inspections/plans/{code}/draws", response=DrawOut)
def make_draw(request: SignedIn, code: str, seed: Form[Word]) -> Any:
    """Draw what is still missing of an approved plan, by a published seed."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    return queries.draw_head(actions.draw(plan=found, seed=seed, by=request.user))


@router.get("/inspections/draws/{number}", response=DrawOut)
def draw(request: SignedIn, number: Number) -> Any:
    """Return one draw."""
    return queries.draw_head(queries.draw(number, by=request.user))


@router.get("/inspections/draws/{number}/targets", response=TargetsOut)
def draw_targets(request: SignedIn, number: Number, portion: Query[Portion]) -> Any:
    """Return the targets of a draw that this person sees, in their order."""
    found = queries.targets(by=request.user, draw=queries.draw(number, by=request.user))
    if portion.state:
        found = found.filter(state=portion.state)
    listed = list(found.filter(number__gt=portion.after).order_by("number")[: portion.limit + 1])
    shown = listed[: portion.limit]
    return {
        "items": [queries.target_as_plain(one) for one in shown],
        "total": found.count(),
        "next": shown[-1].number if len(listed) > portion.limit else None,
    }
