"""Draws: announcing where the seed comes from, drawing, and what was drawn with the way to repeat it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.planning import CommitmentForm, SeedForm, refuse
from qualicity.evidence.inspections.lifecycle import TargetState
from qualicity.evidence.inspections.views.plans import page as plan_page

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import Draw

PER_PAGE = 25


@login_required
@require_POST
def announce(request: SignedIn, code: str) -> HttpResponse:
    """Announce where the seed of the next draw will come from."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    form, status = CommitmentForm(request.POST), 422
    if form.is_valid():
        try:
            actions.announce_seed(plan=found, by=request.user, **form.cleaned_data)
        except QualicityError as error:
            status = refuse(form, error)
        else:
            messages.success(request, _("Announced: the draw is made with that seed and no other."))
            return redirect("inspections:plan", code=code)
    return plan_page(request, found, status=status, commitment_form=form)


@login_required
@require_POST
def make(request: SignedIn, code: str) -> HttpResponse:
    """Draw what is still missing."""
    found = queries.plan(code, by=request.user)
    permissions.check_plan(request.user, found.organisation)
    form, status = SeedForm(request.POST), 422
    if form.is_valid():
        try:
            made = actions.draw(plan=found, seed=form.cleaned_data["seed"], by=request.user)
        except QualicityError as error:
            status = refuse(form, error)
        else:
            return redirect("inspections:draw", number=made.pk)
    return plan_page(request, found, status=status, seed_form=form)


@login_required
def draw(request: SignedIn, number: int) -> HttpResponse:
    """Show what was drawn, by which chance, who goes, and how to repeat it; downloads as CSV or Excel."""
    found = queries.draw(number, by=request.user)
    targets = queries.targets(by=request.user, draw=found)
    places = sorted(set(targets.order_by().values_list("place", flat=True)))
    place, state = request.GET.get("within", ""), request.GET.get("state", "")
    shown = targets.filter(**({"place": place} if place else {}), **({"state": state} if state else {}))
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        rows = [queries.target_as_plain(one) for one in shown]
        listed = [one | {"inspectors": " ".join(one["inspectors"])} for one in rows]
        return table_answer(pl.DataFrame(listed, infer_schema_length=None), f"{found.plan.code}-{found.number}", form)
    context = {
        "draw": found,
        "plan": found.plan,
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("page")),
        "total": targets.count(),
        "places": places,
        "place": place,
        "state": state,
        "states": list(TargetState),
        "left_out": _left_out(found),
        "whole": permissions.sees_whole(request.user, found.plan),
        "fell_back": found.plan.method == "risk" and found.method != "risk",
        "kept": found.commitment is None or found.commitment.frame_digest == found.frame_digest,
    }
    return render(request, "inspections/draw.html", context)


def _left_out(draw: Draw) -> list[tuple[str, int]]:
    """Return how many were left out by reason, over all lines."""
    total = {reason: sum(why.get(reason, 0) for why in draw.left_out.values()) for reason in queries.REASONS}
    return [(reason, number) for reason, number in total.items() if number]


@login_required
def frame(request: SignedIn, number: int) -> HttpResponseBase:
    """Give out the frame of a draw, byte by byte what its digest was taken of."""
    found = queries.draw(number, by=request.user)
    path = queries.frame_file(found, by=request.user)
    name = f"{found.plan.code}-{found.number}-frame.txt"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type="text/plain; charset=utf-8")
