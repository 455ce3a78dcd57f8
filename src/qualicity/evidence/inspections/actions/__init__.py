"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.evidence.inspections.actions.noticing import (
    correct_notice,
    end_notices,
    gather_notices,
    publish_notices,
    withdraw_notice,
)
from qualicity.evidence.inspections.actions.photographs import Picture
from qualicity.evidence.inspections.actions.sampling import deliver, take_sample, void
from qualicity.evidence.inspections.actions.sheets import Problem, Sheet, SheetError
from qualicity.evidence.inspections.actions.visiting import InVain, close_target

__all__ = [
    "InVain",
    "Picture",
    "Problem",
    "Sheet",
    "SheetError",
    "close_target",
    "correct_notice",
    "deliver",
    "end_notices",
    "gather_notices",
    "publish_notices",
    "take_sample",
    "void",
    "withdraw_notice",
]
