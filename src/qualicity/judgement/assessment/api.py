"""Assessments over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Query, Router, Schema

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.judgement.assessment import queries
from qualicity.judgement.assessment.queries.plain import (
    action_as_plain,
    need_as_plain,
    scored_as_plain,
    whole_as_plain,
)

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router(tags=["assessment"])


class Which(Schema):
    """Which assessment; left out, it is the plan's first rubric for the city, on the home's day."""

    plan: str | None = None
    as_of: date | None = None
    known_on: date | None = None
    rubric: str = ""
    unit: str = ""

    def whole(self, request: SignedIn) -> queries.Whole:
        """Return the assessment as it stands."""
        given = {"plan": self.plan, "as_of": self.as_of, "known_on": self.known_on}
        standing = registry.standing({name: str(value) for name, value in given.items() if value})
        subject = "organisation" if self.unit else "city"
        return queries.whole(
            rubric=queries.rubric_of(standing.plan, self.rubric, subject=subject),
            organisation=accounts.organisation(self.unit) if self.unit else None,
            as_of=standing.as_of,
            known_on=standing.known_on,
            by=request.user,
        )


class Words(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class NeedOut(Schema):
    """One thing that is missing, who must supply it, how many points wait."""

    kind: str
    criterion: str
    item: str | None
    who: str
    points: float
    text: Words


class ScoredOut(Schema):
    """One criterion: its points in six parts, and rule, input, bound, clause and reason."""

    code: str
    category: str
    item: str
    title: Words
    clause: Words
    certainty: str
    lead: str
    applies: bool
    points: float
    full: float
    certain: float
    likely: float
    at_risk: float
    within_reach: float
    open: float
    lost: float
    expected: float
    probability: float | None
    rule: dict[str, str]
    source: Words
    input: Words
    bound: Words
    reason: Words
    indicator: dict[str, Any] | None
    documents: list[dict[str, Any]]
    needs: list[NeedOut]


class WholeOut(Schema):
    """A whole assessment: score, band, chances, parts, vetoes, categories, every criterion."""

    rubric: str
    self_designed: bool
    title: Words
    plan: str
    organisation: str | None
    assessment: int | None
    as_of: date
    since: date
    deadline: date
    score: float
    of: float
    applicable: float
    band: str
    final_band: str
    certain: float
    likely: float
    at_risk: float
    within_reach: float
    open: float
    lost: float
    expected: float
    chances: dict[str, float]
    method: Words
    vetoes: list[dict[str, Any]]
    categories: list[dict[str, Any]]
    criteria: list[ScoredOut]


class ActionOut(Schema):
    """One action: what the expected score would gain if it alone were done, and how far there is to go."""

    kind: str
    criterion: str
    title: Words
    who: str
    text: Words
    gap: Words
    gain: float
    points_per_unit: float | None
    in_time: bool
    why: Words
    score_then: float
    band_then: str | None


class UnitOut(Schema):
    """One organisation with its score."""

    organisation: str
    kind: str
    rank: int | None
    score: float
    band: str
    applicable: float


@router.get("/assessment", response=WholeOut)
def assessment(request: SignedIn, which: Query[Which]) -> Any:
    """Return the self-assessment, every point explained."""
    return whole_as_plain(which.whole(request))


@router.get("/assessment/criteria/{code}", response=ScoredOut)
def assessment_criterion(request: SignedIn, code: str, which: Query[Which]) -> Any:
    """Return one criterion."""
    return scored_as_plain(which.whole(request).criterion(code))


@router.get("/assessment/missing", response=list[NeedOut])
def assessment_missing(request: SignedIn, which: Query[Which]) -> Any:
    """Return what is missing, that with the most points first."""
    return [need_as_plain(one) for one in which.whole(request).needs]


@router.get("/assessment/actions", response=list[ActionOut])
def assessment_actions(request: SignedIn, which: Query[Which], deadline: date | None = None) -> Any:
    """Return which actions gain most by a deadline (default: the assessment's own)."""
    return [action_as_plain(one) for one in queries.actions(which.whole(request), deadline=deadline)]


@router.get("/assessment/units", response=list[UnitOut])
def assessment_units(request: SignedIn, which: Query[Which]) -> Any:
    """Return the member units with their yearly score, as far as this person may see them."""
    given = {"plan": which.plan, "as_of": which.as_of, "known_on": which.known_on}
    standing = registry.standing({name: str(value) for name, value in given.items() if value})
    rubric = queries.rubric_of(standing.plan, which.rubric, subject="organisation")
    return [
        {
            "organisation": one.organisation.code,
            "kind": one.kind,
            "rank": one.rank,
            "score": one.score,
            "band": one.band.code,
            "applicable": one.total.full,
        }
        for one in queries.unit_scores(rubric, as_of=standing.as_of, known_on=standing.known_on, by=request.user)
    ]
