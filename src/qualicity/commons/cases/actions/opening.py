"""Opening cases, one or many at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import lifecycle
from qualicity.commons.cases.actions.timing import carry, check_due, check_laws, enter
from qualicity.commons.cases.actions.writing import at_day, owner_of
from qualicity.commons.cases.models import Case, CaseClock, CaseMove
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.cases import CaseType

BATCH = 1000


@dataclass(frozen=True, slots=True)
class NewCase:
    """One case to be opened: what it is about, who answers for it, by when."""

    subject: str
    title_zh: str
    organisation: Organisation | str
    title_en: str = ""
    person: Person | None = None
    place: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)
    due: date | None = None
    enterprise: str = ""


@transaction.atomic
def open_case(
    *,
    type: str,
    subject: str,
    title_zh: str,
    organisation: Organisation | str,
    by: Person,
    title_en: str = "",
    person: Person | None = None,
    place: str = "",
    detail: Mapping[str, Any] | None = None,
    due: date | None = None,
    on: date | None = None,
    enterprise: str = "",
) -> Case:
    """Open a case under the laws in force on its day; ``due`` is the agreed deadline where its type has one.

    Raises NotAllowedError, InputError, NotFoundError (a law without a text for the day), NotPossibleError.
    """
    new = NewCase(
        subject=subject, title_zh=title_zh, title_en=title_en, organisation=organisation, person=person, place=place,
        detail=detail or {}, due=due, enterprise=enterprise,
    )  # fmt: skip
    (case,) = _open(lifecycle.case_type(type), [new], by=by, on=on)
    audit.record(
        by=by, verb="cases.open", subject=f"case:{case.pk}",
        detail={"type": case.type, "about": case.subject, "organisation": case.organisation.code,
                "title": case.title_zh, "due": case.due.isoformat() if case.due else None},
    )  # fmt: skip
    return case


@transaction.atomic
def open_many(*, type: str, items: Iterable[NewCase], by: Person, on: date | None = None) -> tuple[Case, ...]:
    """Open many cases of one type, all or none; the audit trail has one record for the batch.

    Raises what ``open_case`` raises, naming the first item that cannot be opened.
    """
    kind = lifecycle.case_type(type)
    opened = _open(kind, list(items), by=by, on=on)
    if opened:
        audit.record(
            by=by, verb="cases.open_many", subject=f"case_type:{kind.code}",
            detail={"count": len(opened), "first": opened[0].pk, "last": opened[-1].pk,
                    "about": [one.subject for one in opened[:50]]},
        )  # fmt: skip
    return opened


def _open(kind: CaseType, items: list[NewCase], *, by: Person, on: date | None) -> tuple[Case, ...]:
    moment, day = at_day(on)
    check_laws(kind, day)
    units = _organisations(items)
    allowed: set[int] = set()
    for item in items:
        unit = units[_code(item.organisation)]
        if item.enterprise and item.enterprise == by.enterprise:
            accounts.check(by, kind.opening.enterprise or kind.opening.permission)
        elif unit.pk not in allowed:
            accounts.check(by, kind.opening.permission, organisation=unit)
            allowed.add(unit.pk)
        _check(kind, item, moment)
    cases = [_case(kind, item, units[_code(item.organisation)], by=by, moment=moment, day=day) for item in items]
    _check_once(kind, cases)
    clocks = [_timed(case, kind, item, moment) for case, item in zip(cases, items, strict=True)]
    _insert(kind, cases)
    CaseClock.objects.bulk_create([one for some in clocks for one in some], batch_size=BATCH)
    CaseMove.objects.bulk_create(
        [
            CaseMove(case=one, number=1, code="open", after=one.state, by=by, at=registry.moment(), on=day)
            for one in cases
        ],
        batch_size=BATCH,
    )
    return tuple(cases)


def _timed(case: Case, kind: CaseType, item: NewCase, moment: datetime) -> list[CaseClock]:
    clocks = enter(case, kind, kind.start, event=moment, due=item.due)
    carry(case, clocks)
    return clocks


def _case(kind: CaseType, item: NewCase, unit: Organisation, *, by: Person, moment: datetime, day: date) -> Case:
    case = Case(
        type=kind.code, subject=item.subject.strip(), title_zh=item.title_zh.strip(), title_en=item.title_en.strip(),
        organisation=unit, opener_organisation=by.organisation, person=item.person, place=item.place,
        enterprise=item.enterprise,
        detail=dict(item.detail), state=kind.start, opened_by=by, opened_at=moment, opened_on=day, last_by=by,
        entries=1, once_key=f"{kind.code}|{item.subject.strip()}" if kind.opening.once_per_subject else None,
    )  # fmt: skip
    case.owner = owner_of(case, kind)
    return case


def _check(kind: CaseType, item: NewCase, moment: datetime) -> None:
    if not item.title_zh.strip():
        raise InputError("请写明事项名称。", "A case needs a title.")
    if ":" not in item.subject:
        raise InputError(
            f"事由“{item.subject}”应写作“类别:代码”，如 task:12。",
            f"The subject “{item.subject}” must be written kind:code, such as task:12.",
        )
    if kind.opening.needs_due and item.due is None:
        raise InputError(f"“{item.title_zh}”：请写明完成时限。", f"“{item.title_zh}”: give the deadline.")
    if item.due is not None:
        if not kind.opening.needs_due:
            raise InputError(
                f"“{kind.title.zh}”的时限由规则确定，不能另行约定。",
                f"The deadlines of “{kind.title.en}” are set by its rules; none can be agreed.",
            )
        check_due(item.due, moment)


def _check_once(kind: CaseType, cases: list[Case]) -> None:
    keys = [one.once_key for one in cases if one.once_key]
    taken = Case.objects.filter(once_key__in=keys).first() if keys else None
    if taken is not None or len(set(keys)) < len(keys):
        raise _only_once(kind, taken)


def _insert(kind: CaseType, cases: list[Case]) -> None:
    try:
        with transaction.atomic():
            Case.objects.bulk_create(cases, batch_size=BATCH)
    except IntegrityError as error:  # somebody opened it between the question and the answer
        if not kind.opening.once_per_subject:
            raise
        raise _only_once(kind, None) from error


def _only_once(kind: CaseType, taken: Case | None) -> NotPossibleError:
    return NotPossibleError(
        f"“{kind.title.zh}”只能提出一次" + (f"（见第 {taken.pk} 号事项）。" if taken else "。"),
        f"“{kind.title.en}” can be raised only once" + (f" (see case {taken.pk})." if taken else "."),
    )


def _organisations(items: list[NewCase]) -> dict[str, Organisation]:
    found = {one.organisation.code: one.organisation for one in items if not isinstance(one.organisation, str)}
    wanted = {one.organisation for one in items if isinstance(one.organisation, str)} - set(found)
    found |= {one.code: one for one in accounts.organisations(active_only=False).filter(code__in=wanted)}
    for code in wanted - set(found):
        accounts.organisation(code)  # raises, and names the nearest
    return found


def _code(organisation: Organisation | str) -> str:
    return organisation if isinstance(organisation, str) else organisation.code
