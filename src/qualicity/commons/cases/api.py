"""Cases over the API."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from ninja import Field, File, Form, Path, Query, Router, Schema
from ninja.files import UploadedFile

from qualicity.commons.accounts.queries import SignedIn
from qualicity.commons.cases import actions, lifecycle, queries
from qualicity.commons.cases.models import Attachment, Case, CaseClock, CaseMove
from qualicity.errors import NotFoundError

router = Router(tags=["cases"])

Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Prose = Annotated[str, Field(max_length=4000, pattern=r"^[^\u0000]*$")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Seen = Annotated[int, Field(ge=1, le=2**31 - 1)]


class CaseOut(Schema):
    """One case as it stands."""

    case: int
    type: str
    subject: str
    title_zh: str
    title_en: str
    state: str
    state_zh: str
    state_en: str
    organisation: str
    opener: str | None
    person: str | None
    place: str
    is_open: bool
    due: datetime | None
    provisional: bool
    standing: Literal["overdue", "soon", "on_time", "paused", "none", "ended"]
    why_zh: str
    why_en: str
    version: int
    opened_on: date
    opened_by: str


class CasesOut(Schema):
    """A page of cases; ``next`` is the cursor of the page after, null on the last."""

    items: list[CaseOut]
    next: str | None


class EntryOut(Schema):
    """One entry of a trail."""

    number: int
    code: str
    before: str
    after: str
    reason: str
    evidence: list[dict[str, Any]]
    detail: dict[str, Any]
    by: str
    at: datetime
    on: date


class ClockOut(Schema):
    """One clock, with the text and clause that set it."""

    code: str
    basis: str
    law: str
    text: str
    step: str
    clause: str
    certainty: str
    number: int
    unit: str
    event_at: datetime
    extension: int
    due: datetime | None
    provisional: bool
    stand: str
    days_left: int | None


class FileOut(Schema):
    """One file of a case."""

    file: int
    name: str
    size: int
    sha256: str
    note: str
    added_by: str
    added_at: datetime


class WholeCaseOut(CaseOut):
    """One case with all that belongs to it, and the moves that you may make now."""

    detail: dict[str, Any]
    allowed: list[str]
    clocks: list[ClockOut]
    files: list[FileOut]
    trail: list[EntryOut]


class Wanted(Schema):
    """Which cases are asked for."""

    type: Word = ""
    state: Word = ""
    organisation: Word = ""
    subject: Word = ""
    when: Literal["", "overdue", "soon", "later", "none"] = ""
    q: Word = ""
    open_only: bool = False
    cursor: Word = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


class Opening(Schema):
    """A case to be opened."""

    type: Word
    subject: Word
    title_zh: Annotated[str, Field(max_length=300, pattern=r"^[^\u0000]*$")]
    title_en: Annotated[str, Field(max_length=300, pattern=r"^[^\u0000]*$")] = ""
    organisation: Word
    due: date | None = None


class Move(Schema):
    """A move to be made; ``evidence`` holds numbers of the case's files and references ``kind:code``."""

    move: Word
    reason: Prose = ""
    due: date | None = None
    evidence: list[int | Word] = []
    seen: Seen | None = None


class Assigning(Schema):
    """Who is to work on a case; nobody in particular with null."""

    person: Word | None = None
    seen: Seen | None = None


class Steering(Schema):
    """What is to be done to a clock."""

    reason: Prose
    clock: Word = ""
    due: date | None = None
    number: Annotated[int, Field(ge=1, le=1000)] | None = None
    seen: Seen | None = None


class Noted(Schema):
    """What a file shows."""

    note: Word = ""


@router.get("/cases", response=CasesOut)
def cases_list(request: SignedIn, wanted: Query[Wanted]) -> dict[str, Any]:
    """List the cases that you may see, the latest first; ``cursor`` is the ``next`` of the page before."""
    narrowing = queries.Narrowing(
        type=lifecycle.case_type(wanted.type).code if wanted.type else "", state=wanted.state,
        organisation=wanted.organisation, when=wanted.when, subject=wanted.subject, search=wanted.q,
        open_only=wanted.open_only,
    )  # fmt: skip
    page = queries.case_page(request.user, narrowing, cursor=wanted.cursor, limit=wanted.limit)
    return {"items": [as_out(one) for one in queries.case_rows(page.cases)], "next": page.cursor or None}


@router.post("/cases", response=WholeCaseOut)
def cases_open(request: SignedIn, new: Opening) -> dict[str, Any]:
    """Open a case under the laws in force today."""
    return _whole(actions.open_case(**new.dict(), by=request.user), request)


@router.get("/cases/{number}", response=WholeCaseOut)
def cases_one(request: SignedIn, number: Number) -> dict[str, Any]:
    """Return one case with its clocks, files and trail."""
    return _whole(queries.case(number, by=request.user), request)


@router.post("/cases/{number}/moves", response=WholeCaseOut)
def cases_move(request: SignedIn, number: Number, wanted: Move) -> dict[str, Any]:
    """Make a move; 409 when somebody was faster than the version that you have ``seen``."""
    one = queries.case(number, by=request.user)
    lifecycle.check_here(lifecycle.case_type(one.type))
    moved = actions.move(
        case=one, move=wanted.move, by=request.user, reason=wanted.reason, due=wanted.due, evidence=wanted.evidence,
        seen=wanted.seen,
    )  # fmt: skip
    return _whole(moved, request)


@router.post("/cases/{number}/assign", response=WholeCaseOut)
def cases_assign(request: SignedIn, number: Number, wanted: Assigning) -> dict[str, Any]:
    """Hand a case to a person of the responsible organisation."""
    one = queries.case(number, by=request.user)
    people = one.organisation.people.filter(is_active=True)
    person = people.filter(username=wanted.person).first() if wanted.person else None
    if wanted.person and person is None:
        raise NotFoundError(
            f"责任单位没有用户“{wanted.person}”。",
            f"The responsible organisation has nobody called “{wanted.person}”.",
        )
    return _whole(actions.assign(case=one, person=person, by=request.user, seen=wanted.seen), request)


@router.post("/cases/{number}/extend", response=WholeCaseOut)
def cases_extend(request: SignedIn, number: Number, wanted: Steering) -> dict[str, Any]:
    """Extend a clock: an agreed one to a day (``due``), any other by ``number`` of its unit."""
    one = queries.case(number, by=request.user)
    return _whole(actions.extend(case=one, by=request.user, **wanted.dict()), request)


@router.post("/cases/{number}/suspend", response=WholeCaseOut)
def cases_suspend(request: SignedIn, number: Number, wanted: Steering) -> dict[str, Any]:
    """Let a clock stand still."""
    one = queries.case(number, by=request.user)
    given = wanted.dict(include={"reason", "clock", "seen"})
    return _whole(actions.suspend(case=one, by=request.user, **given), request)


@router.post("/cases/{number}/resume", response=WholeCaseOut)
def cases_resume(request: SignedIn, number: Number, wanted: Steering) -> dict[str, Any]:
    """Let a paused clock go on."""
    one = queries.case(number, by=request.user)
    given = wanted.dict(include={"reason", "clock", "seen"})
    return _whole(actions.resume(case=one, by=request.user, **given), request)


@router.post("/cases/{number}/files", response=FileOut)
def cases_attach(request: SignedIn, number: Number, noted: Form[Noted], file: File[UploadedFile]) -> dict[str, Any]:
    """Add a file to a case."""
    one = queries.case(number, by=request.user)
    return _file(actions.attach(case=one, file=file, by=request.user, note=noted.note))


def as_out(row: queries.CaseRow) -> dict[str, Any]:
    """Return a case as the API gives it."""
    case = row.case
    return {
        "case": case.pk, "type": case.type, "subject": case.subject, "title_zh": case.title_zh,
        "title_en": case.title_en, "state": case.state, "state_zh": row.state.zh, "state_en": row.state.en,
        "organisation": case.organisation.code,
        "opener": case.opener_organisation.code if case.opener_organisation else None,
        "person": case.person.username if case.person else None, "place": case.place, "is_open": case.is_open,
        "due": case.due, "provisional": case.provisional, "standing": row.look, "why_zh": row.why.zh,
        "why_en": row.why.en, "version": case.version, "opened_on": case.opened_on,
        "opened_by": case.opened_by.username,
    }  # fmt: skip


def _whole(case: Case, request: SignedIn) -> dict[str, Any]:
    (row,) = queries.case_rows([case])
    return as_out(row) | {
        "detail": case.detail,
        "allowed": [one.move.code for one in queries.allowed_moves(case, request.user)],
        "clocks": [_clock(one) for one in queries.clocks_of(case)],
        "files": [_file(one) for one in queries.attachments_of(case)],
        "trail": [_entry(one) for one in queries.moves_of(case)],
    }


def _clock(clock: CaseClock) -> dict[str, Any]:
    names = (
        "code", "basis", "law", "text", "step", "clause", "certainty", "number", "unit", "event_at", "extension",
        "due", "provisional", "stand",
    )  # fmt: skip
    left = queries.running(clock).remaining
    return {name: getattr(clock, name) for name in names} | {"days_left": left.days if left else None}


def _entry(entry: CaseMove) -> dict[str, Any]:
    names = ("number", "code", "before", "after", "reason", "evidence", "detail", "at", "on")
    return {name: getattr(entry, name) for name in names} | {"by": entry.by.username}


def _file(one: Attachment) -> dict[str, Any]:
    return {
        "file": one.pk, "name": one.name, "size": one.size, "sha256": one.sha256, "note": one.note,
        "added_by": one.added_by.username, "added_at": one.added_at,
    }  # fmt: skip
