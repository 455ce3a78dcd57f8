"""The special fund: budgets, what was given to whom for which task, what was paid and what it bought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.goals.supervision import actions, permissions, queries
from qualicity.goals.supervision.forms import AllocationForm, BudgetForm, SpendingForm
from qualicity.goals.supervision.views import answers

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def fund(request: SignedIn) -> HttpResponse:
    """Show the fund."""
    return _page(request)


def _page(request: SignedIn, *, form: forms.Form | None = None, status: int = 200) -> HttpResponse:
    standing = registry.standing(request.GET)
    plan = standing.plan
    budgets = queries.fund(plan=plan, by=request.user, as_of=standing.as_of)
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(budgets), f"{plan.code}-fund", request.GET["format"])
    own = _own(request, budgets)
    manages = accounts.can(request.user, permissions.MANAGE)
    context = {
        "plan": plan,
        "budgets": budgets,
        "titles": {one.number: one.title for one in plan.tasks},
        "totals": queries.fund_totals(plan=plan, by=request.user, as_of=standing.as_of),
        "budget_form": _kept(form, BudgetForm) or (BudgetForm() if manages else None),
        "allocation_form": _kept(form, AllocationForm)
        or (AllocationForm(plan=plan, budgets=_budgets(budgets)) if manages and budgets else None),
        "spending_form": _kept(form, SpendingForm) or (SpendingForm(allocations=own) if own else None),
    }
    return render(request, "supervision/fund.html", context, status=status)


def _kept(form: forms.Form | None, kind: type[forms.Form]) -> forms.Form | None:
    return form if isinstance(form, kind) else None


def _budgets(budgets: tuple[queries.Fund, ...]) -> list[tuple[int, str]]:
    return [(one.number, f"{one.year} {one.source}") for one in budgets]


def _own(request: SignedIn, budgets: tuple[queries.Fund, ...]) -> list[tuple[int, str]]:
    """Return the allocations that the reader may book payments on."""
    every = [one for budget in budgets for one in budget.allocations]
    if not accounts.can(request.user, permissions.MANAGE):
        unit = request.user.organisation
        reports = accounts.can(request.user, "tasks.report", organisation=unit)
        every = [one for one in every if unit and reports and one.organisation.code == unit.code]
    return [
        (one.number, f"{one.task} {one.organisation.title.in_language(language())} · {one.purpose}") for one in every
    ]


def _frame(budgets: tuple[queries.Fund, ...]) -> pl.DataFrame:
    rows = [(budget, one) for budget in budgets for one in budget.allocations]
    return pl.DataFrame(
        {
            "year": [budget.year for budget, _ in rows],
            "source": [budget.source for budget, _ in rows],
            "task": [one.task for _, one in rows],
            "organisation": [one.organisation.code for _, one in rows],
            "purpose": [one.purpose for _, one in rows],
            "allocated_yuan": pl.Series([one.amount / 100 for _, one in rows], dtype=pl.Float64),
            "spent_yuan": pl.Series([one.spent / 100 for _, one in rows], dtype=pl.Float64),
            "bought": ["；".join(paid.bought for paid in one.payments) for _, one in rows],
        }
    )


@login_required
@require_POST
def budget(request: SignedIn) -> HttpResponse:
    """Set a budget."""
    accounts.check(request.user, permissions.MANAGE)
    form, plan = BudgetForm(request.POST), registry.standing(request.GET).plan
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        actions.set_budget(plan=plan, by=request.user, **form.cleaned_data)
    except QualicityError as error:
        return _page(request, status=answers.refuse(form, error), form=form)
    return _saved(request)


@login_required
@require_POST
def allocate(request: SignedIn) -> HttpResponse:
    """Give an organisation money for a task."""
    accounts.check(request.user, permissions.MANAGE)
    plan = registry.standing(request.GET).plan
    known = _budgets(queries.fund(plan=plan, by=request.user))
    form = AllocationForm(request.POST, plan=plan, budgets=known)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    given = form.cleaned_data | {"organisation": accounts.organisation(form.cleaned_data["organisation"])}
    try:
        actions.allocate(plan=plan, by=request.user, **given)
    except QualicityError as error:
        return _page(request, status=answers.refuse(form, error), form=form)
    return _saved(request)


@login_required
@require_POST
def spend(request: SignedIn) -> HttpResponse:
    """Book a payment."""
    plan = registry.standing(request.GET).plan
    own = _own(request, queries.fund(plan=plan, by=request.user))
    if not own:
        accounts.check(request.user, permissions.MANAGE)
    form = SpendingForm(request.POST, allocations=own)
    if not form.is_valid():
        return _page(request, form=form, status=422)
    try:
        actions.spend(by=request.user, **form.cleaned_data)
    except QualicityError as error:
        return _page(request, status=answers.refuse(form, error), form=form)
    return _saved(request)


def _saved(request: SignedIn) -> HttpResponse:
    messages.success(request, _("Saved."))
    return redirect("supervision:fund")
