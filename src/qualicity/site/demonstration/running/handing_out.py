"""The tasks are derived, the annex comes in from Excel, units file their own plans, a county copies the breakdown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from qualicity.goals.tasks import actions, queries
from qualicity.site.demonstration.running.told import Happening, Stage, tale, workday

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.definitions.plans import Task
    from qualicity.goals.tasks.queries import AssignmentRow

START = date(2014, 5, 26)


def happenings(stage: Stage) -> Iterator[Happening]:
    """Yield what happens until every unit knows what it has to do."""
    told = tale()
    day = told["annex"]["day"]
    yield Happening(
        stage.moment(day - timedelta(days=11), "derive"), 0, lambda: actions.derive(plan=stage.plan, by=stage.office)
    )
    yield Happening(stage.moment(day, "annex"), 1, lambda: _import(stage))
    yield from _own_plans(stage)
    for code, on in told["copies"].items():
        yield Happening(
            stage.moment(on, "copy", code),
            5,
            lambda code=code: actions.copy_to_county(  # type: ignore[misc]
                plan=stage.plan, county=stage.units[code], by=stage.people[code]
            ),
        )
    for indicator, by_unit in told["targets"].items():
        for code, value in by_unit.items():
            yield Happening(
                stage.moment(date(2014, 6, 16), "target", indicator, code),
                6,
                lambda one=(indicator, code, value): _set_target(stage, *one),  # type: ignore[misc]
            )


def deadline_of(task: Task) -> date:
    """Return by when a task of the simulated annex is due."""
    told = tale()["annex"]
    found: date = told["longer"].get(task.number) or told["deadlines"][task.strategy]
    return found


def _import(stage: Stage) -> None:
    """Fill in the template with what is derived, as an office would, and bring it in."""
    path = stage.folder / "任务分解表.xlsx"
    derived = queries.assignments(plan=stage.plan, as_of=tale()["annex"]["day"], by=stage.office)
    with path.open("wb") as target:
        filled = queries.filled_annex(stage.plan, _fixed(stage, derived))
        queries.write_template(plan=stage.plan, rows=list(filled), target=target)
    actions.import_breakdown(plan=stage.plan, level=None, path=path, name=path.name, by=stage.office)


def _fixed(stage: Stage, rows: tuple[AssignmentRow, ...]) -> Iterator[AssignmentRow]:
    """Yield the assignments with the six fixes of the tale."""
    told = tale()["annex"]
    tasks = {task.number: task for task in stage.plan.tasks}
    for row in rows:
        fixes = told["fixes"][row.strategy]
        yield replace(
            row,
            section=fixes["section"],
            post=told["posts"][0 if row.is_lead else 1 + row.number % 2],
            person=str(stage.people[row.organisation.code]),
            start=START,
            deadline=deadline_of(tasks[row.task]),
            quality=fixes["quality"],
            quantity=fixes["quantity"] if row.is_lead else "按牵头单位要求",
        )


def _own_plans(stage: Stage) -> Iterator[Happening]:
    told = tale()["plans"]
    for unit in stage.plan.organisations:
        if not unit.member or unit.code in told["missing"]:
            continue
        day = told["late"].get(unit.code) or date(2014, 5, 26) + timedelta(
            days=int(stage.city.stream("plan", unit.code).integers(0, 4))
        )
        yield Happening(stage.moment(day, "file", unit.code), 2, lambda code=unit.code: _file(stage, code))  # type: ignore[misc]
        reason = told["returned"].get(unit.code)
        decided = workday(workday(day) + timedelta(days=3))
        if reason:
            yield Happening(
                stage.moment(decided, "back", unit.code),
                3,
                lambda one=(unit.code, reason): _decide(stage, one[0], one[1]),  # type: ignore[misc]
            )
            again = workday(decided + timedelta(days=5))
            yield Happening(stage.moment(again, "again", unit.code), 3, lambda code=unit.code: _file(stage, code))  # type: ignore[misc]
            decided = again + timedelta(days=2)
        yield Happening(
            stage.moment(decided + timedelta(days=1), "approve", unit.code),
            4,
            lambda code=unit.code: _decide(stage, code, ""),  # type: ignore[misc]
        )


def _file(stage: Stage, code: str) -> None:
    title = f"{stage.units[code].title_zh}创建工作实施方案"
    led = [task.title.zh for task in stage.plan.tasks if task.lead == code]
    part = f"牵头{'、'.join(led)}" if led else "按分解表配合各牵头单位"
    summary = f"{part}；明确责任科室、岗位和时限，按季度自查并报送进展。"
    actions.file_plan(
        plan=stage.plan,
        organisation=stage.units[code],
        title=title,
        summary=summary,
        files=[stage.file(f"{title}.txt", summary)],
        by=stage.people[code],
    )


def _decide(stage: Stage, code: str, reason: str) -> None:
    every = queries.unit_plans(plan=stage.plan, as_of=stage.city.last, by=stage.office)
    number = next(one.number for one in every if one.organisation.code == code)
    assert number is not None, f"{code} has filed a plan"
    actions.decide_plan(number=number, approve=not reason, reason=reason, by=stage.office)


def _set_target(stage: Stage, indicator: str, code: str, value: float) -> None:
    actions.set_target(
        plan=stage.plan,
        indicator=indicator,
        organisation=stage.units[code],
        value=value,
        note="按本地基数和年度安排分解",
        by=stage.office,
    )
