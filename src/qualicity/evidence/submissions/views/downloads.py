"""Answers that are files: tables, workbooks, originals."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from qualicity.engines.tables import exports

if TYPE_CHECKING:
    import polars as pl

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET}


def table(frame: pl.DataFrame, name: str, form: str) -> HttpResponse:
    """Return a table as CSV or Excel."""
    body = exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, name)
    return attached(HttpResponse(body, content_type=TYPES[form]), f"{name}.{form}")


def attached(response: HttpResponse, name: str) -> HttpResponse:
    """Have the browser save an answer under a name, Chinese ones included."""
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
