"""The special fund: what is not there cannot be given, and what was not given cannot be spent."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.audit import actions as audit
from qualicity.commons.registry import queries as registry
from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.models import Allocation, Budget, Spending

if TYPE_CHECKING:
    from datetime import date

    from qualicity.commons.accounts.models import Organisation, Person
    from qualicity.definitions.plans import Plan


@transaction.atomic
def set_budget(*, plan: Plan, year: int, source: str, amount: int, by: Person) -> Budget:
    """Set what the fund holds for a year from a source, in fen; never below what was allocated already."""
    accounts.check(by, permissions.MANAGE)
    _check_amount(amount)
    if not source.strip():
        raise InputError("请写明资金来源。", "Say where the money comes from.")
    one = Budget.objects.select_for_update().filter(plan=plan.code, year=year, source=source.strip()).first()
    given = _allocated(one) if one else 0
    if amount < given:
        raise NotPossibleError(
            f"已分配 {_yuan(given)} 元，预算不能低于它（现填 {_yuan(amount)} 元）。",
            f"{_yuan(given)} yuan are allocated already; the budget cannot be less ({_yuan(amount)} yuan given).",
        )
    before = one.amount if one else None
    if one is None:
        one = Budget(plan=plan.code, year=year, source=source.strip()[:200])
    one.amount, one.made_by, one.made_at = amount, by, registry.moment()
    one.save()
    audit.record(
        by=by, verb="supervision.budget", subject=f"budget:{one.pk}",
        detail={"year": year, "source": one.source, "amount": amount, "before": before},
    )  # fmt: skip
    return one


@transaction.atomic
def allocate(
    *, plan: Plan, budget: int, organisation: Organisation, task: int, amount: int, purpose: str, by: Person
) -> Allocation:
    """Give an organisation money for a task out of a budget, in fen; never more than is left."""
    accounts.check(by, permissions.MANAGE)
    _check_amount(amount)
    if not any(one.number == task for one in plan.tasks):
        raise NotFoundError(f"方案中没有第 {task} 项任务。", f"The plan has no task {task}.")
    if not purpose.strip():
        raise InputError("请写明用途。", "Say what the money is for.")
    one = Budget.objects.select_for_update().filter(plan=plan.code, pk=budget).first()
    if one is None:
        raise permissions.not_there("预算", "budget", budget)
    left = one.amount - _allocated(one)
    if amount > left:
        raise NotPossibleError(
            f"预算只剩 {_yuan(left)} 元可分配，不足 {_yuan(amount)} 元。",
            f"Only {_yuan(left)} yuan of the budget are left; {_yuan(amount)} yuan were asked for.",
        )
    made = Allocation.objects.create(
        budget=one, organisation=organisation, task=task, amount=amount, purpose=purpose.strip()[:300], made_by=by,
        made_at=registry.moment(),
    )  # fmt: skip
    audit.record(
        by=by, verb="supervision.allocate", subject=f"allocation:{made.pk}",
        detail={"budget": one.pk, "organisation": organisation.code, "task": task, "amount": amount},
    )  # fmt: skip
    return made


@transaction.atomic
def spend(*, allocation: int, spent_on: date, amount: int, bought: str, by: Person, voucher: str = "") -> Spending:
    """Book what an organisation paid out of its allocation and what it bought; never more than is left.

    A negative amount takes a payment back. Money is counted in fen.
    """
    one = Allocation.objects.select_for_update().select_related("organisation").filter(pk=allocation).first()
    if one is None:
        raise permissions.not_there("资金分配", "allocation", allocation)
    if not accounts.can(by, permissions.MANAGE):
        accounts.check(by, "tasks.report", organisation=one.organisation)
    if amount == 0:
        raise InputError("金额不能为零。", "The amount cannot be nought.")
    if not bought.strip():
        raise InputError("请写明买了什么、办了什么。", "Say what the money bought.")
    if spent_on > registry.today():
        raise InputError(f"支出日期 {spent_on} 还没有到。", f"The day {spent_on} is yet to come.")
    spent = one.spendings.aggregate(total=Sum("amount"))["total"] or 0
    if not 0 <= spent + amount <= one.amount:
        raise NotPossibleError(
            f"该项分配 {_yuan(one.amount)} 元，已支出 {_yuan(spent)} 元，不能再支出 {_yuan(amount)} 元。",
            f"Of {_yuan(one.amount)} yuan {_yuan(spent)} are spent; {_yuan(amount)} cannot be booked.",
        )
    made = Spending.objects.create(
        allocation=one, spent_on=spent_on, amount=amount, bought=bought.strip()[:300], voucher=voucher.strip()[:100],
        made_by=by, made_at=registry.moment(),
    )  # fmt: skip
    audit.record(
        by=by, verb="supervision.spend", subject=f"allocation:{one.pk}",
        detail={"amount": amount, "bought": made.bought, "voucher": made.voucher, "day": spent_on.isoformat()},
    )  # fmt: skip
    return made


def _yuan(amount: int) -> str:
    """Return an amount of fen as yuan with two decimals."""
    sign, whole = ("-" if amount < 0 else ""), abs(amount)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def _allocated(budget: Budget) -> int:
    return budget.allocations.aggregate(total=Sum("amount"))["total"] or 0


def _check_amount(amount: int) -> None:
    if amount <= 0:
        raise InputError(
            f"金额应大于零，现为 {_yuan(amount)} 元。", f"The amount must be above nought, not {_yuan(amount)}."
        )
