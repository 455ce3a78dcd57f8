"""Circulars, supervision letters and minutes to take away, as DOCX or PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.utils.http import content_disposition_header

from qualicity.goals.supervision import queries

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import SignedIn

TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@login_required
def circular(request: SignedIn, number: int, form: str) -> HttpResponse:
    """Send a circular or a supervision letter; a draft is for who manages supervision."""
    found = queries.circular(number=number, by=request.user)
    return _sent(queries.written(queries.paper_of_circular(found), form), found.title, form)


@login_required
def minutes(request: SignedIn, number: int, form: str) -> HttpResponse:
    """Send the minutes of a joint meeting once they are issued."""
    found = queries.meeting(number=number, by=request.user)
    return _sent(queries.written(queries.paper_of_meeting(found), form), f"{found.title}纪要", form)


def _sent(body: bytes, title: str, form: str) -> HttpResponse:
    response = HttpResponse(body, content_type=TYPES[form])
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{title}.{form}") or ""
    return response
