"""The inbox over the API."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from ninja import Field, Query, Router, Schema

from qualicity.commons.accounts.queries import SignedIn
from qualicity.commons.cases.queries import Narrowing
from qualicity.commons.worklist import actions, queries

router = Router(tags=["inbox"])

Word = Annotated[str, Field(max_length=200, pattern=r"^[^\u0000]*$")]


class Wanted(Schema):
    """What of the inbox is asked for."""

    whose: Literal["mine", "unit"] = "mine"
    type: Word = ""
    when: Literal["", "overdue", "soon", "later", "none"] = ""
    cursor: Word = ""
    limit: Annotated[int, Field(ge=1, le=1000)] = 50


class WaitingOut(Schema):
    """One case that waits."""

    case: int
    type: str
    title_zh: str
    title_en: str
    state: str
    organisation: str
    person: str | None
    due: date | None
    standing: str
    left_zh: str
    left_en: str
    why_zh: str
    why_en: str
    urged: list[str]


class InboxOut(Schema):
    """A page of what waits; counts end at 10 000."""

    items: list[WaitingOut]
    next: str | None
    total: int
    overdue: int
    soon: int


class UrgedOut(Schema):
    """How many reminders climbed to each rung."""

    count: int
    rungs: dict[str, int]


@router.get("/inbox", response=InboxOut)
def inbox(request: SignedIn, wanted: Query[Wanted]) -> dict[str, Any]:
    """Return what waits for you or your unit, what is due first at the top."""
    found = queries.inbox(
        request.user, Narrowing(type=wanted.type, when=wanted.when), whose=wanted.whose, cursor=wanted.cursor,
        limit=wanted.limit,
    )  # fmt: skip
    items = [
        {
            "case": one.case.pk, "type": one.case.type, "title_zh": one.case.title_zh,
            "title_en": one.case.title_en, "state": one.case.state, "organisation": one.case.organisation.code,
            "person": one.case.person.username if one.case.person else None, "due": one.case.due_day,
            "standing": one.look, "left_zh": one.left.zh if one.left else "",
            "left_en": one.left.en if one.left else "",
            "why_zh": one.why.zh, "why_en": one.why.en, "urged": [text.zh for text in one.urged],
        }
        for one in found.rows
    ]  # fmt: skip
    counts = found.counts
    return {
        "items": items, "next": found.cursor or None, "total": counts.all, "overdue": counts.overdue,
        "soon": counts.soon,
    }  # fmt: skip


@router.post("/inbox/urge", response=UrgedOut)
def inbox_urge(request: SignedIn) -> dict[str, Any]:
    """Let reminders climb; each rung of a deadline is recorded once."""
    found = actions.urge(by=request.user)
    return {"count": found.count, "rungs": found.rungs}
