"""The plan running in the small city: tasks handed out, one to be checked, meetings, circulars, money."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.files.uploadedfile import SimpleUploadedFile

from qualicity.commons.accounts import queries as people
from qualicity.commons.registry import queries as registry
from qualicity.goals.supervision import actions as supervision
from qualicity.goals.tasks import actions as tasks
from qualicity.goals.tasks import queries as reading

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person

DAY = date(2014, 4, 10)


def paper(name: str = "佐证.txt") -> SimpleUploadedFile:
    """Return a file that shows something."""
    return SimpleUploadedFile(name, name.encode(), content_type="text/plain")


def build(every: dict[str, Person]) -> dict[str, str]:
    """Hand the tasks out and let some things happen; return what the placeholders stand for."""
    plan, office, zhongmu = registry.plan(), every["second-office"], people.organisation("zhongmu")
    environment = people.organisation("environment")
    tasks.derive(plan=plan, by=office)
    tasks.copy_to_county(plan=plan, county=zhongmu, by=every["colleague"])

    def number(**wanted: str | int) -> int:
        rows = reading.assignments(plan=plan, as_of=DAY, by=office, wanted=reading.Wanted(**wanted))  # type: ignore[arg-type]
        return rows[0].number

    local = number(task=5, level="zhongmu", role="lead")
    in_check = number(task=4, level="zhongmu", role="lead")
    tasks.hand_in(assignment=in_check, text="完成", files=[paper()], by=every["colleague"])
    filed = tasks.file_plan(
        plan=plan, organisation=zhongmu, title="中牟县实施方案", summary="分三步推进", files=[paper("方案.txt")],
        by=every["colleague"],
    )  # fmt: skip
    meetings = [
        supervision.plan_meeting(
            plan=plan, title=title, held_on=date(2014, 4, 9), agenda=["通报进展"], invited=[zhongmu], by=office
        )
        for title in ("联席会议", "专题会议")
    ]
    supervision.hold(meeting=meetings[1].pk, present={"zhongmu": ""}, by=office)
    drafts = [
        supervision.draft(
            plan=plan,
            kind="criticism",
            title=title,
            as_of=DAY,
            organisations=["environment"],
            reply_by=date(2014, 4, 20),
            by=office,
        )
        for title in ("关于报送的通报", "关于进度的通报")
    ]
    supervision.issue(circular=drafts[1].pk, by=office)
    practice = supervision.write_up(
        plan=plan, organisation=zhongmu, title="经验", text="做法……", by=every["colleague"]
    )
    budget = supervision.set_budget(plan=plan, year=2014, source="专项经费", amount=100_000_00, by=office)
    allocation = supervision.allocate(
        plan=plan, budget=budget.pk, organisation=environment, task=4, amount=50_000_00, purpose="监测", by=office
    )
    known = {
        "assignment": number(task=4, level="city", role="lead"),
        "local": local,
        "in_check": in_check,
        "unit_plan": filed.pk,
        "meeting": meetings[0].pk,
        "held": meetings[1].pk,
        "circular": drafts[0].pk,
        "issued": drafts[1].pk,
        "practice": practice.pk,
        "budget": budget.pk,
        "allocation": allocation.pk,
    }
    return {name: str(value) for name, value in known.items()}
