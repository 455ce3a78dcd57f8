"""Joint meetings: planned with an agenda, held with who was there, decided, minuted; decisions become assignments."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotPossibleError
from qualicity.goals.supervision import lifecycle, permissions
from qualicity.goals.supervision.models import AgendaItem, Attendance, Decision, Meeting
from qualicity.goals.tasks import actions as tasks

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@transaction.atomic
def plan_meeting(
    *,
    plan: Plan,
    title: str,
    held_on: date,
    agenda: Iterable[str],
    invited: Iterable[Organisation],
    by: Person,
    venue: str = "",
    chair: str = "",
) -> Meeting:
    """Plan a joint meeting: when and where, what is on the agenda, who is invited."""
    accounts.check(by, permissions.MANAGE)
    items, units = [one.strip() for one in agenda if one.strip()], list(invited)
    if not title.strip() or not items:
        raise InputError("请填写会议名称和至少一项议题。", "Give the meeting a title and at least one item.")
    last = Meeting.objects.filter(plan=plan.code).aggregate(last=Max("number"))["last"] or 0
    made = Meeting.objects.create(
        plan=plan.code, number=last + 1, title=title.strip()[:200], held_on=held_on, venue=venue.strip()[:200],
        chair=chair.strip()[:200], made_by=by, made_at=registry.moment(),
    )  # fmt: skip
    AgendaItem.objects.bulk_create(
        [AgendaItem(meeting=made, order=order, title=one[:300]) for order, one in enumerate(items, 1)]
    )
    Attendance.objects.bulk_create([Attendance(meeting=made, organisation=one) for one in units])
    audit.record(
        by=by, verb="supervision.plan_meeting", subject=f"meeting:{made.pk}",
        detail={"title": made.title, "day": held_on.isoformat(), "agenda": items, "invited": [u.code for u in units]},
    )  # fmt: skip
    return made


@transaction.atomic
def hold(*, meeting: int, present: Mapping[str, str], by: Person) -> Meeting:
    """Record that a meeting was held: by the code of each organisation that came, who came for it."""
    one = _open(meeting, "hold", by)
    if one.held_on > registry.today():
        raise NotPossibleError(
            f"会议定于 {one.held_on} 召开，还没有到。", f"The meeting is on {one.held_on}, which is yet to come."
        )
    rows = list(Attendance.objects.filter(meeting=one).select_related("organisation"))
    unknown = set(present) - {row.organisation.code for row in rows}
    if unknown:
        raise InputError(
            f"未邀请的单位：{'、'.join(sorted(unknown))}。", f"These were not invited: {', '.join(sorted(unknown))}."
        )
    for row in rows:
        row.present, row.who = row.organisation.code in present, present.get(row.organisation.code, "").strip()[:100]
    Attendance.objects.bulk_update(rows, ["present", "who"])
    one.state = lifecycle.MEETING_MOVES["hold"].after
    one.save(update_fields=["state"])
    audit.record(
        by=by, verb="supervision.hold", subject=f"meeting:{one.pk}",
        detail={"present": sorted(present), "absent": sorted(r.organisation.code for r in rows if not r.present)},
    )  # fmt: skip
    return one


@transaction.atomic
def decide(
    *,
    meeting: int,
    text: str,
    by: Person,
    organisation: Organisation | None = None,
    task: int | None = None,
    deadline: date | None = None,
) -> Decision:
    """Add a decision to a meeting that was held; with unit, task and deadline it can become an assignment."""
    one = _open(meeting, "minute", by)
    if not text.strip():
        raise InputError("请写明决定事项。", "Say what was decided.")
    last = one.decisions.aggregate(last=Max("order"))["last"] or 0
    made = Decision.objects.create(
        meeting=one, order=last + 1, text=text.strip()[:500], organisation=organisation, task=task, deadline=deadline
    )
    audit.record(
        by=by, verb="supervision.decide", subject=f"meeting:{one.pk}",
        detail={"decision": made.order, "text": made.text, "organisation": organisation.code if organisation else ""},
    )  # fmt: skip
    return made


@transaction.atomic
def minute(*, meeting: int, text: str, by: Person, plan: Plan, on: date | None = None) -> Meeting:
    """Issue the minutes; every decision with a unit, a task and a deadline becomes an assignment then."""
    one = _open(meeting, "minute", by)
    if not text.strip():
        raise InputError("请写明会议纪要正文。", "Write the minutes.")
    one.minutes, one.state = text.strip(), lifecycle.MEETING_MOVES["minute"].after
    one.minuted_on = on or timezone.localdate(registry.moment())
    one.save(update_fields=["minutes", "state", "minuted_on"])
    ready = [each for each in one.decisions.select_related("organisation") if _can_assign(each)]
    for each in ready:
        assign(decision=each.pk, plan=plan, by=by, on=on)
    audit.record(
        by=by, verb="supervision.minute", subject=f"meeting:{one.pk}",
        detail={"day": one.minuted_on.isoformat(), "assignments": len(ready)},
    )  # fmt: skip
    return one


@transaction.atomic
def assign(*, decision: int, plan: Plan, by: Person, on: date | None = None) -> Decision:
    """Make a decision an assignment."""
    accounts.check(by, permissions.MANAGE)
    one = Decision.objects.select_related("meeting", "organisation").filter(pk=decision).first()
    if one is None:
        raise permissions.not_there("决定事项", "decision", decision)
    if one.assignment_id is not None or not _can_assign(one):
        raise NotPossibleError(
            "该决定事项已转为分工，或缺少责任单位、任务、时限。",
            "The decision is an assignment already, or lacks unit, task or deadline.",
        )
    assert one.organisation is not None
    assert one.task is not None
    assert one.deadline is not None
    one.assignment = tasks.add(
        plan=plan, task=one.task, organisation=one.organisation, duty_zh=one.text,
        start=min(one.meeting.held_on, one.deadline), deadline=one.deadline, decision=one.pk, by=by, on=on,
    )  # fmt: skip
    one.save(update_fields=["assignment"])
    return one


def _can_assign(one: Decision) -> bool:
    return None not in (one.organisation_id, one.task, one.deadline)


def _open(number: int, verb: str, by: Person) -> Meeting:
    accounts.check(by, permissions.MANAGE)
    one = Meeting.objects.select_for_update(of=("self",)).filter(pk=number).first()
    if one is None:
        raise permissions.not_there("联席会议", "joint meeting", number)
    lifecycle.check(lifecycle.MEETING_MOVES, verb, one.state, title=one.title)
    return one
