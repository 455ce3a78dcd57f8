"""Pages of the risk model: what it is worth, what moves it, for whom it is wrong, and its switch."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import InputError, NotFoundError, NotPossibleError
from qualicity.evidence.inspections import permissions
from qualicity.evidence.inspections.actions import risk as actions
from qualicity.evidence.inspections.queries import risk as queries
from qualicity.evidence.inspections.queries.risk_words import titles_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.errors import Text
    from qualicity.evidence.inspections.queries.risk import Release
    from qualicity.methods.risk_scoring import Bin

SIDE, EDGE = 300.0, 44.0
"""Length of the axes of the chart and room for their labels, in points."""
LINES = 12
"""How many lines of the model are shown before the rest."""


@dataclass(frozen=True, slots=True)
class Dot:
    """One group of checks in the chart of calibration, in points."""

    x: float
    y: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Chart:
    """The chart of calibration: dots with whiskers, ticks (across, up, label), and where its axes begin and end."""

    dots: tuple[Dot, ...]
    ticks: tuple[tuple[float, float, str], ...]
    whole: float
    low: float
    high: float


@login_required
def risk(request: SignedIn, code: str = "") -> HttpResponse:
    """Show the release in use, the latest, or the one of a code."""
    found = queries.risk_release(code, by=request.user) if code else queries.risk_release_to_show(by=request.user)
    form = request.GET.get("format", "")
    if found is not None and form in TABLE_TYPES:
        return table_answer(_table(found), f"risk-{found.code}", form)
    return render(request, "inspections/risk.html", _context(request, found))


@login_required
def enterprise(request: SignedIn, code: str) -> HttpResponse:
    """Show why an enterprise has its score."""
    found = queries.risk_release(code, by=request.user)
    asked = request.GET.get("enterprise", "").strip()
    try:
        explained = queries.risk_explanation(asked, release=found, on=registry.today(), by=request.user)
    except NotFoundError as error:
        messages.error(request, error.text.in_language(language()))
        return render(request, "inspections/risk.html", _context(request, found) | {"asked": asked}, status=404)
    context = {"found": found, "explained": explained, "titles": titles_of(registry.plan())}
    return render(request, "inspections/risk_enterprise.html", context)


@login_required
@require_POST
def make(request: SignedIn) -> HttpResponse:
    """Make a release from what the register holds today."""
    try:
        new = actions.make_risk_release(by=request.user)
    except NotPossibleError as error:
        messages.error(request, error.text.in_language(language()))
        context = _context(request, queries.risk_release_to_show(by=request.user))
        return render(request, "inspections/risk.html", context, status=409)
    messages.success(request, _("The release is made. Read its report before you switch it on."))
    return redirect("inspections:risk_release", new.code)


@login_required
@require_POST
def switch(request: SignedIn, code: str) -> HttpResponse:
    """Switch a release on or off, with a reason."""
    verb = actions.switch_risk_on if request.POST.get("to") == "on" else actions.switch_risk_off
    reason = request.POST.get("reason", "")
    try:
        changed = verb(code=code, reason=reason, by=request.user)
    except InputError as error:
        messages.error(request, error.text.in_language(language()))
        context = _context(request, queries.risk_release(code, by=request.user)) | {"reason": reason}
        return render(request, "inspections/risk.html", context, status=422)
    messages.success(
        request,
        _("Draws by risk are now weighted by it.") if changed.in_use else _("No draw is weighted any longer."),
    )
    return redirect(reverse("inspections:risk_release", args=[code]))


def _context(request: SignedIn, found: Release | None) -> dict[str, Any]:
    may = accounts.sees_all(request.user, permissions.PLAN)
    context: dict[str, Any] = {"found": found, "may_manage": may, "releases": queries.risk_releases(by=request.user)}
    if found is not None:
        lines, titles = queries.risk_lines(found.model), titles_of(registry.plan())
        kinds = {"place": _("By place"), "category": _("By product category"), "stage": _("By stage")}
        context |= {
            "report": found.report,
            "titles": titles,
            "group_tables": [(kinds[name], titles[name], rows) for name, rows in found.report.groups.items()],
            "chart": chart_of(found.report.calibration),
            "lines": lines[:LINES],
            "more_lines": [one for one in lines[LINES:] if one.factor != 1.0],
            "off": sum(one.off for groups in found.report.groups.values() for one in groups),
        }
    return context


def chart_of(bins: tuple[Bin, ...]) -> Chart:
    """Return where everything of the chart of calibration stands: expected to the right, observed upwards."""
    most = max((max(one.expected, one.observed_high) for one in bins), default=1.0)
    step = next(step for step in (0.01, 0.02, 0.05, 0.1, 0.2, 0.25) if most / step <= 6 or step == 0.25)
    end = math.ceil(most / step) * step

    def across(value: float) -> float:
        return round(EDGE + value / end * SIDE, 1)

    def up(value: float) -> float:
        return round(EDGE / 2 + SIDE - value / end * SIDE, 1)

    dots = tuple(
        Dot(across(one.expected), up(one.observed), up(one.observed_high), up(one.observed_low)) for one in bins
    )
    ticks = tuple(
        (across(place * step), up(place * step), f"{place * step * 100:.0f}")
        for place in range(round(end / step) + 1)
    )
    return Chart(dots, ticks, EDGE * 1.5 + SIDE, EDGE, EDGE / 2 + SIDE)


def _table(found: Release) -> pl.DataFrame:
    """Return the errors by group as a table to save."""
    chosen = language()
    titles: Mapping[str, Mapping[str, Text]] = titles_of(registry.plan())
    rows = [
        {
            "by": name, "group": one.group,
            "title": titles[name][one.group].in_language(chosen) if one.group in titles[name] else one.group,
            "checks": one.n, "failures": one.failures, "expected": one.expected, "observed": one.observed,
            "low": one.low, "high": one.high, "off": one.off,
        }
        for name, groups in found.report.groups.items()
        for one in groups
    ]  # fmt: skip
    return pl.DataFrame(rows)
