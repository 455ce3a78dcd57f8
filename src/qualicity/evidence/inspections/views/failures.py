"""Failures: the list, one failure with its clocks, papers and timeline, and what may be done next."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import lifecycle as cases_lifecycle
from qualicity.commons.cases import queries as cases
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.actions import Given
from qualicity.evidence.inspections.forms.aftermath import FailureMoveForm, TransferForm, checked
from qualicity.evidence.inspections.lifecycle import GROUNDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.queries import Failure, FailureRow

PAGE = 50
MOST_DOWNLOADED = 20_000


@login_required
def failures(request: SignedIn) -> HttpResponse:
    """List the failures that this person may see, the nearest deadline first; filtered, paged, downloadable."""
    given = {name: str(value).replace("\x00", "") for name, value in request.GET.items()}
    found = queries.failures(
        by=request.user, law=given.get("law", ""), state=given.get("state", ""), words=given.get("q", "").strip(),
        open_only=bool(given.get("open")),
    )  # fmt: skip
    if given.get("format") in TABLE_TYPES:
        rows = queries.failure_rows(list(found[:MOST_DOWNLOADED]))
        return table_answer(_table(rows), "failures", given["format"])
    page = Paginator(found, PAGE).get_page(given.get("page"))
    context = {
        "page": page,
        "rows": queries.failure_rows(list(page.object_list)),
        "families": queries.families(),
        "states": _states(),
        "wanted": given,
        "waiting": queries.waiting_to_open(by=request.user),
        "may_open": accounts.can(request.user, permissions.DECIDE),
    }
    return render(request, "inspections/_failures.html" if request.htmx else "inspections/failures.html", context)


@login_required
@require_POST
def open_failures(request: SignedIn) -> HttpResponse:
    """Open the cases of all failed samples that wait."""
    count = actions.open_failures(by=request.user)
    messages.success(request, _("%(count)s opened.") % {"count": count})
    return redirect(f"{reverse('inspections:failures')}?{request.GET.urlencode()}")


@login_required
def failure(request: SignedIn, number: int) -> HttpResponse:
    """Show one failure."""
    return failure_page(request, queries.failure(number, by=request.user))


@login_required
@require_POST
def move(request: SignedIn, number: int, code: str) -> HttpResponse:
    """Make a move of a failure."""
    found = queries.failure(number, by=request.user)

    def act() -> None:
        actions.proceed(sample=found.sample, move=code, by=request.user, given=given_by(request))

    return done(
        request,
        act,
        lambda status: failure_page(request, found, opened=code, status=status),
        "inspections:failure",
        number,
    )


@login_required
@require_POST
def transfer(request: SignedIn, number: int) -> HttpResponse:
    """Hand a failure to enforcement."""
    found = queries.failure(number, by=request.user)

    def act() -> None:
        given = checked(TransferForm(request.POST))
        actions.transfer(sample=found.sample, grounds=given["grounds"], reason=given["reason"], by=request.user)

    return done(
        request,
        act,
        lambda status: failure_page(request, found, opened="transfer", status=status),
        "inspections:failure",
        number,
    )


@login_required
def file(request: SignedIn, number: int, attachment: int) -> FileResponse:
    """Give out one file of a failure: to the house, and to the enterprise what is the enterprise's."""
    found = queries.file_of_failure(number, attachment, by=request.user)
    return FileResponse(cases.file_of(found.sha256).open("rb"), as_attachment=True, filename=found.name)


def failure_page(request: SignedIn, found: Failure, *, status: int = 200, opened: str = "") -> HttpResponse:
    """Return the page of one failure for the house."""
    decides = accounts.can(request.user, permissions.DECIDE, organisation=found.sample.organisation)
    used = {one.grounds for one in found.transfers}
    context = {
        "one": found,
        "sample": found.sample,
        "case": found.row.case,
        "clocks": [(each, cases.why_words(each)) for each in found.clocks],
        "laboratories": accounts.organisations()
        .filter(kind="laboratory")
        .exclude(pk=found.sample.laboratory_id or 0),
        "grounds": [(code, words) for code, words in GROUNDS.items() if code not in used] if decides else [],
        "opened": opened,
        "said": request.POST.get("reason", ""),
        "rechecks": [(each, queries.conclusion_words(each)) for each in found.rechecks],
        "notices": queries.notice_rows(found.notices, by=request.user),
        "transfers": [(each, GROUNDS[each.grounds]) for each in found.transfers],
    }
    return render(request, "inspections/failure.html", context, status=status)


def given_by(request: SignedIn) -> Given:
    """Return what a person gave with a move."""
    given = checked(FailureMoveForm(request.POST, request.FILES))
    laboratory = accounts.organisation(given["laboratory"]) if given["laboratory"] else None
    return Given(reason=given["reason"], evidence=tuple(given["added"]), laboratory=laboratory, seen=given["seen"])


def done(
    request: SignedIn, act: Callable[[], None], again: Callable[[int], HttpResponse], page: str, number: int
) -> HttpResponse:
    """Do something and show the failure again; what was given wrongly is said on the page itself."""
    try:
        act()
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return again(error.http_status)
    messages.success(request, _("Done. The trail has it."))
    return redirect(f"{reverse(page, args=[number])}?{request.GET.urlencode()}")


def _states() -> list[tuple[str, object]]:
    found: dict[str, object] = {}
    for family in queries.families():
        for state in cases_lifecycle.case_type(family.case_type).states:
            found.setdefault(state.code, state.title)
    return list(found.items())


def _table(rows: Sequence[FailureRow]) -> pl.DataFrame:
    said = language()
    return pl.DataFrame(
        [
            (
                one.sample.number, one.sample.product_name, one.sample.sampled_unit, one.sample.place,
                one.row.state.in_language(said), one.row.turn.in_language(said),
                one.row.case.due_day.isoformat() if one.row.case.due_day else "", one.row.look,
                one.row.why.in_language(said), one.row.case.opened_on.isoformat(),
            )
            for one in rows
        ],
        schema=dict.fromkeys(
            ("sample", "product", "unit", "place", "state", "turn", "due", "standing", "why", "opened"), pl.String
        ),
        orient="row",
    )  # fmt: skip
