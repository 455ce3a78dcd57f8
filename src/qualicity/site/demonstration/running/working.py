"""Units report progress, hand in what is done with evidence, get some of it back, and miss some deadlines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Literal

from qualicity.goals.tasks import actions, queries
from qualicity.site.demonstration.running.told import Happening, Stage, tale, workday

if TYPE_CHECKING:
    from qualicity.goals.tasks.queries import AssignmentRow

Fate = Literal["in time", "late", "overdue", "silent", "returned"]


@dataclass(frozen=True, slots=True)
class _Course:
    """What becomes of one assignment."""

    row: AssignmentRow
    fate: Fate
    days: int = 0
    reason: str = ""


def happenings(stage: Stage) -> Iterator[Happening]:
    """Yield what units do with what they were given, and the office's monthly look at the lights."""
    rows = queries.assignments(plan=stage.plan, as_of=stage.city.last, by=stage.office)
    for course in _courses(stage, rows):
        yield from _course(stage, course)


def looks(stage: Stage) -> Iterator[Happening]:
    """Yield the office's look at every light, at each month's end."""
    for month in range(6, 16):
        first = date(2014 + (month // 12), month % 12 + 1, 1)
        day = first - timedelta(days=1)
        yield Happening(
            stage.moment(day, "look"),
            9,
            lambda on=day: actions.look(plan=stage.plan, on=on, by=stage.office),  # type: ignore[misc]
        )


def _courses(stage: Stage, rows: tuple[AssignmentRow, ...]) -> Iterator[_Course]:
    told: dict[str, Any] = tale()["work"]
    fates: dict[tuple[int, str], tuple[Fate, int, str]] = {}
    for name in ("overdue", "late", "silent", "returned"):
        for one in told[name]:
            fates[one["task"], one["organisation"]] = (name, one.get("days", 0), one.get("reason", ""))
    left = told["county_overdue"]
    for row in rows:
        if row.level is not None:
            drawn = stage.city.stream("county", row.level.code, row.task, row.counterpart and row.counterpart.code)
            overdue = left > 0 and drawn.random() < 0.06 and row.deadline <= stage.city.last
            left -= overdue
            yield _Course(row, "overdue" if overdue else "in time")
        else:
            fate, days, reason = fates.get((row.task, row.organisation.code), ("in time", 0, ""))
            yield _Course(row, fate, days, reason)


def _course(stage: Stage, course: _Course) -> Iterator[Happening]:
    row, last = course.row, stage.city.last
    drawn = stage.city.stream("course", row.number)
    span = (row.deadline - row.start).days
    done = row.deadline + timedelta(days=course.days or -int(drawn.integers(9, 28)))
    stays_open = course.fate in ("overdue", "silent") or done + timedelta(days=12) > last
    for share in (0.3,) if course.fate in ("overdue", "silent") else (0.4, 0.75) if row.level is None else (0.6,):
        day = row.start + timedelta(days=round(span * share) + int(drawn.integers(-6, 7)))
        percent = min(95, max(5, round(100 * share) + int(drawn.integers(-5, 12))))
        yield from _report(stage, row, min(max(day, row.start), done - timedelta(days=4)), percent)
    if course.fate == "overdue":
        yield from _report(stage, row, row.deadline + timedelta(days=int(drawn.integers(12, 30))), 60)
    elif stays_open and course.fate != "silent":
        lately = last - timedelta(days=int(drawn.integers(4, 24)))
        yield from _report(stage, row, lately, min(95, round(100 * (lately - row.start).days / span)))
    if not stays_open:
        yield from _done(stage, course, done)


def _report(stage: Stage, row: AssignmentRow, day: date, percent: int) -> Iterator[Happening]:
    if day > stage.city.last:
        return
    yield Happening(stage.moment(day, "report", row.number, percent), 7, lambda: _say(stage, row, percent))


def _say(stage: Stage, row: AssignmentRow, percent: int) -> None:
    text = f"已完成约 {percent}%，按计划推进，本阶段材料已归档。"
    code = row.organisation.code
    files = [stage.file(f"任务{row.task}-{code}-{percent}.txt", f"{row.duty.zh}\n{text}")] if percent >= 50 else []
    actions.report(assignment=row.number, percent=percent, text=text, files=files, by=stage.people[code])


def _done(stage: Stage, course: _Course, day: date) -> Iterator[Happening]:
    row = course.row
    day = workday(day)
    checked = workday(day + timedelta(days=2 + row.number % 4))
    yield Happening(stage.moment(day, "done", row.number), 7, lambda: _hand_in(stage, row, "任务已完成，报请核查。"))
    checker = stage.people["county-checker"] if row.level else stage.office
    if course.reason:
        yield Happening(
            stage.moment(checked, "back", row.number),
            8,
            lambda: actions.give_back(assignment=row.number, reason=course.reason, by=checker),
        )
        again = workday(checked + timedelta(days=6))
        yield Happening(
            stage.moment(again, "again", row.number),
            8,
            lambda: _hand_in(stage, row, "已按核查意见补充材料，重新报请核查。"),
        )
        checked = again + timedelta(days=3)
    yield Happening(
        stage.moment(checked, "close", row.number),
        8,
        lambda: actions.close(assignment=row.number, reason="材料齐全，核查属实。", by=checker),
    )


def _hand_in(stage: Stage, row: AssignmentRow, text: str) -> None:
    name = f"任务{row.task}-{row.organisation.code}-{len(text)}-佐证.txt"
    file = stage.file(name, f"{row.task}. {row.title.zh}\n{row.duty.zh}\n质量要求：{row.quality}\n{text}")
    actions.hand_in(assignment=row.number, text=text, files=[file], by=stage.people[row.organisation.code])
