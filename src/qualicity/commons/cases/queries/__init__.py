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
    move_words,
    moves_of,
    trails_of,
)
from qualicity.commons.cases.queries.legal import LegalDay, last_day, last_day_if_any
from qualicity.commons.cases.queries.pages import (
    Counts,
    Narrowing,
    Page,
    When,
    Whose,
    case_page,
    owners_of,
    waiting_counts,
    waiting_page,
)
from qualicity.commons.cases.queries.rows import CaseRow, case_rows, remaining_words, turn_words, why_words
from qualicity.commons.cases.queries.running import Running, calendar, look, running, zone
from qualicity.commons.cases.queries.urgent import end_of, falling_due, still_open
from qualicity.commons.cases.queries.verifying import DamagedFile, verify_files

__all__ = [
    "AllowedMove",
    "CaseRow",
    "Counts",
    "DamagedFile",
    "LegalDay",
    "Narrowing",
    "Page",
    "Running",
    "When",
    "Whose",
    "allowed_moves",
    "attachment",
    "attachments_of",
    "calendar",
    "can_attach",
    "can_steer",
    "case",
    "case_page",
    "case_rows",
    "cases",
    "clocks_of",
    "end_of",
    "falling_due",
    "file_of",
    "last_day",
    "last_day_if_any",
    "look",
    "move_words",
    "moves_of",
    "owners_of",
    "remaining_words",
    "running",
    "still_open",
    "trails_of",
    "turn_words",
    "verify_files",
    "waiting_counts",
    "waiting_page",
    "why_words",
    "zone",
]
