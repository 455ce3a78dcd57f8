"""The experts' scoring page and the short form of deputies and CPPCC members."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.errors import InputError, NotFoundError
from qualicity.judgement.assessment import actions, permissions, queries
from qualicity.judgement.assessment.views.standing import Asked, asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.assessment.models import Round


def _round(here: Asked, kind: str) -> Round | None:
    opened = here.assessment
    return queries.open_round(opened, kind) if opened else None


def _needed(here: Asked, kind: str) -> Round:
    rnd = _round(here, kind)
    if rnd is None:
        raise NotFoundError("现在没有进行中的评审。", "No round of review is open now.")
    return rnd


@login_required
def review(request: SignedIn) -> HttpResponse:
    """Let an expert score blind: the own points only; each criterion saved by itself or all at once."""
    accounts.check(request.user, permissions.SCORE)
    here = asked(request)
    if request.method == "POST":
        return _give_points(request, here)
    rnd = _round(here, "expert")
    opened = here.assessment
    own = queries.my_points(opened, here.rubric, by=request.user) if rnd is not None and opened is not None else ()
    context = {
        "rubric": here.rubric, "query": here.query, "round": rnd, "own": own,
        "left": sum(one.points is None and not one.excluded for one in own),
    }  # fmt: skip
    return render(request, "assessment/review.html", context)


def _give_points(request: SignedIn, here: Asked) -> HttpResponse:
    rnd = _needed(here, "expert")
    own = {one.criterion.code: one for one in queries.my_points(rnd.assessment, here.rubric, by=request.user)}
    saved = 0
    for code, one in own.items():
        given, comment = (
            request.POST.get(f"points-{code}", "").strip(),
            request.POST.get(f"comment-{code}", "").strip(),
        )
        if not given or one.excluded:
            continue
        try:
            points = _number(given)
            if points != one.points or comment != one.comment:
                actions.give_points(rnd=rnd, criterion=code, points=points, comment=comment, by=request.user)
                saved += 1
        except InputError as error:
            messages.error(request, error.text.in_language(language()))
    if saved:
        messages.success(request, _("Your points are kept. Nobody else sees them before the round is closed."))
    return redirect(f"{reverse('assessment:review')}?{here.whole_query}")


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        raise InputError(f"“{text}”不是分数。", f"“{text}” is no number of points.") from error
    if not math.isfinite(value):
        raise InputError(f"“{text}”不是分数。", f"“{text}” is no number of points.")
    return value


@login_required
@require_POST
def recuse(request: SignedIn) -> HttpResponse:
    """Declare an interest."""
    accounts.check(request.user, permissions.SCORE)
    here = asked(request)
    actions.declare_conflict(
        rnd=_needed(here, "expert"), criterion=request.POST.get("criterion", ""),
        reason=request.POST.get("reason", ""), by=request.user,
    )  # fmt: skip
    messages.success(request, _("You do not score this. Points that you gave before no longer count."))
    return redirect(f"{reverse('assessment:review')}?{here.whole_query}")


@login_required
def opinion(request: SignedIn) -> HttpResponse:
    """Let a deputy or CPPCC member answer the questions of the public review."""
    accounts.check(request.user, permissions.REVIEW)
    here = asked(request)
    if request.method == "POST":
        rnd = _needed(here, "public")
        given = {one.code: request.POST.get(one.code, "") for one in here.rubric.questions}
        answers = {code: int(value) for code, value in given.items() if value.isdecimal() and len(value) == 1}
        actions.give_opinion(rnd=rnd, answers=answers, remark=request.POST.get("remark", ""), by=request.user)
        messages.success(request, _("Thank you. Your answers are counted; only sums are shown."))
        return redirect(f"{reverse('assessment:opinion')}?{here.whole_query}")
    found = _round(here, "public")
    own: dict[str, Any] = queries.my_opinion(found, by=request.user) if found else {}
    context = {
        "rubric": here.rubric, "query": here.query, "round": found, "remark": own.get("remark", ""),
        "questions": [(one, own.get(one.code)) for one in here.rubric.questions],
        "levels": [(1, _("Not at all")), (2, _("Hardly")), (3, _("Partly")), (4, _("Mostly")), (5, _("Fully"))],
        "answered": bool(own),
    }  # fmt: skip
    return render(request, "assessment/opinion.html", context)
