"""Conflicts of interest: who must not go where."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.registry import queries as registry
from qualicity.errors import QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.planning import ConflictForm, declarable, refuse

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn

PER_PAGE = 50


@login_required
def conflicts(request: SignedIn) -> HttpResponse:
    """List the conflicts of interest that this person sees, and declare one."""
    found, status = queries.conflicts(by=request.user, ended=request.GET.get("ended") == "1"), 200
    form = ConflictForm(request.POST or None, person=request.user)
    if request.method == "POST":
        status = 422
        if not form.people:
            raise permissions.not_allowed()
        if form.is_valid():
            try:
                actions.declare_conflict(by=request.user, **form.cleaned_data)
            except QualicityError as error:
                status = refuse(form, error, "enterprise")
            else:
                messages.success(request, _("Declared: this person is not sent there."))
                return redirect("inspections:conflicts")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    codes = [one.enterprise for one in page]
    names = dict(registry.enterprises().filter(uscc__in=codes).values_list("uscc", "name"))
    mine = {one.pk for one in declarable(request.user)}
    context = {
        "page": page,
        "rows": [(one, names.get(one.enterprise, ""), one.person_id in mine) for one in page],
        "form": form if form.people else None,
        "ended": request.GET.get("ended") == "1",
    }
    return render(request, "inspections/conflicts.html", context, status=status)


@login_required
@require_POST
def end(request: SignedIn, number: int) -> HttpResponse:
    """End a conflict of interest."""
    found = queries.conflicts(by=request.user, ended=True).filter(pk=number).first()
    if found is None:
        raise permissions.not_there(str(number))
    actions.end_conflict(conflict=found, by=request.user)
    messages.success(request, _("Ended: this person may be sent there again."))
    return redirect("inspections:conflicts")
