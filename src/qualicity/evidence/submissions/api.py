"""Submissions, obligations and registers over the API."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path as FilePath
from typing import Annotated, Any, Literal

from ninja import Field, File, Form, Path, Query, Router, Schema, Status
from ninja.files import UploadedFile

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.accounts.queries import SignedIn
from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import parse
from qualicity.engines.tables.schemas import json_schema
from qualicity.evidence.submissions import actions, queries
from qualicity.evidence.submissions.lifecycle import State
from qualicity.evidence.submissions.models import Submission

router = Router(tags=["evidence"])

# NUL cannot be stored by PostgreSQL; numbers beyond 2^53 are nobody's.
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Prose = Annotated[str, Field(max_length=4000, pattern=r"^[^\u0000]*$")]
Number = Annotated[int, Path(ge=1, le=2**53)]


class SubmissionOut(Schema):
    """One submission."""

    submission: int
    register_code: str
    organisation: str
    period: str
    period_start: date
    period_end: date
    profile: str
    state: str
    late: bool
    rows: int
    accepted_rows: int
    refused_rows: int
    left_out: int
    errors: int
    warnings: int
    file_name: str
    sha256: str
    size: int
    corrects: int | None
    explanation: str
    reason: str
    next_zh: str
    next_en: str
    created_by: str
    created_at: datetime
    submitted_by: str | None
    submitted_at: datetime | None
    reviewed_by: str | None
    reviewed_at: datetime | None


class SubmissionsOut(Schema):
    """A page of submissions; ``next`` is the cursor of the page after, null on the last."""

    items: list[SubmissionOut]
    total: int
    next: int | None


class FindingOut(Schema):
    """One finding."""

    rule: str
    severity: str
    row: int | None
    key: str
    column: str
    value: str
    expected: str
    expected_en: str
    why: str
    why_en: str
    mend: str
    mend_en: str


class FindingsOut(Schema):
    """A page of findings."""

    items: list[FindingOut]
    total: int
    next: int | None


class ObligationOut(Schema):
    """One obligation as it stands."""

    register_code: str
    organisation: str
    period: str
    due: date
    state: Literal["due", "on_time", "late", "missing", "closed"]
    handed_in: date | None
    submission: int | None
    returned: int | None
    closed_reason: str
    reminded_on: date | None


class RegisterOut(Schema):
    """One register and how full it is."""

    code: str
    title_zh: str
    title_en: str
    grain: str
    basis: str
    period: str
    version: int | None
    rows: int
    changed_at: datetime | None


class RowsOut(Schema):
    """A page of rows, with their columns and where each came from (``submission_id``, ``row_number``)."""

    columns: list[str]
    items: list[dict[str, Any]]
    total: int
    next: str | None


class Explanation(Schema):
    """What the submitting unit says to the warnings."""

    explanation: Prose = ""


class Reason(Schema):
    """Why something is sent back."""

    reason: Prose


class Acceptance(Schema):
    """How a submission is accepted."""

    reason: Prose = ""
    good_rows_only: bool = False


class Closure(Schema):
    """A period that need not be reported."""

    register_code: Word
    organisation: Word
    period: Word
    reason: Prose


class RemindedOut(Schema):
    """How many reminders were sent now, and how many had been sent today already."""

    sent: int
    already: int


class Filing(Schema):
    """What a file is: register, unit, period, and how it is to be read."""

    register_code: Word
    organisation: Word
    period: Word
    profile: Word = ""
    corrects: Annotated[int, Field(ge=0, le=2**53)] = 0


class FindingsWanted(Schema):
    """Which findings are asked for."""

    severity: Literal["", "error", "warning", "note"] = ""
    rule: Word = ""
    cursor: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class RowsWanted(Schema):
    """Which rows are asked for."""

    place: Word = ""
    since: date | None = None
    until: date | None = None
    q: Word = ""
    submission: Annotated[int, Field(ge=1, le=2**53)] | None = None
    known_on: date | None = None
    cursor: Word = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 100


class ObligationsWanted(Schema):
    """Which obligations are asked for."""

    as_of: date | None = None
    known_on: date | None = None
    register_code: Word = ""
    organisation: Word = ""


class Wanted(Schema):
    """Which submissions are asked for."""

    register_code: Word = ""
    organisation: Word = ""
    state: Literal["", "draft", "submitted", "returned", "accepted", "superseded"] = ""
    late: bool | None = None
    since: date | None = None
    until: date | None = None
    q: Word = ""
    cursor: Annotated[int, Field(ge=0, le=2**53)] = 0
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


@router.get("/submissions", response=SubmissionsOut)
def submissions_list(request: SignedIn, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the submissions that you may see, the latest first; ``cursor`` is the ``next`` of the page before."""
    found = queries.submissions(
        by=request.user,
        wanted=queries.Wanted(
            register=wanted.register_code, organisation=wanted.organisation, state=wanted.state, search=wanted.q,
            since=wanted.since, until=wanted.until, late=wanted.late,
        ),
    )  # fmt: skip
    total, limit = found.count(), wanted.limit
    page = list((found.filter(pk__lt=wanted.cursor) if wanted.cursor else found).order_by("-pk")[: limit + 1])
    following = page[limit - 1].pk if len(page) > limit else None
    return {"items": [_out(one) for one in page[:limit]], "total": total, "next": following}


@router.post("/submissions", response=SubmissionOut)
def submissions_receive(request: SignedIn, filing: Form[Filing], file: File[UploadedFile]) -> dict[str, Any]:
    """File a table for a register and period; the answer is a draft, or returned where rows have errors."""
    submission = actions.receive(
        register=filing.register_code,
        organisation=accounts.organisation(filing.organisation),
        period=parse(filing.period),
        file=file,
        name=FilePath(file.name or "upload").name,
        by=request.user,
        profile=filing.profile or None,
        channel="api",
        corrects=queries.submission(filing.corrects, by=request.user) if filing.corrects else None,
    )
    return _out(submission)


@router.get("/submissions/{number}", response=SubmissionOut)
def submissions_one(request: SignedIn, number: Number) -> dict[str, Any]:
    """Return one submission."""
    return _out(queries.submission(number, by=request.user))


@router.get("/submissions/{number}/findings", response=FindingsOut)
def submissions_findings(request: SignedIn, number: Number, wanted: Query[FindingsWanted]) -> dict[str, Any]:
    """Return the findings of a submission: errors, then warnings, then rows left out (notes)."""
    submission = queries.submission(number, by=request.user)
    start, limit = wanted.cursor, wanted.limit
    page = queries.findings_page(
        submission, by=request.user, severity=wanted.severity, rule=wanted.rule, start=start, limit=limit
    )
    after = start + limit if start + limit < page.total else None
    items = [asdict(one) for one in queries.plain_findings(page.frame)]
    return {"items": items, "total": page.total, "next": after}


@router.post("/submissions/{number}/submit", response=SubmissionOut)
def submissions_submit(request: SignedIn, number: Number, said: Explanation) -> dict[str, Any]:
    """Hand a draft to the office; warnings need an explanation."""
    submission = queries.submission(number, by=request.user)
    return _out(actions.submit(submission=submission, explanation=said.explanation, by=request.user))


@router.post("/submissions/{number}/withdraw", response=SubmissionOut)
def submissions_withdraw(request: SignedIn, number: Number, said: Reason) -> dict[str, Any]:
    """Take a draft back."""
    submission = queries.submission(number, by=request.user)
    return _out(actions.withdraw(submission=submission, reason=said.reason, by=request.user))


@router.post("/submissions/{number}/return", response=SubmissionOut)
def submissions_return(request: SignedIn, number: Number, said: Reason) -> dict[str, Any]:
    """Send a submission back with a reason."""
    submission = queries.submission(number, by=request.user)
    return _out(actions.return_(submission=submission, reason=said.reason, by=request.user))


@router.post("/submissions/{number}/accept", response=SubmissionOut)
def submissions_accept(request: SignedIn, number: Number, how: Acceptance) -> dict[str, Any]:
    """Take a submission's rows into the register; of a returned one, its good rows with a reason."""
    submission = queries.submission(number, by=request.user)
    accepted = actions.accept(
        submission=submission, reason=how.reason, good_rows_only=how.good_rows_only, by=request.user
    )
    return _out(accepted)


@router.get("/obligations", response=list[ObligationOut])
def obligations_list(request: SignedIn, wanted: Query[ObligationsWanted]) -> list[dict[str, Any]]:
    """Return who owes which register for which period by when, as it stands on a day."""
    found = queries.obligations(
        plan=registry.plan(request.GET.get("plan") or None),
        as_of=wanted.as_of or registry.today(),
        by=request.user,
        known_on=wanted.known_on,
        register=wanted.register_code,
        organisation=wanted.organisation,
    )
    return [
        {
            "register_code": one.register, "organisation": one.organisation.code, "period": one.period.label,
            "due": one.due, "state": one.state, "handed_in": one.handed_in, "submission": one.submission,
            "returned": one.returned, "closed_reason": one.closed_reason, "reminded_on": one.reminded_on,
        }
        for one in found
    ]  # fmt: skip


@router.post("/obligations/close", response={204: None})
def obligations_close(request: SignedIn, what: Closure) -> Status[None]:
    """Say that an organisation need not report a period, and why."""
    actions.close(
        register=what.register_code, organisation=accounts.organisation(what.organisation),
        period=parse(what.period), reason=what.reason, by=request.user,
    )  # fmt: skip
    return Status(204, None)


@router.post("/obligations/remind", response=RemindedOut)
def obligations_remind(request: SignedIn) -> dict[str, int]:
    """Remind everybody whose report is missing or falls due within days; each at most once a day."""
    plan = registry.plan(request.GET.get("plan") or None)
    reminded = actions.remind(plan=plan, as_of=registry.today(), by=request.user)
    return {"sent": len(reminded.sent), "already": reminded.already}


@router.get("/registers", response=list[RegisterOut])
def registers_list(request: SignedIn) -> list[dict[str, Any]]:
    """Return every register and how full it is."""
    return [_register(one) for one in queries.registers(by=request.user)]


@router.get("/registers/{code}", response=RegisterOut)
def registers_one(request: SignedIn, code: Word) -> dict[str, Any]:
    """Return one register."""
    return _register(queries.register(code, by=request.user))


@router.get("/registers/{code}/schema", response=dict[str, Any])
def registers_schema(request: SignedIn, code: Word) -> dict[str, Any]:
    """Return the JSON schema of a register's rows."""
    schema: dict[str, Any] = json_schema(queries.register(code, by=request.user).register)
    return schema


@router.get("/registers/{code}/rows", response=RowsOut)
def registers_rows(request: SignedIn, code: Word, wanted: Query[RowsWanted]) -> dict[str, Any]:
    """Return a page of the accepted rows that you may see, in the order in which they were filed."""
    narrowing = queries.Narrowing(
        place=wanted.place, since=wanted.since, until=wanted.until, search=wanted.q, submission=wanted.submission
    )
    page = queries.rows(
        code,
        by=request.user,
        known_on=wanted.known_on,
        cursor=wanted.cursor,
        limit=wanted.limit,
        narrowing=narrowing,
    )
    return {"columns": page.frame.columns, "items": page.frame.to_dicts(), "total": page.total, "next": page.cursor}


def _out(submission: Submission) -> dict[str, Any]:
    values = asdict(queries.summary(submission))
    # The library's own schema class has a "register" already.
    return {**values, "register_code": values.pop("register")}


def _register(state: queries.RegisterState) -> dict[str, Any]:
    one = state.register
    return {
        "code": one.code, "title_zh": one.title.zh, "title_en": one.title.en, "grain": one.grain,
        "basis": one.basis, "period": one.period, "version": state.version, "rows": state.rows,
        "changed_at": state.changed_at,
    }  # fmt: skip


assert set(State.values) == {"draft", "submitted", "returned", "accepted", "superseded"}, (
    "the filter names each state"
)
