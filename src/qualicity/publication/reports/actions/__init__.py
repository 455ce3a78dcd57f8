"""Writes of the desk: drafting, editing, routing, issuing."""

from __future__ import annotations

from qualicity.publication.reports.actions.drafting import draft_quality, rebuild
from qualicity.publication.reports.actions.editing import edit_prose, restore_prose
from qualicity.publication.reports.actions.issuing import issue
from qualicity.publication.reports.actions.routing import move

__all__ = ["draft_quality", "edit_prose", "issue", "move", "rebuild", "restore_prose"]
