"""What every public page has in common: its language by address, its edition, when its data last changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qualicity.publication.opendata import queries
from qualicity.publication.portal.templatetags.portal import is_english

UNREAD = {"token", "law", "position", "frame"}
"""Fields for programs, not for readers."""

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest

    from qualicity.definitions.open_tables import OpenField, OpenTable
    from qualicity.publication.opendata.queries import Edition

MENU = (
    ("indicators", _("Indicators")),
    ("results", _("Spot checks")),
    ("enterprises", _("Enterprises")),
    ("listings", _("Dishonesty list")),
    ("penalties", _("Penalties")),
    ("draws", _("Draws")),
    ("alerts", _("Alerts")),
    ("recalls", _("Recalls")),
    ("complain", _("How to complain")),
    ("data", _("Open data")),
)


@dataclass(frozen=True, slots=True)
class Column:
    """One field of a table as a page shows it: in the reader's language, linked where it names an enterprise."""

    field: OpenField
    title: str
    uscc: str = ""

    @property
    def code(self) -> str:
        """Return the code of the field."""
        return self.field.code

    @property
    def type(self) -> str:
        """Return the type of the field."""
        return self.field.type

    @property
    def values(self) -> Any:
        """Return what the field's codes mean."""
        return self.field.values


_READABLE: dict[tuple[str, bool], tuple[OpenTable, tuple[Column, ...]]] = {}


@dataclass(frozen=True, slots=True)
class Chrome:
    """The menu and the foot of a page."""

    menu: str
    foot: str


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
    chrome = _chrome(get_language() or "", here)
    context = {**given, "request": request, "now": now, "chrome": chrome, "changed": changed, "nothing": {}}
    response = HttpResponse(render_to_string(f"portal/{template}.html", context))
    if changed:
        response.headers["Last-Modified"] = http_date(changed.timestamp())
    return response


@lru_cache(maxsize=64)
def _chrome(_language: str, here: str) -> Chrome:
    """Return what surrounds every page of a language, rendered once."""
    given = {"menu": MENU, "here": here}
    return Chrome(*(render_to_string(f"portal/_{part}.html", given) for part in ("menu", "foot")))


def latest(now: Edition, *codes: str) -> datetime | None:
    """Return when the last of some tables changed."""
    found = [one for one in map(now.changed_at, codes) if one]
    return max(found) if found else None


def readable(table: OpenTable) -> tuple[Column, ...]:
    """Return the columns that a page shows of a table: words instead of codes, one language instead of two."""
    english = is_english()
    known = _READABLE.get((table.code, english))
    if known and known[0] is table:
        return known[1]
    found = _readable(table, english=english)
    _READABLE[table.code, english] = (table, found)
    return found


def _readable(table: OpenTable, *, english: bool) -> tuple[Column, ...]:
    known = table.codes
    found = []
    for one in table.fields:
        code = one.code
        if code in UNREAD or one.joins or f"{code}_title" in known:
            continue
        if code.endswith("_en") and code[:-3] in known:
            continue
        shown = table.field(f"{code}_en") if english and f"{code}_en" in known else one
        found.append(Column(shown, str(one.title.in_language(get_language() or "")), _naming(table, code)))
    return tuple(found)


def _naming(table: OpenTable, code: str) -> str:
    """Return the field that holds the credit code of the enterprise whose name a field holds."""
    for candidate in (f"{code}_uscc", "uscc" if code in ("name", "party") else ""):
        if candidate in table.codes and table.field(candidate).joins == "enterprises":
            return candidate
    return ""
