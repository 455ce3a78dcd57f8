"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.evidence.submissions.actions.durability import waiting_once
from qualicity.evidence.submissions.actions.enterprises import TakenIn, take_in_enterprises
from qualicity.evidence.submissions.actions.obligations import Reminded, close, remind, reopen
from qualicity.evidence.submissions.actions.publishing import Published
from qualicity.evidence.submissions.actions.receiving import receive
from qualicity.evidence.submissions.actions.reviewing import accept, return_, submit, withdraw
from qualicity.evidence.submissions.actions.upkeep import Comparison, Vacuumed, compact, vacuum, verify_lake
from qualicity.evidence.submissions.actions.uploading import (
    discard_leftovers,
    enqueue,
    process,
    receive_or_enqueue,
    resume,
)

__all__ = [
    "Comparison",
    "Published",
    "Reminded",
    "TakenIn",
    "Vacuumed",
    "accept",
    "close",
    "compact",
    "discard_leftovers",
    "enqueue",
    "process",
    "receive",
    "receive_or_enqueue",
    "remind",
    "reopen",
    "resume",
    "return_",
    "submit",
    "take_in_enterprises",
    "vacuum",
    "verify_lake",
    "waiting_once",
    "withdraw",
]
