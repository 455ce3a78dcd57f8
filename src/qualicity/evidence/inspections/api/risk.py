"""Calls of the models of risk."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from ninja import Router, Schema

from qualicity.evidence.inspections.queries import risk as queries
from qualicity.evidence.inspections.queries.risk_plain import risk_as_plain, risk_in_short

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router(tags=["inspections"])


class RiskReleaseOut(Schema):
    """A release in short: what it was made from, what it is worth, and whether draws are weighted by it."""

    code: str
    as_of: date
    made_at: datetime
    digest: str
    in_use: bool
    switched_at: datetime | None
    reason: str
    auc: float | None
    draw_gain: float | None
    days_earlier: float | None


class RiskReportOut(RiskReleaseOut):
    """A release with its whole report and every line of its model."""

    report: dict[str, Any]
    lines: list[dict[str, Any]]


@router.get("/inspections/risk/releases", response=list[RiskReleaseOut])
def risk_releases(request: SignedIn) -> list[dict[str, Any]]:
    """Return every release of the risk model, the latest first."""
    return [risk_in_short(one) for one in queries.risk_releases(by=request.user)]


@router.get("/inspections/risk/releases/{code}", response=RiskReportOut)
def risk_release(request: SignedIn, code: str) -> dict[str, Any]:
    """Return one release with its report and its lines."""
    return risk_as_plain(queries.risk_release(code, by=request.user))
