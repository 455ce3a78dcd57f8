"""Circulars and letters to be read, with their facts and whether they were answered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import Text
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.lifecycle import ANSWERED_KINDS, CircularState, Kind
from qualicity.goals.supervision.models import Addressee, Circular, Fact
from qualicity.goals.tasks.queries import unit_of

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Plan
    from qualicity.goals.tasks.queries import Unit

NAMES = {
    Kind.PRAISE: Text("表扬通报", "circular of praise"),
    Kind.CRITICISM: Text("批评通报", "circular of criticism"),
    Kind.LETTER: Text("督办单", "supervision letter"),
}


@dataclass(frozen=True, slots=True)
class BoundFact:
    """One sentence of a circular with the figure that it is bound to, where it was looked up and on which day."""

    number: int
    organisation: Unit
    kind: str
    subject: str
    text: Text
    value: float | None
    unit: str
    day: date
    link: str


@dataclass(frozen=True, slots=True)
class Addressed:
    """An organisation that a circular speaks of, what it says of it, and how its answer stands."""

    organisation: Unit
    facts: tuple[BoundFact, ...]
    case: int | None
    answer: str


@dataclass(frozen=True, slots=True)
class CircularView:
    """A circular as it is read, printed or made into an official document."""

    number: int
    plan: str
    kind: str
    name: Text
    title: str
    mark: Text
    as_of: date
    opening: str
    closing: str
    state: str
    reply_by: date | None
    issued_on: date | None
    addressees: tuple[Addressed, ...]

    @property
    def needs_answer(self) -> bool:
        """Return whether those addressed must answer."""
        return self.kind in ANSWERED_KINDS

    @property
    def facts(self) -> tuple[BoundFact, ...]:
        """Return every fact, organisation by organisation."""
        return tuple(fact for one in self.addressees for fact in one.facts)


def circulars(
    *, plan: Plan, by: Somebody, kind: str = "", organisation: str = "", as_of: date | None = None
) -> tuple[CircularView, ...]:
    """Return the circulars, the latest first: issued ones, and drafts for who manages supervision.

    With ``as_of`` only what had been issued by that day.
    """
    accounts.check(by, permissions.READ)
    found = Circular.objects.filter(plan=plan.code)
    if as_of is not None:
        found = found.filter(state=CircularState.ISSUED, issued_on__lte=as_of)
    elif not accounts.can(by, permissions.MANAGE):
        found = found.filter(state=CircularState.ISSUED)
    if kind:
        found = found.filter(kind=kind)
    if organisation:
        found = found.filter(addressees__organisation__code=organisation)
    return _views(tuple(found))


def circular(*, number: int, by: Somebody) -> CircularView:
    """Return one circular; drafts are for who manages supervision."""
    accounts.check(by, permissions.READ)
    found = Circular.objects.filter(pk=number).first()
    hidden = found is not None and found.state != CircularState.ISSUED and not accounts.can(by, permissions.MANAGE)
    if found is None or hidden:
        raise permissions.not_there("通报", "circular", number)
    return _views((found,))[0]


def _views(found: tuple[Circular, ...]) -> tuple[CircularView, ...]:
    facts: dict[tuple[int, int], list[Fact]] = {}
    for fact in Fact.objects.filter(circular__in=found).select_related("organisation"):
        facts.setdefault((fact.circular_id, fact.organisation_id), []).append(fact)
    addressed: dict[int, list[Addressee]] = {}
    for one in Addressee.objects.filter(circular__in=found).select_related("organisation", "case"):
        addressed.setdefault(one.circular_id, []).append(one)
    return tuple(_view(one, addressed.get(one.pk, []), facts) for one in found)


def _view(one: Circular, addressed: list[Addressee], facts: dict[tuple[int, int], list[Fact]]) -> CircularView:
    mark = Text(f"〔{one.year}〕{one.number} 号", f"no. {one.number} of {one.year}") if one.number else Text("", "")
    return CircularView(
        number=one.pk,
        plan=one.plan,
        kind=one.kind,
        name=NAMES[Kind(one.kind)],
        title=one.title,
        mark=mark,
        as_of=one.as_of,
        opening=one.opening,
        closing=one.closing,
        state=one.state,
        reply_by=one.reply_by,
        issued_on=one.issued_on,
        addressees=tuple(
            Addressed(
                organisation=unit_of(each.organisation),
                facts=tuple(_bound(fact) for fact in facts.get((one.pk, each.organisation_id), ())),
                case=each.case_id,
                answer=each.case.state if each.case else "",
            )
            for each in addressed
        ),
    )


def _bound(fact: Fact) -> BoundFact:
    return BoundFact(
        number=fact.pk,
        organisation=unit_of(fact.organisation),
        kind=fact.kind,
        subject=fact.subject,
        text=Text(fact.text_zh, fact.text_en),
        value=fact.value,
        unit=fact.unit,
        day=fact.day,
        link=fact.link,
    )
