"""Pages of the plan: what was promised, who does it, by when."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from qualicity.commons.registry import queries as registry
from qualicity.engines.tables import exports
from qualicity.goals.plan import queries

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qualicity.definitions.plans import Plan

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the plan's document, phases, strategies and safeguards."""
    standing = registry.standing(request.GET)
    plan = standing.plan
    context = {
        "plan": plan,
        "phases": queries.phases(plan=plan, as_of=standing.as_of, by=request.user),
        "rows": queries.tasks(plan=plan, by=request.user),
        "area_counts": [(area, sum(one.area == area.code for one in plan.indicators)) for area in plan.areas],
    }
    return render(request, "plan/overview.html", context)


@login_required
def tasks(request: HttpRequest) -> HttpResponse:
    """List the tasks; narrowed by words, strategy and organisation; downloads as CSV or Excel."""
    plan = registry.standing(request.GET).plan
    strategy = request.GET.get("strategy", "")
    rows = queries.tasks(
        plan=plan,
        by=request.user,
        search=request.GET.get("q", ""),
        strategy=int(strategy) if strategy.isdecimal() else None,
        organisation=request.GET.get("organisation", ""),
    )
    if request.GET.get("format") in ("csv", "xlsx"):
        return _download(rows, plan, request.GET["format"])
    page = "plan/_tasks.html" if request.htmx else "plan/tasks.html"  # type: ignore[attr-defined]
    return render(request, page, {"plan": plan, "rows": rows, "q": request.GET.get("q", ""), "strategy": strategy})


def _download(rows: tuple[queries.TaskRow, ...], plan: Plan, form: str) -> HttpResponse:
    language = get_language() or "zh-hans"
    frame = pl.DataFrame(
        {
            "number": [row.task.number for row in rows],
            "strategy": [row.strategy.title.in_language(language) for row in rows],
            "title": [row.task.title.in_language(language) for row in rows],
            "text": [row.task.text.in_language(language) for row in rows],
            "lead": [row.lead.title.in_language(language) for row in rows],
            "supporting": ["；".join(unit.title.in_language(language) for unit in row.supporting) for row in rows],
            "responsibility": [row.task.responsibility for row in rows],
        }
    )
    if form == "csv":
        response = HttpResponse(exports.to_csv(frame), content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(exports.to_xlsx(frame, "tasks"), content_type=SHEET)
    response["Content-Disposition"] = f'attachment; filename="{plan.code}-tasks.{form}"'
    return response


@login_required
def task(request: HttpRequest, number: int) -> HttpResponse:
    """Show one task."""
    plan = registry.standing(request.GET).plan
    return render(
        request, "plan/task.html", {"plan": plan, "row": queries.task(plan=plan, number=number, by=request.user)}
    )


@login_required
def organisations(request: HttpRequest) -> HttpResponse:
    """List the member units with what each leads and supports."""
    plan = registry.standing(request.GET).plan
    rows = queries.responsibilities(plan=plan, by=request.user)
    return render(request, "plan/organisations.html", {"plan": plan, "rows": rows})


@login_required
def organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Show one member unit's part of the plan."""
    plan = registry.standing(request.GET).plan
    row = queries.responsibility(plan=plan, code=code, by=request.user)
    return render(request, "plan/organisation.html", {"plan": plan, "row": row})
