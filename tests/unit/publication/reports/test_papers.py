"""Papers say what was recorded, bind every counted number, keep to the layout and to who may see what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.goals.tasks.conftest import colleague, derived, evidence, office, plan, reporter, today

from qualicity.commons.accounts import queries as accounts
from qualicity.engines.documents.checking.checking import check_document
from qualicity.engines.documents.official import figures_of
from qualicity.engines.documents.official.model import Attachment, Figure, Paragraph, Table, plain, runs_of
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.goals.supervision import actions
from qualicity.judgement.assessment import actions as assessing
from qualicity.judgement.assessment import queries as assessments
from qualicity.publication.reports.queries import papers
from qualicity.publication.reports.queries.papers.binding import Source, bound, tight
from qualicity.publication.reports.queries.rendering import rendered, style

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan
    from qualicity.engines.documents.official import Document

__all__ = ["colleague", "derived", "evidence", "office", "plan", "reporter", "today"]

LATE = date(2015, 1, 12)
SOURCE = Source("overdue", "zhongmu", LATE, "/tasks/")


def words(document: Document) -> str:
    return "\n".join(plain(tuple(runs_of(block))) for block in document.blocks)


@pytest.fixture
def late(plan: Plan, derived: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tasks' deadline is past and nothing was done."""
    monkeypatch.setenv("QUALICITY_TODAY", LATE.isoformat())


def drafted(plan: Plan, by: Any, kind: str = "criticism", **given: Any) -> Any:
    given = {"reply_by": date(2015, 1, 20), "organisations": ["environment"]} | given
    return actions.draft(plan=plan, kind=kind, title="关于任务逾期的通报", as_of=LATE, by=by, **given)


def held(plan: Plan, by: Any, units: tuple[str, ...], absent: str = "") -> Any:
    invited = [accounts.organisation(code) for code in (*units, *([absent] if absent else []))]
    one = actions.plan_meeting(
        plan=plan, title="第一次联席会议", held_on=LATE, by=by, venue="会议室", chair="副组长",
        agenda=["通报进展", "研究短板"], invited=invited,
    )  # fmt: skip
    return actions.hold(meeting=one.pk, present=dict.fromkeys(units, "分管负责人"), by=by)


def test_each_number_of_a_counted_sentence_is_bound_and_what_is_no_count_is_not() -> None:
    text = "有 2 项分工逾期，最长的“第 3 项”已逾期 12 天，PM2.5 于 2015 年 1 月 20 日达 68.1 dB(A)（2014Q4）"
    runs = bound(text, SOURCE, value=2.0, unit="项")
    found = [one for one in runs if isinstance(one, Figure)]
    assert plain(runs) == tight(text)
    assert [(one.code, one.text, one.value, one.unit) for one in found] == [
        ("overdue", "2项", 2.0, "项"),
        ("overdue/1", "12", 12.0, ""),
        ("overdue/2", "68.1", 68.1, ""),
    ]
    assert {(one.href, one.period, one.place) for one in found} == {("/tasks/", "2015-01-12", "zhongmu")}


def test_a_rounded_value_is_the_figure_of_its_sentence() -> None:
    figure = next(
        one for one in bound("合格率 97.5%，共 40 批", SOURCE, value=97.5179, unit="%") if isinstance(one, Figure)
    )
    assert (figure.text, figure.value) == ("97.5%", 97.5179)


def test_a_circular_names_each_unit_with_its_facts_and_asks_for_an_answer(
    plan: Plan, late: None, office: Any
) -> None:
    one = drafted(plan, office)
    draft = papers.made("circular", one.pk, by=office)
    assert (draft.number, draft.signed_on) == ("", None)
    actions.issue(circular=one.pk, by=office, on=LATE)
    document = papers.made("circular", one.pk, by=office)
    letters = plan.correspondence
    assert letters is not None
    assert document.number == f"{letters.number_word}〔2015〕1号"
    assert (document.letterhead, document.signed_on) == (letters.letterhead.zh, LATE)
    assert "市环保局" in words(document)
    assert "2015年1月20日前" in words(document)
    own = next(figure for figure in figures_of(document) if figure.code == "overdue")
    assert own.value
    assert own.href.endswith("as_of=2015-01-12")
    assert all(figure.href for figure in figures_of(document))


def test_a_letter_brings_a_slip_for_the_answer(plan: Plan, late: None, office: Any) -> None:
    document = papers.made("circular", drafted(plan, office, "letter").pk, by=office)
    assert (document.kind, document.addressees) == ("supervision_letter", "市环保局")
    assert [one.title for one in document.attachments] == ["督办事项办理情况回执"]


def test_minutes_bring_decisions_and_few_people_stand_in_the_text(plan: Plan, late: None, office: Any) -> None:
    meeting = held(plan, office, ("environment", "zhongmu"), absent="education")
    with pytest.raises(NotPossibleError, match="纪要"):
        papers.made("minutes", meeting.pk, by=office)
    unit = accounts.organisation("environment")
    actions.decide(meeting=meeting.pk, text="限期整改", organisation=unit, task=8, deadline=LATE, by=office)
    actions.minute(plan=plan, meeting=meeting.pk, text="会议听取了汇报。\n会议指出问题。", by=office)
    document = papers.made("minutes", meeting.pk, by=office)
    assert [(one.label, one.people) for one in document.attendance] == [
        ("出席", ("市环保局分管负责人", "中牟县政府分管负责人")),
    ]
    assert "未到会单位：市教育局。" in words(document)
    table = next(block for block in document.blocks if isinstance(block, Table))
    assert [plain(cell) for cell in table.rows[0]] == ["1", "限期整改（对应任务8）", "市环保局", "2015年1月12日"]
    task = next(one for one in runs_of(table) if isinstance(one, Figure))
    assert task.href.startswith("/tasks/assignments/")
    assert document.attachments == ()


def test_many_people_stand_in_a_roster(plan: Plan, late: None, office: Any, tmp_path: Path) -> None:
    meeting = held(plan, office, tuple(plan.leading_group[:20]))
    actions.minute(plan=plan, meeting=meeting.pk, text="会议听取了汇报。", by=office)
    document = papers.made("minutes", meeting.pk, by=office)
    roster = document.attachments[0]
    assert isinstance(roster, Attachment)
    assert isinstance(roster.blocks[0], Table)
    assert [plain(cell) for row in roster.blocks[0].rows for cell in (row[0], row[3])] == [
        str(number) for at in range(1, 11) for number in (at, at + 10)
    ]
    check(document, tmp_path)


def check(document: Document, folder: Path) -> None:
    for form in ("docx", "pdf"):
        path = folder / f"made.{form}"
        path.write_bytes(rendered(document, form, address="https://example.org").data)
        assert check_document(path, style()).deviations == ()


@pytest.mark.parametrize("kind", ["criticism", "letter"])
def test_circulars_keep_to_the_layout(plan: Plan, late: None, office: Any, tmp_path: Path, kind: str) -> None:
    one = drafted(plan, office, kind)
    actions.issue(circular=one.pk, by=office, on=LATE)
    check(papers.made("circular", one.pk, by=office), tmp_path)


@pytest.fixture
def opened(plan: Plan, late: None, office: Any) -> Any:
    """The assessment of the city is open."""
    return assessing.open_assessment(rubric=assessments.rubric_of(plan), since=date(2014, 3, 1), by=office)


def test_a_self_assessment_adds_up_and_keeps_to_the_layout(opened: Any, office: Any, tmp_path: Path) -> None:
    document = papers.made("self-assessment", opened.pk, by=office)
    table = next(block for block in document.blocks if isinstance(block, Table))
    points = [row[2][0].value for row in table.rows if isinstance(row[2][0], Figure)]
    assert sum(points[:-1]) == pytest.approx(points[-1])
    assert "自拟" in words(document)
    assert all(figure.href for figure in figures_of(document))
    check(document, tmp_path)


def test_an_application_holds_the_answers(opened: Any, office: Any, tmp_path: Path) -> None:
    form = assessments.form_of()
    given = {"name": "某市", "category": "prefecture", "population": "937.8", "gdp": {"2014": "6777"}}
    assessing.answer_form(assessment=opened, form=form, answers=given, by=office)
    document = papers.made("application", opened.pk, by=office)
    assert [(one.code, one.text) for one in figures_of(document)] == [
        ("application/population", "937.8"),
        ("application/gdp/2014", "6777"),
    ]
    assert "某市" in words(document)
    check(document, tmp_path)


def test_only_who_may_see_a_thing_may_have_its_paper(plan: Plan, late: None, office: Any, make_person: Any) -> None:
    one = drafted(plan, office)
    reader, deputy = make_person("county", "zhongmu"), make_person("deputy")
    with pytest.raises(NotFoundError):
        papers.made("circular", one.pk, by=reader)
    assert papers.papers(plan=plan, by=reader, kind="circular") == ()
    actions.issue(circular=one.pk, by=office, on=LATE)
    assert [paper.number for paper in papers.papers(plan=plan, by=reader)] == [one.pk]
    assert papers.papers(plan=plan, by=deputy) == ()
    with pytest.raises(NotAllowedError):
        papers.made("circular", one.pk, by=deputy)
    with pytest.raises(NotFoundError, match="circular"):
        papers.made("circulars", one.pk, by=office)
    with pytest.raises(NotPossibleError, match="申报表"):
        papers.newest("application", plan=plan, by=office)


def test_a_unit_has_no_application(plan: Plan, late: None, office: Any) -> None:
    rubric = assessments.rubric_of(plan, subject="organisation")
    unit = assessing.open_assessment(
        rubric=rubric, organisation=accounts.organisation("zhongmu"), since=date(2014, 4, 1), by=office
    )
    with pytest.raises(InputError, match="全市"):
        papers.made("application", unit.pk, by=office)
    assert "中牟县政府" in papers.made("self-assessment", unit.pk, by=office).title


def test_a_paragraph_is_never_empty(plan: Plan, late: None, office: Any) -> None:
    document = papers.made("circular", drafted(plan, office).pk, by=office)
    assert all(block.runs for block in document.blocks if isinstance(block, Paragraph))
