"""What several pages answer alike."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.contrib import messages

from qualicity.commons.theme.queries import language
from qualicity.errors import InputError, QualicityError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

MOST_DOWNLOADED = 20_000
PAGE = 50


def tried(request: HttpRequest, act: Callable[[], object], done: str) -> int:
    """Do something and say so, or say why not; return the status. What is no matter of words is raised."""
    try:
        act()
    except QualicityError as error:
        if error.http_status not in (409, 422):
            raise
        messages.error(request, error.text.in_language(language()))
        return error.http_status
    messages.success(request, done)
    return 200


def seen(request: HttpRequest) -> int | None:
    """Return the version that the person was looking at."""
    text = request.POST.get("seen", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def said(request: HttpRequest, name: str, most: int = 4000) -> str:
    """Return words of a form."""
    return request.POST.get(name, "").replace("\x00", "").strip()[:most]


def day(request: HttpRequest, name: str) -> date | None:
    """Return a day of a form; None where none was given."""
    text = said(request, name, 10)
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"日期“{text}”不可用。", f"“{text}” is no day.") from error
