"""Campaigns and what they brought, counted from cases and penalties, never typed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import WORDS, CampaignState
from qualicity.judgement.enforcement.models import Campaign, Investigation, Penalty

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """One campaign with what it brought; money in fen."""

    campaign: Campaign
    state: Text
    cases: int
    open_cases: int
    transferred: int
    penalties: int
    fine_fen: int
    confiscated_fen: int

    @property
    def taken_fen(self) -> int:
        """Return fines and confiscations together."""
        return self.fine_fen + self.confiscated_fen

    def reached(self, target: str) -> float | None:
        """Return which part of a target was reached; None where none was set."""
        wanted = self.campaign.targets.get(target)
        if not wanted:
            return None
        found = {"cases": self.cases, "penalties": self.penalties, "taken_fen": self.taken_fen}[target]
        return found / int(wanted)


def campaigns(by: Person, *, state: str = "") -> QuerySet[Campaign]:
    """Return the campaigns, the latest first; every unit sees them all, for they are the city's."""
    accounts.check(by, permissions.READ)
    found = Campaign.objects.select_related("organisation", "made_by", "started_by")
    return found.filter(state=state) if state else found


def campaign(code: str, by: Person) -> Campaign:
    """Return one campaign by its code."""
    found = campaigns(by).filter(code=code).first()
    if found is None:
        raise permissions.not_there(f"专项行动 {code}")
    return found


def campaign_rows(found: Sequence[Campaign]) -> tuple[CampaignRow, ...]:
    """Return campaigns with what they brought, in two queries however many there are."""
    numbers = [one.pk for one in found]
    counted = {
        row["campaign"]: row
        for row in Investigation.objects.filter(campaign__in=numbers)
        .order_by()
        .values("campaign")
        .annotate(
            cases=Count("pk"),
            open=Count("pk", filter=Q(case__is_open=True)),
            police=Count("pk", filter=Q(case__state="transferred")),
        )
    }
    summed = {
        row["campaign"]: row
        for row in Penalty.objects.filter(campaign__in=numbers, annulled_on=None)
        .order_by()
        .values("campaign")
        .annotate(penalties=Count("pk"), fine=Sum("fine_fen"), confiscated=Sum("confiscated_fen"))
    }
    return tuple(_row(one, counted.get(one.pk, {}), summed.get(one.pk, {})) for one in found)


def _row(one: Campaign, counted: Mapping[str, Any], summed: Mapping[str, Any]) -> CampaignRow:
    return CampaignRow(
        campaign=one,
        state=WORDS[CampaignState(one.state)],
        cases=counted.get("cases", 0),
        open_cases=counted.get("open", 0),
        transferred=counted.get("police", 0),
        penalties=summed.get("penalties", 0),
        fine_fen=summed.get("fine", 0),
        confiscated_fen=summed.get("confiscated", 0),
    )
