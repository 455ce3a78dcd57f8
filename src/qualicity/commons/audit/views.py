"""The audit trail, to read and to verify."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.audit import queries
from qualicity.errors import InputError, NotAllowedError

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest, HttpResponse

PER_PAGE = 50


def _check(request: HttpRequest) -> None:
    # the trail lies below the people: whoever sets up the house tells it who may read (site/middleware.py)
    if not request.may("audit.read"):  # type: ignore[attr-defined]
        raise NotAllowedError(
            "您的角色不能查看操作记录。如工作需要，请联系领导小组办公室。",
            "Your role does not include the audit trail. Ask the office if your work needs it.",
        )


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise InputError(f"“{text}”不是日期，应写作 2015-03-31。", f"“{text}” is not a date; write it as 2015-03-31.")
    return day


@login_required
def records(request: HttpRequest) -> HttpResponse:
    """List the records; narrowed by words, person, verb and days."""
    _check(request)
    asked = {name: request.GET.get(name, "").strip() for name in ("search", "username", "verb", "since", "until")}
    found = queries.records(
        search=asked["search"],
        username=asked["username"],
        verb=asked["verb"],
        since=_day(asked["since"]),
        until=_day(asked["until"]),
    )
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "audit/_records.html" if fragment else "audit/records.html"
    return render(request, template, {"page": page, "asked": asked, "verbs": queries.verbs()})


@login_required
@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain and say whether it is whole."""
    _check(request)
    result = queries.verify()
    if result.first_fault is None:
        words = _("The chain is whole: %(count)d records. Its head: %(digest)s")
        messages.success(request, words % {"count": result.count, "digest": result.digest})
    else:
        messages.error(request, result.first_fault.in_language(get_language() or "zh-hans"))
    return redirect("audit:records")
