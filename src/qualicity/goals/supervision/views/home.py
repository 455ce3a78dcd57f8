"""Where supervision stands: gates, what must be answered, what is next; and every gate with its reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.goals.supervision import permissions, queries
from qualicity.goals.tasks import queries as tasks

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def home(request: SignedIn) -> HttpResponse:
    """Show how the phases' gates stand, the latest meetings and circulars, and the fund."""
    standing = registry.standing(request.GET)
    plan, day = standing.plan, standing.as_of
    accounts.check(request.user, permissions.READ)
    rows = tasks.assignments(plan=plan, as_of=day, by=request.user)
    context = {
        "plan": plan,
        "gates": queries.gates(plan=plan, as_of=day, by=request.user),
        "count": tasks.count(rows),
        "worst": [one for one in tasks.by_organisation(rows) if one.all.red or one.all.yellow][:8],
        "meetings": queries.meetings(plan=plan, by=request.user)[:5],
        "circulars": queries.circulars(plan=plan, by=request.user)[:5],
        "totals": queries.fund_totals(plan=plan, by=request.user, as_of=day),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }
    return render(request, "supervision/home.html", context)


@login_required
def gates(request: SignedIn) -> HttpResponse:
    """Show every gate with each condition, what was found, and what stands in the way."""
    standing = registry.standing(request.GET)
    found = queries.gates(plan=standing.plan, as_of=standing.as_of, by=request.user)
    return render(request, "supervision/gates.html", {"plan": standing.plan, "gates": found})
