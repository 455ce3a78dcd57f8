"""Reads of the desk: what other desks may ask."""

from __future__ import annotations

from qualicity.commons.cases.queries.cases import (
    AllowedMove,
    allowed_moves,
    attachment,
    attachments_of,
    can_attach,
    can_steer,
    case,
    cases,
    clocks_of,
    file_of,
    moves_of,
)
from qualicity.commons.cases.queries.pages import (
    Counts,
    Narrowing,
    Page,
    case_page,
    owners_of,
    waiting_counts,
    waiting_page,
)
from qualicity.commons.cases.queries.running import Running, calendar, look, running, zone
from qualicity.commons.cases.queries.urgent import falling_due, still_open

__all__ = [
    "AllowedMove",
    "Counts",
    "Narrowing",
    "Page",
    "Running",
    "allowed_moves",
    "attachment",
    "attachments_of",
    "calendar",
    "can_attach",
    "can_steer",
    "case",
    "case_page",
    "cases",
    "clocks_of",
    "falling_due",
    "file_of",
    "look",
    "moves_of",
    "owners_of",
    "running",
    "still_open",
    "waiting_counts",
    "waiting_page",
    "zone",
]
