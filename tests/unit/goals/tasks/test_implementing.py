"""Units' own plans and their own targets."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import InputError, NotAllowedError, NotPossibleError
from qualicity.goals.tasks import actions, queries

if TYPE_CHECKING:
    from pathlib import Path

    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


def file(plan: Plan, by: Any, evidence: Path, unit: str = "environment") -> Any:
    return actions.file_plan(
        plan=plan, organisation=accounts.organisation(unit), title="环保局实施方案", summary="分三步推进",
        files=[evidence], by=by, on=None,
    )  # fmt: skip


def state(plan: Plan, by: Any, unit: str = "environment", day: date = DAY) -> str:
    rows = {one.organisation.code: one for one in queries.unit_plans(plan=plan, as_of=day, by=by)}
    return rows[unit].state


def test_a_plan_is_filed_returned_filed_again_and_approved(
    plan: Plan, office: Any, reporter: Any, evidence: Path
) -> None:
    assert state(plan, office) == "missing"
    made = file(plan, reporter, evidence)
    assert state(plan, office) == "submitted"
    with pytest.raises(NotPossibleError):
        file(plan, reporter, evidence)
    actions.decide_plan(number=made.pk, approve=False, reason="缺少时限", by=office)
    assert state(plan, office) == "returned"
    again = file(plan, reporter, evidence)
    assert again.pk == made.pk
    actions.decide_plan(number=made.pk, approve=True, by=office)
    assert state(plan, office) == "approved"
    assert state(plan, office, day=date(2014, 8, 31)) == "missing", "as it stood the day before"


def test_a_unit_files_for_itself_and_the_office_decides(
    plan: Plan, office: Any, reporter: Any, evidence: Path, make_person: Any
) -> None:
    with pytest.raises(NotAllowedError):
        file(plan, reporter, evidence, "agriculture")
    made = file(plan, reporter, evidence)
    for person in (reporter, make_person("county", "zhongmu"), make_person("leader")):
        with pytest.raises(NotAllowedError):
            actions.decide_plan(number=made.pk, approve=True, by=person)


def test_a_target_of_one_s_own_is_at_least_as_strict_unless_said_why(plan: Plan, office: Any) -> None:
    zhongmu = accounts.organisation("zhongmu")

    def give(value: float, note: str = "", indicator: str = "product-2") -> Any:
        return actions.set_target(
            plan=plan, indicator=indicator, organisation=zhongmu, value=value, note=note, by=office
        )

    with pytest.raises(InputError):
        give(95.0)
    give(97.0)
    give(95.0, "新建基地多，分两年达到")
    (one,) = queries.local_targets(plan=plan, as_of=DAY, by=office)
    (part,) = one.parts
    assert (part.aim, part.weaker, part.value.target.value, part.value.place) == (95.0, True, 95.0, zhongmu.place)
    assert one.city.target.value == 96


def test_parts_that_add_up_are_held_against_the_city_s_sum(plan: Plan, office: Any) -> None:
    counted = next(one for one in plan.indicators if queries.is_additive(one))
    aim = counted.target.value
    assert aim is not None
    for unit, share in (("commerce", 0.5), ("tourism", 0.25)):
        actions.set_target(
            plan=plan, indicator=counted.code, organisation=accounts.organisation(unit), value=aim * share, by=office
        )
    (one,) = queries.local_targets(plan=plan, as_of=DAY, by=office)
    assert (one.total, one.covers) == (aim * 0.75, False)


@pytest.mark.parametrize(
    ("code", "weaker", "stricter"),
    [("product-2", 95, 97), ("environment-6b", 96, 90), ("product-1", 29, 31)],
)
def test_the_direction_is_the_target_s_own(plan: Plan, code: str, weaker: float, stricter: float) -> None:
    indicator = plan.indicator(code)
    assert queries.is_weaker(indicator, weaker)
    assert not queries.is_weaker(indicator, stricter)


def test_only_the_office_breaks_targets_down(plan: Plan, office: Any, make_person: Any) -> None:
    with pytest.raises(NotAllowedError):
        actions.set_target(
            plan=plan, indicator="product-2", organisation=accounts.organisation("zhongmu"), value=99,
            by=make_person("county", "zhongmu"),
        )  # fmt: skip
