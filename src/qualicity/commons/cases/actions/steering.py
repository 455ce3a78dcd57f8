"""What may be done to a case besides its moves: handing it to a person; extending, pausing, resuming its clocks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from qualicity.commons.cases import lifecycle, permissions
from qualicity.commons.cases.actions.timing import carry, check_due, go_on, pause, refresh, set_due
from qualicity.commons.cases.actions.writing import at_day, check_open, locked, write
from qualicity.commons.cases.models import Case, CaseClock
from qualicity.errors import InputError, NotAllowedError, NotPossibleError, nearest

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Person

Stand = CaseClock.Stand


@transaction.atomic
def assign(*, case: Case, person: Person | None, by: Person, seen: int | None = None) -> Case:
    """Hand a case to a person of the responsible organisation, or to nobody in particular.

    Who steers the case may, and whoever acts in the responsible organisation.
    """
    fresh = locked(case, by, seen)
    kind = lifecycle.case_type(fresh.type)
    own = permissions.stands_as(by, fresh, "responsible") and permissions.may_act(by)
    if not own:
        permissions.check_steer(by, fresh, kind)
    check_open(fresh)
    if person is not None and person.organisation_id != fresh.organisation_id:
        raise InputError(
            f"“{person}”不是责任单位“{fresh.organisation.title_zh}”的人员。",
            f"“{person}” does not belong to the responsible organisation “{fresh.organisation.title_en}”.",
        )
    fresh.person = person
    fresh.version += 1
    _moment, day = at_day(None)
    write(fresh, code="assign", by=by, on=day, detail={"person": person.username if person else None})
    return fresh


@transaction.atomic
def seal(*, case: Case, by: Person) -> Case:
    """Seal a case that is over: from now on only readers of the audit trail see it; its trail stays whole.

    For desks whose law says that nobody may see a thing after its end; the desk has asked who may.
    """
    fresh = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    if fresh.is_open:
        raise NotPossibleError(
            "该事项尚未办结，不能封存。", "This case is not over: it cannot be sealed.",
        )  # fmt: skip
    if not fresh.sealed:
        fresh.sealed = True
        fresh.version += 1
        write(fresh, code="seal", by=by, on=at_day(None)[1])
    return fresh


@transaction.atomic
def extend(
    *,
    case: Case,
    by: Person,
    reason: str,
    number: int | None = None,
    due: date | None = None,
    clock: str = "",
    seen: int | None = None,
) -> Case:
    """Extend a clock by ``number`` of its own unit (no further than its law allows), or an agreed one to a day.

    ``clock`` names which, where more than one runs. Raises NotPossibleError where the law allows no more.
    """
    fresh = _steered(case, by, seen, reason)
    moment, day = at_day(None)
    chosen = _clock(fresh, clock, (Stand.RUNNING, Stand.PAUSED))
    if chosen.basis == "agreed":
        if due is None:
            raise InputError("请写明新的时限。", "Give the new deadline.")
        check_due(due, moment)
        set_due(chosen, due, moment)
    else:
        if number is None or number <= 0:
            raise InputError("请写明延长多少。", "Say by how much it is extended.")
        _check_limit(chosen, number)
        chosen.extension += number
        refresh(chosen)
    agreed = due.isoformat() if due else None
    return _steer(fresh, chosen, "extend", by=by, day=day, reason=reason, extension=chosen.extension, due=agreed)


@transaction.atomic
def suspend(*, case: Case, by: Person, reason: str, clock: str = "", seen: int | None = None) -> Case:
    """Let a clock stand still, as during a test; from the day of the pause on nothing counts."""
    fresh = _steered(case, by, seen, reason)
    moment, day = at_day(None)
    chosen = _clock(fresh, clock, (Stand.RUNNING,))
    if chosen.due is not None and chosen.due < moment:
        raise NotPossibleError("时限已过，不能再中止计时。", "The deadline has passed; it cannot be paused any more.")
    pause(chosen, moment, reason.strip())
    return _steer(fresh, chosen, "suspend", by=by, day=day, reason=reason)


@transaction.atomic
def resume(*, case: Case, by: Person, clock: str = "", reason: str = "", seen: int | None = None) -> Case:
    """Let a paused clock go on; the day on which it does counts again."""
    fresh = _steered(case, by, seen, reason or "—")
    moment, day = at_day(None)
    chosen = _clock(fresh, clock, (Stand.PAUSED,))
    go_on(chosen, moment)
    return _steer(fresh, chosen, "resume", by=by, day=day, reason=reason)


def _steered(case: Case, by: Person, seen: int | None, reason: str) -> Case:
    fresh = locked(case, by, seen)
    permissions.check_steer(by, fresh, lifecycle.case_type(fresh.type))
    check_open(fresh)
    if not reason.strip():
        raise InputError("请写明理由。", "Give the reason.")
    return fresh


def _steer(case: Case, clock: CaseClock, code: str, *, by: Person, day: date, reason: str, **detail: object) -> Case:
    clock.save()
    carry(case, CaseClock.objects.filter(case=case))
    case.version += 1
    write(case, code=code, by=by, on=day, reason=reason, detail={"clock": clock.code, **detail})
    return case


def _clock(case: Case, code: str, stands: tuple[Stand, ...]) -> CaseClock:
    alive = list(CaseClock.objects.filter(case=case, stand__in=stands).select_related("case"))
    if code:
        chosen = next((one for one in alive if one.code == code), None)
        if chosen is not None:
            return chosen
        like = nearest(code, [one.code for one in alive])
        raise NotPossibleError(
            f"没有可办理的时限“{code}”。" + (f"是否指“{like}”？" if like else ""),
            f"There is no clock “{code}” that this can be done to." + (f" Did you mean “{like}”?" if like else ""),
        )
    if len(alive) != 1:
        raise NotPossibleError(
            "该事项没有可办理的时限。"
            if not alive
            else f"有几个时限，请指明：{'、'.join(one.code for one in alive)}。",
            "No clock of this case can be changed so."
            if not alive
            else f"More than one clock runs; name it: {', '.join(one.code for one in alive)}.",
        )
    return alive[0]


def _check_limit(clock: CaseClock, number: int) -> None:
    limit = clock.extension_limit
    if clock.basis == "law" and clock.extension + number > (limit or 0):
        error = NotAllowedError if not limit else NotPossibleError
        raise error(
            f"依 {clock.clause or clock.text}，最多延长 {limit or 0}，已延长 {clock.extension}。",
            f"By {clock.clause or clock.text} it may be extended by {limit or 0} at most; "
            f"it has been by {clock.extension}.",
        )
