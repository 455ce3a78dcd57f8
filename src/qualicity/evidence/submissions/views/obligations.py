"""The matrix of who reported what by when, and one obligation with what can be done about it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.definitions.periods import parse
from qualicity.errors import NotFoundError
from qualicity.evidence.submissions import actions, permissions, queries

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.models import Organisation
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.definitions.periods import Period

COLUMNS = 15


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One organisation with its obligations, one per shown period (None where it owes nothing)."""

    organisation: Organisation
    cells: tuple[queries.ObligationState | None, ...]


@dataclass(frozen=True, slots=True)
class CountRow:
    """One organisation with how many of its obligations stand how."""

    organisation: Organisation
    counts: tuple[tuple[str, int], ...]
    total: int


@login_required
def matrix(request: SignedIn) -> HttpResponse:
    """Show organisations × periods for one register, or organisations × standing for all."""
    standing, code = registry.standing(request.GET), request.GET.get("register", "")
    states = queries.obligations(
        plan=standing.plan, as_of=standing.as_of, by=request.user, known_on=standing.known_on, register=code
    )
    if request.GET.get("format") in TABLE_TYPES:
        return table_answer(_frame(states), f"{standing.plan.code}-obligations", request.GET["format"])
    shown = sorted({one.period for one in states}, key=lambda one: one.start)[-COLUMNS:] if code else []
    codes = dict.fromkeys(one.register_code for one in standing.plan.obligations)
    context = {
        "register": code,
        "registers": [queries.register_of(one) for one in codes],
        "periods": shown,
        "rows": _matrix(states, shown) if code else (),
        "counts": () if code else _counts(states),
        "states": queries.STANDINGS,
        "may_close": accounts.can(request.user, permissions.CLOSE_OBLIGATIONS),
    }
    page = "submissions/_matrix.html" if request.htmx else "submissions/obligations.html"
    return render(request, page, context)


def _matrix(states: tuple[queries.ObligationState, ...], shown: list[Period]) -> tuple[MatrixRow, ...]:
    by_unit: dict[str, dict[Period, queries.ObligationState]] = {}
    for one in states:
        by_unit.setdefault(one.organisation.code, {})[one.period] = one
    return tuple(
        MatrixRow(next(iter(cells.values())).organisation, tuple(cells.get(period) for period in shown))
        for _code, cells in sorted(by_unit.items())
    )


def _counts(states: tuple[queries.ObligationState, ...]) -> tuple[CountRow, ...]:
    units = {one.organisation.code: one.organisation for one in states}
    counted = Counter((one.organisation.code, one.state) for one in states)
    return tuple(
        CountRow(
            unit,
            tuple((state, counted[code, state]) for state in queries.STANDINGS),
            sum(counted[code, state] for state in queries.STANDINGS),
        )
        for code, unit in sorted(units.items())
    )


def _frame(states: tuple[queries.ObligationState, ...]) -> pl.DataFrame:
    language = get_language() or "zh-hans"
    return pl.DataFrame(
        [
            {
                "organisation": one.organisation.code,
                "title": one.organisation.title(language),
                "register": one.register,
                "period": one.period.label,
                "due": one.due,
                "state": one.state,
                "handed_in": one.handed_in,
                "submission": one.submission,
                "closed_reason": one.closed_reason,
            }
            for one in states
        ],
        schema={
            "organisation": pl.String, "title": pl.String, "register": pl.String, "period": pl.String,
            "due": pl.Date, "state": pl.String, "handed_in": pl.Date, "submission": pl.Int64,
            "closed_reason": pl.String,
        },
    )  # fmt: skip


@login_required
def obligation(request: SignedIn, register: str, organisation: str, period: str) -> HttpResponse:
    """Show one obligation; the office closes or reopens it here."""
    standing = registry.standing(request.GET)
    unit, span = accounts.organisation(organisation), parse(period)
    if request.method == "POST":
        return _change(request, register, unit, span)
    found = queries.obligations(
        plan=standing.plan, as_of=standing.as_of, by=request.user, known_on=standing.known_on, register=register,
        organisation=organisation,
    )  # fmt: skip
    one = next((each for each in found if each.period == span), None)
    if one is None:
        raise NotFoundError("没有这项报送任务。", "There is no such obligation.")
    filed = queries.submissions(
        by=request.user,
        wanted=queries.Wanted(register=register, organisation=organisation, since=span.start, until=span.end),
    )
    context = {
        "one": one,
        "register": queries.register_of(register),
        "filed": [(each, queries.register_of(register)) for each in filed[:50]],
        "filing": urlencode({"register": register, "organisation": organisation, "period": period}),
        "may_close": accounts.can(request.user, permissions.CLOSE_OBLIGATIONS, organisation=unit),
        "may_create": accounts.can(request.user, permissions.CREATE, organisation=unit),
    }
    return render(request, "submissions/obligation.html", context)


def _change(request: SignedIn, register: str, unit: Organisation, span: Period) -> HttpResponse:
    if request.POST.get("verb") == "reopen":
        actions.reopen(register=register, organisation=unit, period=span, by=request.user)
        messages.success(request, _("The period is open again."))
    else:
        reason = request.POST.get("reason", "")
        actions.close(register=register, organisation=unit, period=span, reason=reason, by=request.user)
        messages.success(request, _("The period is closed; the reason stands in the matrix."))
    return redirect(f"{request.path}?{request.GET.urlencode()}")


@login_required
@require_POST
def remind(request: SignedIn) -> HttpResponse:
    """Remind everybody who owes something."""
    standing = registry.standing(request.GET)
    reminded = actions.remind(plan=standing.plan, as_of=standing.as_of, by=request.user)
    count = len(reminded.sent)
    text = ngettext("%(count)d reminder was sent.", "%(count)d reminders were sent.", count)
    messages.success(request, text % {"count": count})
    return redirect(f"{reverse('submissions:obligations')}?{standing.query}")
