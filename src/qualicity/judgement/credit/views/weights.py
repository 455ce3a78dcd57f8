"""Trying other weights over all enterprises before they count; who has no file yet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import InputError, NotFoundError
from qualicity.judgement.credit import actions, permissions, queries
from qualicity.judgement.credit.queries.filing import ENTERPRISES, KEYS
from qualicity.judgement.credit.views.standing import industries, places

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.accounts.queries import SignedIn

SHOWN = 200


@login_required
def weights(request: SignedIn) -> HttpResponse:
    """Show the weights in force; try others by the address; propose them by the form."""
    permissions.check_all(request.user, permissions.READ)
    scheme, weighting = queries.scheme()
    given = request.POST if request.method == "POST" else request.GET
    tried = given.get("try") == "1"
    asked = _asked(given, scheme) if tried else queries.Weights()
    if request.method == "POST":
        made = actions.propose_weights(weights=asked, reason=request.POST.get("reason", ""), by=request.user)
        messages.success(request, _("Proposal %(number)s waits for a second person.") % {"number": made.pk})
        return redirect(reverse("credit:weights"))
    found, wrong = None, None
    if tried:
        try:
            found = queries.simulate(asked, by=request.user)
        except InputError as error:
            wrong = error.text
    context = {
        "scheme": scheme, "weighting": weighting, "found": found, "wrong": wrong, "asked": asked,
        "families": [
            (one, asked.families.get(one.code, one.weight),
             [(item, asked.items.get(item.code, item.points)) for item in one.items])
            for one in scheme.families
        ],
        "names": places(), "sections": industries(), "proposals": list(queries.proposals(by=request.user)[:20]),
        "may_weigh": accounts.sees_all(request.user, permissions.WEIGH),
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "credit/weights.html", context, status=status)


def _asked(given: Mapping[str, str], scheme: Any) -> queries.Weights:
    """Return the weights of a form; what is as it was is left out."""
    plain: dict[str, dict[str, str]] = {"families": {}, "items": {}}
    now = {f"f-{one.code}": one.weight for one in scheme.families}
    now |= {f"i-{item.code}": item.points for _, item in scheme.items}
    for name, value in now.items():
        said = given.get(name, "").strip()
        if said and said != f"{value:g}":
            plain["families" if name.startswith("f-") else "items"][name[2:]] = said
    return queries.read_weights(plain)


@login_required
@require_POST
def decide(request: SignedIn, number: int, verb: str) -> HttpResponse:
    """Adopt or reject a proposal, as a second person."""
    permissions.check_all(request.user, permissions.WEIGH)
    found = queries.proposal(number, by=request.user)
    if verb == "adopt":
        actions.adopt_weights(weighting=found, by=request.user)
        messages.success(request, _("The weights are adopted; the next run of scoring counts by them."))
    elif verb == "reject":
        actions.reject_weights(weighting=found, by=request.user)
        messages.success(request, _("The proposal is rejected."))
    else:
        raise NotFoundError(f"没有“{verb}”这一步。", f"There is no step “{verb}”.")
    return redirect(reverse("credit:weights"))


@login_required
def lacking(request: SignedIn) -> HttpResponse:
    """List who has no file yet; open files for all of one's own by a submission."""
    accounts.check(request.user, permissions.READ)
    register = request.GET.get("register", ENTERPRISES)
    if register not in KEYS:
        raise NotFoundError(f"台账“{register}”没有建档。", f"The register “{register}” has no files to open.")
    day = registry.moment().date()
    own = permissions.own_place(request.user)
    found = queries.lacking(register=register, place=request.GET.get("where", ""), on=day, by=request.user)
    if (form := request.GET.get("format", "")) in TABLE_TYPES:
        titles = {one.name: one.title.zh for one in catalogue().registers[register].columns}
        return table_answer(found.rename(titles), f"lacking-{register}", form)
    unit = request.user.organisation
    counts = found.group_by("place").len().sort("len", descending=True).rows() if found.height else []
    context = {
        "rows": found.head(SHOWN).to_dicts(), "total": found.height, "shown": min(SHOWN, found.height), "day": day,
        "register": register, "counts": counts, "names": places(), "own": own, "key": KEYS[register],
        "may_open": found.height > 0 and unit is not None
        and accounts.can(request.user, permissions.MANAGE, organisation=unit)
        and accounts.can(request.user, "submissions.create", organisation=unit),
    }  # fmt: skip
    return render(request, "credit/lacking.html", context)


@login_required
@require_POST
def open_files(request: SignedIn) -> HttpResponse:
    """Make a submission that opens a file for everything of one's own place without one."""
    accounts.check(request.user, permissions.MANAGE)
    unit = request.user.organisation
    if unit is None:
        raise InputError("您的账户没有所属单位。", "Your account belongs to no organisation.")
    made = actions.open_files(
        organisation=unit.code, register=request.POST.get("register", ENTERPRISES), by=request.user
    )
    messages.success(request, _("Files are numbered; look the submission over and send it on."))
    return redirect("submissions:submission", made.pk)
