"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.goals.supervision.queries.circulars import Addressed, BoundFact, CircularView, circular, circulars
from qualicity.goals.supervision.queries.facts import CountedFact, UnitFacts, facts
from qualicity.goals.supervision.queries.fund import Allocated, Fund, FundTotals, fund, fund_totals
from qualicity.goals.supervision.queries.gates import ConditionState, GateState, gates
from qualicity.goals.supervision.queries.meetings import meeting, meetings, practices

__all__ = [
    "Addressed",
    "Allocated",
    "BoundFact",
    "CircularView",
    "ConditionState",
    "CountedFact",
    "Fund",
    "FundTotals",
    "GateState",
    "UnitFacts",
    "circular",
    "circulars",
    "facts",
    "fund",
    "fund_totals",
    "gates",
    "meeting",
    "meetings",
    "practices",
]
