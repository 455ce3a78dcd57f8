"""The desk's calls of the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ninja import Router, Schema

from qualicity.judgement.enforcement import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router(tags=["enforcement"])
MOST = 1000


class PenaltyOut(Schema):
    """One penalty; money in fen."""

    number: int
    decision: str
    case: int | None
    authority: str
    uscc: str
    party: str
    sector: str
    violation: str
    kinds: list[str]
    fine_fen: int
    confiscated_fen: int
    level: str
    is_heavy: bool
    decided_on: date
    state: str
    publish_due: date | None
    public_until: date | None


class EnforcementCaseOut(Schema):
    """One case of enforcement."""

    number: int
    uscc: str
    party: str
    sector: str
    origin: str
    state: str
    opened_on: date
    due_on: date | None


class CampaignOut(Schema):
    """One campaign with what it brought; money in fen."""

    code: str
    title_zh: str
    title_en: str
    since: date
    until: date
    state: str
    cases: int
    penalties: int
    fine_fen: int
    confiscated_fen: int


@router.get("/enforcement/cases", response=list[EnforcementCaseOut], summary="Cases of enforcement")
def cases(request: SignedIn, state: str = "", open_only: bool = False, limit: int = 200) -> list[EnforcementCaseOut]:
    """Return the cases that the person may see, the latest first."""
    found = queries.investigations(request.user, state=state[:60], open_only=open_only)
    return [
        EnforcementCaseOut(
            number=one.case_id, uscc=one.case.enterprise, party=one.party_name, sector=one.sector, origin=one.origin,
            state=one.case.state, opened_on=one.case.opened_on, due_on=one.case.due_day,
        )
        for one in found[: min(max(limit, 1), MOST)]
    ]  # fmt: skip


@router.get("/enforcement/penalties", response=list[PenaltyOut], summary="Penalties")
def penalties(request: SignedIn, state: str = "", search: str = "", limit: int = 200) -> list[PenaltyOut]:
    """Return the penalties that the person may see, the latest first."""
    found = queries.penalty_list(request.user, state=state[:20], search=search[:100])
    return [
        PenaltyOut(
            number=one.pk, decision=one.number, case=one.case_id, authority=one.organisation.code,
            uscc=one.enterprise, party=one.party_name, sector=one.sector, violation=one.violation,
            kinds=list(one.kinds), fine_fen=one.fine_fen, confiscated_fen=one.confiscated_fen, level=one.level,
            is_heavy=one.is_heavy, decided_on=one.decided_on, state=one.state, publish_due=one.publish_due,
            public_until=one.public_until,
        )
        for one in found[: min(max(limit, 1), MOST)]
    ]  # fmt: skip


@router.get("/enforcement/campaigns", response=list[CampaignOut], summary="Special campaigns")
def campaigns(request: SignedIn) -> list[CampaignOut]:
    """Return the campaigns with what each brought."""
    rows = queries.campaign_rows(list(queries.campaigns(request.user)[:MOST]))
    return [
        CampaignOut(
            code=one.campaign.code, title_zh=one.campaign.title_zh, title_en=one.campaign.title_en,
            since=one.campaign.since, until=one.campaign.until, state=one.campaign.state, cases=one.cases,
            penalties=one.penalties, fine_fen=one.fine_fen, confiscated_fen=one.confiscated_fen,
        )
        for one in rows
    ]  # fmt: skip
