"""Starting, stopping, pausing and moving the clocks of a case; the case carries the earliest deadline."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from qualicity.commons.cases.models import FAR, Case, CaseClock
from qualicity.commons.cases.queries.running import clock_of, due_of, zone
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.clocks import end_of_day
from qualicity.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.definitions.cases import CaseClock as Table
    from qualicity.definitions.cases import CaseType

Stand = CaseClock.Stand


def new_clock(table: Table, case: Case, *, event: datetime, due: date | None) -> CaseClock:
    """Return a clock that begins with an event, its length fixed by the law in force when the case was opened."""
    clock = CaseClock(case=case, code=table.code, event_at=event)
    if table.law is not None:
        text, step = catalogue().laws[table.law.law].step(table.law.step, on=case.opened_on)
        clock.basis, clock.law, clock.text, clock.step = "law", table.law.law, text.code, step.code
        clock.clause, clock.certainty = step.clause, text.certainty_of(step)
        clock.number, clock.unit, clock.rolls = step.number, step.unit, text.does_roll(step)
        clock.same_day = step.start == "same_day"
        clock.extension_limit = step.extension.number if step.extension else 0
    elif table.length is not None:
        clock.basis, clock.number, clock.unit = "length", table.length.number, table.length.unit
        clock.rolls = table.length.rolls
    else:
        assert due is not None
        clock.basis, clock.number, clock.unit = "agreed", _days_until(due, event), "calendar_days"
    refresh(clock)
    return clock


def refresh(clock: CaseClock) -> None:
    """Work out anew when a clock is due."""
    due = due_of(clock)
    clock.due, clock.provisional = due.at, due.provisional


def check_laws(kind: CaseType, on: date) -> None:
    """Raise NotFoundError where a law that a case of this type runs under has no text for the day."""
    laws = catalogue().laws
    for table in kind.clocks:
        if table.law is not None and not _is_left_out(table, on):
            laws[table.law.law].step(table.law.step, on=on)


def _is_left_out(table: Table, on: date) -> bool:
    """Say whether the text of the day has no such step, where the table allows for that."""
    if table.law is None or not table.law.optional:
        return False
    text = catalogue().laws[table.law.law].on(on)
    return all(one.code != table.law.step for one in text.steps)


def enter(case: Case, kind: CaseType, state: str, *, event: datetime, due: date | None) -> list[CaseClock]:
    """Change and return the clocks that entering a state stops, pauses, resumes or starts; nothing is saved."""
    is_end = kind.state(state).is_end
    alive = {one.code: one for one in case.clocks.exclude(stand=Stand.STOPPED)} if case.pk else {}
    changed: list[CaseClock] = []
    for table in kind.clocks:
        clock = alive.get(table.code)
        if clock is not None and (is_end or state in table.stops or (state in table.starts and table.restarts)):
            changed.append(_stopped(clock, event))
            clock = None
        if clock is not None and _pause_or_resume(clock, event, pausing=state in table.pauses):
            changed.append(clock)
        if is_end or state not in table.starts or _is_left_out(table, case.opened_on):
            continue
        if clock is None:
            changed.append(new_clock(table, case, event=event, due=_agreed(case, table, due)))
    if due is not None and not is_end:
        changed += [one for one in _agreed_again(alive, kind, due, event) if one not in changed]
    return changed


def carry(case: Case, clocks: Iterable[CaseClock]) -> None:
    """Let a case carry the earliest deadline of its clocks."""
    alive = [one for one in clocks if one.stand != Stand.STOPPED]
    dues = [one for one in alive if one.due is not None]
    case.due = min((one.due for one in dues if one.due), default=None)
    case.due_sort = case.due or FAR
    case.provisional = any(one.provisional for one in dues)
    case.paused = bool(alive) and not dues


def pause(clock: CaseClock, event: datetime, reason: str = "") -> None:
    """Let a clock stand still from a moment on."""
    clock.stand = Stand.PAUSED
    clock.pauses = [*clock.pauses, [event.isoformat(), None, reason]]
    refresh(clock)


def go_on(clock: CaseClock, event: datetime) -> None:
    """Let a paused clock go on from a moment."""
    since, _until, *why = clock.pauses[-1]
    clock.pauses = [*clock.pauses[:-1], [since, max(since, event.isoformat()), *why]]
    clock.stand = Stand.RUNNING
    refresh(clock)


def set_due(clock: CaseClock, due: date, event: datetime) -> None:
    """Move an agreed deadline to another day."""
    was_paused = clock.stand == Stand.PAUSED
    pauses = clock.pauses
    if was_paused:
        go_on(clock, event)
    assert clock.due is not None
    clock.extension += (due - clock.due.astimezone(zone()).date()).days
    if was_paused:
        clock.pauses, clock.stand = pauses, Stand.PAUSED
    refresh(clock)


def check_due(due: date, event: datetime) -> None:
    """Raise InputError where a deadline lies before the day from which it counts."""
    if due < event.astimezone(zone()).date():
        raise InputError(
            f"约定的时限 {due} 早于起算日 {event.astimezone(zone()).date()}。",
            f"The deadline {due} is before the day from which it counts, {event.astimezone(zone()).date()}.",
        )


def _stopped(clock: CaseClock, event: datetime) -> CaseClock:
    if clock.stand == Stand.PAUSED:
        go_on(clock, event)
    clock.stand, clock.stopped_at = Stand.STOPPED, event
    return clock


def _pause_or_resume(clock: CaseClock, event: datetime, *, pausing: bool) -> bool:
    """Pause on entering a pausing state, go on when leaving it; a pause that somebody ordered stays."""
    if pausing and clock.stand == Stand.RUNNING:
        pause(clock, event, "state")
        return True
    if not pausing and clock.stand == Stand.PAUSED and clock_of(clock).pauses and clock.pauses[-1][2] == "state":
        go_on(clock, event)
        return True
    return False


def _agreed(case: Case, table: Table, due: date | None) -> date | None:
    """Return the deadline agreed now, or the last one that was: a case sent back keeps its day."""
    if not table.agreed or due is not None:
        return due
    last = case.clocks.filter(code=table.code).order_by("-id").first() if case.pk else None
    if last is None or last.due is None:
        raise InputError("请写明约定的完成时限。", "Give the agreed deadline.")
    return last.due.astimezone(zone()).date()


def _agreed_again(alive: dict[str, CaseClock], kind: CaseType, due: date, event: datetime) -> list[CaseClock]:
    """Return the agreed clocks that run on, with their new deadline."""
    found = []
    for table in kind.clocks:
        clock = alive.get(table.code)
        if table.agreed and clock is not None and clock.stand != Stand.STOPPED:
            set_due(clock, due, event)
            found.append(clock)
    return found


def _days_until(due: date, event: datetime) -> int:
    return (end_of_day(due, zone()).date() - event.astimezone(zone()).date()) // timedelta(days=1)
