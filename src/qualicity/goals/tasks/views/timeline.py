"""The plan along the days: Gantt chart, calendar, and one day compared with another."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from qualicity.commons.registry import queries as registry
from qualicity.definitions.periods import check_day
from qualicity.errors import InputError
from qualicity.goals.tasks import queries
from qualicity.goals.tasks.views import answers
from qualicity.goals.tasks.views.board import wanted_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn

ROW, HEAD = 22, 20
SHOWN = 6
"""Entries of a day that its cell in the month's grid has room for."""
#: Where the bars begin in the drawing, and how wide they are together (of 1000); templates/tasks/gantt.html draws so.
LEFT, WIDTH = 270, 725


@login_required
def gantt(request: SignedIn) -> HttpResponse:
    """Draw phases and tasks as bars, with the same as a table beside it."""
    standing = registry.standing(request.GET)
    strategy = answers.number(request.GET, "strategy")
    chart = queries.gantt(plan=standing.plan, as_of=standing.as_of, by=request.user, strategy=strategy)
    context = {
        "plan": standing.plan,
        "chart": chart,
        "strategy": strategy,
        "phases": [(bar, HEAD + place * ROW) for place, bar in enumerate(chart.phases)],
        "bars": [(bar, HEAD + (len(chart.phases) + place) * ROW) for place, bar in enumerate(chart.tasks)],
        "ticks": [(day, LEFT + WIDTH * share / 100) for day, share in chart.months[::2]],
        "height": HEAD + (len(chart.phases) + len(chart.tasks)) * ROW + 4,
    }
    return render(request, "tasks/gantt.html", context)


@login_required
def calendar(request: SignedIn) -> HttpResponse:
    """Show a month with the deadlines that fall into it."""
    standing = registry.standing(request.GET)
    first = _month(request.GET.get("month", ""), standing.as_of)
    organisation = request.GET.get("organisation", "")[:60]
    found = queries.month(
        plan=standing.plan, first=first, as_of=standing.as_of, by=request.user, organisation=organisation
    )
    context = {
        "plan": standing.plan,
        "month": found,
        "long": any(len(one.entries) > SHOWN for one in found.entries),
        "organisation": organisation,
        "units": [one for one in standing.plan.organisations if one.member],
    }
    return render(request, "tasks/calendar.html", context)


def _month(text: str, default: date) -> date:
    if not text:
        return default
    return _day(f"{text}-01", "month")


def _day(text: str, name: str) -> date:
    try:
        return check_day(date.fromisoformat(text))
    except ValueError as error:
        raise InputError(f"{name} 的值“{text}”不是日期。", f"“{text}” given for {name} is not a date.") from error


@login_required
def compare(request: SignedIn) -> HttpResponse:
    """Compare the plan as of one day with the standing day."""
    standing = registry.standing(request.GET)
    given = request.GET.get("then", "")
    then = _day(given, "then") if given else standing.as_of - timedelta(days=30)
    found = queries.compare(
        plan=standing.plan, then=then, day=standing.as_of, by=request.user,
        wanted=wanted_of(request) if request.GET.get("level") else None,
    )  # fmt: skip
    return render(request, "tasks/compare.html", {"plan": standing.plan, "found": found})
