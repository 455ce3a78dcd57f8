"""Calls of credit files, scores and weights."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from ninja import Query, Router, Schema

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import NotFoundError
from qualicity.judgement.credit import actions, permissions, queries
from qualicity.judgement.credit.queries.looking_up import Wanted, look_up
from qualicity.judgement.credit.queries.plain import (
    file_as_plain,
    mapped_as_plain,
    run_as_plain,
    simulation_as_plain,
    standing_as_plain,
)

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router()
MOST = 500


class WordsOut(Schema):
    """A sentence in both languages."""

    zh: str
    en: str


class CreditPartOut(Schema):
    """One part of a score."""

    kind: str
    points: float
    why: WordsOut
    item: str | None
    event: dict[str, str] | None
    share: float | None


class FamilyOut(Schema):
    """One family of items and the parts that its points are the sum of."""

    code: str
    title: WordsOut
    weight: float
    points: float
    parts: list[CreditPartOut]


class EventOut(Schema):
    """One event with its source."""

    source: str
    title: WordsOut
    number: str
    day: date
    until: date | None
    about: str
    issuer: str
    document: str
    submission: int | None
    wrong: bool


class CreditFileOut(Schema):
    """One credit file: where the enterprise stands, every part of its score, every event."""

    uscc: str
    organisation_code: str
    name: str
    place: str
    industry: str
    as_of: date
    run: int | None
    scheme: str
    certainty: str
    score: float
    credit_class: str
    grade: str | None
    veto: str | None
    file_number: str | None
    file_opened_on: date | None
    families: list[FamilyOut]
    events: list[EventOut]
    disputes: list[dict[str, Any]]
    changes: list[dict[str, Any]]


class StandingOut(Schema):
    """How one enterprise stands in a run."""

    uscc: str
    name: str = ""
    place: str
    industry: str
    score: float | None
    families: dict[str, float]
    credit_class: str | None
    grade: str | None
    veto: str | None
    events: int | None
    run: int | None
    as_of: date | None


class EnterprisesOut(Schema):
    """Some enterprises and where the next page begins."""

    total: int
    enterprises: list[StandingOut]
    next: int | None


class RunOut(Schema):
    """One run of scoring."""

    run: int
    scheme: str
    as_of: date
    enterprises: int
    events: int
    unplaced: int
    weighting: int | None
    rubric_digest: str
    versions: dict[str, str]
    made_at: str


class Looked(Schema):
    """What is looked for."""

    q: str = ""
    credit_class: str = ""
    place: str = ""
    industry: str = ""
    order: str = "code"
    skip: int = 0
    limit: int = 50


class DisputeIn(Schema):
    """An event that is wrong, and why."""

    source: str
    number: str
    reason: str


class DisputeOut(Schema):
    """A dispute as it was filed."""

    dispute: int
    state: str


class WeightsIn(Schema):
    """Other weights of families and points of items, by code."""

    families: dict[str, float] = {}
    items: dict[str, float] = {}


def _named(plain: dict[str, Any]) -> dict[str, Any]:
    return {("credit_class" if name == "class" else name): value for name, value in plain.items()}


@router.get("/credit/runs", response=list[RunOut], summary="Runs of scoring, latest first")
def runs(request: SignedIn) -> list[dict[str, Any]]:
    """Return the last runs of scoring, each with the versions that it read."""
    return [run_as_plain(one) for one in queries.runs_made(by=request.user)[:MOST]]


@router.get("/credit/enterprises", response=EnterprisesOut, summary="Look enterprises up")
def enterprises(request: SignedIn, asked: Query[Looked]) -> dict[str, Any]:
    """Return enterprises by words, class, place and industry, each with how it stands in the last run."""
    wanted = Wanted(asked.q[:100], asked.credit_class, asked.place, asked.industry, asked.order)
    found = look_up(wanted, by=request.user)
    skip, limit = max(0, asked.skip), max(1, min(asked.limit, MOST))
    rows = []
    for one in found[skip : skip + limit]:
        known = one.enterprise
        plain: dict[str, Any] = {
            "uscc": known.uscc, "place": known.place, "industry": known.industry, "score": None, "families": {},
            "class": None, "grade": None, "veto": None, "events": None, "run": None, "as_of": None,
        }  # fmt: skip
        if one.standing is not None and found.run is not None:
            plain = standing_as_plain(one.standing, found.run)
        rows.append(_named(plain) | {"name": known.name})
    return {
        "total": len(found), "enterprises": rows, "next": skip + limit if skip + limit < len(found) else None,
    }  # fmt: skip


@router.get("/credit/enterprises/{uscc}", response=CreditFileOut, summary="One credit file")
def file(request: SignedIn, uscc: str) -> dict[str, Any]:
    """Return one enterprise's file: its own people see it, its county, and the departments of the city."""
    return _named(file_as_plain(queries.file(uscc, by=request.user)))


@router.get("/credit/enterprises/{uscc}/class", response=StandingOut, summary="The class of an enterprise")
def credit_class(request: SignedIn, uscc: str) -> dict[str, Any]:
    """Return how an enterprise stands in the last run of scoring."""
    enterprise = queries.enterprise_seen(uscc, by=request.user)
    run = queries.latest()
    standing = queries.standing(run, enterprise.uscc) if run is not None else None
    if run is None or standing is None:
        raise NotFoundError(f"“{enterprise.name}”尚未评分。", f"“{enterprise.name}” has not been scored.")
    return _named(standing_as_plain(standing, run)) | {"name": enterprise.name}


@router.post("/credit/enterprises/{uscc}/disputes", response=DisputeOut, summary="Dispute an event")
def dispute(request: SignedIn, uscc: str, given: DisputeIn) -> dict[str, Any]:
    """Say that an event in a file is wrong; somebody else checks it and answers."""
    made = actions.dispute(uscc=uscc, source=given.source, number=given.number, reason=given.reason, by=request.user)
    return {"dispute": made.pk, "state": made.state}


@router.post("/credit/simulate", response=dict[str, Any], summary="Try other weights")
def simulate(request: SignedIn, given: WeightsIn) -> dict[str, Any]:
    """Return what other weights would change over every enterprise; nothing is stored."""
    return simulation_as_plain(queries.simulate(queries.Weights(given.families, given.items), by=request.user))


@router.get("/credit/codes/{code}", response=dict[str, Any], summary="What an older code means")
def code(request: SignedIn, code: str, region: str = "", kind: str = "") -> dict[str, Any]:
    """Return which credit code an organisation code means, and how sure that is."""
    accounts.check(request.user, permissions.READ)
    beginnings = queries.beginnings(region=region, kind=kind) if region else ()
    return mapped_as_plain(queries.map_codes([code], beginnings=beginnings)[0])
