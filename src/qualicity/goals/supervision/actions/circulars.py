"""Circulars and letters: drafted from facts, issued with a number, to be answered; what is not answered climbs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.cases import actions as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.goals.supervision import lifecycle, permissions
from qualicity.goals.supervision.lifecycle import ANSWERED_KINDS, CircularState, Kind
from qualicity.goals.supervision.models import Addressee, Circular, Fact
from qualicity.goals.supervision.queries.facts import CountedFact, UnitFacts, facts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import date

    from qualicity.commons.accounts.models import Person
    from qualicity.definitions.plans import Plan

CASE_TYPE = "supervision_letter"


@transaction.atomic
def draft(
    *,
    plan: Plan,
    kind: str,
    title: str,
    as_of: date,
    by: Person,
    organisations: Collection[str] = (),
    reply_by: date | None = None,
    opening: str = "",
    closing: str = "",
) -> Circular:
    """Draft a circular from what was counted on a day; by default of every organisation with facts enough.

    Criticism and letters take what speaks against an organisation, praise what speaks for it. Each figure stays bound
    to what it was counted from.
    """
    accounts.check(by, permissions.MANAGE)
    if not title.strip():
        raise InputError("请填写标题。", "Give it a title.")
    chosen = _chosen(facts(plan=plan, as_of=as_of, by=by), Kind(kind), organisations)
    if kind == Kind.LETTER and len(chosen) != 1:
        raise InputError("督办单只发给一个单位。", "A letter goes to exactly one organisation.")
    made = Circular.objects.create(
        plan=plan.code, kind=kind, title=title.strip()[:200], as_of=as_of, opening=opening.strip(),
        closing=closing.strip(), reply_by=reply_by, drafted_by=by, drafted_at=registry.moment(),
    )  # fmt: skip
    _keep_facts(made, chosen)
    audit.record(
        by=by, verb="supervision.draft", subject=f"circular:{made.pk}",
        detail={"kind": kind, "title": made.title, "organisations": [one.organisation.code for one, _ in chosen]},
    )  # fmt: skip
    return made


def _keep_facts(made: Circular, chosen: list[tuple[UnitFacts, tuple[CountedFact, ...]]]) -> None:
    units = {one.code: one for one in accounts.organisations()}
    Addressee.objects.bulk_create(
        [Addressee(circular=made, organisation=units[one.organisation.code]) for one, _ in chosen]
    )
    Fact.objects.bulk_create(
        [
            Fact(
                circular=made,
                organisation=units[one.organisation.code],
                order=order,
                kind=fact.kind,
                subject=fact.subject,
                text_zh=fact.zh[:500],
                text_en=fact.en[:500],
                value=fact.value,
                unit=fact.unit,
                day=fact.day,
                link=fact.link,
            )
            for one, found in chosen
            for order, fact in enumerate(found, 1)
        ]
    )


def _chosen(
    every: Sequence[UnitFacts], kind: Kind, organisations: Collection[str]
) -> list[tuple[UnitFacts, tuple[CountedFact, ...]]]:
    praise = kind == Kind.PRAISE
    wanted = Kind.PRAISE if praise else Kind.CRITICISM
    found = [
        (one, one.good if praise else one.bad)
        for one in every
        if (one.organisation.code in organisations if organisations else one.deserves == wanted)
    ]
    without = set(organisations) - {one.organisation.code for one, given in found if given}
    if without:
        raise InputError(
            f"没有可据以{'表扬' if praise else '批评、督办'}的事实：{'、'.join(sorted(without))}。",
            f"No fact was counted to {'praise' if praise else 'criticise'} these for: {', '.join(sorted(without))}.",
        )
    if not found:
        raise NotPossibleError(
            "按当日事实，没有需要通报的单位。", "By the facts of the day there is nobody to be named."
        )
    return found


@transaction.atomic
def change(
    *,
    circular: int,
    title: str,
    opening: str,
    closing: str,
    by: Person,
    reply_by: date | None = None,
    without_facts: Collection[int] = (),
) -> Circular:
    """Change the words around the facts of a draft, or leave facts out; a fact itself is never reworded."""
    one = _open(circular, "change", by)
    if not title.strip():
        raise InputError("请填写标题。", "Give it a title.")
    left_out = list(one.facts.filter(pk__in=without_facts).values_list("text_zh", flat=True))
    one.facts.filter(pk__in=without_facts).delete()
    one.addressees.exclude(organisation__in=one.facts.values("organisation")).delete()
    if not one.addressees.exists():
        raise InputError("至少保留一个单位的一条事实。", "Keep at least one fact of one organisation.")
    one.title, one.opening, one.closing = title.strip()[:200], opening.strip(), closing.strip()
    one.reply_by = reply_by
    one.save(update_fields=["title", "opening", "closing", "reply_by"])
    audit.record(
        by=by, verb="supervision.change", subject=f"circular:{one.pk}",
        detail={"title": one.title, "left_out": left_out},
    )  # fmt: skip
    return one


@transaction.atomic
def issue(*, circular: int, by: Person, on: date | None = None) -> Circular:
    """Issue a circular with the year's next number; criticism opens, for each organisation, what must be answered."""
    one = _open(circular, "issue", by)
    day = on or timezone.localdate(registry.moment())
    if one.kind in ANSWERED_KINDS and (one.reply_by is None or one.reply_by < day):
        raise InputError(
            "请先填写答复时限，且不早于印发日期。",
            "Set the day by which they must answer, from the day of issue on.",
        )
    last = Circular.objects.filter(plan=one.plan, year=day.year).aggregate(last=Max("number"))["last"] or 0
    one.state, one.year, one.number = lifecycle.CIRCULAR_MOVES["issue"].after, day.year, last + 1
    one.issued_on, one.issued_by = day, by
    one.save(update_fields=["state", "year", "number", "issued_on", "issued_by"])
    if one.kind in ANSWERED_KINDS:
        _open_answers(one, by, day)
    audit.record(
        by=by, verb="supervision.issue", subject=f"circular:{one.pk}",
        detail={"kind": one.kind, "number": one.number, "year": one.year, "day": day.isoformat()},
    )  # fmt: skip
    return one


def _open_answers(one: Circular, by: Person, day: date) -> None:
    addressed = list(one.addressees.select_related("organisation"))
    said: dict[int, list[str]] = {each.organisation_id: [] for each in addressed}
    for fact in one.facts.all():
        said[fact.organisation_id].append(fact.text_zh)
    opened = cases.open_many(
        type=CASE_TYPE,
        items=[
            cases.NewCase(
                subject=f"circular:{one.pk}",
                title_zh=f"{one.title}（{each.organisation.title_zh}）"[:300],
                title_en=f"{one.title} ({each.organisation.title_en})"[:300],
                organisation=each.organisation,
                place=each.organisation.place,
                detail={"facts": said[each.organisation_id]},
                due=one.reply_by,
            )
            for each in addressed
        ],
        by=by,
        on=day,
    )
    for each, case in zip(addressed, opened, strict=True):
        each.case = case
    Addressee.objects.bulk_update(addressed, ["case"])


@transaction.atomic
def drop(*, circular: int, reason: str, by: Person) -> Circular:
    """Drop a draft; it is kept."""
    one = _open(circular, "drop", by)
    one.state = lifecycle.CIRCULAR_MOVES["drop"].after
    one.save(update_fields=["state"])
    audit.record(by=by, verb="supervision.drop", subject=f"circular:{one.pk}", detail={"reason": reason})
    return one


@transaction.atomic
def climb(*, plan: Plan, by: Person, on: date | None = None) -> tuple[Addressee, ...]:
    """Bring to accountability what was not answered in time; return what climbed."""
    accounts.check(by, permissions.MANAGE)
    day = on or timezone.localdate(registry.moment())
    late = Addressee.objects.filter(
        circular__plan=plan.code, circular__state=CircularState.ISSUED, circular__reply_by__lt=day,
        case__state="issued",
    ).select_related("circular", "case", "organisation")  # fmt: skip
    found = tuple(late)
    for one in found:
        assert one.case is not None
        reason = f"未在 {one.circular.reply_by} 前答复“{one.circular.title}”，按方案追究责任。"
        one.case = cases.move(case=one.case, move="escalate", reason=reason, by=by, on=day)
    return found


def _open(number: int, verb: str, by: Person) -> Circular:
    accounts.check(by, permissions.MANAGE)
    one = Circular.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if one is None:
        raise permissions.not_there("通报", "circular", number)
    lifecycle.check(lifecycle.CIRCULAR_MOVES, verb, one.state, title=one.title)
    return one
