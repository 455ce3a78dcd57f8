"""Implementation plans of the units: who has filed one, one of them, filing one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.goals.tasks import actions, permissions, queries
from qualicity.goals.tasks.forms import PlanFileForm, ReasonForm
from qualicity.goals.tasks.views import answers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.models import Organisation
    from qualicity.commons.accounts.queries import SignedIn


@login_required
def plans(request: SignedIn) -> HttpResponse:
    """List every member unit with its implementation plan, the missing ones too."""
    standing = registry.standing(request.GET)
    rows = queries.unit_plans(plan=standing.plan, as_of=standing.as_of, by=request.user)
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(rows), f"{standing.plan.code}-implementation-plans", request.GET["format"])
    context = {
        "plan": standing.plan,
        "rows": rows,
        "approved": sum(one.state == "approved" for one in rows),
        "may_file": accounts.can(request.user, permissions.REPORT),
    }
    return render(request, "tasks/plans.html", context)


def _frame(rows: tuple[queries.UnitPlan, ...]) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "organisation": [one.organisation.code for one in rows],
            "title": [one.organisation.title.in_language(language()) for one in rows],
            "plan": [one.title for one in rows],
            "due": [one.due for one in rows],
            "filed_on": pl.Series([one.filed_on for one in rows], dtype=pl.Date),
            "state": [one.state for one in rows],
        }
    )


@login_required
def plan(request: SignedIn, number: int) -> HttpResponse:
    """Show one implementation plan; the office approves or returns it here."""
    if request.method == "POST":
        actions.decide_plan(
            number=number,
            approve=request.POST.get("verb") == "approve",
            reason=request.POST.get("reason", ""),
            by=request.user,
        )
        messages.success(request, _("Decided."))
        return redirect("tasks:plan", number=number)
    found = queries.unit_plan(number=number, by=request.user)
    case = answers.readable(found.case_id, request.user)
    context = {
        "one": found,
        "case": case,
        "trail": [(one, lifecycle.move_title(case.type, one.code)) for one in cases.moves_of(case)] if case else (),
        "files": cases.attachments_of(case) if case else (),
        "state": lifecycle.title_of("implementation_plan", found.case.state),
        "may_decide": found.case.state == "submitted" and permissions.can_assign(request.user, None),
        "reason_form": ReasonForm(),
    }
    return render(request, "tasks/plan.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """File a unit's implementation plan."""
    accounts.check(request.user, permissions.REPORT)
    standing = registry.standing(request.GET)
    units = _units(request)
    form, status = PlanFileForm(units=units), 200
    if request.method == "POST":
        form, status = PlanFileForm(request.POST, request.FILES, units=units), 422
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.file_plan(
                    plan=standing.plan,
                    organisation=accounts.organisation(given["organisation"]),
                    title=given["title"],
                    summary=given["summary"],
                    files=[given["file"]],
                    by=request.user,
                )
            except QualicityError as error:
                status = answers.refuse(form, error)
            else:
                messages.success(request, _("The implementation plan is filed; the office decides."))
                return redirect("tasks:plan", number=made.pk)
    return render(request, "tasks/new_plan.html", {"plan": standing.plan, "form": form}, status=status)


def _units(request: SignedIn) -> list[Organisation]:
    if accounts.sees_all(request.user, permissions.REPORT):
        return list(accounts.organisations())
    return [request.user.organisation] if request.user.organisation else []
