"""Who is not checked again: by the law of the day, whose checks count, and which of them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from tests.unit.evidence.inspections.samples import sample

from qualicity.evidence.inspections import actions, queries

if TYPE_CHECKING:
    from tests.unit.evidence.inspections.conftest import Checks

    from qualicity.evidence.inspections.models import CheckPlan, Sample

pytestmark = pytest.mark.django_db
MAKER = "91410122000000001X"


def county_plan(checks: Checks, *, kind: str = "routine") -> CheckPlan:
    plan = actions.make_plan(
        code="own", title_zh="县级抽查", year=2014, organisation=checks.unit("zhongmu"), law="product_spot_checks",
        sampling_kind=kind, by=checks["zhongmu-county"],
    )  # fmt: skip
    actions.add_line(plan=plan, product="pvc-wire", stage="production", count=3, by=checks["zhongmu-county"])
    return plan


def checked(checks: Checks, on: date, **given: Any) -> Sample:
    """Let the city have taken a sample of the maker's wire."""
    usual = {"product": "pvc-wire", "maker_code": MAKER, "conclusion": "qualified"}
    return sample(checks["planner"], on=on, **usual | given)


def left_out(plan: CheckPlan, on: date) -> dict[str, int]:
    return dict(queries.frame_of(plan, on=on).left_out[1])


@pytest.mark.parametrize(
    ("sampled", "drawn", "out"),
    [
        (date(2013, 10, 10), date(2014, 4, 10), True),  # the last day of six months
        (date(2013, 10, 9), date(2014, 4, 10), False),
        (date(2014, 4, 9), date(2014, 4, 10), True),
        (date(2013, 8, 31), date(2014, 2, 28), True),  # no 31st in February
        (date(2013, 8, 31), date(2014, 3, 1), False),
    ],
)
def test_until_the_end_of_2019_what_a_higher_level_passed_is_not_checked_again_for_six_months(
    sampled: date, drawn: date, out: bool, checks: Checks
) -> None:
    checked(checks, sampled)
    assert left_out(county_plan(checks), drawn) == ({"checked_lately": 1} if out else {})


def test_what_failed_at_the_higher_level_is_checked_again(checks: Checks) -> None:
    checked(checks, date(2014, 3, 1), conclusion="unqualified")
    assert left_out(county_plan(checks), date(2014, 4, 10)) == {}


def test_until_the_end_of_2019_ones_own_check_does_not_stand_in_the_way(checks: Checks) -> None:
    checked(checks, date(2014, 3, 1))
    assert left_out(checks.plan, date(2014, 4, 10)) == {}


def test_an_emergency_is_checked_all_the_same(checks: Checks) -> None:
    checked(checks, date(2014, 3, 1))
    assert left_out(county_plan(checks, kind="special"), date(2014, 4, 10)) == {}


def test_another_product_of_the_maker_does_not_stand_in_the_way(checks: Checks) -> None:
    checked(checks, date(2014, 3, 1), product="cement")
    assert left_out(county_plan(checks), date(2014, 4, 10)) == {}


@pytest.mark.parametrize("conclusion", ["qualified", "unqualified", "undecided"])
def test_since_2020_the_same_authority_does_not_check_again_whatever_was_found(
    conclusion: str, checks: Checks
) -> None:
    checked(checks, date(2021, 1, 4), conclusion=conclusion)
    assert left_out(checks.plan, date(2021, 3, 10)) == {"checked_lately": 1}
    assert left_out(checks.plan, date(2021, 7, 4)) == {"checked_lately": 1}
    assert left_out(checks.plan, date(2021, 7, 5)) == {}


def test_since_2020_another_authority_may_check(checks: Checks) -> None:
    checked(checks, date(2021, 1, 4))
    assert left_out(county_plan(checks), date(2021, 3, 10)) == {}


def test_a_void_sample_was_no_check(checks: Checks) -> None:
    taken = checked(checks, date(2021, 1, 4))
    taken.state = "void"
    taken.save()
    assert left_out(checks.plan, date(2021, 3, 10)) == {}


def test_food_has_no_such_rule(checks: Checks) -> None:
    plan = actions.make_plan(
        code="food", title_zh="食品", year=2021, organisation=checks.unit("quality-supervision"), law="food_sampling",
        sampling_kind="routine", by=checks["planner"],
    )  # fmt: skip
    assert queries.rule_of(plan, on=date(2021, 3, 10)) is None
