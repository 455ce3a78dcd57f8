"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.judgement.enforcement.queries.facts import PenaltyFact, penalties
from qualicity.judgement.enforcement.queries.feeds import FEED, penalty_events, penalty_version
from qualicity.judgement.enforcement.queries.penalties import (
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
from qualicity.judgement.enforcement.queries.public import (
    PublicPenalty,
    kind_words,
    level_words,
    masked,
    public_penalties,
    public_penalty,
)

__all__ = [
    "FEED",
    "InvestigationRow",
    "PenaltyFact",
    "PenaltyRow",
    "PublicPenalty",
    "investigation",
    "investigation_rows",
    "investigations",
    "kind_words",
    "level_words",
    "masked",
    "own_case",
    "own_cases",
    "own_penalties",
    "penalties",
    "penalty",
    "penalty_events",
    "penalty_list",
    "penalty_rows",
    "penalty_version",
    "public_penalties",
    "public_penalty",
    "sector_words",
]
