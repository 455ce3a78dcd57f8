"""Plans: drawn up by one person and approved by another, each unit for itself."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import actions, queries

if TYPE_CHECKING:
    from tests.unit.evidence.inspections.conftest import Checks

pytestmark = pytest.mark.django_db


def test_whoever_draws_a_plan_up_does_not_approve_it(checks: Checks) -> None:
    with pytest.raises(NotAllowedError, match="同一个人"):
        actions.approve(plan=checks.plan, by=checks["planner"])
    assert checks.approved().state == "approved"


def test_an_approved_plan_is_not_changed(checks: Checks) -> None:
    plan = checks.approved()
    with pytest.raises(NotPossibleError, match="草拟"):
        actions.add_line(plan=plan, product="cement", stage="catering", count=1, by=checks["planner"])
    with pytest.raises(NotPossibleError):
        actions.change_plan(plan=plan, why="改了", by=checks["planner"])
    assert actions.close(plan=plan, by=checks["planner"]).state == "closed"
    with pytest.raises(NotPossibleError):
        actions.draw(plan=plan, seed="1", by=checks["planner"])


def test_a_county_plans_for_itself_and_within_its_place(checks: Checks) -> None:
    given: dict[str, Any] = {
        "title_zh": "县级抽查", "year": 2014, "law": "food_sampling", "sampling_kind": "evaluative",
        "by": checks["zhongmu-county"],
    }  # fmt: skip
    with pytest.raises(NotAllowedError):
        actions.make_plan(code="city", organisation=checks.unit("quality-supervision"), **given)
    with pytest.raises(InputError, match="city"):
        actions.make_plan(code="own", organisation=checks.unit("zhongmu"), authority_level="city", **given)
    own = actions.make_plan(code="own", organisation=checks.unit("zhongmu"), **given)
    assert own.authority_level == "county"
    with pytest.raises(InputError, match="本地区"):
        actions.add_line(
            plan=own, product="pastry", stage="production", count=1, places=["410181"], by=checks["zhongmu-county"]
        )
    actions.add_line(plan=own, product="pastry", stage="production", count=5, by=checks["zhongmu-county"])
    frame = queries.frame_of(own, on=date(2014, 4, 10))
    assert frame.size == 40


def test_a_county_sees_the_citys_plans_and_its_own_but_no_neighbours(checks: Checks) -> None:
    own = actions.make_plan(
        code="zhongmu-food", title_zh="县级抽查", year=2014, law="food_sampling", sampling_kind="routine",
        organisation=checks.unit("zhongmu"), by=checks["zhongmu-county"],
    )  # fmt: skip
    assert set(queries.plans(by=checks["zhongmu-county"])) == {own, checks.plan}
    assert set(queries.plans(by=checks["gongyi-county"])) == {checks.plan}
    assert set(queries.plans(by=checks["leader"])) == {own, checks.plan}
    with pytest.raises(NotFoundError):
        queries.plan("zhongmu-food", by=checks["gongyi-county"])


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        ({"product": "pvc-wires"}, NotFoundError, "pvc-wire”"),
        ({"stage": "kitchen"}, InputError, "catering"),
        ({"product": "pastry"}, InputError, "食品安全抽样检验"),
        ({"count": 0}, InputError, "1 至"),
        ({"places": ["410999"]}, NotFoundError, "410999"),
        ({"product": "pvc-wire", "stage": "production", "places": ["410122"]}, InputError, "两次机会"),
    ],
)
def test_a_line_that_does_not_hold_is_refused(
    given: dict[str, Any], error: type[Exception], says: str, checks: Checks
) -> None:
    line: dict[str, Any] = {"product": "cement", "stage": "catering", "count": 5}
    with pytest.raises(error, match=says):
        actions.add_line(plan=checks.plan, by=checks["planner"], **line | given)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"code": "有空格"}, "小写"),
        ({"title_zh": " "}, "名称"),
        ({"year": 20140}, "年度"),
        ({"law": "complaints"}, "food_sampling"),
        ({"method": "worst"}, "stratified"),
        ({"sampling_kind": "any"}, "evaluative"),
    ],
)
def test_a_plan_that_does_not_hold_is_refused(given: dict[str, Any], says: str, checks: Checks) -> None:
    plan: dict[str, Any] = {
        "code": "new", "title_zh": "新计划", "year": 2014, "law": "product_spot_checks", "sampling_kind": "routine",
        "organisation": checks.unit("quality-supervision"),
    }  # fmt: skip
    with pytest.raises(InputError, match=says):
        actions.make_plan(by=checks["planner"], **plan | given)


def test_a_plan_without_lines_is_not_approved(checks: Checks) -> None:
    actions.remove_line(line=checks.plan.lines.get(), by=checks["planner"])
    with pytest.raises(NotPossibleError, match="抽查项"):
        checks.approved()


def test_how_far_a_plan_is(checks: Checks) -> None:
    plan = checks.approved()
    actions.draw(plan=plan, seed="1", by=checks["planner"])
    plan.draws.get().targets.filter(number__lte=2).update(state="no_goods")
    row = queries.plan_rows([plan])[0]
    assert (row.lines, row.progress.planned, row.progress.drawn, row.progress.missing) == (1, 9, 7, 2)
    assert [one.missing for one in queries.line_rows(plan)] == [2]


def test_a_conflict_is_ones_own_or_of_ones_unit(checks: Checks) -> None:
    code = "91410122000000001X"
    mine = actions.declare_conflict(
        person=checks["zhongmu-1"], enterprise=code, reason="曾任职", by=checks["zhongmu-1"]
    )
    with pytest.raises(NotAllowedError):
        actions.declare_conflict(person=checks["gongyi-1"], enterprise=code, reason="亲属", by=checks["zhongmu-1"])
    with pytest.raises(NotPossibleError, match="已申报"):
        actions.declare_conflict(
            person=checks["zhongmu-1"], enterprise=code, reason="又报", by=checks["zhongmu-county"]
        )
    assert list(queries.conflicts(by=checks["zhongmu-county"])) == [mine]
    assert not queries.conflicts(by=checks["zhongmu-2"]).exists()
    actions.end_conflict(conflict=mine, by=checks["zhongmu-1"])
    assert not queries.conflicts(by=checks["zhongmu-1"]).exists()
    assert queries.conflicts(by=checks["zhongmu-1"], ended=True).exists()
