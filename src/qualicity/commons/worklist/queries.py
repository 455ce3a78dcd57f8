"""Reads of the desk: the inbox, the digest, the calendar."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db.models import F
from django.utils import timezone
from icalendar import Calendar, Event

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.worklist import permissions
from qualicity.commons.worklist.models import CalendarFeed, Urge
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError, Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.queries import CaseRow, Counts, Narrowing, Whose

PER_PAGE = 30
MOST_URGED = 20
MOST_IN_A_FEED = 500
MOST_IN_A_DIGEST = 1000
FARTHEST = 366


@dataclass(frozen=True, slots=True)
class Inbox:
    """A page of what waits."""

    rows: tuple[CaseRow, ...]
    cursor: str
    counts: Counts
    urged: tuple[CaseRow, ...]
    """What reminders have brought before this person, on the first page."""


@dataclass(frozen=True, slots=True)
class Digest:
    """What is overdue and what falls due within some days."""

    person: Person
    day: date
    days: int
    overdue: tuple[CaseRow, ...]
    due: tuple[CaseRow, ...]


def inbox(
    by: Person, narrowing: Narrowing, *, whose: Whose = "mine", cursor: str = "", limit: int = PER_PAGE
) -> Inbox:
    """Return what waits for a person, or for their whole unit; what is due first at the top."""
    permissions.check_read(by)
    page = cases.waiting_page(by, narrowing, whose=whose, cursor=cursor, limit=limit)
    everything = replace(narrowing, when="")
    return Inbox(
        rows=with_urges(cases.case_rows(page.cases)),
        cursor=page.cursor,
        counts=cases.waiting_counts(by, everything, whose=whose),
        urged=() if cursor else _urged(by),
    )


def with_urges(rows: Sequence[CaseRow]) -> tuple[CaseRow, ...]:
    """Return rows with the rungs that the reminders of their present deadlines have climbed."""
    titles = {one.code: one.title.text for one in catalogue().urging.rungs}
    climbed: dict[int, list[Text]] = {}
    numbers = [one.case.pk for one in rows]
    for urge in Urge.objects.filter(case__in=numbers, due=F("case__due")).order_by("id"):
        climbed.setdefault(urge.case_id, []).append(titles.get(urge.rung, Text(urge.rung, urge.rung)))
    return tuple(replace(one, urged=tuple(climbed.get(one.case.pk, ())[-1:])) for one in rows)


def digest(person: Person, *, by: Person, days: int | None = None) -> Digest:
    """Return what is overdue and what falls due within ``days`` for a person (by default the days of "due soon")."""
    permissions.check_read(by)
    if person.pk != by.pk:
        permissions.check_urge(by)
    days = catalogue().urging.due_soon_days if days is None else days
    if not 0 <= days <= FARTHEST:
        raise InputError(f"天数应在 0 到 {FARTHEST} 之间。", f"The days must be between 0 and {FARTHEST}.")
    at = registry.moment()
    until = at + timedelta(days=days)
    page = cases.waiting_page(person, cases.Narrowing(), whose="mine", limit=MOST_IN_A_DIGEST)
    rows = with_urges(cases.case_rows([one for one in page.cases if one.due and one.due <= until]))
    return Digest(
        person=person,
        day=timezone.localdate(at),
        days=days,
        overdue=tuple(one for one in rows if one.look == "overdue"),
        due=tuple(one for one in rows if one.look != "overdue"),
    )


def digest_text(found: Digest, language: str = "zh-hans") -> str:
    """Return a digest as plain text, to be read, printed or sent."""
    english = language.startswith("en")
    name, day = str(found.person), found.day.isoformat()
    lines = [f"Due soon for {name}, {day}" if english else f"{name}：{day} 到期提醒", ""]
    overdue = f"Overdue: {len(found.overdue)}" if english else f"已逾期 {len(found.overdue)} 件"
    due = (
        f"Due within {found.days} days: {len(found.due)}" if english else f"{found.days} 天内到期 {len(found.due)} 件"
    )
    for heading, rows in ((overdue, found.overdue), (due, found.due)):
        lines += [heading, *(_digest_line(one, language) for one in rows), ""]
    return "\n".join(lines)


def feed(address: str) -> bytes:
    """Return the calendar behind a secret address; the same NotFoundError for a wrong and for an ended one.

    It holds what waits for its person and is due, and never more than the person may see now.
    """
    person = _person_of(address)
    page = cases.waiting_page(person, cases.Narrowing(), whose="mine", limit=MOST_IN_A_FEED)
    rows = cases.case_rows([one for one in page.cases if one.due])
    return _calendar(rows, person.language)


def feed_of(person: Person) -> CalendarFeed | None:
    """Return a person's calendar address that is in use, if there is one."""
    return CalendarFeed.objects.filter(person=person, revoked_at=None).first()


def digest_of(secret: str) -> str:
    """Return what is kept of a secret; 256 random bits need no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _urged(by: Person) -> tuple[CaseRow, ...]:
    """Return the cases that reminders have brought before a person above those whose turn it is."""
    words = [one for one in cases.owners_of(by) if not one.endswith(":")]
    climbed = Urge.objects.filter(case__is_open=True, due=F("case__due")).order_by("-id")
    # one range of an index for each word, as the inbox itself is read
    branches = [climbed.filter(owner=word) for word in words]
    found = {one.pk: one.case_id for branch in branches for one in branch[: MOST_URGED * 3]}
    numbers = list(dict.fromkeys(found[number] for number in sorted(found, reverse=True)))[:MOST_URGED]
    known = cases.still_open(numbers)
    return with_urges(cases.case_rows(known[one] for one in numbers if one in known))


def _digest_line(row: CaseRow, language: str) -> str:
    case, left = row.case, row.left.in_language(language) if row.left else ""
    parts = [case.title(language), *(one.in_language(language) for one in (row.kind, row.state, row.why))]
    return f"- [{case.pk}] {case.due_day} {left} · {' · '.join(parts)}"


def _person_of(address: str) -> Person:
    prefix, _, secret = address.partition(".")
    found = CalendarFeed.objects.select_related("person__organisation").filter(prefix=prefix, revoked_at=None).first()
    if found is None or not hmac.compare_digest(found.digest, digest_of(secret)) or not found.person.is_active:
        raise NotFoundError("没有这个日历地址，或已停用。", "There is no such calendar, or it has been ended.")
    return found.person


def _calendar(rows: Iterable[CaseRow], language: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Qualicity//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Qualicity" if language.startswith("en") else "质城待办")
    for row in rows:
        case, event = row.case, Event()
        event.add("uid", f"case-{case.pk}@qualicity")
        event.add("dtstamp", case.opened_at)
        event.add("sequence", case.version)
        event.add("dtstart", case.due_day)
        event.add("summary", case.title(language))
        words = (row.kind, row.state, row.why)
        event.add("description", " · ".join(one.in_language(language) for one in words))
        event.add("categories", [row.kind.in_language(language)])
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content
