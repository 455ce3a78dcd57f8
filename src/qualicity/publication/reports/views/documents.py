"""Lists of documents, one document to read, its files and its pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.cases import queries as cases
from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.queries import language
from qualicity.engines.charts import drawing
from qualicity.engines.tables import exports
from qualicity.errors import NotFoundError
from qualicity.publication.reports import actions, lifecycle, permissions, queries
from qualicity.publication.reports.forms import DraftForm
from qualicity.publication.reports.views import preview

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from qualicity.commons.accounts.queries import SignedIn
    from qualicity.commons.cases.models import CaseMove
    from qualicity.errors import Text
    from qualicity.publication.reports.models import Report

PAGE = 30
TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "json": "application/json",
}
TABLES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@login_required
def documents(request: SignedIn) -> HttpResponse:
    """List documents: what is on its way and what was issued."""
    search = request.GET.get("q", "").replace("\x00", "").strip()
    found = queries.reports(by=request.user, search=search)
    if (form := request.GET.get("format", "")) in TABLES:
        return sent(_table(found, form), f"documents.{form}", TABLES[form])
    pager = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "page": pager,
        "rows": [(one, lifecycle.TITLES[one.state]) for one in map(queries.standing, pager)],
        "search": search,
        "may_draft": accounts.can(request.user, permissions.DRAFT),
    }
    return render(request, "reports/_list.html" if request.htmx else "reports/documents.html", context)


def _table(found: QuerySet[Report], form: str) -> bytes:
    rows = [queries.standing(one) for one in found]
    frame = pl.DataFrame(
        {
            "title": [one.report.title for one in rows],
            "document_number": [one.report.number_text for one in rows],
            "period": [one.report.period.label for one in rows],
            "state": [one.state for one in rows],
            "organisation": [one.report.organisation.code for one in rows],
            "issued_on": pl.Series(
                [at.date() if (at := one.report.issued_at) else None for one in rows], dtype=pl.Date
            ),
            "changed_on": pl.Series([one.report.changed_at.date() for one in rows], dtype=pl.Date),
        }
    )
    return exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, "documents")


def sent(data: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file to be kept."""
    response = HttpResponse(data, content_type=kind)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response


@login_required
def new(request: SignedIn) -> HttpResponse:
    """Draft the quality analysis report of a period."""
    accounts.check(request.user, permissions.DRAFT)
    standing = registry.standing(request.GET)
    given = {"period": str(standing.as_of.year - 1), "language": language()}
    form = DraftForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        made = actions.draft_quality(
            plan=standing.plan,
            period=form.cleaned_data["period"],
            language=form.cleaned_data["language"],
            by=request.user,
        )
        messages.success(request, _("Drafted. Read it, change its words where needed, then send it on its way."))
        return redirect(f"{reverse('reports:document', args=[made.pk])}?{standing.query}")
    status = 422 if request.method == "POST" else 200
    return render(request, "reports/new.html", {"form": form}, status=status)


@login_required
def document(request: SignedIn, number: int) -> HttpResponse:
    """Show one document as it reads, where it stands, and what can be done with it now."""
    found = queries.report(number, by=request.user)
    readable = queries.readable(found, by=request.user)
    context = {
        "one": found,
        "state": readable.state,
        "state_words": lifecycle.TITLES[readable.state],
        "readable": readable,
        "blocks": preview.shown(readable),
        "attachments": preview.attachments(readable),
        "moves": [one for one in queries.allowed_moves(found, by=request.user) if one.move.code != "issue"],
        "may_edit": queries.can_edit(found, by=request.user),
        "may_issue": _may_issue(request, found),
        "trail": _trail(found),
        "rebuilds": queries.rebuilds(found, by=request.user),
    }
    return render(request, "reports/document.html", context)


def _trail(found: Report) -> list[tuple[CaseMove, Text, Text]]:
    case = found.case
    return [] if case is None else [(one, *cases.move_words(case, one)) for one in cases.moves_of(case)]


def _may_issue(request: SignedIn, found: Report) -> bool:
    moves = {one.move.code for one in queries.allowed_moves(found, by=request.user)}
    return "issue" in moves or queries.can_number(found, by=request.user)


@login_required
def download(request: SignedIn, number: int, form: str) -> FileResponse | HttpResponse:
    """Send a document as DOCX, PDF or its numbers as JSON: as issued, or as it reads now."""
    found = queries.report(number, by=request.user)
    if form not in TYPES:
        raise NotFoundError(f"没有“{form}”格式的文件。", f"There is no file as “{form}”.")
    name = f"{found.number_text or found.title}.{form}"
    kept = {"docx": found.docx_sha256, "pdf": found.pdf_sha256, "json": found.figures_sha256}[form]
    if kept:
        return FileResponse(
            queries.file_of(kept).open("rb"), as_attachment=True, filename=name, content_type=TYPES[form]
        )
    readable = queries.readable(found, by=request.user)
    address = request.build_absolute_uri("/").rstrip("/")
    if form == "json":
        data = queries.figures_file(readable.document)
    else:
        data = queries.rendered(readable.document, form, address=address).data
    return sent(data, name, TYPES[form])


@login_required
def picture(request: SignedIn, number: int, position: int) -> HttpResponse:
    """Draw one picture of a document."""
    found = queries.report(number, by=request.user)
    every = preview.pictures(queries.readable(found, by=request.user))
    specification = every[position].specification if position < len(every) else None
    if specification is None:
        raise NotFoundError(f"公文中没有第 {position} 幅图。", f"The document has no picture {position}.")
    response = HttpResponse(drawing.svg(specification), content_type="image/svg+xml")
    response["Cache-Control"] = "private, max-age=60"
    return response
