"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.judgement.enforcement.queries.campaigning import CampaignRow, campaign, campaign_rows, campaigns
from qualicity.judgement.enforcement.queries.facts import PenaltyFact, penalties, was_punished_heavily
from qualicity.judgement.enforcement.queries.feeds import FEED, penalty_events, penalty_version
from qualicity.judgement.enforcement.queries.grading import definitions
from qualicity.judgement.enforcement.queries.papers import day_words, has_paper, paper, rendered
from qualicity.judgement.enforcement.queries.public import (
    PublicPenalty,
    kind_words,
    level_words,
    masked,
    public_penalties,
    public_penalty,
)
from qualicity.judgement.enforcement.queries.rewarding import TipRow, rules_for, tip, tip_rows, tips
from qualicity.judgement.enforcement.queries.staff import (
    InvestigationRow,
    PenaltyRow,
    investigation,
    investigation_rows,
    investigations,
    own_case,
    own_cases,
    own_penalties,
    penalty,
    penalty_list,
    penalty_rows,
    sector_words,
)
from qualicity.judgement.enforcement.queries.transfers import waiting_transfers

__all__ = [
    "FEED",
    "CampaignRow",
    "InvestigationRow",
    "PenaltyFact",
    "PenaltyRow",
    "PublicPenalty",
    "TipRow",
    "campaign",
    "campaign_rows",
    "campaigns",
    "day_words",
    "definitions",
    "has_paper",
    "investigation",
    "investigation_rows",
    "investigations",
    "kind_words",
    "level_words",
    "masked",
    "own_case",
    "own_cases",
    "own_penalties",
    "paper",
    "penalties",
    "penalty",
    "penalty_events",
    "penalty_list",
    "penalty_rows",
    "penalty_version",
    "public_penalties",
    "public_penalty",
    "rendered",
    "rules_for",
    "sector_words",
    "tip",
    "tip_rows",
    "tips",
    "waiting_transfers",
    "was_punished_heavily",
]
