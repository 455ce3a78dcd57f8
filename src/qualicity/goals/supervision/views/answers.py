"""What several pages answer alike."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from qualicity.engines.tables import exports
from qualicity.goals.supervision.forms import language

if TYPE_CHECKING:
    import polars as pl
    from django import forms

    from qualicity.errors import QualicityError

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def table(frame: pl.DataFrame, name: str, form: str) -> HttpResponse:
    """Return a table as CSV or Excel."""
    body = exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, name)
    response = HttpResponse(body, content_type=TYPES[form])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'{name}.{form}')}"
    return response


def refuse(form: forms.Form, error: QualicityError) -> int:
    """Write the sentence of one of our own errors on a form and return the status; raise what is no form's matter."""
    if error.http_status not in (409, 422):
        raise error
    form.add_error(None, error.text.in_language(language()))
    return error.http_status
