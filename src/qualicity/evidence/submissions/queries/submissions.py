"""Reads of submissions: lists, one with its history, its findings, and where a row came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl
from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.evidence.submissions import permissions
from qualicity.evidence.submissions.lifecycle import MOVES, Move, State
from qualicity.evidence.submissions.models import Submission, Upload
from qualicity.evidence.submissions.queries.paths import file_path, findings_path, rows_path

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.periods import Period

EVERYTHING = ("organisation", "file", "created_by", "submitted_by", "reviewed_by", "corrects")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which submissions are asked for; what is empty does not narrow."""

    register: str = ""
    organisation: str = ""
    state: str = ""
    search: str = ""
    since: date | None = None
    until: date | None = None
    late: bool | None = None


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """How often one rule was broken."""

    rule: str
    severity: str
    count: int
    why_zh: str
    why_en: str


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """Some findings of a submission, how many there are, and all of them counted by rule."""

    frame: pl.DataFrame
    total: int
    groups: tuple[FindingGroup, ...]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row came from: the submission, who filed it and the file's hash."""

    submission: int
    register: str
    period: Period
    organisation: Organisation
    filed_by: Person
    filed_at: datetime
    accepted_by: Person | None
    accepted_at: datetime | None
    state: str
    file_name: str
    sha256: str
    refused_rows: int


@dataclass(frozen=True, slots=True)
class Event:
    """One step in a submission's history."""

    verb: str
    at: datetime
    by: Person | None
    text: str = ""
    other: int | None = None


def submissions(*, by: Person, wanted: Wanted = Wanted()) -> QuerySet[Submission]:
    """Return the submissions that a person may see, the latest first."""
    accounts.check(by, permissions.READ)
    found = Submission.objects.select_related(*EVERYTHING)
    if not accounts.sees_all(by, permissions.READ):
        found = found.filter(organisation=permissions.own_organisation(by))
    if wanted.register:
        found = found.filter(register=wanted.register)
    if wanted.organisation:
        found = found.filter(organisation__code=wanted.organisation)
    if wanted.state:
        found = found.filter(state=wanted.state)
    if wanted.since:
        found = found.filter(period_end__gte=wanted.since)
    if wanted.until:
        found = found.filter(period_start__lte=wanted.until)
    if wanted.late is not None:
        found = found.filter(late=wanted.late)
    if wanted.search:
        number = Q(pk=int(wanted.search)) if wanted.search.isdecimal() and len(wanted.search) < 15 else Q()
        found = found.filter(
            number | Q(file_name__icontains=wanted.search) | Q(organisation__title_zh__icontains=wanted.search)
            | Q(organisation__title_en__icontains=wanted.search)
        ) if number else found.filter(
            Q(file_name__icontains=wanted.search) | Q(organisation__title_zh__icontains=wanted.search)
            | Q(organisation__title_en__icontains=wanted.search)
        )  # fmt: skip
    return found


def submission(number: int, *, by: Person) -> Submission:
    """Return one submission; NotFoundError where there is none or it is not for this person."""
    accounts.check(by, permissions.READ)
    found = Submission.objects.select_related(*EVERYTHING).filter(pk=number).first()
    if found is None or not permissions.can_read(by, found):
        raise permissions.not_there(number)
    return found


def by_numbers(numbers: Iterable[int]) -> tuple[Submission, ...]:
    """Return submissions by their numbers, to a desk that made them itself and looks how they stand."""
    return tuple(Submission.objects.filter(pk__in=list(numbers)).order_by("pk"))


def queue(*, by: Person) -> QuerySet[Submission]:
    """Return what waits for the office: late ones first, then by the moment of submission."""
    return submissions(by=by, wanted=Wanted(state=State.SUBMITTED)).order_by("-late", "submitted_at", "pk")


def moves(submission: Submission, *, by: Person) -> tuple[Move, ...]:
    """Return the moves that this person may make on this submission now."""
    return tuple(
        one for one in MOVES
        if one.before == submission.state and one.verb != "supersede" and permissions.can_move(by, submission, one)
        and (one.verb != "accept_good_rows" or has_good_rows(submission))
    )  # fmt: skip


def has_good_rows(submission: Submission) -> bool:
    """Return whether a file that the checks returned has rows that could be accepted without the faulty ones."""
    return submission.errors > 0 and submission.rows > submission.refused_rows and rows_path(submission.pk).is_file()


def can_correct(submission: Submission, *, by: Person) -> bool:
    """Return whether this person may file a correction of this submission now."""
    return submission.state == State.ACCEPTED and accounts.can(
        by, permissions.CREATE, organisation=submission.organisation
    )


def findings(submission: Submission, *, by: Person) -> pl.DataFrame:
    """Return all findings of a submission; columns as in ``FINDING_COLUMNS``, severities error, warning and note."""
    permissions.check_read(by, submission)
    return pl.read_parquet(findings_path(submission.pk))


def findings_page(
    submission: Submission, *, by: Person, severity: str = "", rule: str = "", start: int = 0, limit: int = 50
) -> FindingsPage:
    """Return a page of findings, narrowed by severity and rule, with all of them counted by rule."""
    whole = findings(submission, by=by)
    kept = whole
    if severity:
        kept = kept.filter(pl.col("severity") == severity)
    if rule:
        kept = kept.filter(pl.col("rule") == rule)
    counted = whole.group_by("severity", "rule", maintain_order=True).agg(
        pl.len().alias("count"), pl.col("why_zh").first(), pl.col("why_en").first()
    )
    groups = tuple(FindingGroup(**row) for row in counted.iter_rows(named=True))
    return FindingsPage(kept.slice(start, limit), kept.height, groups)


def original(submission: Submission, *, by: Person) -> Path:
    """Return the file as it came."""
    permissions.check_read(by, submission)
    return file_path(submission.file.sha256)


def history(submission: Submission, *, by: Person) -> tuple[Event, ...]:
    """Return what happened to a submission, in order, its corrections included."""
    permissions.check_read(by, submission)
    events = [Event("receive", submission.created_at, submission.created_by, submission.file_name)]
    if submission.errors and submission.state == State.RETURNED and submission.reviewed_at is None:
        events.append(Event("refuse", submission.created_at, None))
    if submission.submitted_at:
        events.append(Event("submit", submission.submitted_at, submission.submitted_by, submission.explanation))
    if submission.reviewed_at:
        verb = "return" if submission.state == State.RETURNED else "accept"
        events.append(Event(verb, submission.reviewed_at, submission.reviewed_by, submission.reason))
    for one in submission.corrections.select_related("created_by").order_by("pk"):
        events.append(Event("correct", one.created_at, one.created_by, one.file_name, one.pk))
        if submission.superseded_at and one.state in (State.ACCEPTED, State.SUPERSEDED):
            events.append(Event("supersede", submission.superseded_at, one.reviewed_by, "", one.pk))
    return tuple(events)


def row_origin(number: int) -> Origin:
    """Return where the rows of a submission came from; asked by readers whose own permission covers the rows."""
    found = Submission.objects.select_related(*EVERYTHING).filter(pk=number).first()
    if found is None:
        raise permissions.not_there(number)
    return Origin(
        submission=found.pk, register=found.register, period=found.period, organisation=found.organisation,
        filed_by=found.created_by, filed_at=found.created_at, accepted_by=found.reviewed_by,
        accepted_at=found.reviewed_at, state=found.state, file_name=found.file_name, sha256=found.file.sha256,
        refused_rows=found.refused_rows,
    )  # fmt: skip


def upload(number: int, *, by: Person) -> Upload:
    """Return how far a large file has come; only for whoever sent it."""
    found = Upload.objects.select_related("submission").filter(pk=number, created_by=by).first()
    if found is None:
        raise permissions.not_there(number)
    return found
