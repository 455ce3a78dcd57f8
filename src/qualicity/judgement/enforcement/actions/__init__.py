"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.judgement.enforcement.actions.campaigns import (
    CampaignPlan,
    close_campaign,
    plan_campaign,
    start_campaign,
)
from qualicity.judgement.enforcement.actions.deciding import PastPenalty, Verdict, annul, decide, take_over
from qualicity.judgement.enforcement.actions.opening import Suspect, move_case, open_investigation
from qualicity.judgement.enforcement.actions.publishing import end_early, end_publicity, publish
from qualicity.judgement.enforcement.actions.rewarding import (
    approve_reward,
    open_identity,
    pay_reward,
    propose_reward,
    record_tip,
    refuse_reward,
)
from qualicity.judgement.enforcement.actions.taking import TakenOver, take_over_transfers

__all__ = [
    "CampaignPlan",
    "PastPenalty",
    "Suspect",
    "TakenOver",
    "Verdict",
    "annul",
    "approve_reward",
    "close_campaign",
    "decide",
    "end_early",
    "end_publicity",
    "move_case",
    "open_identity",
    "open_investigation",
    "pay_reward",
    "plan_campaign",
    "propose_reward",
    "publish",
    "record_tip",
    "refuse_reward",
    "start_campaign",
    "take_over",
    "take_over_transfers",
]
