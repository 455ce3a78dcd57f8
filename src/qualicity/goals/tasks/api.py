"""Assignments, implementation plans and units' targets over the API."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from ninja import Field, File, Form, Path, Router, Schema
from ninja.files import UploadedFile

from qualicity.commons.registry import queries as registry
from qualicity.goals.tasks import actions, queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

router = Router(tags=["tasks"])

# NUL cannot be stored by PostgreSQL; numbers beyond 2^53 are nobody's.
Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]
Prose = Annotated[str, Field(min_length=1, max_length=4000, pattern=r"^[^\u0000]*$")]
Number = Annotated[int, Path(ge=1, le=2**53)]
Code = Annotated[str, Field(max_length=60, pattern=r"^[a-z0-9_-]*$")]
LightName = Literal["", "green", "blue", "yellow", "red"]


class WordsOut(Schema):
    """Words in both languages."""

    zh: str
    en: str


class AssignmentOut(Schema):
    """One assignment as it stands on a day."""

    number: int
    level: str | None
    task: int
    strategy: int
    title: WordsOut
    organisation: str
    counterpart: str | None
    role: str
    section: str
    post: str
    person: str
    duty: WordsOut
    start: date
    deadline: date
    quality: str
    quantity: str
    responsibility: str
    state: str
    progress: int
    evidence: int
    reported: date | None
    handed_in: date | None
    closed: date | None
    case: int | None
    light: str
    reason: WordsOut
    missing: list[str]


class ReportOut(Schema):
    """One report of progress."""

    assignment: int
    percent: int
    milestone: str
    text: str
    day: date


class Reporting(Schema):
    """What is reported."""

    percent: Annotated[int, Field(ge=0, le=100)]
    text: Prose
    milestone: Word = ""


class UnitPlanOut(Schema):
    """One unit's implementation plan."""

    organisation: str
    number: int | None
    title: str
    due: date
    filed_on: date | None
    state: str


class LocalTargetOut(Schema):
    """One unit's own target and how it stands."""

    indicator: str
    organisation: str
    aim: float
    weaker: bool
    value: float | None
    status: str
    pace: str | None
    note: str


def _words(words: Any) -> dict[str, str]:
    return {"zh": words.zh, "en": words.en}


def plain(row: queries.AssignmentRow) -> dict[str, Any]:
    """Return an assignment as plain JSON holds it."""
    kept = (
        "number", "task", "strategy", "role", "section", "post", "person", "start", "deadline", "quality", "quantity",
        "responsibility", "state", "progress", "evidence", "reported", "handed_in", "closed", "case",
    )  # fmt: skip
    return {name: getattr(row, name) for name in kept} | {
        "level": row.level.code if row.level else None,
        "title": _words(row.title),
        "organisation": row.organisation.code,
        "counterpart": row.counterpart.code if row.counterpart else None,
        "duty": _words(row.duty),
        "light": row.light.value,
        "reason": _words(row.reason),
        "missing": list(row.missing),
    }


@router.get("/tasks/assignments", response=list[AssignmentOut])
def assignments(
    request: SignedIn,
    *,
    organisation: Code = "",
    task: Annotated[int | None, Field(ge=1, le=10000)] = None,
    light: LightName = "",
    level: Code = "",
    limit: Annotated[int, Field(ge=1, le=10000)] = 1000,
) -> Any:
    """Return assignments as they stand on the standing day, narrowed by organisation, task, light and level."""
    standing = registry.standing(request.GET)
    wanted = queries.Wanted(task=task, organisation=organisation, light=light, level=level)
    rows = queries.assignments(plan=standing.plan, as_of=standing.as_of, by=request.user, wanted=wanted)
    return [plain(one) for one in rows[:limit]]


@router.get("/tasks/assignments/{number}", response=AssignmentOut)
def assignment(request: SignedIn, number: Number) -> Any:
    """Return one assignment."""
    standing = registry.standing(request.GET)
    return plain(queries.assignment(plan=standing.plan, number=number, as_of=standing.as_of, by=request.user))


@router.post("/tasks/assignments/{number}/reports", response=ReportOut)
def report(
    request: SignedIn, number: Number, reporting: Form[Reporting], file: File[UploadedFile | None] = None
) -> Any:
    """Report progress on an assignment, with a file as evidence."""
    files = [file] if file else []
    made = actions.report(assignment=number, files=files, by=request.user, **reporting.dict())
    return {
        "assignment": number,
        "percent": made.percent,
        "milestone": made.milestone,
        "text": made.text,
        "day": made.day,
    }


@router.get("/tasks/plans", response=list[UnitPlanOut])
def plans(request: SignedIn) -> Any:
    """Return every member unit's implementation plan."""
    standing = registry.standing(request.GET)
    rows = queries.unit_plans(plan=standing.plan, as_of=standing.as_of, by=request.user)
    kept = ("number", "title", "due", "filed_on", "state")
    return [{"organisation": one.organisation.code} | {name: getattr(one, name) for name in kept} for one in rows]


@router.get("/tasks/targets", response=list[LocalTargetOut])
def targets(request: SignedIn) -> Any:
    """Return the targets broken down to units, each followed on its own value."""
    standing = registry.standing(request.GET)
    rows = queries.local_targets(plan=standing.plan, as_of=standing.as_of, by=request.user)
    return [
        {
            "indicator": one.indicator.code,
            "organisation": part.organisation.code,
            "aim": part.aim,
            "weaker": part.weaker,
            "value": part.value.shown[0],
            "status": part.value.status.value,
            "pace": part.value.pace.value if part.value.pace else None,
            "note": part.note,
        }
        for one in rows
        for part in one.parts
    ]
