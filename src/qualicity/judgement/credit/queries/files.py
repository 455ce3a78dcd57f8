"""The file of one enterprise: its score with every part, its events by family, what is disputed, its classes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl
from django.db.models import Q

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import NotFoundError, Text
from qualicity.judgement.credit import permissions
from qualicity.judgement.credit.models import Dispute
from qualicity.judgement.credit.queries import pulling, runs
from qualicity.judgement.credit.queries.schemes import scheme
from qualicity.judgement.credit.queries.scoring import class_of, explain_one, standing_veto
from qualicity.methods.code_mapping import Mapped, by_organisation_code, map_code
from qualicity.methods.credit_scoring import PARTS, in_parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import QuerySet

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.registry.models import Enterprise
    from qualicity.definitions.credit import CreditFamily, CreditItem, CreditScheme, EventSource, Veto
    from qualicity.definitions.model import Words
    from qualicity.judgement.credit.models import ClassChange, ScoreRun
    from qualicity.methods.credit_scoring import Line

HIDDEN = Text("（涉及个人，仅建档部门可见）", "(speaks of a person; for those who keep the files)")


@dataclass(frozen=True, slots=True)
class Event:
    """One event as it was pulled: from where, which, when, until when, what about, and whether it was found wrong."""

    source: EventSource
    number: str
    day: date
    until: date | None
    about: str
    issuer: str
    document: str
    submission: int | None
    is_wrong: bool

    def is_over(self, day: date) -> bool:
        """Say whether the event had ended by a day."""
        return self.until is not None and self.until < day


@dataclass(frozen=True, slots=True)
class Point:
    """One part of the score: ``points`` out of 100, and why. ``share`` is what fading left of an event's points."""

    kind: str
    points: float
    why: Text
    item: CreditItem | None = None
    event: Event | None = None
    share: float | None = None


@dataclass(frozen=True, slots=True)
class FamilyPoints:
    """One family: its points out of the weight that it has, and the parts that they are the sum of."""

    family: CreditFamily
    points: float
    parts: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class CreditFile:
    """The file of one enterprise on a day; ``run`` is the run that it agrees with, None where it is newer."""

    enterprise: Enterprise
    scheme: CreditScheme
    as_of: date
    score: float
    credit_class: str
    grade: str
    veto: Veto | None
    families: tuple[FamilyPoints, ...]
    events: tuple[Event, ...]
    disputes: tuple[Dispute, ...]
    changes: tuple[ClassChange, ...]
    run: ScoreRun | None
    number: str
    opened_on: date | None

    @property
    def class_words(self) -> Words:
        """Return what the class is called."""
        return next(one.title for one in self.scheme.classes if one.code == self.credit_class)

    @property
    def checks(self) -> Words:
        """Return how often an enterprise of the class is checked."""
        return next(one.checks for one in self.scheme.classes if one.code == self.credit_class)

    @property
    def disputed(self) -> Mapping[tuple[str, str], Dispute]:
        """Return the latest dispute of each event, by source and number."""
        return {(one.source, one.number): one for one in reversed(self.disputes)}


def find(words: str, *, by: Person) -> QuerySet[Enterprise]:
    """Return the enterprises that a person may see, found by code, older code, name or pinyin initials."""
    accounts.check(by, permissions.READ)
    found = registry.enterprises(place=permissions.own_place(by))
    needle = words.strip()
    code = needle.upper().replace("-", "").replace(" ", "")
    if not needle:
        return found
    if len(code) == 18 and code.isalnum() and code.isascii():
        return found.filter(uscc=code)
    if len(code) == 9 and code.isalnum() and code.isascii() and any(one.isdigit() for one in code):
        return found.filter(organisation_code=code)
    if needle.isascii():
        return found.filter(
            Q(initials__startswith=needle.lower()) | Q(uscc__startswith=code) | Q(name__icontains=needle)
        )
    return found.filter(name__contains=needle)


def file(uscc: str, *, by: Person, as_of: date | None = None) -> CreditFile:
    """Return the file of one enterprise, on the day of the last run where nothing is newer, else today's.

    NotFoundError where there is none that this person may see.
    """
    enterprise = enterprise_seen(uscc, by=by)
    run = runs.latest()
    current = run is not None and as_of in (None, run.as_of) and not runs.is_due(run)
    day = run.as_of if current and run is not None else as_of or registry.moment().date()
    chosen, _ = scheme(day)
    if current and run is not None and runs.standing(run, enterprise.uscc) is not None:
        events = runs.events_of(run, enterprise.uscc)
    else:
        run, events = None, pulling.pull(chosen, enterprises=frame_of([enterprise])).events
    return _file(enterprise, chosen, events, day, run=run, by=by)


def enterprise_seen(uscc: str, *, by: Person) -> Enterprise:
    """Return an enterprise whose file a person may see; NotFoundError otherwise, in the same words as for none."""
    try:
        enterprise = registry.enterprise(uscc)
    except NotFoundError as error:
        if not by.enterprise:
            accounts.check(by, permissions.READ)
        raise permissions.not_there(uscc) from error
    permissions.check_read_file(by, enterprise)
    return enterprise


def frame_of(enterprises: Sequence[Enterprise]) -> pl.DataFrame:
    """Return enterprises as pulling takes them."""
    rows = [
        (one.uscc, one.organisation_code, one.place, one.industry, one.registered_on, one.closed_on)
        for one in enterprises
    ]
    return pl.DataFrame(rows, schema=pulling.REGISTERED, orient="row")


def map_codes(codes: Sequence[str], *, beginnings: Sequence[str] = ()) -> tuple[Mapped, ...]:
    """Return what each code means among the registered enterprises; that is public, nobody needs leave."""
    plain = {"".join(one.split()).replace("-", "").upper() for one in codes}
    older = {one for one in plain if len(one) == 9}
    held = by_organisation_code(
        registry.enterprises().filter(organisation_code__in=older).values_list("uscc", flat=True)
    )
    return tuple(map_code(one, held, beginnings) for one in codes)


def beginnings(*, region: str, kind: str = "") -> tuple[str, ...]:
    """Return the eight characters that a credit code of a region may begin with; ``kind`` such as 91 narrows them."""
    known = catalogue().codes
    pairs = [f"{one.code}{each.code}" for one in known.authorities for each in one.kinds] if known else []
    return tuple(f"{pair}{region}" for pair in pairs if kind in ("", pair))


def _file(
    enterprise: Enterprise,
    chosen: CreditScheme,
    frame: pl.DataFrame,
    day: date,
    *,
    run: ScoreRun | None,
    by: Person,
) -> CreditFile:
    shown = permissions.can_manage_file(by, enterprise) or permissions.speaks_for(by, enterprise.uscc)
    events = [_event(chosen, row, shown=shown) for row in frame.iter_rows(named=True)]
    lines, counted = explain_one(chosen, frame, day)
    parts = [_point(chosen, line, events, counted.rows) for line in lines]
    families = []
    for number, family in enumerate(chosen.families):
        mine = tuple(part for part, line in zip(parts, lines, strict=True) if line.family == number)
        total = sum(line.parts for line in lines if line.family == number)
        families.append(FamilyPoints(family, total / PARTS, mine))
    total = sum(line.parts for line in lines)
    veto = standing_veto(chosen, frame, day)
    standing = runs.standing(run, enterprise.uscc) if run is not None else None
    opened = next((one for one in events if one.source.code == "file_opened"), None)
    return CreditFile(
        enterprise=enterprise,
        scheme=chosen,
        as_of=day,
        score=total / PARTS,
        credit_class=class_of(chosen, total, veto),
        grade=standing.grade if standing is not None else "",
        veto=next((one for one in chosen.vetoes if one.code == veto), None),
        families=tuple(families),
        events=tuple(sorted(events, key=lambda one: (one.day, one.number), reverse=True)),
        disputes=tuple(Dispute.objects.filter(uscc=enterprise.uscc).select_related("case")),
        changes=runs.changes_of(enterprise.uscc),
        run=run,
        number=opened.number if opened else "",
        opened_on=opened.day if opened else None,
    )


def _event(chosen: CreditScheme, row: dict[str, Any], *, shown: bool) -> Event:
    source = chosen.event(row["source"])
    hidden = source.personal and not shown
    return Event(
        source=source, number=row["number"], day=row["day"], until=row["until"],
        about=HIDDEN.zh if hidden else row["about"] or "", issuer=row["issuer"] or "",
        document="" if hidden else row["document"] or "", submission=row["submission_id"],
        is_wrong=row["is_wrong"],
    )  # fmt: skip


def _point(chosen: CreditScheme, line: Line, events: list[Event], rows: Any) -> Point:
    family = chosen.families[line.family]
    points = line.parts / PARTS
    if line.kind == "start":
        return Point("start", points, Text(f"本类起评 {family.start:g} 分", f"the family begins at {family.start:g}"))
    if line.kind == "event" and line.item is not None and line.event is not None:
        item = chosen.items[line.item][1]
        whole = float(in_parts(item.points, family.weight))
        share = line.parts / whole if whole else 0.0
        return Point("event", points, item.why.text, item, events[int(rows[line.event])], share)
    if line.kind == "most" and line.item is not None:
        item = chosen.items[line.item][1]
        why = Text(
            f"“{item.title.zh}”累计不超过 {item.most:g} 分", f"“{item.title.en}” is at most {item.most:g} in all"
        )
        return Point("most", points, why, item)
    bound = family.floor if line.kind == "floor" else family.ceiling
    word = Text(f"本类最低 {bound:g} 分", f"the family is never below {bound:g}")
    if line.kind == "ceiling":
        word = Text(f"本类最高 {bound:g} 分", f"the family is never above {bound:g}")
    return Point(line.kind, points, word)
