"""One assignment: its six fixes, where it stands and why its light is what it is, its reports and its trail."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.errors import QualicityError
from qualicity.goals.tasks import actions, permissions, queries
from qualicity.goals.tasks.forms import FixForm, ReasonForm, ReportForm
from qualicity.goals.tasks.views import answers

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn

REPORTABLE = ("assigned", "in_progress", "extension_asked")


@login_required
def assignment(request: SignedIn, number: int) -> HttpResponse:
    """Show one assignment."""
    return _page(request, number)


def _page(
    request: SignedIn,
    number: int,
    *,
    report_form: forms.Form | None = None,
    fix_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    standing = registry.standing(request.GET)
    row = queries.assignment(plan=standing.plan, number=number, as_of=standing.as_of, by=request.user)
    unit = accounts.organisation(row.organisation.code)
    level = accounts.organisation(row.level.code) if row.level else None
    reports = accounts.can(request.user, permissions.REPORT, organisation=unit)
    fixed = {name: getattr(row, name) for name in ("section", "post", "person", "quality", "quantity")}
    case = answers.readable(row.case, request.user)
    context = {
        "plan": standing.plan,
        "row": row,
        "case": case,
        "reports": queries.reports(number=number, by=request.user),
        "changes": queries.changes(number=number, by=request.user),
        "earlier": queries.earlier(number=number, by=request.user),
        "files": cases.attachments_of(case) if case else (),
        "state": lifecycle.title_of("assignment", row.state),
        "may_report": row.state in REPORTABLE and permissions.can_report(request.user, unit),
        "may_check": row.state == "submitted" and accounts.can(request.user, permissions.CHECK, organisation=level),
        "may_fix": reports or permissions.can_assign(request.user, level),
        "report_form": report_form or ReportForm(initial={"percent": row.progress}),
        "fix_form": fix_form or FixForm(initial=fixed),
        "reason_form": ReasonForm(),
    }
    return render(request, "tasks/assignment.html", context, status=status)


def _back(request: SignedIn, number: int) -> HttpResponse:
    query = request.GET.urlencode()
    address = reverse("tasks:assignment", args=[number])
    return redirect(f"{address}?{query}" if query else address)


@login_required
@require_POST
def report(request: SignedIn, number: int) -> HttpResponse:
    """Report progress, or report it done and ask for the check."""
    form = ReportForm(request.POST, request.FILES)
    done = request.POST.get("verb") == "hand_in"
    if done:
        form.fields["percent"].required = False
    if not form.is_valid():
        return _page(request, number, report_form=form, status=422)
    given = form.cleaned_data
    files = [given["file"]] if given["file"] else []
    try:
        if done:
            actions.hand_in(assignment=number, text=given["text"], files=files, by=request.user)
        else:
            actions.report(
                assignment=number, percent=given["percent"], milestone=given["milestone"], text=given["text"],
                files=files, by=request.user,
            )  # fmt: skip
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        return _page(request, number, report_form=form, status=answers.refuse(form, error))
    messages.success(request, _("Handed in: it waits for the check.") if done else _("The progress is reported."))
    return _back(request, number)


@login_required
@require_POST
def check(request: SignedIn, number: int) -> HttpResponse:
    """Close what was handed in, or return it with the reason."""
    reason = request.POST.get("reason", "")
    if request.POST.get("verb") == "close":
        actions.close(assignment=number, reason=reason, by=request.user)
        messages.success(request, _("The assignment is closed."))
    else:
        actions.give_back(assignment=number, reason=reason, by=request.user)
        messages.success(request, _("It went back with the reason."))
    return _back(request, number)


@login_required
@require_POST
def fixes(request: SignedIn, number: int) -> HttpResponse:
    """Fill in the six fixes."""
    form = FixForm(request.POST)
    if not form.is_valid():
        return _page(request, number, fix_form=form, status=422)
    actions.fix(assignment=number, by=request.user, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return _back(request, number)
