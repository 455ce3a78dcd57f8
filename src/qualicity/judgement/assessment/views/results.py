"""What was adopted, whether reviewers agreed, objections, and what has to be mended."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.errors import InputError, NotFoundError
from qualicity.judgement.assessment import actions, permissions, queries
from qualicity.judgement.assessment.lifecycle import WHO_ACTS, State
from qualicity.judgement.assessment.views.standing import Asked, asked

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.assessment.models import Assessment


@login_required
def results(request: SignedIn) -> HttpResponse:
    """Show the adopted scores, the rounds of review and the agreement of reviewers."""
    here = asked(request)
    found = here.whole(request)
    opened = found.assessment
    context: dict[str, Any] = {
        "found": found, "assessment": opened, "query": here.query, "expert": None, "public": None, "rounds": (),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }  # fmt: skip
    if opened is not None:
        official = queries.official(opened, by=request.user)
        listed = queries.rounds(opened, by=request.user)
        closed = {one.kind: one for one in listed if one.closed_at}
        context |= {
            "rounds": listed,
            "open_kinds": [one.kind for one in listed if one.closed_at is None],
            "next": WHO_ACTS[State(opened.state)],
            "official": [(one, official[one.code]) for one in found.scored if one.code in official],
            "official_total": sum(one.points for one in official.values()),
            "expert": queries.round_result(closed["expert"], here.rubric, by=request.user)
            if "expert" in closed
            else None,
            "public": queries.public_result(closed["public"], here.rubric, by=request.user)
            if "public" in closed
            else None,
            "experts_score": bool(queries.expert_criteria(here.rubric)),
        }
    return render(request, "assessment/results.html", context)


@login_required
@require_POST
def run(request: SignedIn, verb: str) -> HttpResponse:
    """Open, adopt, reopen or finish an assessment; open or close a round of review."""
    accounts.check(request.user, permissions.MANAGE)
    here = asked(request)
    reason = request.POST.get("reason", "")
    if verb == "open":
        actions.open_assessment(rubric=here.rubric, organisation=here.unit, since=_since(here), by=request.user)
        messages.success(request, _("The assessment is open: documents can be filed now."))
        return redirect(f"{reverse('assessment:home')}?{here.whole_query}")
    opened = here.opened()
    if verb == "adopt":
        actions.adopt(assessment=opened, as_of=here.standing.as_of, reason=reason, by=request.user)
        messages.success(request, _("The scores of this day are adopted."))
    elif verb == "reopen":
        actions.reopen(assessment=opened, reason=reason, by=request.user)
    elif verb == "finish":
        actions.finish(assessment=opened, by=request.user)
        messages.success(request, _("The assessment is final."))
    elif verb in ("open-expert", "open-public"):
        actions.open_round(assessment=opened, kind="expert" if verb == "open-expert" else "public", by=request.user)
        messages.success(request, _("The round is open."))
    elif verb in ("close-expert", "close-public"):
        _close(opened, verb.removeprefix("close-"), request)
    else:
        raise NotFoundError(f"没有“{verb}”这一步。", f"There is no step “{verb}”.")
    return redirect(f"{reverse('assessment:results')}?{here.whole_query}")


def _since(here: Asked) -> date | None:
    return date(here.standing.as_of.year, 1, 1) if here.unit is not None else None


def _close(opened: Assessment, kind: str, request: SignedIn) -> None:
    rnd = queries.open_round(opened, kind)
    if rnd is None:
        raise NotFoundError("现在没有进行中的评审。", "No round of review is open now.")
    actions.close_round(rnd=rnd, by=request.user)
    messages.success(request, _("The round is closed; its points are shown now."))


@login_required
def objections(request: SignedIn) -> HttpResponse:
    """List objections; let the assessed object once."""
    here = asked(request)
    if request.method == "POST":
        actions.object_to(
            assessment=here.opened(), criterion=request.POST.get("criterion", ""),
            reason=request.POST.get("reason", ""), by=request.user,
        )  # fmt: skip
        messages.success(request, _("Your objection is filed. Somebody else than who scored decides."))
        return redirect(f"{reverse('assessment:objections')}?{here.whole_query}")
    found = here.whole(request)
    opened = found.assessment
    listed = queries.objections(opened, by=request.user) if opened else ()
    context = {
        "found": found, "assessment": opened, "query": here.query,
        "rows": [(one, found.criterion(one.criterion)) for one in listed],
        "choices": [one for one in found.scored if one.applies and _may_object(request, one.lead)],
        "may_object": opened is not None and opened.state == State.ADOPTED,
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }  # fmt: skip
    return render(request, "assessment/objections.html", context)


def _may_object(request: SignedIn, lead: str) -> bool:
    own = request.user.organisation
    if own is None or not accounts.can(request.user, permissions.ANSWER):
        return False
    return own.code == lead


@login_required
@require_POST
def objection_move(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Take an objection up, or decide it."""
    accounts.check(request.user, permissions.MANAGE)
    here = asked(request)
    found = queries.objection(number, by=request.user)
    if verb == "take_up":
        actions.take_up(objection=found, by=request.user)
    elif verb in ("uphold", "dismiss"):
        points = _points(request.POST.get("points", "")) if verb == "uphold" else None
        actions.decide(objection=found, points=points, answer=request.POST.get("answer", ""), by=request.user)
    else:
        raise NotFoundError(f"没有“{verb}”这一步。", f"There is no step “{verb}”.")
    messages.success(request, _("It is recorded."))
    return redirect(f"{reverse('assessment:objections')}?{here.whole_query}")


def _points(text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise InputError(f"“{text}”不是分数。", f"“{text}” is no number of points.") from error


@login_required
def rectifications(request: SignedIn) -> HttpResponse:
    """List what has to be mended; the office adds to it."""
    here = asked(request)
    if request.method == "POST":
        actions.require(
            assessment=here.opened(), criterion=request.POST.get("criterion", ""),
            organisation=accounts.organisation(request.POST.get("organisation", "")),
            text=request.POST.get("text", ""), due=_day(request.POST.get("due", "")), by=request.user,
        )  # fmt: skip
        messages.success(request, _("The unit has it on its list now."))
        return redirect(f"{reverse('assessment:rectifications')}?{here.whole_query}")
    found = here.whole(request)
    listed = queries.findings(found.assessment, by=request.user) if found.assessment else ()
    context = {
        "found": found, "assessment": found.assessment, "query": here.query,
        "rows": [(one, found.criterion(one.criterion)) for one in listed],
        "units": accounts.organisations(plan=found.plan.code),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
        "lost": [one for one in found.scored if one.applies and one.points < one.criterion.points],
    }  # fmt: skip
    return render(request, "assessment/rectifications.html", context)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"“{text}”不是日期。", f"“{text}” is no day.") from error
