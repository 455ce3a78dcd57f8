"""Notices to the public: what is due, publishing many at once, correcting and withdrawing one, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.theme.queries import language
from qualicity.commons.theme.views import TABLE_TYPES, table_answer
from qualicity.errors import QualicityError
from qualicity.evidence.inspections import actions, permissions, queries
from qualicity.evidence.inspections.forms.aftermath import NoticeChangeForm, checked
from qualicity.evidence.inspections.lifecycle import WORDS, NoticeState

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.evidence.inspections.models import Notice
    from qualicity.evidence.inspections.queries import NoticeRow

PAGE = 50
MOST = 20_000


@login_required
def publication(request: SignedIn) -> HttpResponse:
    """List notices: due ones first; filtered, paged, downloadable."""
    given = {name: str(value).replace("\x00", "") for name, value in request.GET.items()}
    state = given.get("state", NoticeState.DUE)
    state = state if state in set(NoticeState) or state == "" else NoticeState.DUE
    found = queries.notices(
        by=request.user, state=state, kind=given.get("kind", ""), words=given.get("q", "").strip()
    )
    if given.get("format") in TABLE_TYPES:
        rows = queries.notice_rows(list(found[:MOST]), by=request.user)
        return table_answer(_table(rows), "notices", given["format"])
    page = Paginator(found, PAGE).get_page(given.get("page"))
    rows = queries.notice_rows(list(page.object_list), by=request.user)
    context = {
        "page": page,
        "rows": rows,
        "counts": queries.publication_standing(by=request.user),
        "states": [(one.value, WORDS[one]) for one in NoticeState],
        "wanted": {**given, "state": state},
        "may_publish": any(one.may_publish for one in rows),
        "log": list(queries.log(by=request.user)[:10]),
        "may_gather": accounts.can(request.user, permissions.PUBLISH),
    }
    return render(request, "inspections/publication.html", context)


@login_required
@require_POST
def gather(request: SignedIn) -> HttpResponse:
    """Make the notices that are due of what was settled since the last time."""
    accounts.check(request.user, permissions.PUBLISH)
    count = actions.gather_notices(by=request.user)
    messages.success(request, _("%(count)s notices made.") % {"count": count})
    return _back(request)


@login_required
@require_POST
def publish(request: SignedIn) -> HttpResponse:
    """Publish the chosen notices, all or none."""
    numbers = [int(one) for one in request.POST.getlist("notices") if one.isdecimal() and len(one) < 16]
    if not numbers:
        messages.error(request, _("Choose at least one notice."))
        return _back(request)
    count = actions.publish_notices(notices=numbers, by=request.user)
    messages.success(request, _("%(count)s published.") % {"count": count})
    return _back(request)


@login_required
def notice(request: SignedIn, number: int) -> HttpResponse:
    """Show one notice exactly as the public sees it, with its log."""
    return _page(request, queries.notice(number, by=request.user))


@login_required
@require_POST
def correct(request: SignedIn, number: int) -> HttpResponse:
    """Read a published notice again from the house."""
    return _change(request, number, actions.correct_notice, _("Corrected. The public log has it."))


@login_required
@require_POST
def withdraw(request: SignedIn, number: int) -> HttpResponse:
    """Take a notice back."""
    return _change(request, number, actions.withdraw_notice, _("Withdrawn. The public log has it."))


def _change(request: SignedIn, number: int, change: Callable[..., object], told: str) -> HttpResponse:
    found = queries.notice(number, by=request.user)
    try:
        given = checked(NoticeChangeForm(request.POST))
        change(notice=found, reason=given["reason"], by=request.user)
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return _page(request, found, status=error.http_status)
    messages.success(request, told)
    return redirect(f"{reverse('inspections:notice', args=[number])}?{request.GET.urlencode()}")


def _page(request: SignedIn, found: Notice, *, status: int = 200) -> HttpResponse:
    (row,) = queries.notice_rows([found], by=request.user)
    may = accounts.can(request.user, permissions.PUBLISH, organisation=found.sample.organisation)
    context = {
        "row": row,
        "notice": found,
        "sample": found.sample,
        "shown": queries.shown_fields(found),
        "log": queries.corrections_of(found),
        "may_correct": may and found.state == NoticeState.PUBLISHED,
        "may_withdraw": may and found.state in (NoticeState.DUE, NoticeState.PUBLISHED),
        "said": request.POST.get("reason", ""),
    }
    return render(request, "inspections/notice.html", context, status=status)


def _back(request: SignedIn) -> HttpResponse:
    return redirect(f"{reverse('inspections:publication')}?{request.GET.urlencode()}")


def _table(rows: Sequence[NoticeRow]) -> pl.DataFrame:
    said = language()
    values: list[tuple[Any, ...]] = [
        (
            one.notice.sample.number, one.notice.kind, one.notice.sample.product_name, one.state.in_language(said),
            one.notice.settled_on, one.notice.due_on, one.late_days, one.latency_days, one.notice.public_until,
            one.notice.clause,
        )
        for one in rows
    ]  # fmt: skip
    schema = {
        "sample": pl.String, "kind": pl.String, "product": pl.String, "state": pl.String, "settled": pl.Date,
        "due": pl.Date, "late_days": pl.Int64, "latency_days": pl.Int64, "public_until": pl.Date, "clause": pl.String,
    }  # fmt: skip
    return pl.DataFrame(values, schema=schema, orient="row")
