"""Plans: the list, one with its lines and what may be done next, and a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, file_answer, table_answer
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.planning import (
    CommitmentForm,
    LineForm,
    LinesForm,
    PlanForm,
    SeedForm,
    refuse,
    units_of,
)
from qualicity.evidence.inspections.models import PlanLine

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import CheckPlan

PER_PAGE = 50
SHOWN = 50


@login_required
def plans(request: SignedIn) -> HttpResponse:
    """List the plans with how far each is; downloads as CSV or Excel."""
    found = queries.plans(by=request.user)
    years = sorted(set(found.values_list("year", flat=True)), reverse=True)
    year = request.GET.get("year", "")
    if year.isascii() and year.isdecimal():
        found = found.filter(year=int(year[:6]))
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        rows = [queries.plan_as_plain(one) for one in queries.plan_rows(found)]
        return table_answer(pl.DataFrame(rows, infer_schema_length=None), "spot-check-plans", form)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": queries.plan_rows(page.object_list), "years": years, "year": year,
        "may_plan": bool(units_of(request.user)),
    }  # fmt: skip
    return render(request, "inspections/plans.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Draw up a plan."""
    accounts.check(request.user, permissions.PLAN)
    form, status = PlanForm(request.POST or None, person=request.user), 200
    if request.method == "POST":
        if form.is_valid():
            try:
                made = actions.make_plan(**form.cleaned_data, by=request.user)
            except QualicityError as error:
                status = refuse(form, error)
            else:
                return redirect("inspections:plan", code=made.code)
        status = max(status, 422)
    return render(request, "inspections/plan_new.html", {"form": form}, status=status)


@login_required
def plan(request: SignedIn, code: str) -> HttpResponse:
    """Show one plan; its lines download as CSV or Excel."""
    return page(request, queries.plan(code, by=request.user))


def page(request: SignedIn, found: CheckPlan, *, status: int = 200, **forms: Any) -> HttpResponse:
    """Show one plan with its forms, among them one that was refused."""
    rows = queries.line_rows(found)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        listed = [one | {"places": " ".join(one["places"])} for one in (queries.line_as_plain(row) for row in rows)]
        return table_answer(pl.DataFrame(listed, infer_schema_length=None), found.code, form)
    today = registry.moment().date()
    may = accounts.can(request.user, permissions.PLAN, organisation=found.organisation)
    context = {
        "plan": found,
        "row": queries.plan_rows([found])[0],
        "lines": list(zip(rows, queries.bases_of((one.line for one in rows), on=today), strict=True)),
        "draws": queries.draws(by=request.user, plan=found),
        "text": catalogue().laws[found.law].on(today),
        "rule": queries.rule_of(found, on=today),
        "commitment": queries.open_commitment(found),
        "today": today,
        "may_plan": may,
        "may_approve": may and found.made_by_id != request.user.pk,
        "whole": permissions.sees_whole(request.user, found),
        "line_form": LineForm(plan=found),
        "lines_form": LinesForm(), "commitment_form": CommitmentForm(), "seed_form": SeedForm(),
        **forms,
    }  # fmt: skip
    return render(request, "inspections/plan.html", context, status=status)


@login_required
@require_POST
def approve(request: SignedIn, code: str) -> HttpResponse:
    """Approve a plan."""
    actions.approve(plan=queries.plan(code, by=request.user), by=request.user)
    messages.success(request, _("The plan is approved: it can be drawn from."))
    return redirect("inspections:plan", code=code)


@login_required
@require_POST
def close(request: SignedIn, code: str) -> HttpResponse:
    """Close a plan."""
    actions.close(plan=queries.plan(code, by=request.user), by=request.user)
    messages.success(request, _("The plan is closed."))
    return redirect("inspections:plan", code=code)


@login_required
@require_POST
def add_line(request: SignedIn, code: str) -> HttpResponse:
    """Add a line to a draft."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    form, status = LineForm(request.POST, plan=found), 422
    if form.is_valid():
        try:
            actions.add_line(plan=found, by=request.user, **form.cleaned_data)
        except QualicityError as error:
            status = refuse(form, error)
        else:
            return redirect("inspections:plan", code=code)
    return page(request, found, status=status, line_form=form)


@login_required
def change_line(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Change a line of a draft."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    line, status = _line(found, number), 200
    given = {name: getattr(line, name) for name in ("product", "stage", "count", "places", "finish_by", "why")}
    form = LineForm(request.POST or None, plan=found, initial=given)
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                actions.change_line(line=line, by=request.user, **form.cleaned_data)
            except QualicityError as error:
                status = refuse(form, error)
            else:
                return redirect("inspections:plan", code=code)
    return render(request, "inspections/line.html", {"plan": found, "line": line, "form": form}, status=status)


@login_required
@require_POST
def remove_line(request: SignedIn, code: str, number: int) -> HttpResponse:
    """Take a line out of a draft."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    actions.remove_line(line=_line(found, number), by=request.user)
    return redirect("inspections:plan", code=code)


@login_required
def annex(request: SignedIn, code: str) -> HttpResponse:
    """Give out the annex of a plan as a workbook, with its lines, to be filled in further."""
    found = queries.plan(code, by=request.user)
    return file_answer(queries.lines_workbook(found), f"{found.code}.xlsx", TABLE_TYPES["xlsx"])


@login_required
@require_POST
def import_lines(request: SignedIn, code: str) -> HttpResponse:
    """Replace the lines of a draft by those of a filled annex, or say what is wrong in which row."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    form, status, faults = LinesForm(request.POST, request.FILES), 422, None
    if form.is_valid():
        try:
            taken = actions.import_lines(plan=found, file=form.cleaned_data["file"], by=request.user)
        except QualicityError as error:
            status = refuse(form, error, "file")
        else:
            if taken.taken:
                messages.success(request, _("The annex is taken: its rows are the lines of the draft."))
                return redirect("inspections:plan", code=code)
            faults = taken.findings.head(SHOWN).to_dicts()
            form.add_error("file", _("Nothing was taken: the rows below are to be mended first."))
    return page(request, found, status=status, lines_form=form, faults=faults)


def _line(plan: CheckPlan, number: int) -> PlanLine:
    found = plan.lines.filter(number=number).first()
    if found is None:
        raise permissions.not_there(f"{plan.code}/{number}")
    return found
