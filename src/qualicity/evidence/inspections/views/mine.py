"""What an enterprise sees of its own failed samples, in plain words, and what it may do itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.evidence.inspections import actions, queries
from qualicity.evidence.inspections.views.failures import done, given_by

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.queries import Failure

PAGE = 20


@login_required
def mine(request: SignedIn) -> HttpResponse:
    """List the failures of the enterprise for which this person speaks."""
    found = queries.my_failures(by=request.user)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    names = registry.enterprises().filter(uscc=request.user.enterprise).values_list("name", flat=True)
    context = {
        "page": page,
        "rows": queries.failure_rows(list(page.object_list)),
        "enterprise": next(iter(names), request.user.enterprise),
    }
    return render(request, "inspections/mine.html", context)


@login_required
def my_failure(request: SignedIn, number: int) -> HttpResponse:
    """Show one failure of one's own enterprise."""
    return _page(request, queries.my_failure(number, by=request.user))


@login_required
@require_POST
def my_move(request: SignedIn, number: int, code: str) -> HttpResponse:
    """Object, ask for a re-inspection, accept the result or report the correction."""
    found = queries.my_failure(number, by=request.user)

    def act() -> None:
        actions.proceed(sample=found.sample, move=code, by=request.user, given=given_by(request))

    return done(
        request,
        act,
        lambda status: _page(request, found, opened=code, status=status),
        "inspections:my_failure",
        number,
    )


def _page(request: SignedIn, found: Failure, *, status: int = 200, opened: str = "") -> HttpResponse:
    running = [each for each in found.clocks if each.look != "ended"]
    context = {
        "one": found,
        "sample": found.sample,
        "case": found.row.case,
        "clocks": [(each, cases.why_words(each)) for each in running],
        "opened": opened,
        "said": request.POST.get("reason", ""),
    }
    return render(request, "inspections/my_failure.html", context, status=status)
