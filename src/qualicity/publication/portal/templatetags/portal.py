"""Tags of the public pages: addresses in the reader's language, values as somebody reads them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from qualicity.commons.theme.templatetags.tables import listed
from qualicity.commons.theme.templatetags.theme import figure, words
from qualicity.definitions.catalogue import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.template import Context

    from qualicity.definitions.open_tables import OpenField

register = template.Library()


def is_english() -> bool:
    """Say whether the page is read in English."""
    return (get_language() or "").startswith("en")


@register.simple_tag
def page(name: str, *args: Any) -> str:
    """Return the address of a public page in the reader's language."""
    return reverse(f"{'portal_en' if is_english() else 'portal'}:{name}", args=args)


@register.simple_tag(takes_context=True)
def other_language(context: Context) -> str:
    """Return the address of the same page in the other language."""
    request = context["request"]
    path, query = request.path, request.META.get("QUERY_STRING", "")
    bare = path.replace("/public/en/", "/public/", 1)
    found = bare if is_english() else path.replace("/public/", "/public/en/", 1)
    return f"{found}?{query}" if query else str(found)


@register.filter
def told(row: Mapping[str, Any], code: str) -> Any:
    """Return a row's words in the reader's language: ``title`` or ``title_en``."""
    return (row.get(f"{code}_en") or row.get(code)) if is_english() else row.get(code)


@register.filter
def cell(row: Mapping[str, Any], field: OpenField) -> str:
    """Return one value of a row as somebody reads it; a dash where there is none."""
    value = row.get(field.code)
    if value is None or value == "":
        return "—"
    if field.values:
        known = field.values.get(str(value))
        return str(known.in_language(get_language() or "")) if known else str(value)
    if field.type == "boolean":
        return _("yes") if value else _("no")
    if field.type == "number":
        return f"{value:,.6f}".rstrip("0").rstrip(".").replace(",", "\u2009") if abs(value) >= 10000 else f"{value:g}"
    if field.type == "datetime":
        return str(value)[:16].replace("T", " ")
    return str(value)


@register.filter
def short(value: float | None) -> str:
    """Return a figure with the decimals that it has, four at most, so that 30.7 is not shown as 30.7000."""
    text = str(figure(value, 4))
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def registers(stated: str) -> str:
    """Return ``register@version; …`` with each register by its name."""
    known = catalogue().registers
    parts = [one.strip().partition("@") for one in stated.split(";") if one.strip()]
    return listed(
        f"{words(known[code].title) if code in known else code} @ {version}" for code, _at, version in parts
    )


@register.filter
def has(row: Mapping[str, Any], field: OpenField) -> bool:
    """Say whether a row holds anything in a field."""
    return row.get(field.code) not in (None, "")


@register.simple_tag
def linked(row: Mapping[str, Any], field: Any) -> str:
    """Return one value of a row, as a link where it names an enterprise that has a page."""
    words = cell(row, field)
    uscc = row.get(field.uscc) if getattr(field, "uscc", "") else ""
    return format_html('<a href="{}">{}</a>', page("enterprise", uscc), words) if uscc else words


@register.simple_tag
def asking(given: Mapping[str, str], **changes: str) -> str:
    """Return what was asked with something changed, as the end of an address."""
    query = {name: value for name, value in {**given, **changes}.items() if value}
    return f"?{urlencode(query)}" if query else "?"


@register.filter
def day(value: date | datetime | str | None) -> str:
    """Return a day as figures."""
    if value is None:
        return "—"
    return str(value)[:10]
