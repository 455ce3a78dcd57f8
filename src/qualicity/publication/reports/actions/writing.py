"""What every write of the desk does first: lock the document, and refuse a page that has gone stale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qualicity.commons.registry import queries as registry
from qualicity.errors import NotPossibleError, StaleError
from qualicity.publication.reports import lifecycle, permissions
from qualicity.publication.reports.models import Report
from qualicity.publication.reports.queries.reports import state_of

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def locked(report: Report, *, seen: int | None = None) -> Report:
    """Return a document read anew and locked; StaleError where somebody changed it since ``seen``."""
    fresh = (
        Report.objects.select_for_update(of=("self",))
        .select_related("case", "case__organisation", "organisation")
        .get(pk=report.pk)
    )
    if seen is not None and fresh.version != seen:
        raise StaleError(
            "别人刚刚改过这份公文。请刷新页面查看后再操作。",
            "Somebody has just changed this document. Look again first.",
        )
    return fresh


def check_editable(report: Report, by: Person) -> None:
    """Raise unless a person may change the words of a document now."""
    permissions.check_draft(by, report)
    state = state_of(report)
    if not lifecycle.is_editable(state):
        words = lifecycle.TITLES[state]
        raise NotPossibleError(
            f"公文“{words.zh}”阶段不能修改内容；如需修改，请先退回起草人。",
            f"A document that is {words.en} cannot be changed; send it back to its author first.",
        )


def touched(report: Report, *names: str) -> None:
    """Save some fields of a document with a new version."""
    report.version += 1
    report.changed_at = registry.moment()
    report.save(update_fields=[*names, "version", "changed_at"])
