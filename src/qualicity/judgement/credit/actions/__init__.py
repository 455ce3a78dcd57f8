"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.judgement.credit.actions.disputes import decide, dispute, keeper_of, withdraw
from qualicity.judgement.credit.actions.filing import open_files
from qualicity.judgement.credit.actions.scoring import score, score_if_due
from qualicity.judgement.credit.actions.weights import adopt_weights, propose_weights, reject_weights

__all__ = [
    "adopt_weights",
    "decide",
    "dispute",
    "keeper_of",
    "open_files",
    "propose_weights",
    "reject_weights",
    "score",
    "score_if_due",
    "withdraw",
]
