"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.goals.supervision.actions.circulars import change, climb, draft, drop, issue
from qualicity.goals.supervision.actions.fund import allocate, set_budget, spend
from qualicity.goals.supervision.actions.meetings import assign, decide, hold, minute, plan_meeting
from qualicity.goals.supervision.actions.practice import share, write_up

__all__ = [
    "allocate",
    "assign",
    "change",
    "climb",
    "decide",
    "draft",
    "drop",
    "hold",
    "issue",
    "minute",
    "plan_meeting",
    "set_budget",
    "share",
    "spend",
    "write_up",
]
