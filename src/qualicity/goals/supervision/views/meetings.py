"""Joint meetings: the list, planning one, one of them with agenda, attendance, decisions and minutes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.errors import QualicityError
from qualicity.goals.supervision import actions, lifecycle, permissions, queries
from qualicity.goals.supervision.forms import DecisionForm, MeetingForm, MinutesForm
from qualicity.goals.supervision.views import answers

if TYPE_CHECKING:
    from django import forms
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def meetings(request: SignedIn) -> HttpResponse:
    """List the joint meetings."""
    plan = registry.standing(request.GET).plan
    context = {
        "plan": plan,
        "meetings": queries.meetings(plan=plan, by=request.user),
        "may_manage": accounts.can(request.user, permissions.MANAGE),
    }
    return render(request, "supervision/meetings.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Plan a joint meeting."""
    accounts.check(request.user, permissions.MANAGE)
    plan = registry.standing(request.GET).plan
    members = [one.code for one in plan.organisations if one.member]
    form, status = MeetingForm(plan=plan, initial={"invited": members, "held_on": registry.today()}), 200
    if request.method == "POST":
        form, status = MeetingForm(request.POST, plan=plan), 422
        if form.is_valid():
            given = form.cleaned_data
            units = {one.code: one for one in accounts.organisations()}
            try:
                made = actions.plan_meeting(
                    plan=plan, title=given["title"], held_on=given["held_on"], venue=given["venue"],
                    chair=given["chair"], agenda=given["agenda"].splitlines(),
                    invited=[units[code] for code in given["invited"]], by=request.user,
                )  # fmt: skip
            except QualicityError as error:
                status = answers.refuse(form, error)
            else:
                return redirect("supervision:meeting", number=made.pk)
    return render(request, "supervision/new_meeting.html", {"plan": plan, "form": form}, status=status)


@login_required
def meeting(request: SignedIn, number: int) -> HttpResponse:
    """Show one meeting."""
    return _page(request, number)


def _page(
    request: SignedIn, number: int, *, decision_form: forms.Form | None = None, status: int = 200
) -> HttpResponse:
    plan = registry.standing(request.GET).plan
    found = queries.meeting(number=number, by=request.user)
    manages = accounts.can(request.user, permissions.MANAGE)
    context = {
        "plan": plan,
        "one": found,
        "present": [one for one in found.attendance.all() if one.present],
        "absent": [one for one in found.attendance.all() if one.present is False],
        "may_hold": manages and lifecycle.can(lifecycle.MEETING_MOVES, "hold", found.state),
        "may_minute": manages and lifecycle.can(lifecycle.MEETING_MOVES, "minute", found.state),
        "decision_form": decision_form or DecisionForm(plan=plan),
        "minutes_form": MinutesForm(),
    }
    return render(request, "supervision/meeting.html", context, status=status)


@login_required
@require_POST
def hold(request: SignedIn, number: int) -> HttpResponse:
    """Record who was there."""
    came = {code: request.POST.get(f"who-{code}", "")[:100] for code in request.POST.getlist("present")}
    actions.hold(meeting=number, present=came, by=request.user)
    messages.success(request, _("The attendance is recorded."))
    return redirect("supervision:meeting", number=number)


@login_required
@require_POST
def decide(request: SignedIn, number: int) -> HttpResponse:
    """Add a decision."""
    accounts.check(request.user, permissions.MANAGE)
    form = DecisionForm(request.POST, plan=registry.standing(request.GET).plan)
    if not form.is_valid():
        return _page(request, number, decision_form=form, status=422)
    given = form.cleaned_data
    unit = accounts.organisation(given["organisation"]) if given["organisation"] else None
    actions.decide(
        meeting=number, text=given["text"], organisation=unit, task=given["task"], deadline=given["deadline"],
        by=request.user,
    )  # fmt: skip
    messages.success(request, _("The decision is recorded."))
    return redirect("supervision:meeting", number=number)


@login_required
@require_POST
def minutes(request: SignedIn, number: int) -> HttpResponse:
    """Issue the minutes; decisions that can be become assignments."""
    plan = registry.standing(request.GET).plan
    actions.minute(meeting=number, text=request.POST.get("text", "")[:20000], plan=plan, by=request.user)
    messages.success(request, _("The minutes are issued, and what was decided is handed out."))
    return redirect("supervision:meeting", number=number)
