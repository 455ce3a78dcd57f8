"""The board of tasks, the list of assignments, one task, one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.goals.plan import queries as plans
from qualicity.goals.tasks import permissions, queries
from qualicity.goals.tasks.views import answers

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.plans import Plan

PER_PAGE = 50


def wanted_of(request: SignedIn) -> queries.Wanted:
    """Return what the address narrows a list to."""
    given = request.GET
    return queries.Wanted(
        task=answers.number(given, "task"),
        strategy=answers.number(given, "strategy"),
        organisation=given.get("organisation", "")[:60],
        light=given.get("light", "")[:10],
        role=given.get("role", "")[:10],
        level=given.get("level", "")[:60],
        state=given.get("state", "")[:20],
        search=given.get("q", "")[:100],
    )


def _filters(plan: Plan, wanted: queries.Wanted) -> dict[str, object]:
    return {
        "wanted": wanted,
        "strategies": plan.strategies,
        "units": [one for one in plan.organisations if one.member],
        "local": [one for one in plan.organisations if one.kind in ("county", "zone")],
        "lights": ("red", "yellow", "blue", "green"),
    }


@login_required
def board(request: SignedIn) -> HttpResponse:
    """Show every task with its lead, its lights in the city and in the counties, and how far it has come."""
    standing, wanted = registry.standing(request.GET), wanted_of(request)
    plan = standing.plan
    rows = queries.assignments(plan=plan, as_of=standing.as_of, by=request.user, wanted=wanted)
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(queries.table(plan, rows), f"{plan.code}-assignments", request.GET["format"])
    narrowed = wanted != queries.EVERYTHING
    tasks = [one for one in queries.by_task(plan, rows) if not narrowed or one.city.total or one.counties.total]
    context = _filters(plan, wanted) | {
        "plan": plan,
        "tasks": tasks,
        "count": queries.count(rows),
        "may_assign": permissions.can_assign(request.user, permissions.level_of(request.user)),
        "is_empty": not rows and not narrowed,
    }
    return render(request, "tasks/_board.html" if request.htmx else "tasks/board.html", context)


@login_required
def assignments(request: SignedIn) -> HttpResponse:
    """List assignments, narrowed and paged; downloads are headed as the annex is, and come in again."""
    standing, wanted = registry.standing(request.GET), wanted_of(request)
    plan = standing.plan
    rows = queries.assignments(plan=plan, as_of=standing.as_of, by=request.user, wanted=wanted)
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(queries.table(plan, rows), f"{plan.code}-assignments", request.GET["format"])
    context = _filters(plan, wanted) | {
        "plan": plan,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "count": queries.count(rows),
    }
    return render(request, "tasks/_assignments.html" if request.htmx else "tasks/assignments.html", context)


@login_required
def task(request: SignedIn, number: int) -> HttpResponse:
    """Show one task with its assignments in the city and how it stands in each county."""
    standing = registry.standing(request.GET)
    plan = standing.plan
    found = plans.task(plan=plan, number=number, by=request.user)
    rows = queries.assignments(plan=plan, as_of=standing.as_of, by=request.user, wanted=queries.Wanted(task=number))
    city = [one for one in rows if one.level is None]
    context = {
        "plan": plan,
        "row": found,
        "city": city,
        "count": queries.count(city),
        "counties": queries.by_organisation([one for one in rows if one.level is not None]),
    }
    return render(request, "tasks/task.html", context)


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """Go to the page of the reader's own unit; who has none goes to the board."""
    accounts.check(request.user, permissions.READ)
    unit = request.user.organisation
    address = reverse("tasks:unit", args=[unit.code]) if unit else reverse("tasks:board")
    return redirect(f"{address}?{request.GET.urlencode()}" if request.GET else address)


@login_required
def unit(request: SignedIn, code: str) -> HttpResponse:
    """Show what one unit was given, what waits for it, its implementation plan and its own targets."""
    standing = registry.standing(request.GET)
    plan = standing.plan
    found = plans.responsibility(plan=plan, code=code, by=request.user)
    rows = queries.assignments(
        plan=plan, as_of=standing.as_of, by=request.user, wanted=queries.Wanted(organisation=code)
    )
    own = [one for one in rows if one.organisation.code == code]
    filed = queries.unit_plans(plan=plan, as_of=standing.as_of, by=request.user)
    context = {
        "plan": plan,
        "row": found,
        "own": own,
        "count": queries.count(own),
        "below": queries.by_organisation([one for one in rows if one.organisation.code != code]),
        "filed": next((one for one in filed if one.organisation.code == code), None),
        "targets": queries.local_targets(plan=plan, as_of=standing.as_of, by=request.user, organisation=code),
        "may_report": accounts.can(request.user, permissions.REPORT, organisation=accounts.organisation(code)),
    }
    return render(request, "tasks/unit.html", context)
