"""Targets broken down to units and counties, followed on their own values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.goals.tasks import actions, permissions, queries
from qualicity.goals.tasks.forms import TargetForm
from qualicity.goals.tasks.views import answers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def targets(request: SignedIn) -> HttpResponse:
    """Show each target that is broken down, part by part; the office gives a unit its own value here."""
    standing = registry.standing(request.GET)
    plan, manages = standing.plan, permissions.can_assign(request.user, None)
    form, status = TargetForm(plan=plan), 200
    if request.method == "POST":
        permissions.check_assign(request.user, None)
        form, status = TargetForm(request.POST, plan=plan), 422
        if form.is_valid():
            given = form.cleaned_data | {"organisation": accounts.organisation(form.cleaned_data["organisation"])}
            try:
                actions.set_target(plan=plan, by=request.user, **given)
            except QualicityError as error:
                status = answers.refuse(form, error, "value")
            else:
                messages.success(request, _("Saved."))
                return redirect("tasks:targets")
    rows = queries.local_targets(
        plan=plan, as_of=standing.as_of, by=request.user, indicator=request.GET.get("indicator", "")[:60],
        organisation=request.GET.get("organisation", "")[:60],
    )  # fmt: skip
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(rows), f"{plan.code}-local-targets", request.GET["format"])
    context = {"plan": plan, "rows": rows, "form": form if manages else None}
    return render(request, "tasks/targets.html", context, status=status)


def _frame(rows: tuple[queries.BrokenDown, ...]) -> pl.DataFrame:
    parts = [(one.indicator, part) for one in rows for part in one.parts]
    return pl.DataFrame(
        {
            "indicator": [indicator.code for indicator, _ in parts],
            "organisation": [part.organisation.code for _, part in parts],
            "aim": [part.aim for _, part in parts],
            "value": pl.Series([part.value.shown[0] for _, part in parts], dtype=pl.Float64),
            "status": [part.value.status.value for _, part in parts],
            "note": [part.note for _, part in parts],
        },
        schema_overrides={"aim": pl.Float64},
    )
