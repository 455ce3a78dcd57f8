"""Changing the prose around bound numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import NotFoundError
from qualicity.publication.reports.actions.writing import check_editable, locked, touched
from qualicity.publication.reports.models import Prose, Report
from qualicity.publication.reports.queries.prose import as_runs, as_text, runs_of
from qualicity.publication.reports.queries.stored import restored

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person
    from qualicity.publication.reports.queries.parts import Part


@transaction.atomic
def edit_prose(*, report: Report, key: str, text: str, by: Person, seen: int | None = None) -> Report:
    """Put a paragraph into other words; its numbers stay bound, each exactly once. An empty text leaves it out.

    InputError says which number was altered, lost or typed.
    """
    fresh = locked(report, seen=seen)
    check_editable(fresh, by)
    part = _part(fresh, key)
    text = " ".join(text.split())
    as_runs(text, runs_of(part))
    if text == as_text(runs_of(part)):
        return restore_prose(report=fresh, key=key, by=by)
    Prose.objects.update_or_create(report=fresh, key=key, defaults={"text": text, "by": by, "at": registry.moment()})
    touched(fresh)
    detail = {"key": key, "text": text[:2000]}
    audit.record(by=by, verb="reports.edit", subject=f"report:{fresh.pk}", detail=detail)
    return fresh


@transaction.atomic
def restore_prose(*, report: Report, key: str, by: Person, seen: int | None = None) -> Report:
    """Put a paragraph back into the words that it was composed in."""
    fresh = locked(report, seen=seen)
    check_editable(fresh, by)
    _part(fresh, key)
    gone, _ = Prose.objects.filter(report=fresh, key=key).delete()
    if gone:
        touched(fresh)
        audit.record(by=by, verb="reports.restore", subject=f"report:{fresh.pk}", detail={"key": key})
    return fresh


def _part(report: Report, key: str) -> Part:
    _, parts = restored(report.content)
    found = next((one for one in parts if one.key == key and key), None)
    if found is None:
        raise NotFoundError(f"公文中没有段落“{key}”。", f"The document has no paragraph “{key}”.")
    return found
