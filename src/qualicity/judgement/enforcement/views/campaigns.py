"""Special campaigns: the list with what each brought, a new one, one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.forms import Ask, Step
from qualicity.errors import NotFoundError, QualicityError
from qualicity.judgement.enforcement import actions, permissions, queries
from qualicity.judgement.enforcement.actions import CampaignPlan
from qualicity.judgement.enforcement.forms import CampaignForm, refuse
from qualicity.judgement.enforcement.lifecycle import CampaignState
from qualicity.judgement.enforcement.views.answers import PAGE, said, tried

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.judgement.enforcement.models import Campaign


@login_required
def campaigns(request: SignedIn) -> HttpResponse:
    """List the campaigns with what they brought."""
    page = Paginator(queries.campaigns(request.user), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": queries.campaign_rows(list(page.object_list)),
        "may_act": accounts.can(request.user, permissions.ACT),
    }
    return render(request, "enforcement/campaigns.html", context)


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Draft a campaign."""
    accounts.check(request.user, permissions.ACT)
    form, status = CampaignForm(by=request.user), 200
    if request.method == "POST":
        form, status = CampaignForm(request.POST, by=request.user), 422
        if form.is_valid():
            given = dict(form.cleaned_data)
            unit = given.pop("organisation")
            targets = {name: given.pop(name) for name in ("cases", "penalties")}
            plan = CampaignPlan(
                **{**given, "sectors": tuple(given["sectors"]), "places": tuple(given["places"])},
                targets={name: value for name, value in targets.items() if value},
            )
            try:
                made = actions.plan_campaign(organisation=unit, plan=plan, by=request.user)
            except QualicityError as error:
                status = refuse(form, error)
            else:
                return redirect("enforcement:campaign", code=made.code)
    return render(request, "enforcement/new_campaign.html", {"form": form}, status=status)


@login_required
def campaign(request: SignedIn, code: str) -> HttpResponse:
    """Show one campaign and what it brought."""
    return _page(request, queries.campaign(code, request.user))


@login_required
@require_POST
def act(request: SignedIn, code: str, verb: str) -> HttpResponse:
    """Start a campaign, or close it."""
    found, by = queries.campaign(code, request.user), request.user
    verbs = {
        "start": (lambda: actions.start_campaign(campaign=found, by=by), _("Started.")),
        "close": (
            lambda: actions.close_campaign(campaign=found, summary=said(request, "summary", 8000), by=by),
            _("Closed."),
        ),
    }
    if verb not in verbs:
        raise NotFoundError(f"没有操作“{verb}”。", f"There is no “{verb}”.")
    status = tried(request, *verbs[verb])
    if status == 200:
        return redirect("enforcement:campaign", code=code)
    return _page(request, queries.campaign(code, by), status=status, opened=verb)


def _page(request: SignedIn, found: Campaign, *, status: int = 200, opened: str = "") -> HttpResponse:
    (row,) = queries.campaign_rows([found])
    by, unit = request.user, found.organisation
    steps = []
    if found.state == CampaignState.DRAFT and accounts.can(by, permissions.DECIDE, organisation=unit):
        steps.append(Step("start", gettext_lazy("Start"), _address(found, "start"), is_main=True))
    if found.state == CampaignState.RUNNING and accounts.can(by, permissions.ACT, organisation=unit):
        steps.append(
            Step("close", gettext_lazy("Close"), _address(found, "close"), [Ask("summary", gettext_lazy("Summary"))])
        )
    places = {one.code: one.title for one in registry.plan().places}
    sectors = {one.code: one.title for one in queries.definitions().sectors}
    context = {
        "one": found,
        "row": row,
        "steps": steps,
        "opened": opened,
        "places": [places[code] for code in found.places if code in places],
        "sectors": [sectors[code] for code in found.sectors if code in sectors],
        "aims": [
            (title, found.targets[name], value)
            for name, title, value in (
                ("cases", _("Cases"), row.cases),
                ("penalties", _("Penalties"), row.penalties),
            )
            if found.targets.get(name)
        ],
    }
    return render(request, "enforcement/campaign.html", context, status=status)


def _address(found: Campaign, verb: str) -> str:
    return reverse("enforcement:campaign_act", args=(found.code, verb))
