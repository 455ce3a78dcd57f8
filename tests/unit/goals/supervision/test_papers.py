"""What supervision says goes out as official documents, its numbers bound, and nothing in their layout deviates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.definitions.catalogue import catalogue
from qualicity.engines.documents.checking.checking import check_document
from qualicity.engines.documents.official.model import figures_of, plain, runs_of
from qualicity.errors import NotFoundError, NotPossibleError, Text
from qualicity.goals.supervision import actions, queries
from qualicity.goals.supervision.queries.circulars import Addressed, BoundFact, CircularView
from qualicity.goals.tasks.queries import Unit

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

pytestmark = pytest.mark.django_db
DAY = date(2015, 1, 12)


@pytest.fixture
def view(plan: Plan) -> CircularView:
    """An issued circular that speaks of one unit, with one number that also stands within another."""
    unit = Unit("environment", Text("市环保局", "Environment bureau"), "bureau", "410100")
    text = Text("有 1 项分工逾期，最长已逾期 12 天", "1 assignment overdue, the longest by 12 days")
    fact = BoundFact(1, unit, "overdue", "assignments", text, 1.0, "项", DAY, "/tasks/assignments/?light=red")
    addressed = (Addressed(unit, (fact,), None, ""),)
    return CircularView(
        1, plan.code, "criticism", Text("批评通报", "criticism"), "关于任务逾期的通报", Text("〔2015〕1 号", ""), DAY,
        "", "请整改。", "issued", date(2015, 1, 20), DAY, addressed,
    )  # fmt: skip


@pytest.mark.parametrize("kind", ["criticism", "praise", "letter"])
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_a_circular_is_a_document_without_a_fault(view: CircularView, kind: str, form: str, tmp_path: Path) -> None:
    paper = queries.paper_of_circular(replace(view, kind=kind))
    (bound,) = figures_of(paper)
    assert (bound.text, bound.value, bound.place, bound.href) == ("1", 1.0, "environment", view.facts[0].link)
    file = tmp_path / f"circular.{form}"
    file.write_bytes(queries.written(paper, form))
    assert check_document(file, next(iter(catalogue().styles.values()))).deviations == ()


def test_minutes_are_a_document_once_they_are_issued(plan: Plan, derived: Any, office: Any, tmp_path: Path) -> None:
    made = actions.plan_meeting(
        plan=plan, title="联席会议", held_on=date(2014, 8, 28), agenda=["通报进展"],
        invited=[accounts.organisation(code) for code in ("zhongmu", "gongyi")], by=office,
    )  # fmt: skip
    with pytest.raises(NotPossibleError):
        queries.paper_of_meeting(queries.meeting(number=made.pk, by=office))
    actions.hold(meeting=made.pk, present={"zhongmu": "某处"}, by=office)
    actions.minute(meeting=made.pk, text="会议听取了汇报。", plan=plan, by=office)
    paper = queries.paper_of_meeting(queries.meeting(number=made.pk, by=office))
    assert [one.label for one in paper.attendance] == ["出席"]
    assert "未到会单位：巩义市政府。" in [plain(one) for block in paper.blocks for one in (tuple(runs_of(block)),)]
    file = tmp_path / "minutes.docx"
    file.write_bytes(queries.written(paper, "docx"))
    assert check_document(file, next(iter(catalogue().styles.values()))).deviations == ()


def test_other_forms_are_not_there(view: CircularView) -> None:
    with pytest.raises(NotFoundError):
        queries.written(queries.paper_of_circular(view), "exe")
