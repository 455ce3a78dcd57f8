"""Inputs that are a share of something: tasks completed, reports on time, own targets met."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qualicity.errors import Text
from qualicity.methods.judgement import Certainty, Pace, Status

if TYPE_CHECKING:
    from qualicity.goals.indicators.queries import IndicatorValue
    from qualicity.judgement.assessment.queries.inputs import Inputs


@dataclass(frozen=True, slots=True)
class Part:
    """A share in counts: surely, today, at most, of how many; what is missing and who must supply it."""

    sure: int
    today: int
    most: int
    of: int
    shown: Text
    reason: Text
    kind: Literal["task", "report", "data"]
    needs: tuple[tuple[Text, str], ...] = ()

    def percent(self, count: int) -> float:
        """Return a count as percent of the whole."""
        return 100.0 * count / self.of if self.of else 0.0


def tasks(numbers: tuple[int, ...], inputs: Inputs, lead: str) -> Part:
    """Return the share of tasks completed: of those given, or of the organisation's own assignments that are due."""
    if not numbers:
        return _own_tasks(inputs, lead)
    chosen = [one for one in inputs.tasks.by_number.values() if one.number in numbers]
    done = sum(one.done is True for one in chosen)
    unknown = [one.number for one in chosen if one.done is None]
    pending = [one.number for one in chosen if one.done is False]
    shown = Text(f"{len(chosen)} 项任务中完成 {done} 项", f"{done} of {len(chosen)} tasks completed")
    needs = []
    if unknown:
        listed = _listed(unknown)
        needs.append(
            (Text(f"请分解并记录任务 {listed.zh}", f"Hand out and record tasks {listed.en}"), inputs.plan.office)
        )
    if pending:
        listed = _listed(pending)
        needs.append((Text(f"请完成任务 {listed.zh}", f"Complete tasks {listed.en}"), lead))
    reason = Text("任务以牵头单位的分工经核查办结为完成", "a task is completed when its lead's assignment is closed")
    return Part(done, done, done + len(unknown), len(chosen), shown, reason, "task", tuple(needs))


def _own_tasks(inputs: Inputs, lead: str) -> Part:
    closed, due = inputs.tasks.assigned.get(lead, (0, 0))
    shown = Text(f"到期分工 {due} 项，办结 {closed} 项", f"{closed} of {due} assignments due are closed")
    if not due:
        reason = Text("没有到期的分工，不适用", "no assignment is due: this does not apply")
        return Part(0, 0, 0, 0, shown, reason, "task")
    needs: tuple[tuple[Text, str], ...] = ()
    if closed < due:
        left = due - closed
        needs = ((Text(f"有 {left} 项到期分工未办结", f"{left} assignments that are due are not closed"), lead),)
    reason = Text("按到期分工的办结率计分", "points by the share of due assignments that are closed")
    return Part(closed, closed, closed, due, shown, reason, "task", needs)


def timeliness(registers: tuple[str, ...], inputs: Inputs, lead: str) -> Part:
    """Return the share of reports due within the assessed time that came on time."""
    found = inputs.timeliness(registers)
    shown = Text(
        f"应报 {found.due} 期，按时 {found.on_time}、迟报 {found.late}、缺报 {found.missing}",
        f"{found.due} due: {found.on_time} on time, {found.late} late, {found.missing} missing",
    )
    needs: tuple[tuple[Text, str], ...] = ()
    if found.missing:
        words = Text(f"有 {found.missing} 期缺报，请补报", f"{found.missing} reports are missing: file them")
        needs = ((words, lead),)
    reason = Text(
        f"{inputs.since} 至 {inputs.as_of} 到期的报送", f"reports due from {inputs.since} to {inputs.as_of}"
    )
    if not found.due:
        reason = Text("没有报送任务，不适用", "it owes no report: this does not apply")
    return Part(found.on_time, found.on_time, found.on_time, found.due, shown, reason, "report", needs)


def own_indicators(inputs: Inputs, lead: str) -> Part:
    """Return the share of an organisation's targets that are met: a county's own values, or those that it leads."""
    chosen = own_values(inputs, lead)
    sure = sum(_is_met(one) and one.certainty is not Certainty.uncertain for one in chosen)
    met = sum(_is_met(one) for one in chosen)
    unknown = [one for one in chosen if one.status in (Status.no_data, Status.undecided)]
    shown = Text(f"{len(chosen)} 项指标中达标 {met} 项", f"{met} of {len(chosen)} targets met")
    needs = tuple((Text(f"请报送数据：{one.title.zh}", f"Report data: {one.title.en}"), lead) for one in unknown)
    reason = Text("达标占比；未到期的看序时进度", "share met; a target not due counts by its pace")
    if not chosen:
        reason = Text("没有本单位指标，不适用", "it has no target of its own: this does not apply")
    return Part(sure, met, met + len(unknown), len(chosen), shown, reason, "data", needs)


def own_values(inputs: Inputs, lead: str) -> list[IndicatorValue]:
    """Return the targets that an organisation answers for."""
    local = inputs.organisation is not None and inputs.organisation.is_local
    return [
        one
        for one in inputs.values.values()
        if one.applies
        and one.status is not Status.no_target
        and (one.indicator.level == "county" if local else one.indicator.lead == lead)
        and not (local and one.value is None)
    ]


def _is_met(one: IndicatorValue) -> bool:
    return one.status is Status.met or (one.status is Status.not_due and one.pace is Pace.on_track)


def _listed(numbers: list[int]) -> Text:
    few = [str(one) for one in numbers[:6]]
    more = len(numbers) - len(few)
    return Text(
        "、".join(few) + (f" 等 {len(numbers)} 项" if more else ""),
        ", ".join(few) + (f" and {more} more" if more else ""),
    )
