"""Minutes of a joint meeting, composed from its agenda, attendance and decisions."""

from __future__ import annotations

from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from qualicity.engines.documents.official.kinds import Resolution, Section, minutes
from qualicity.engines.documents.official.model import Attachment, Attendance, Column, Paragraph, Table
from qualicity.errors import NotPossibleError
from qualicity.publication.reports.queries.papers.binding import tight
from qualicity.publication.reports.queries.papers.pen import Pen, pen

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official.kinds import Issue
    from qualicity.engines.documents.official.model import Document, Runs
    from qualicity.goals.supervision.models import Attendance as Invited
    from qualicity.goals.supervision.models import Decision, Meeting

_FEW = 12
"""More people than this are listed in an attachment."""


def compose(meeting: Meeting, plan: Plan) -> Document:
    """Return the minutes of a meeting; NotPossibleError where none were written."""
    if not meeting.minutes:
        raise NotPossibleError(
            f"“{meeting.title}”还没有印发会议纪要。请先在会议页面填写纪要。",
            f"No minutes of “{meeting.title}” were issued. Write them on the meeting's page first.",
        )
    with_what = pen(plan, meeting.held_on)
    voice, page = with_what.voice, f"/supervision/meetings/{meeting.pk}/"
    decisions = list(meeting.decisions.all())
    count = with_what.number("meeting/decisions", len(decisions), unit="项", href=page)
    resolved = (
        voice.say("minutes.resolved_count", count=count) if decisions else (voice.text("minutes.resolved_none"),)
    )
    said = [Paragraph((tight(line.strip()),)) for line in meeting.minutes.splitlines() if line.strip()]
    if missing := "、".join(row.organisation.title_zh for row in _rows(meeting, present=False)):
        said.append(Paragraph(voice.say("minutes.missing", listed=missing)))
    document = minutes(
        title=voice.plain("minutes.title", title=meeting.title),
        opening=_opening(meeting, with_what, page),
        sections=(
            Section(voice.text("minutes.agenda"), (Paragraph(_agenda(meeting)),)),
            Section(voice.text("minutes.said"), tuple(said)),
            Section(voice.text("minutes.resolved"), (Paragraph(resolved),)),
        ),
        issue=_issue(meeting, with_what),
        attendance=_attendance(meeting, with_what),
        resolutions=[_resolution(one, with_what) for one in decisions],
        resolutions_caption=voice.text("minutes.table"),
    )
    return replace(document, attachments=_roster(meeting, with_what))


def _opening(meeting: Meeting, with_what: Pen, page: str) -> Runs:
    voice, rows = with_what.voice, list(meeting.attendance.all())
    present = sum(row.present is True for row in rows)
    return voice.say(
        "minutes.opening",
        day=voice.day(meeting.held_on),
        chair=voice.say("minutes.chaired", chair=meeting.chair) if meeting.chair else None,
        venue=voice.say("minutes.at", venue=meeting.venue) if meeting.venue else None,
        title=meeting.title,
        items=with_what.number("meeting/agenda", len(meeting.agenda.all()), unit="项", href=page),
        invited=with_what.number("meeting/invited", len(rows), unit="家", href=page),
        present=with_what.number("meeting/present", present, unit="家", href=page),
    )


def _agenda(meeting: Meeting) -> Runs:
    return ("；".join(tight(one.title).rstrip("。；") for one in meeting.agenda.all()) + "。",)


def _resolution(one: Decision, with_what: Pen) -> Resolution:
    voice = with_what.voice
    runs: Runs = (tight(one.text),)
    if one.task is not None:
        number, assigned = one.task, one.assignment_id
        href = f"/tasks/assignments/{assigned}/" if assigned else f"/plan/tasks/{number}/"
        task = with_what.number("meeting/task", number, href=href)
        runs = voice.say("minutes.task", text=tight(one.text).rstrip("。"), task=task)
    return Resolution(runs, one.organisation.title_zh if one.organisation else "", one.deadline)


def _attendance(meeting: Meeting, with_what: Pen) -> tuple[Attendance, ...]:
    """Return who was there; where there are many, the roster is an attachment."""
    voice = with_what.voice
    present = _rows(meeting, present=True)
    many = len(present) > _FEW
    people = (
        (voice.text("minutes.listed"),) if many else tuple(f"{row.organisation.title_zh}{row.who}" for row in present)
    )
    return (Attendance(voice.text("minutes.present"), people),) if people else ()


def _roster(meeting: Meeting, with_what: Pen) -> tuple[Attachment, ...]:
    """Return the list of those who came, two side by side."""
    voice, rows = with_what.voice, _rows(meeting, present=True)
    if len(rows) <= _FEW:
        return ()
    columns = (
        Column(voice.text("minutes.column_number"), align="center", share=0.6),
        Column(voice.text("minutes.column_unit"), share=2),
        Column(voice.text("minutes.column_who"), share=1.6),
    )
    cells: list[tuple[Runs, ...]] = [
        ((str(at),), (row.organisation.title_zh,), (row.who,)) for at, row in enumerate(rows, 1)
    ]
    half = (len(cells) + 1) // 2
    empty: tuple[Runs, ...] = ((), (), ())
    lines = tuple(left + right for left, right in zip_longest(cells[:half], cells[half:], fillvalue=empty))
    return (Attachment(voice.text("minutes.roster"), (Table(columns * 2, lines),)),)


def _rows(meeting: Meeting, *, present: bool) -> list[Invited]:
    return [row for row in meeting.attendance.all() if row.present is present]


def _issue(meeting: Meeting, with_what: Pen) -> Issue:
    voice, day = with_what.voice, meeting.held_on
    number = voice.plain("minutes.number", word=with_what.word, year=str(day.year), number=str(meeting.number))
    issued = meeting.minuted_on or day
    found = with_what.issue(number=number, signed_on=issued, subject=voice.text("minutes.subject"))
    return replace(
        found,
        letterhead=voice.plain("minutes.letterhead", city=with_what.city),
        addressees="",
        signers=(),
        signed_on=None,
    )
