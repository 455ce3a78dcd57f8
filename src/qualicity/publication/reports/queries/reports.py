"""Reads of documents: lists, one as it reads now, and what would change if it were built again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.engines.documents.official.model import Document
from qualicity.errors import InputError
from qualicity.publication.reports import lifecycle, permissions
from qualicity.publication.reports.models import Report
from qualicity.publication.reports.queries.changes import Changed, compared
from qualicity.publication.reports.queries.composing import compose_quality, edited_parts
from qualicity.publication.reports.queries.facts import Asked
from qualicity.publication.reports.queries.prose import as_runs, runs_of
from qualicity.publication.reports.queries.stored import restored

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.queries import AllowedMove
    from qualicity.definitions.periods import Period
    from qualicity.definitions.plans import Plan
    from qualicity.publication.reports.models import Rebuild
    from qualicity.publication.reports.queries.composing import Composed
    from qualicity.publication.reports.queries.parts import Part

LARGEST = 2**53
HEAVY = ("content",)


@dataclass(frozen=True, slots=True)
class Standing:
    """One document in a list: the document and the state that it is in."""

    report: Report
    state: lifecycle.State


@dataclass(frozen=True, slots=True)
class Readable:
    """One document as it reads now, with the prose that people changed in its place.

    ``stale`` names paragraphs whose changed words no longer fit the numbers and are left as composed.
    """

    report: Report
    state: lifecycle.State
    document: Document
    parts: tuple[Part, ...]
    composed: tuple[Part, ...]
    edited: frozenset[str]
    stale: tuple[str, ...]


def reports(*, by: Person, kind: str = "", search: str = "") -> QuerySet[Report]:
    """Return the documents that a person may see, the latest first, without their contents."""
    accounts.check(by, permissions.READ)
    found = Report.objects.defer(*HEAVY).select_related("case", "organisation", "created_by", "issued_by")
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(~Q(number_text="") | Q(organisation=by.organisation_id))
    if kind:
        found = found.filter(kind=kind)
    if search:
        found = found.filter(Q(title__icontains=search) | Q(number_text__icontains=search))
    return found


def standing(found: Report) -> Standing:
    """Return a document with its state."""
    return Standing(found, state_of(found))


def state_of(found: Report) -> lifecycle.State:
    """Return the state of a document."""
    return lifecycle.state_of(found.case.state if found.case else "draft", numbered=bool(found.number_text))


def report(number: int, *, by: Person) -> Report:
    """Return one document; the same NotFoundError for what is not there and for what is not for this person."""
    accounts.check(by, permissions.READ)
    found = (
        Report.objects.select_related("case", "case__organisation", "organisation", "created_by", "issued_by")
        .filter(pk=number)
        .first()
        if 0 < number < LARGEST
        else None
    )
    if found is None or not permissions.can_read(by, found):
        raise permissions.not_there(number)
    return found


def readable(found: Report, *, by: Person) -> Readable:
    """Return a document as it reads now."""
    permissions.check_read(by, found)
    return read(found)


def read(found: Report) -> Readable:
    """Return a document as it reads now; asked within the desk, where permission has been asked already."""
    document, parts = restored(found.content)
    by_key = {part.key: part for part in parts if part.key}
    prose, stale = {}, []
    for one in found.prose.all():
        try:
            prose[one.key] = as_runs(one.text, runs_of(by_key[one.key]))
        except (KeyError, InputError):
            stale.append(one.key)
    now = edited_parts(parts, prose)
    shown = replace(document, blocks=tuple(part.block for part in now), number=found.number_text)
    return Readable(found, state_of(found), shown, now, parts, frozenset(prose), tuple(stale))


def allowed_moves(found: Report, *, by: Person) -> tuple[AllowedMove, ...]:
    """Return the moves that a person may make on a document's approval now."""
    return () if found.case is None else cases.allowed_moves(found.case, by)


def can_edit(found: Report, *, by: Person) -> bool:
    """Say whether a person may change the words of a document now."""
    return lifecycle.is_editable(state_of(found)) and accounts.can(
        by, permissions.DRAFT, organisation=found.organisation
    )


def can_number(found: Report, *, by: Person) -> bool:
    """Say whether a person may give a signed document its number now."""
    return state_of(found) == "signed" and accounts.can(by, permissions.ISSUE)


def composed(
    *, plan: Plan, period: Period, by: Person, known_on: date | None = None, language: str = "zh-hans"
) -> Composed:
    """Return the quality analysis report of a period as it would be drafted now; nothing is kept."""
    accounts.check(by, permissions.READ)
    return compose_quality(Asked(plan, period, known_on), language=language)


def composed_again(found: Report) -> Composed:
    """Return a document composed from what is known now."""
    plan = registry.plan(found.plan)
    return compose_quality(Asked(plan, found.period), language=found.language)


def changes(found: Report, *, by: Person) -> tuple[Changed, ...]:
    """Return what would change if a document were built again from what is known now: old and new."""
    permissions.check_read(by, found)
    document, parts = restored(found.content)
    now = composed_again(found)
    return compared(document, parts, now.document, now.parts)


def rebuilds(found: Report, *, by: Person) -> tuple[Rebuild, ...]:
    """Return every rebuilding of a document with what it changed, the latest first."""
    permissions.check_read(by, found)
    return tuple(found.rebuilds.select_related("by"))


def file_of(sha256: str) -> Path:
    """Return where the file with this hash is kept: in the folder of all files of the house."""
    home: Path = settings.QUALICITY_HOME
    return home / "files" / sha256[:2] / sha256
