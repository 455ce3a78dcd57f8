"""Special campaigns: planned by one person, started by another, closed with what they brought."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.judgement.enforcement import permissions
from qualicity.judgement.enforcement.lifecycle import CampaignState
from qualicity.judgement.enforcement.models import Campaign
from qualicity.judgement.enforcement.queries.grading import definitions

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person

TARGETS = ("cases", "penalties", "taken_fen")
"""What a campaign may be meant to bring."""


@dataclass(frozen=True, slots=True)
class CampaignPlan:
    """What is planned: days, and which fields, products, places and market; none of a sort means all."""

    code: str
    title_zh: str
    since: date
    until: date
    title_en: str = ""
    sectors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    market: str = ""
    text: str = ""
    targets: Mapping[str, int] = field(default_factory=dict)


@transaction.atomic
def plan_campaign(*, organisation: Organisation | str, plan: CampaignPlan, by: Person) -> Campaign:
    """Draft a campaign."""
    if isinstance(organisation, str):
        organisation = accounts.organisation(organisation)
    accounts.check(by, permissions.ACT, organisation=organisation)
    _check(plan)
    made = Campaign.objects.create(
        code=plan.code.strip(), title_zh=plan.title_zh.strip(), title_en=plan.title_en.strip(),
        organisation=organisation, sectors=list(plan.sectors), products=list(plan.products), places=list(plan.places),
        market=plan.market.strip(), since=plan.since, until=plan.until, plan=plan.text.strip(),
        targets=dict(plan.targets), made_by=by, made_at=registry.moment(),
    )  # fmt: skip
    audit.record(
        by=by, verb="enforcement.plan_campaign", subject=f"campaign:{made.code}", detail={"title": made.title_zh}
    )
    return made


@transaction.atomic
def start_campaign(*, campaign: Campaign, by: Person) -> Campaign:
    """Start a campaign that somebody else drafted."""
    fresh = _locked(campaign)
    accounts.check(by, permissions.DECIDE, organisation=fresh.organisation)
    if fresh.state != CampaignState.DRAFT:
        raise NotPossibleError("该专项行动已经开始。", "This campaign has begun already.")
    if fresh.made_by_id == by.pk and not by.is_operator:
        raise NotAllowedError("方案由您草拟，须由另一人批准开展。", "You drafted it: another person starts it.")
    fresh.state, fresh.started_by, fresh.started_at = CampaignState.RUNNING, by, registry.moment()
    fresh.save(update_fields=["state", "started_by", "started_at"])
    audit.record(by=by, verb="enforcement.start_campaign", subject=f"campaign:{fresh.code}")
    return fresh


@transaction.atomic
def close_campaign(*, campaign: Campaign, summary: str, by: Person) -> Campaign:
    """Close a running campaign with a summary; its figures go on being counted from facts."""
    fresh = _locked(campaign)
    accounts.check(by, permissions.ACT, organisation=fresh.organisation)
    if fresh.state != CampaignState.RUNNING:
        raise NotPossibleError("该专项行动不在进行中。", "This campaign is not running.")
    if not summary.strip():
        raise InputError("请写明总结。", "Give a summary.")
    fresh.state, fresh.summary, fresh.closed_at = CampaignState.CLOSED, summary.strip(), registry.moment()
    fresh.save(update_fields=["state", "summary", "closed_at"])
    audit.record(by=by, verb="enforcement.close_campaign", subject=f"campaign:{fresh.code}")
    return fresh


def _check(plan: CampaignPlan) -> None:
    if not plan.code.strip() or not plan.title_zh.strip():
        raise InputError("请写明专项行动的代码和名称。", "Give the campaign a code and a title.")
    if Campaign.objects.filter(code=plan.code.strip()).exists():
        raise InputError(f"代码“{plan.code}”已经使用。", f"The code “{plan.code}” is taken.")
    if plan.until < plan.since:
        raise InputError("结束日期早于开始日期。", "It ends before it begins.")
    known = {one.code for one in definitions().sectors}
    for code in plan.sectors:
        if code not in known:
            raise InputError(f"没有领域“{code}”。", f"There is no field “{code}”.")
    for name, number in plan.targets.items():
        if name not in TARGETS or number < 0:
            raise InputError(f"目标“{name}”不可用。", f"“{name}” is no target.")


def _locked(campaign: Campaign) -> Campaign:
    return Campaign.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=campaign.pk)
