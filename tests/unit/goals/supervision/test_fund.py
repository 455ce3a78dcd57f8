"""The fund's sums hold: allocated within the budget, spent within what was allocated, money as whole fen."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import InputError, NotAllowedError, NotFoundError, NotPossibleError
from qualicity.goals.supervision import actions, queries
from qualicity.goals.supervision.forms import YuanField

if TYPE_CHECKING:
    from qualicity.definitions.plans import Plan

DAY = date(2014, 9, 1)


@pytest.fixture
def budget(plan: Plan, office: Any) -> Any:
    return actions.set_budget(plan=plan, year=2014, source="市级专项经费", amount=1_000_000_00, by=office)


def give(plan: Plan, budget: Any, by: Any, amount: int, unit: str = "environment") -> Any:
    return actions.allocate(
        plan=plan, budget=budget.pk, organisation=accounts.organisation(unit), task=4, amount=amount,
        purpose="监测设备", by=by,
    )  # fmt: skip


def pay(allocation: Any, by: Any, amount: int, bought: str = "颗粒物监测仪") -> Any:
    return actions.spend(allocation=allocation.pk, spent_on=DAY, amount=amount, bought=bought, by=by)


def test_what_is_not_there_cannot_be_given(plan: Plan, office: Any, budget: Any) -> None:
    give(plan, budget, office, 600_000_00)
    with pytest.raises(NotPossibleError, match=r"400,000\.00"):
        give(plan, budget, office, 400_000_01)
    give(plan, budget, office, 400_000_00)
    with pytest.raises(NotPossibleError):
        actions.set_budget(plan=plan, year=2014, source="市级专项经费", amount=999_999_99, by=office)


def test_what_was_not_given_cannot_be_spent(plan: Plan, office: Any, budget: Any, reporter: Any) -> None:
    one = give(plan, budget, office, 100_00)
    pay(one, reporter, 60_05)
    with pytest.raises(NotPossibleError):
        pay(one, reporter, 39_96)
    pay(one, reporter, 39_95)
    pay(one, reporter, -10_00, "退回押金")
    with pytest.raises(NotPossibleError):
        pay(one, reporter, -90_01, "多退")
    (fund,) = queries.fund(plan=plan, by=office)
    (given,) = fund.allocations
    assert (given.spent, given.left, fund.free) == (90_00, 10_00, 1_000_000_00 - 100_00)
    assert [paid.bought for paid in given.payments].count("颗粒物监测仪") == 2


def test_totals_by_task_and_organisation_add_up(plan: Plan, office: Any, budget: Any) -> None:
    pay(give(plan, budget, office, 30_000_00), office, 10_000_33)
    give(plan, budget, office, 20_000_00, "agriculture")
    totals = queries.fund_totals(plan=plan, by=office)
    assert (totals.amount, totals.allocated, totals.spent) == (1_000_000_00, 50_000_00, 10_000_33)
    assert totals.by_task == ((4, 50_000_00, 10_000_33),)
    by_unit = {unit.code: (given, paid) for unit, given, paid in totals.by_organisation}
    assert by_unit == {"agriculture": (20_000_00, 0), "environment": (30_000_00, 10_000_33)}


def test_money_is_typed_in_yuan_and_kept_in_fen() -> None:
    assert YuanField().clean("1234.56") == 123456
    assert YuanField().clean("0.29") == 29, "no binary fraction on the way"


def test_who_may(plan: Plan, office: Any, budget: Any, make_person: Any) -> None:
    one = give(plan, budget, office, 100_00)
    other = make_person("reporter", "agriculture", "farm")
    with pytest.raises(NotAllowedError):
        pay(one, other, 1_00)
    with pytest.raises(NotAllowedError):
        give(plan, budget, other, 1_00)
    with pytest.raises(NotAllowedError):
        actions.set_budget(plan=plan, year=2015, source="x", amount=1, by=make_person("leader"))


def test_amounts_and_purposes_are_asked_for(plan: Plan, office: Any, budget: Any) -> None:
    with pytest.raises(InputError):
        give(plan, budget, office, 0)
    with pytest.raises(NotFoundError):
        actions.allocate(
            plan=plan, budget=budget.pk, organisation=accounts.organisation("environment"), task=99, amount=1,
            purpose="x", by=office,
        )  # fmt: skip
    with pytest.raises(InputError):
        pay(give(plan, budget, office, 100_00), office, 1_00, " ")
