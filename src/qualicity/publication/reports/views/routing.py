"""A document on its way: sent on, sent back, signed and numbered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.publication.reports import actions, queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn


@login_required
@require_POST
def move(request: SignedIn, number: int, move: str) -> HttpResponse:
    """Send a document on, or back."""
    found = queries.report(number, by=request.user)
    reason = request.POST.get("reason", "").replace("\x00", "")
    actions.move(report=found, move=move, reason=reason, by=request.user, seen=_seen(request))
    messages.success(request, _("Done."))
    return redirect(reverse("reports:document", args=[number]))


@login_required
@require_POST
def issue(request: SignedIn, number: int) -> HttpResponse:
    """Sign a document where that is still to be done, give it its number and keep its files."""
    found = queries.report(number, by=request.user)
    address = request.build_absolute_uri("/").rstrip("/")
    done = actions.issue(report=found, by=request.user, seen=_seen(request), address=address)
    messages.success(
        request, _("Issued as %(number)s. The files are kept as they are for good.") % {"number": done.number_text}
    )
    return redirect(reverse("reports:document", args=[number]))


def _seen(request: SignedIn) -> int | None:
    given = request.POST.get("seen", "")
    return int(given) if given.isdecimal() and len(given) < 10 else None
