"""Reads of the desk: what other desks, the command line and the pages may ask."""

from __future__ import annotations

from qualicity.publication.reports.queries import papers
from qualicity.publication.reports.queries.changes import Changed
from qualicity.publication.reports.queries.composing import Composed, figures_as_plain
from qualicity.publication.reports.queries.facts import Asked, Facts
from qualicity.publication.reports.queries.gathering import gather
from qualicity.publication.reports.queries.prose import as_text, runs_of, tokens_of
from qualicity.publication.reports.queries.rendering import figures_file, rendered
from qualicity.publication.reports.queries.reports import (
    Readable,
    Standing,
    allowed_moves,
    can_edit,
    can_number,
    changes,
    composed,
    file_of,
    readable,
    rebuilds,
    report,
    reports,
    standing,
    state_of,
)

__all__ = [
    "Asked",
    "Changed",
    "Composed",
    "Facts",
    "Readable",
    "Standing",
    "allowed_moves",
    "as_text",
    "can_edit",
    "can_number",
    "changes",
    "composed",
    "figures_as_plain",
    "figures_file",
    "file_of",
    "gather",
    "papers",
    "readable",
    "rebuilds",
    "rendered",
    "report",
    "reports",
    "runs_of",
    "standing",
    "state_of",
    "tokens_of",
]
