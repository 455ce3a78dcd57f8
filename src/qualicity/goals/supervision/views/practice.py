"""Good practice: what is shared, and writing some up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import QualicityError
from qualicity.goals.supervision import actions, permissions, queries
from qualicity.goals.supervision.forms import PracticeForm
from qualicity.goals.supervision.views import answers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def practices(request: SignedIn) -> HttpResponse:
    """List good practice; units and the office write it up here."""
    plan = registry.standing(request.GET).plan
    manages = accounts.can(request.user, permissions.MANAGE)
    form, status = PracticeForm(plan=plan), 200
    if request.method == "POST":
        form, status = PracticeForm(request.POST, plan=plan), 422
        if form.is_valid():
            given = form.cleaned_data | {"organisation": accounts.organisation(form.cleaned_data["organisation"])}
            try:
                actions.write_up(plan=plan, by=request.user, **given)
            except QualicityError as error:
                status = answers.refuse(form, error)
            else:
                messages.success(request, _("Written up; the office shares it."))
                return redirect("supervision:practices")
    context = {
        "plan": plan,
        "rows": queries.practices(plan=plan, by=request.user),
        "form": form if manages or accounts.can(request.user, "tasks.report") else None,
        "may_manage": manages,
    }
    return render(request, "supervision/practices.html", context, status=status)


@login_required
@require_POST
def share(request: SignedIn, number: int) -> HttpResponse:
    """Share good practice with every member."""
    actions.share(practice=number, by=request.user)
    messages.success(request, _("Shared with every member."))
    return redirect("supervision:practices")
