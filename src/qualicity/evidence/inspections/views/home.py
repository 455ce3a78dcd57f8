"""The desk's first page: this year's plan and how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.evidence.inspections import permissions, queries
from qualicity.evidence.inspections.forms.planning import units_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn

SHOWN = 5


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show this year's plan, how far it is, the other plans of the year and the latest draws."""
    person, year = request.user, registry.moment().year
    rows = queries.plan_rows(queries.plans(by=person, year=year))
    first = queries.plan_of_year(by=person)
    row = next((one for one in rows if first is not None and one.plan.pk == first.pk), None)
    context = {
        "year": year,
        "row": row,
        "others": [one for one in rows if one is not row],
        "draws": queries.draws(by=person)[:SHOWN],
        "may_sample": accounts.can(person, permissions.SAMPLE),
        "may_plan": bool(units_of(person)),
        "may_draw": row is not None and accounts.can(person, permissions.PLAN, organisation=row.plan.organisation),
    }
    return render(request, "inspections/home.html", context)
