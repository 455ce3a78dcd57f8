"""Handing tasks out: derived, imported whole or not at all, copied to a county."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import actions as cases
from qualicity.commons.cases import queries as case_queries
from qualicity.errors import NotAllowedError, NotPossibleError
from qualicity.goals.tasks import actions, queries
from qualicity.goals.tasks.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


@pytest.fixture
def annex(plan: Plan, derived: Any, office: Any, tmp_path: Path) -> Path:
    """The template as the office downloads it: what is derived stands in it, the fixes are empty."""
    rows = queries.assignments(plan=plan, as_of=DAY, by=office)
    path = tmp_path / "annex.xlsx"
    with path.open("wb") as target:
        queries.write_template(plan=plan, rows=queries.filled_annex(plan, rows), target=target)
    return path


def filled(path: Path, change: Callable[[Any], None] | None = None, tasks: tuple[str, ...] = ("4", "13")) -> Path:
    """Fill in the fixes of some tasks and leave the other rows out, as an office would."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in range(sheet.max_row, 1, -1):
        if str(sheet.cell(row, 1).value).split(" ")[0] not in tasks:
            sheet.delete_rows(row)
            continue
        for column, text in ((4, "污防科"), (5, "科长"), (6, "某岗"), (10, "符合标准"), (11, "1 份报告")):
            sheet.cell(row, column).value = text
    if change:
        change(sheet)
    book.save(path)
    return path


def test_every_task_is_derived_with_one_lead_and_its_supporting_units(plan: Plan, derived: Any, office: Any) -> None:
    rows = queries.assignments(plan=plan, as_of=DAY, by=office)
    assert {row.task for row in rows} == {task.number for task in plan.tasks}
    assert sum(row.is_lead for row in rows) == 42
    assert len(rows) == sum(1 + len(task.supporting) for task in plan.tasks)
    assert {row.responsibility for row in rows} == {"derived"}
    assert all(row.deadline == date(2014, 12, 31) and row.missing for row in rows)
    with pytest.raises(NotPossibleError):
        actions.derive(plan=plan, by=office)


def test_only_who_hands_out_the_city_s_tasks_may_derive(plan: Plan, office: Any, make_person: Any) -> None:
    county = make_person("county", "zhongmu", "zhongmu")
    for person in (county, make_person("reporter", "environment", "r"), make_person("auditor", None, "a")):
        with pytest.raises(NotAllowedError):
            actions.derive(plan=plan, by=person)


def test_a_filled_annex_replaces_its_tasks_and_keeps_what_stood_there(
    plan: Plan, annex: Path, office: Any, evidence: Path
) -> None:
    before = next(
        row for row in queries.assignments(plan=plan, as_of=DAY, by=office) if row.task == 4 and row.is_lead
    )
    actions.report(
        assignment=before.number, percent=40, text="开展燃煤锅炉整治", files=[evidence], by=accounts.operator()
    )
    found = actions.import_breakdown(plan=plan, level=None, path=filled(annex), name="annex.xlsx", by=office)
    assert found.taken, found.findings
    rows = queries.assignments(plan=plan, as_of=DAY, by=office)
    stated = [row for row in rows if row.responsibility == "stated"]
    assert {row.task for row in stated} == {4, 13}
    assert found.replaced == len(stated) == found.assignments
    assert all(not row.missing and row.section == "污防科" for row in stated)
    assert len([row for row in rows if row.task not in (4, 13)]) == len(rows) - len(stated)
    lead = next(row for row in stated if row.task == 4 and row.is_lead)
    assert lead.progress == 40, "progress goes on where the same unit keeps the task"
    (old,) = queries.earlier(number=lead.number, by=office)
    assert (old.pk, old.replaced_by.pk) == (before.number, found.breakdown.pk)
    assert Assignment.objects.get(pk=before.number).case.state == "withdrawn"
    with pytest.raises(NotPossibleError):
        actions.import_breakdown(plan=plan, level=None, path=annex, name="again.xlsx", by=office)


def test_an_annex_replaces_even_what_waits_for_its_check(
    plan: Plan, annex: Path, office: Any, evidence: Path
) -> None:
    row = next(one for one in queries.assignments(plan=plan, as_of=DAY, by=office) if one.task == 4 and one.is_lead)
    before = Assignment.objects.get(pk=row.number)
    by = accounts.operator()
    begun = cases.move(case=before.case, move="begin", by=by)
    cases.move(case=begun, move="submit", by=by, evidence=[evidence], reason="已完成")
    found = actions.import_breakdown(plan=plan, level=None, path=filled(annex), name="annex.xlsx", by=office)
    assert found.taken, found.findings
    before.refresh_from_db()
    assert before.case.state == "withdrawn"
    assert "annex.xlsx" in case_queries.moves_of(before.case)[-1].reason


def test_a_faulty_annex_is_taken_not_at_all_and_says_how_to_mend_each_row(
    plan: Plan, annex: Path, office: Any
) -> None:
    def spoil(sheet: Any) -> None:
        sheet.cell(2, 2).value = "市环保"
        sheet.cell(3, 9).value = date(2019, 1, 1)
        sheet.cell(4, 5).value = None
        sheet.cell(sheet.max_row, 3).value = "牵头"

    count = Assignment.objects.count()
    found = actions.import_breakdown(plan=plan, level=None, path=filled(annex, spoil), name="x.xlsx", by=office)
    assert not found.taken
    assert Assignment.objects.count() == count
    rules = {(one["row"], one["rule"]): one for one in found.findings.iter_rows(named=True)}
    assert (2, "code_wrong") in rules
    assert "市环保局" in rules[2, "code_wrong"]["expected_zh"]
    assert rules[3, "outside_period"]["why_zh"] == "时限不在方案的起止日期内"
    assert (4, "required") in rules
    assert any(rule == "one_lead" for _row, rule in rules)
    assert all(one["mend_zh"] and one["mend_en"] for one in rules.values())


def test_a_download_of_the_board_comes_in_again(plan: Plan, annex: Path, office: Any, tmp_path: Path) -> None:
    from qualicity.engines.tables import exports

    actions.import_breakdown(plan=plan, level=None, path=filled(annex), name="annex.xlsx", by=office)
    wanted = queries.Wanted(task=4)
    rows = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=wanted)
    path = tmp_path / "board.csv"
    path.write_bytes(exports.to_csv(queries.table(plan, rows)))
    found = actions.import_breakdown(plan=plan, level=None, path=path, name="board.csv", by=office)
    assert found.taken, found.findings
    again = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=wanted)
    same = [(r.organisation.code, r.role, r.section, r.duty, r.deadline, r.quantity) for r in rows]
    assert [(r.organisation.code, r.role, r.section, r.duty, r.deadline, r.quantity) for r in again] == same


def test_a_county_copies_the_breakdown_to_its_own_level_and_no_other(
    plan: Plan, derived: Any, office: Any, make_person: Any
) -> None:
    officer, zhongmu = make_person("county", "zhongmu", "zhongmu"), accounts.organisation("zhongmu")
    actions.copy_to_county(plan=plan, county=zhongmu, by=officer)
    city = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=queries.Wanted(level="city"))
    own = queries.assignments(plan=plan, as_of=DAY, by=office, wanted=queries.Wanted(level="zhongmu"))
    assert len(own) == len(city)
    assert {row.organisation.code for row in own} == {"zhongmu"}
    assert [row.counterpart.code for row in own] == [row.organisation.code for row in city]
    with pytest.raises(NotAllowedError):
        actions.copy_to_county(plan=plan, county=accounts.organisation("gongyi"), by=officer)
    with pytest.raises(NotPossibleError):
        actions.copy_to_county(plan=plan, county=zhongmu, by=officer)


def test_copying_takes_the_same_few_queries_whatever_the_number(
    plan: Plan, derived: Any, make_person: Any, django_assert_max_num_queries: Any
) -> None:
    officer = make_person("county", "zhongmu", "zhongmu")
    zhongmu = accounts.organisation("zhongmu")
    with django_assert_max_num_queries(40):
        actions.copy_to_county(plan=plan, county=zhongmu, by=officer)


def test_the_template_can_be_read_back_unchanged(plan: Plan, annex: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(annex.read_bytes()))
    sheet = book.worksheets[0]
    assert sheet.cell(1, 1).value == "任务*"
    assert sheet.cell(2, 3).value == "牵头"
    assert sheet.max_row == 1 + sum(1 + len(task.supporting) for task in plan.tasks)
