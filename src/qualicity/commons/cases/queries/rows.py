"""Cases as lists show them: how each stands to its deadline, why, and who is to act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.cases.lifecycle import OFFICE, case_types, title_of
from qualicity.commons.cases.models import Case, CaseClock
from qualicity.commons.cases.queries.running import Look, Running, look, running
from qualicity.commons.registry import queries as registry
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from qualicity.engines.clocks import Remaining

_UNITS = {
    "working_days": (Text("个工作日", "working day"), Text("个工作日", "working days")),
    "calendar_days": (Text("天", "day"), Text("天", "days")),
    "months": (Text("天", "day"), Text("天", "days")),
    "years": (Text("天", "day"), Text("天", "days")),
}

_CERTAINTY = {
    "excerpt": Text("摘录", "excerpt"),
    "unverified": Text("未核实", "unverified"),
    "self_designed": Text("自拟", "self-designed"),
}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as a list shows it."""

    case: Case
    kind: Text
    state: Text
    look: Look
    left: Text | None
    """What is left, in words; None where no deadline runs."""
    why: Text
    """What sets the deadline: law and clause, the table of the type, or what was agreed."""
    turn: Text
    """Whose turn it is."""
    urged: tuple[Text, ...] = ()
    """The reminders that have climbed; added by the worklist."""

    @property
    def status(self) -> str:
        """Return the word by which pages look up icon, word and colour."""
        return f"case_{self.look}"


def case_rows(cases: Iterable[Case], *, at: datetime | None = None) -> tuple[CaseRow, ...]:
    """Return cases as a list shows them, with one more query for all their clocks."""
    at = at or registry.moment()
    cases = tuple(cases)
    clocks: dict[int, list[CaseClock]] = {one.pk: [] for one in cases}
    known = {one.pk: one for one in cases}
    for clock in CaseClock.objects.filter(case__in=list(known)).exclude(stand=CaseClock.Stand.STOPPED):
        clock.case = known[clock.case_id]
        clocks[clock.case_id].append(clock)
    kinds = {one.code: one.title.text for one in case_types()}
    return tuple(_row(one, clocks[one.pk], kinds, at) for one in cases)


def remaining_words(unit: str, left: Remaining) -> Text:
    """Return what is left of a clock in words."""
    if left.time is not None:
        minutes = int(abs(left.time).total_seconds()) // 60
        hours, minutes = divmod(minutes, 60)
        zh, en = f"{hours} 小时 {minutes} 分", f"{hours} h {minutes} min"
        return Text(f"已超 {zh}", f"{en} over") if left.overdue else Text(f"还剩 {zh}", f"{en} left")
    assert left.days is not None
    count = abs(left.days)
    words = _UNITS[unit][count != 1]
    if left.overdue:
        return Text(f"已逾期 {count} {words.zh}", f"{count} {words.en} overdue")
    if left.paused:
        return Text(f"中止，恢复后还剩 {count} {words.zh}", f"paused; {count} {words.en} left when it goes on")
    return (
        Text("今日到期", "due today") if count == 0 else Text(f"还剩 {count} {words.zh}", f"{count} {words.en} left")
    )


def why_words(one: Running) -> Text:
    """Return what sets a clock, in words."""
    basis = one.clock.basis
    if basis == "agreed":
        return Text("约定时限", "agreed deadline")
    law = one.law or one.title
    certainty = _CERTAINTY.get(one.certainty)
    zh = law.zh + (f" {one.clause}" if one.clause else "") + (f"（{certainty.zh}）" if certainty else "")
    en = law.en + (f", {one.clause}" if one.clause else "") + (f" ({certainty.en})" if certainty else "")
    return Text(zh, en) if basis == "law" else Text(f"{one.title.zh}（{zh}）", f"{one.title.en} ({en})")


def turn_words(case: Case) -> Text:
    """Return whose turn it is, in words."""
    if case.is_open and case.owner.startswith("@"):
        return Text("当事企业", "the enterprise concerned")
    unit, _colon, role = case.owner.partition(":")
    if not case.is_open or not _colon:
        return Text("—", "—")
    known = catalogue().roles.get(role or OFFICE)
    title = known.title.text if known else Text(role, role)
    if not unit:
        return title
    owner = case.organisation if str(case.organisation_id) == unit else case.opener_organisation
    zh, en = (owner.title_zh, owner.title_en) if owner else ("", "")
    return Text(f"{zh}（{title.zh}）", f"{en} ({title.en})") if role else Text(zh, en)


def _row(case: Case, clocks: list[CaseClock], kinds: dict[str, Text], at: datetime) -> CaseRow:
    chosen = next((one for one in clocks if one.due == case.due), clocks[0] if clocks else None)
    shown = running(chosen, at=at) if chosen is not None and case.is_open else None
    return CaseRow(
        case=case,
        kind=kinds.get(case.type, Text(case.type, case.type)),
        state=title_of(case.type, case.state),
        look=look(case, at=at),
        left=remaining_words(shown.clock.unit, shown.remaining) if shown and shown.remaining else None,
        why=why_words(shown) if shown else Text("没有时限", "no deadline"),
        turn=turn_words(case),
    )
