"""The special fund: what there is, what was given to whom for which task, what was paid and what it bought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualicity.commons.accounts import queries as accounts
from qualicity.goals.supervision import permissions
from qualicity.goals.supervision.models import Allocation, Budget, Spending
from qualicity.goals.tasks.queries import unit_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from qualicity.commons.accounts.queries import Somebody
    from qualicity.definitions.plans import Plan
    from qualicity.goals.tasks.queries import Unit


@dataclass(frozen=True, slots=True)
class Paid:
    """One payment, in fen, and what it bought."""

    number: int
    day: date
    amount: int
    bought: str
    voucher: str


@dataclass(frozen=True, slots=True)
class Allocated:
    """What an organisation was given for a task, what it paid out of it, in fen."""

    number: int
    budget: int
    organisation: Unit
    task: int
    purpose: str
    amount: int
    spent: int
    payments: tuple[Paid, ...]

    @property
    def left(self) -> int:
        """Return what is left."""
        return self.amount - self.spent

    @property
    def percent(self) -> int:
        """Return how much of it is spent, in percent."""
        return round(100 * self.spent / self.amount)


@dataclass(frozen=True, slots=True)
class Fund:
    """One budget with what became of it, in fen."""

    number: int
    year: int
    source: str
    amount: int
    allocated: int
    spent: int
    allocations: tuple[Allocated, ...]

    @property
    def free(self) -> int:
        """Return what is not allocated yet."""
        return self.amount - self.allocated


@dataclass(frozen=True, slots=True)
class FundTotals:
    """The whole fund in fen: budget, allocated, spent, and the same by task and by organisation."""

    amount: int
    allocated: int
    spent: int
    by_task: tuple[tuple[int, int, int], ...]
    by_organisation: tuple[tuple[Unit, int, int], ...]


def fund(*, plan: Plan, by: Somebody, as_of: date | None = None) -> tuple[Fund, ...]:
    """Return the budgets with their allocations and payments; with ``as_of`` only what was paid by that day."""
    accounts.check(by, permissions.READ)
    paid: dict[int, list[Paid]] = defaultdict(list)
    spendings = Spending.objects.filter(allocation__budget__plan=plan.code)
    if as_of is not None:
        spendings = spendings.filter(spent_on__lte=as_of)
    for one in spendings:
        paid[one.allocation_id].append(Paid(one.pk, one.spent_on, one.amount, one.bought, one.voucher))
    given: dict[int, list[Allocated]] = defaultdict(list)
    for each in Allocation.objects.filter(budget__plan=plan.code).select_related("organisation"):
        payments = tuple(paid[each.pk])
        given[each.budget_id].append(
            Allocated(
                number=each.pk,
                budget=each.budget_id,
                organisation=unit_of(each.organisation),
                task=each.task,
                purpose=each.purpose,
                amount=each.amount,
                spent=sum(one.amount for one in payments),
                payments=payments,
            )
        )
    return tuple(_fund(budget, tuple(given[budget.pk])) for budget in Budget.objects.filter(plan=plan.code))


def _fund(budget: Budget, given: tuple[Allocated, ...]) -> Fund:
    return Fund(
        number=budget.pk,
        year=budget.year,
        source=budget.source,
        amount=budget.amount,
        allocated=sum(one.amount for one in given),
        spent=sum(one.spent for one in given),
        allocations=given,
    )


def fund_totals(*, plan: Plan, by: Somebody, as_of: date | None = None) -> FundTotals:
    """Return the whole fund added up, and by task and organisation."""
    budgets = fund(plan=plan, by=by, as_of=as_of)
    every = [one for budget in budgets for one in budget.allocations]
    tasks = sorted({one.task for one in every})
    units = {one.organisation.code: one.organisation for one in every}
    return FundTotals(
        amount=sum(one.amount for one in budgets),
        allocated=sum(one.allocated for one in budgets),
        spent=sum(one.spent for one in budgets),
        by_task=tuple((task, *_sums(one for one in every if one.task == task)) for task in tasks),
        by_organisation=tuple(
            (unit, *_sums(one for one in every if one.organisation.code == code))
            for code, unit in sorted(units.items())
        ),
    )


def _sums(given: Iterable[Allocated]) -> tuple[int, int]:
    found = tuple(given)
    return sum(one.amount for one in found), sum(one.spent for one in found)
