"""Papers that can be made from what other desks hold: the list, one to read, its files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl
from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils.translation import get_language

from qualicity.commons.registry import queries as registry
from qualicity.engines.documents.official import figures_of
from qualicity.engines.tables import exports
from qualicity.errors import NotFoundError
from qualicity.publication.reports import queries
from qualicity.publication.reports.views import preview
from qualicity.publication.reports.views.documents import TABLES, TYPES, sent

if TYPE_CHECKING:
    from django.http import HttpResponse

    from qualicity.commons.accounts.queries import SignedIn


@login_required
def papers(request: SignedIn) -> HttpResponse:
    """List the documents that can be made; as CSV or Excel too."""
    plan = registry.standing(request.GET).plan
    kind = request.GET.get("kind", "")
    kind = kind if kind in queries.papers.KINDS else ""
    rows = queries.papers.papers(plan=plan, by=request.user, kind=kind)
    if (form := request.GET.get("format", "")) in TABLES:
        return sent(_table(rows, form), f"{plan.code}-papers.{form}", TABLES[form])
    context = {"rows": rows, "kind": kind, "kinds": queries.papers.TITLES.items()}
    return render(request, "reports/_papers.html" if request.htmx else "reports/papers.html", context)


def _table(rows: tuple[queries.papers.Paper, ...], form: str) -> bytes:
    language = get_language() or "zh-hans"
    frame = pl.DataFrame(
        {
            "kind": [one.name.in_language(language) for one in rows],
            "number": pl.Series([one.number for one in rows], dtype=pl.Int64),
            "title": [one.title.in_language(language) for one in rows],
            "mark": [one.mark for one in rows],
            "day": pl.Series([one.day for one in rows], dtype=pl.Date),
            "state": [one.state.in_language(language) for one in rows],
        }
    )
    return exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, "papers")


@login_required
def paper(request: SignedIn, kind: str, number: int) -> HttpResponse:
    """Show one document as it would be made now, its numbers as links."""
    document = queries.papers.made(kind, number, by=request.user)
    context = {
        "document": document,
        "kind": kind,
        "kind_words": queries.papers.TITLES[kind],
        "number": number,
        "figures": len(figures_of(document)),
        "blocks": preview.plain(document.blocks),
        "attachments": [(one.title, preview.plain(one.blocks)) for one in document.attachments],
    }
    return render(request, "reports/paper.html", context)


@login_required
def download(request: SignedIn, kind: str, number: int, form: str) -> HttpResponse:
    """Send one document as DOCX, PDF or its numbers as JSON."""
    if form not in TYPES:
        raise NotFoundError(f"没有“{form}”格式的文件。", f"There is no file as “{form}”.")
    document = queries.papers.made(kind, number, by=request.user)
    if form == "json":
        data = queries.figures_file(document)
    else:
        data = queries.rendered(document, form, address=request.build_absolute_uri("/").rstrip("/")).data
    return sent(data, f"{document.title}.{form}", TYPES[form])
