"""What every public page has in common: its language by address, its edition, when its data last changed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import gettext_lazy as _

from qualicity.publication.opendata import queries

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from qualicity.publication.opendata.queries import Edition

MENU = (
    ("indicators", _("Indicators")),
    ("enterprises", _("Enterprises")),
    ("alerts", _("Alerts")),
    ("recalls", _("Recalls")),
    ("complain", _("How to complain")),
    ("data", _("Open data")),
)

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Let a view answer in the language of its address, whoever asks."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, language: str, **kwargs: Any) -> HttpResponse:
        with translation.override(language):
            response = view(request, *args, **kwargs)
            response.headers["Content-Language"] = language
            return response

    return answer


def now_of(request: HttpRequest) -> Edition:
    """Return the edition that the front found for this request."""
    return getattr(request, "edition", None) or queries.edition()


def show(
    request: HttpRequest, template: str, here: str, given: dict[str, Any], *, changed: datetime | None = None
) -> HttpResponse:
    """Render a public page; it is told nothing of who asks."""
    now = now_of(request)
    context = {**given, "request": request, "now": now, "menu": MENU, "here": here, "changed": changed, "nothing": {}}
    response = HttpResponse(render_to_string(f"portal/{template}.html", context))
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


def latest(now: Edition, *codes: str) -> datetime | None:
    """Return when the last of some tables changed."""
    found = [one for one in map(now.changed_at, codes) if one]
    return max(found) if found else None
