"""The office chases: joint meetings, circulars and what is answered to them, good practice, the special fund."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as case_queries
from qualicity.goals.supervision import actions
from qualicity.goals.tasks import actions as tasks
from qualicity.site.demonstration.running.told import Happening, Stage, tale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from qualicity.goals.supervision.models import Circular


def happenings(stage: Stage) -> Iterator[Happening]:
    """Yield what the office does to keep the plan moving."""
    for one in tale()["meetings"]:
        made: dict[str, int] = {}
        yield Happening(stage.moment(one["day"], "meeting"), 5, lambda one=one, made=made: _meet(stage, one, made))  # type: ignore[misc]
        for each in one["decisions"]:
            yield from _carried_out(stage, each, made)
    for one in tale()["circulars"]:
        yield Happening(stage.moment(one["day"], "circular"), 9, lambda one=one: _circulate(stage, one))  # type: ignore[misc]
        yield from _answers(stage, one)
    for one in tale()["practice"]:
        yield Happening(stage.moment(one["day"], "practice"), 5, lambda one=one: _share(stage, one))  # type: ignore[misc]
    yield from _fund(stage)


def _meet(stage: Stage, told: dict[str, Any], made: dict[str, int]) -> None:
    invited = [stage.units[unit.code] for unit in stage.plan.organisations if unit.member]
    meeting = actions.plan_meeting(
        plan=stage.plan,
        title=told["title"],
        held_on=told["day"],
        agenda=told["agenda"],
        invited=invited,
        venue="市政府第二会议室（模拟）",
        chair="领导小组副组长（模拟）",
        by=stage.office,
    )
    present = {unit.code: "分管负责人" for unit in invited if unit.code not in told["absent"]}
    actions.hold(meeting=meeting.pk, present=present, by=stage.office)
    for each in told["decisions"]:
        actions.decide(
            meeting=meeting.pk,
            text=each["text"],
            organisation=stage.units[each["organisation"]],
            task=each["task"],
            deadline=each["deadline"],
            by=stage.office,
        )
    actions.minute(meeting=meeting.pk, text=told["minutes"], plan=stage.plan, by=stage.office)
    made.update({one.text: one.assignment_id for one in meeting.decisions.all() if one.assignment_id})


def _carried_out(stage: Stage, told: dict[str, Any], made: dict[str, int]) -> Iterator[Happening]:
    """Let the unit do what a meeting decided, in time where the deadline has passed."""
    code, text = told["organisation"], told["text"]
    done, checked = told["deadline"] - timedelta(days=9), told["deadline"] - timedelta(days=4)

    def hand_in() -> None:
        file = stage.file(f"决定-{code}-{told['task']}.txt", text)
        tasks.hand_in(
            assignment=made[text], text="会议决定事项已完成，报请核查。", files=[file], by=stage.people[code]
        )

    if checked + timedelta(days=3) <= stage.city.last:
        yield Happening(stage.moment(done, "decision", text), 7, hand_in)
        yield Happening(
            stage.moment(checked, "decision closed", text),
            8,
            lambda: tasks.close(assignment=made[text], reason="已落实。", by=stage.office),
        )


def _circulate(stage: Stage, told: dict[str, Any]) -> Circular:
    organisations = [told["organisation"]] if "organisation" in told else ()
    made = actions.draft(
        plan=stage.plan,
        kind=told["kind"],
        title=told["title"],
        as_of=told["as_of"],
        organisations=organisations,
        reply_by=told.get("reply_by"),
        opening=told.get("opening", ""),
        closing=told.get("closing", ""),
        by=stage.office,
    )
    return actions.issue(circular=made.pk, by=stage.office)


def _answers(stage: Stage, told: dict[str, Any]) -> Iterator[Happening]:
    if told["kind"] != "criticism":
        return
    due: date = told["reply_by"]
    yield Happening(stage.moment(due - timedelta(days=3), "answers"), 8, lambda: _answer(stage, told["silent"]))
    yield Happening(stage.moment(due + timedelta(days=2), "looked at"), 8, lambda: _look_at(stage, told))
    yield Happening(
        stage.moment(due + timedelta(days=4), "climb"), 9, lambda: actions.climb(plan=stage.plan, by=stage.office)
    )


def _letters(stage: Stage, state: str) -> list[Any]:
    return list(case_queries.cases(by=stage.office, type="supervision_letter", state=state))


def _answer(stage: Stage, leave: list[str]) -> None:
    for case in _letters(stage, "issued"):
        code = case.organisation.code
        if code in leave:
            continue
        said = "已逐项核实，原因是责任科室调整和数据口径不清；已明确专人，限期补报和办结。"
        cases.move(case=case, move="answer", reason=said, by=stage.people[code])


def _look_at(stage: Stage, told: dict[str, Any]) -> None:
    for case in _letters(stage, "answered"):
        if case.organisation.code in told["sent_back"]:
            cases.move(
                case=case,
                move="return",
                reason="未说明逾期分工的完成时限，请补充。",
                due=told["reply_by"] + timedelta(days=60),
                by=stage.office,
            )
        else:
            cases.move(case=case, move="close", reason="答复属实，整改措施明确。", by=stage.office)


def _share(stage: Stage, told: dict[str, Any]) -> None:
    made = actions.write_up(
        plan=stage.plan,
        organisation=stage.units[told["organisation"]],
        task=told["task"],
        title=told["title"],
        text=told["text"],
        by=stage.office,
    )
    actions.share(practice=made.pk, by=stage.office)


def _fund(stage: Stage) -> Iterator[Happening]:
    budgets: dict[int, int] = {}
    for one in tale()["fund"]["budgets"]:

        def set_budget(one: dict[str, Any] = one) -> None:
            made = actions.set_budget(
                plan=stage.plan, year=one["year"], source=one["source"], amount=one["amount"], by=stage.office
            )
            budgets[one["year"]] = made.pk

        yield Happening(stage.moment(one["day"], "budget"), 5, set_budget)
    days = {one["year"]: one["day"] for one in tale()["fund"]["budgets"]}
    given: dict[int, int] = {}
    for number, one in enumerate(tale()["fund"]["allocations"]):

        def allocate(number: int = number, one: dict[str, Any] = one) -> None:
            made = actions.allocate(
                plan=stage.plan,
                budget=budgets[one["year"]],
                organisation=stage.units[one["organisation"]],
                task=one["task"],
                amount=one["amount"],
                purpose=one["purpose"],
                by=stage.office,
            )
            given[number] = made.pk

        yield Happening(stage.moment(days[one["year"]] + timedelta(days=6), "allocate", number), 6, allocate)
        for on, (amount, bought) in one["spent"].items():

            def spend(
                number: int = number,
                one: dict[str, Any] = one,
                on: date = on,
                amount: int = amount,
                bought: str = bought,
            ) -> None:
                actions.spend(
                    allocation=given[number],
                    spent_on=on,
                    amount=amount,
                    bought=bought,
                    by=stage.people[one["organisation"]],
                )

            yield Happening(stage.moment(on, "spend", number), 7, spend)
