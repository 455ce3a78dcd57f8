"""The annex of a plan: given out with its lines, filled in, and taken whole or not at all."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from django.test import Client

from qualicity.errors import NotPossibleError
from qualicity.evidence.inspections import actions, queries

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.unit.evidence.inspections.conftest import Checks

pytestmark = pytest.mark.django_db
COLUMNS = ("number", "product", "stage", "places", "count", "finish_by", "why")
GOOD = (
    ("水泥", "生产环节", "中牟县、巩义市", 12, "2014-06-30", "用量大"),
    ("水泥", "生产环节", "登封市", 3, "2014-09-30", ""),
    ("电热水壶", "流通环节", "全部", 20, "2014-12-31", "上年不合格率高"),
)


@pytest.fixture
def filled(checks: Checks, tmp_path: Path) -> Callable[..., Path]:
    """Return a function that fills the annex of the plan in."""

    def fill(*rows: tuple[Any, ...]) -> Path:
        book = openpyxl.load_workbook(io.BytesIO(queries.lines_workbook(checks.plan)))
        sheet = book.worksheets[0]
        first = next(row[0].row for row in sheet.iter_rows() if str(row[0].value).startswith("产品")) + 1
        first = next(row for row in range(first, first + 5) if sheet.cell(row, 1).value == "聚氯乙烯绝缘电线")
        for at, row in enumerate(rows, first):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column, value)
        path = tmp_path / "附表.xlsx"
        book.save(path)
        return path

    return fill


def test_a_filled_annex_replaces_the_lines(checks: Checks, filled: Callable[..., Path]) -> None:
    taken = actions.import_lines(plan=checks.plan, file=filled(*GOOD), by=checks["planner"])
    assert taken.findings.rows() == []
    lines = checks.plan.lines.values_list("number", "product", "stage", "places", "count", "why")
    assert list(lines) == [
        (1, "cement", "production", ["410122", "410181"], 12, "用量大"),
        (2, "cement", "production", ["410185"], 3, ""),
        (3, "electric-kettle", "circulation", [], 20, "上年不合格率高"),
    ]


def test_what_was_given_out_comes_in_again_unchanged(
    checks: Checks, filled: Callable[..., Path], tmp_path: Path
) -> None:
    actions.import_lines(plan=checks.plan, file=filled(*GOOD), by=checks["planner"])
    before = list(checks.plan.lines.values(*COLUMNS))
    path = tmp_path / "again.xlsx"
    path.write_bytes(queries.lines_workbook(checks.plan))
    actions.import_lines(plan=checks.plan, file=path, by=checks["planner"])
    assert (
        list(checks.plan.lines.values("number", "product", "stage", "places", "count", "finish_by", "why")) == before
    )


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [
        (("糕点", "生产环节", "全部", 5, "2014-06-30", ""), "product", "糕点"),
        (("水泥", "生产环节", "中牟", 5, "2014-06-30", ""), "places", "中牟县"),
        (("水泥", "生产环节", "中牟县", 0, "2014-06-30", ""), "count", "1"),
        (("水泥", "生产环节", "中牟县", 5, "2015-06-30", ""), "finish_by", "年度"),
        (("电热水壶", "流通环节", "中牟县", 5, "2014-06-30", ""), "places", "两次机会"),
    ],
)
def test_one_fault_and_nothing_is_taken(
    row: tuple[Any, ...], column: str, says: str, checks: Checks, filled: Callable[..., Path]
) -> None:
    taken = actions.import_lines(plan=checks.plan, file=filled(GOOD[2], row), by=checks["planner"])
    assert not taken.taken
    found = taken.findings.to_dicts()
    assert [one["column"] for one in found] == [column]
    assert says in " ".join(str(value) for value in found[0].values())
    assert checks.plan.lines.get().product == "pvc-wire"


def test_an_approved_plan_takes_no_annex(checks: Checks, filled: Callable[..., Path]) -> None:
    path = filled(*GOOD)
    checks.approved()
    with pytest.raises(NotPossibleError):
        actions.import_lines(plan=checks.plan, file=path, by=checks["planner"])


def test_the_page_takes_a_filled_annex_and_names_what_is_wrong_in_one(
    checks: Checks, filled: Callable[..., Path]
) -> None:
    client = Client()
    client.force_login(checks["planner"])
    address = "/inspections/plans/2014-cables/annex/"
    wrong = filled(("水泥", "生产环节", "中牟", 5, "2014-06-30", ""))
    with wrong.open("rb") as file:
        answer = client.post(address, {"file": file})
    assert answer.status_code == 422
    assert "是否指“中牟县”？" in answer.content.decode()
    with filled(*GOOD).open("rb") as file:
        assert client.post(address, {"file": file}).status_code == 302
    assert checks.plan.lines.count() == 3
