"""Writes of the desk: what other desks may do."""

from __future__ import annotations

from qualicity.evidence.inspections.actions.noticing import (
    correct_notice,
    end_notices,
    gather_notices,
    publish_notices,
    withdraw_notice,
)

__all__ = [
    "correct_notice",
    "end_notices",
    "gather_notices",
    "publish_notices",
    "withdraw_notice",
]
