"""The inbox, the digest, the calendar address and the feed behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from qualicity.commons.cases.lifecycle import case_types
from qualicity.commons.cases.queries import Narrowing
from qualicity.commons.worklist import actions, permissions, queries
from qualicity.engines.tables import exports

if TYPE_CHECKING:
    from django.http import HttpRequest

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.cases.queries import CaseRow, When

MOST_DOWNLOADED = 10_000
DAYS = (1, 3, 5, 10, 30)
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def _narrowing(request: SignedIn) -> Narrowing:
    known: tuple[When, ...] = ("overdue", "soon", "later", "none")
    when: When = next((one for one in known if one == request.GET.get("when")), "")
    kind = request.GET.get("type", "")
    return Narrowing(type=kind if kind in {one.code for one in case_types()} else "", when=when)


@login_required
def inbox(request: SignedIn) -> HttpResponse:
    """Show what waits: mine, or my unit's; what is due first at the top."""
    whose: Literal["mine", "unit"] = "unit" if request.GET.get("whose") == "unit" else "mine"
    narrowing = _narrowing(request)
    kind = request.GET.get("format", "")
    if kind in TYPES:
        found = queries.inbox(request.user, narrowing, whose=whose, limit=MOST_DOWNLOADED)
        return _download(found.rows, kind)
    found = queries.inbox(request.user, narrowing, whose=whose, cursor=request.GET.get("after", ""))
    context = {
        "rows": found.rows,
        "cursor": found.cursor,
        "counts": found.counts,
        "urged": found.urged,
        "whose": whose,
        "wanted": narrowing,
        "types": case_types(),
        "may_urge": permissions.can_urge(request.user),
        "first": not request.GET.get("after"),
    }
    return render(request, "worklist/_list.html" if request.htmx else "worklist/inbox.html", context)


def _download(rows: tuple[CaseRow, ...], kind: str) -> HttpResponse:
    language = get_language() or "zh-hans"
    columns = ("case", "type", "title", "state", "due", "left", "why", "organisation", "person")
    frame = pl.DataFrame(
        [
            (
                str(one.case.pk), one.kind.in_language(language), one.case.title(language),
                one.state.in_language(language), one.case.due_day.isoformat() if one.case.due_day else "",
                one.left.in_language(language) if one.left else "", one.why.in_language(language),
                one.case.organisation.title(language), str(one.case.person or ""),
            )
            for one in rows
        ],
        schema=dict.fromkeys(columns, pl.String),
        orient="row",
    )  # fmt: skip
    content = exports.to_csv(frame) if kind == "csv" else exports.to_xlsx(frame, "inbox")
    disposition = f'attachment; filename="inbox.{kind}"'
    return HttpResponse(content, content_type=TYPES[kind], headers={"Content-Disposition": disposition})


@login_required
def digest(request: SignedIn) -> HttpResponse:
    """Show what is overdue and what falls due within some days, as it would be printed or sent."""
    given = request.GET.get("days", "")
    days = int(given) if given.isascii() and given.isdecimal() and len(given) < 4 else None
    found = queries.digest(request.user, by=request.user, days=days)
    if request.GET.get("format") == "txt":
        text = queries.digest_text(found, get_language() or "zh-hans")
        return HttpResponse(text, content_type="text/plain; charset=utf-8")
    return render(request, "worklist/digest.html", {"found": found, "choices": DAYS})


@login_required
@require_POST
def urge(request: SignedIn) -> HttpResponse:
    """Let reminders climb now."""
    found = actions.urge(by=request.user)
    if found.count:
        messages.success(request, _("%(count)d reminders have climbed.") % {"count": found.count})
    else:
        messages.info(request, _("Nobody is to be reminded who has not been already."))
    return redirect(f"{reverse('worklist:inbox')}?{request.GET.urlencode()}")


@login_required
@never_cache
def calendar(request: SignedIn) -> HttpResponse:
    """Show whether one's calendar has an address; give a new one, which is shown this once."""
    permissions.check_read(request.user)
    address = ""
    if request.method == "POST":
        secret = actions.create_feed(by=request.user)
        address = request.build_absolute_uri(reverse("worklist:feed", args=[secret]))
    context = {"feed": queries.feed_of(request.user), "address": address}
    return render(request, "worklist/calendar.html", context)


@login_required
@require_POST
def end_calendar(request: SignedIn) -> HttpResponse:
    """End one's calendar address."""
    actions.revoke_feed(by=request.user)
    messages.success(request, _("The calendar address has been ended."))
    return redirect("worklist:calendar")


@require_safe
@never_cache
def feed(_request: HttpRequest, address: str) -> HttpResponse:
    """Give the calendar behind a secret address; whoever has the address needs no sign-in."""
    return HttpResponse(queries.feed(address), content_type="text/calendar; charset=utf-8")
