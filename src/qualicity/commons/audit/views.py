"""The audit trail, to read and to verify."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from qualicity.commons.audit import queries
from qualicity.engines.tables import exports
from qualicity.errors import InputError, NotAllowedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.http import HttpRequest

    from qualicity.commons.audit.models import AuditRecord

PER_PAGE = 50
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


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
    if request.GET.get("format") in ("csv", "xlsx"):
        return _download(found, request.GET["format"])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    fragment = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    template = "audit/_records.html" if fragment else "audit/records.html"
    return render(request, template, {"page": page, "asked": asked, "verbs": queries.verbs()})


def _download(found: Iterable[AuditRecord], form: str) -> HttpResponse:
    columns = ("number", "at", "username", "verb", "subject", "detail", "previous", "digest")
    rows = [
        (
            str(one.number),
            timezone.localtime(one.at).isoformat(timespec="seconds"),
            one.username,
            one.verb,
            one.subject,
            json.dumps(one.detail, ensure_ascii=False),
            one.previous,
            one.digest,
        )
        for one in found
    ]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String), orient="row")
    content = exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, "audit")
    kind = "text/csv; charset=utf-8" if form == "csv" else SHEET
    disposition = f'attachment; filename="audit.{form}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


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
