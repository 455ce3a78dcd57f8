"""Answers that every desk gives alike: a table or a file that the browser saves."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from qualicity.engines.tables import exports

if TYPE_CHECKING:
    import polars as pl

TABLE_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table_answer(frame: pl.DataFrame, name: str, form: str) -> HttpResponse:
    """Return a table as CSV or Excel."""
    body = exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, name)
    return file_answer(body, f"{name}.{form}", TABLE_TYPES[form])


def file_answer(body: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file that the browser saves under a name, Chinese ones included."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
