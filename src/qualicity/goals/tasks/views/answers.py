"""What several pages answer alike: tables as files, numbers out of the address, sentences of our own errors."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse

from qualicity.commons.cases import queries as cases
from qualicity.engines.tables import exports
from qualicity.errors import NotAllowedError, NotFoundError
from qualicity.goals.tasks.forms import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl
    from django import forms

    from qualicity.commons.accounts.models import Person
    from qualicity.commons.cases.models import Case
    from qualicity.errors import QualicityError

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"csv": "text/csv; charset=utf-8", "xlsx": SHEET}


def table(frame: pl.DataFrame, name: str, form: str) -> HttpResponse:
    """Return a table as CSV or Excel."""
    body = exports.to_csv(frame) if form == "csv" else exports.to_xlsx(frame, name)
    return attached(body, f"{name}.{form}", TYPES[form])


def attached(body: bytes, name: str, kind: str) -> HttpResponse:
    """Return a file that the browser saves under a name, Chinese ones included."""
    response = HttpResponse(body, content_type=kind)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


def number(given: Mapping[str, str], name: str) -> int | None:
    """Return a small number out of the address, or None."""
    text = given.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def refuse(form: forms.Form, error: QualicityError, field: str | None = None) -> int:
    """Write the sentence of one of our own errors on a form; return the status of the answer."""
    form.add_error(field, error.text.in_language(language()))
    return error.http_status


def readable(number: int | None, by: Person) -> Case | None:
    """Return a case where the reader may see it: its trail and files are not for everybody."""
    if number is None:
        return None
    try:
        return cases.case(number, by)
    except (NotAllowedError, NotFoundError):
        return None
