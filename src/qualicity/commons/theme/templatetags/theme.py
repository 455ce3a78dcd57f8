"""Tags and filters that every page may use: links that keep the standing, figures, words, status, sparklines."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING, Any

from django import template
from django.conf import settings
from django.template.loader_tags import BLOCK_CONTEXT_KEY
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from qualicity import __version__
from qualicity.definitions import catalogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.forms import BoundField
    from django.template import RequestContext
    from django.utils.safestring import SafeString

register = template.Library()

THIN_SPACE = "\u2009"
NOTHING = "—"


@dataclass(frozen=True, slots=True)
class Look:
    """How one state is shown: icon, word and colour together, never colour alone."""

    icon: str
    tone: str
    words: Any


LOOKS = {
    # a target's official status
    "met": Look("circle-check", "good", _("Met")),
    "not_met": Look("circle-x", "bad", _("Not met")),
    "undecided": Look("help-circle", "warn", _("Undecided")),
    "not_due": Look("hourglass", "quiet", _("Not due yet")),
    "no_data": Look("circle-dashed", "quiet", _("No data")),
    "no_target": Look("minus", "quiet", _("No target value")),
    # how sure the status is, and the pace towards a target that lies ahead
    "firm": Look("check", "quiet", _("Firm")),
    "uncertain": Look("alert-triangle", "warn", _("Uncertain")),
    "too_few": Look("alert-triangle", "warn", _("Too few")),
    "on_track": Look("trending-up", "good", _("On track")),
    "behind": Look("trending-down", "bad", _("Behind")),
    # a submission
    "draft": Look("edit", "quiet", _("Draft")),
    "submitted": Look("send", "info", _("Submitted")),
    "returned": Look("arrow-back-up", "bad", _("Returned")),
    "accepted": Look("circle-check", "good", _("Accepted")),
    "superseded": Look("history", "quiet", _("Superseded")),
    # an obligation
    "due": Look("clock", "info", _("Due")),
    "on_time": Look("circle-check", "good", _("On time")),
    "late": Look("clock-exclamation", "warn", _("Late")),
    "missing": Look("circle-x", "bad", _("Missing")),
    "closed": Look("lock", "quiet", _("Closed")),
    "waiting": Look("hourglass", "info", _("Waiting for the office")),
    # a case and its deadline
    "case_overdue": Look("alert-circle", "bad", _("Overdue")),
    "case_soon": Look("clock-exclamation", "warn", _("Due soon")),
    "case_on_time": Look("clock", "good", _("In time")),
    "case_paused": Look("player-pause", "quiet", _("Paused")),
    "case_none": Look("minus", "quiet", _("No deadline")),
    "case_ended": Look("lock", "quiet", _("Ended")),
    # a notice to the public
    "notice_due": Look("clock", "info", _("To be published")),
    "notice_late": Look("clock-exclamation", "bad", _("Past its legal day")),
    "notice_published": Look("circle-check", "good", _("Public now")),
    "notice_withdrawn": Look("ban", "bad", _("Withdrawn")),
    "notice_ended": Look("lock", "quiet", _("Period over")),
    # a light
    "green": Look("circle-check", "good", _("In order")),
    "blue": Look("clock", "info", _("Due before long")),
    "yellow": Look("alert-triangle", "warn", _("Lagging")),
    "red": Look("alert-circle", "bad", _("Past the deadline")),
    # an implementation plan, a gate, a meeting, a circular, good practice
    "approved": Look("circle-check", "good", _("Approved")),
    "passes": Look("circle-check", "good", _("Gate passed")),
    "not_passed": Look("circle-x", "bad", _("Gate not passed")),
    "holds": Look("check", "good", _("Holds")),
    "wanting": Look("x", "bad", _("Wanting")),
    "planned": Look("calendar-event", "info", _("Planned")),
    "held": Look("users", "info", _("Held")),
    "minuted": Look("file-check", "good", _("Minutes issued")),
    "issued": Look("send", "good", _("Issued")),
    "dropped": Look("trash", "quiet", _("Dropped")),
    "written": Look("edit", "quiet", _("Written up")),
    "shared": Look("send", "good", _("Shared")),
    # an assessment and its documents
    "assessing": Look("edit", "info", _("Being assessed")),
    "adopted": Look("circle-check", "good", _("Adopted, open to objection")),
    "final": Look("lock", "quiet", _("Final")),
    "not_filed": Look("circle-dashed", "warn", _("Not filed")),
    "filed": Look("send", "info", _("Filed, to be checked")),
    "checked": Look("circle-check", "good", _("Checked")),
    "refused": Look("arrow-back-up", "bad", _("Refused")),
    # a finding
    "error": Look("alert-circle", "bad", _("Error")),
    "warning": Look("alert-triangle", "warn", _("Question")),
    # a person
    "active": Look("user-check", "good", _("Active")),
    "inactive": Look("user-off", "quiet", _("Deactivated")),
}


@register.simple_tag(takes_context=True)
def link(context: RequestContext, name: str, *args: Any, **kwargs: Any) -> str:
    """Return the address of a page with the reader's plan, place and day; ``query="a=b"`` adds to it."""
    extra = kwargs.pop("query", "")
    address = reverse(name, args=args, kwargs=kwargs)
    standing = context.get("standing")
    query = "&".join(part for part in (standing.query if standing else "", extra) if part)
    return f"{address}?{query}" if query else address


@register.simple_tag(takes_context=True)
def standing_fields(context: RequestContext) -> SafeString:
    """Return the reader's plan, place and day as hidden fields, for a form that is sent by GET."""
    standing = context.get("standing")
    fields = standing.fields.items() if standing else ()
    return format_html_join("", '<input type="hidden" name="{}" value="{}">', fields)


@register.simple_tag(takes_context=True)
def page_title(context: RequestContext) -> str:
    """Return the page's title block once more, as plain text, for the window's title."""
    blocks = context.render_context.get(BLOCK_CONTEXT_KEY)
    block = blocks.get_block("title") if blocks else None
    return " ".join(unescape(strip_tags(block.render(context))).split()) if block else ""


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file; it changes with the version, so browsers may keep it."""
    stamp = "" if settings.DEBUG else f"?v={__version__}"
    return static(path) + stamp


@register.simple_tag
def icon(name: str, words: str = "") -> SafeString:
    """Return an icon; silent to a screen reader unless ``words`` say what it means."""
    address = asset("vendor/icons.svg")
    if words:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}#{}"/></svg>', words, address, name
        )
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', address, name
    )


@register.filter
def unit(symbol: str | None) -> str:
    """Return a unit as the reader writes it: its symbol in Chinese, in English the words of one that is Chinese."""
    if not symbol or not _is_chinese(symbol) or not (get_language() or "").startswith("en"):
        return symbol or ""
    known = catalogue.catalogue().units
    parts = [symbol] if symbol in known else symbol.split("/")
    return " per ".join(known[one].title.en if one in known and _is_chinese(one) else one for one in parts)


@register.filter
def unit_beside(symbol: str | None) -> str:
    """Return a unit as it stands beside its figure: in English a count has no words but those of what is counted."""
    written = unit(symbol)
    return "" if written == "number" else written.removeprefix("number of ")


def _is_chinese(text: str) -> bool:
    return any("\u4e00" <= letter <= "\u9fff" for letter in text)


@register.filter
def figure(value: float | str | None, decimals: int | str = 0) -> str:
    """Return a number with fixed decimals and thin spaces between thousands; a dash where there is none.

    More than four digits are grouped, as GB/T 15835 writes them.
    """
    if value is None or value == "" or (isinstance(value, float) and not math.isfinite(value)):
        return NOTHING
    text = f"{float(value):.{int(decimals)}f}"
    whole, _point, fraction = text.partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    if len(digits) > 4:
        digits = f"{int(digits):,}".replace(",", THIN_SPACE)
    if sign and not (digits + fraction).strip("0"):
        sign = ""  # minus nought
    return f"{sign}{digits}.{fraction}" if fraction else f"{sign}{digits}"


@register.filter
def words(value: Any) -> str:
    """Return Words or Text in the reader's language; anything else as it is."""
    if value is None:
        return ""
    if hasattr(value, "in_language"):
        return str(value.in_language(get_language() or settings.LANGUAGE_CODE))
    return str(value)


@register.filter
def plain(value: Any) -> str:
    """Return a value of a JSON record as somebody reads it: lists joined, nothing as a dash."""
    if value is None or value in ("", [], {}):
        return NOTHING
    if isinstance(value, dict):
        return " ".join(f"{key}={plain(one)}" for key, one in value.items())
    if isinstance(value, list):
        return ", ".join(plain(one) for one in value)
    return str(value)


@register.filter
def organisation_title(value: Any) -> str:
    """Return an organisation's title in the reader's language."""
    return str(value.title(get_language() or settings.LANGUAGE_CODE)) if value else ""


@register.filter
def look(status: str) -> Look:
    """Return how a state is shown; one that is not known is shown by its own name."""
    return LOOKS.get(str(status), Look("point", "quiet", status))


@register.filter
def sparkline(values: Iterable[float | None], size: str = "96x24") -> SafeString:
    """Return the lines of a small trend as SVG path data; a gap where a value is missing."""
    width, height = (int(part) for part in size.split("x"))
    numbers = [None if one is None or not math.isfinite(one) else float(one) for one in values]
    return mark_safe(_path(numbers, width, height))  # noqa: S308 - made of our own numbers only


def _path(numbers: Sequence[float | None], width: int, height: int) -> str:
    known = [one for one in numbers if one is not None]
    if len(known) < 2:
        return ""
    low, high = min(known), max(known)
    span = (high - low) or 1.0
    step = (width - 4) / (len(numbers) - 1)
    pieces, pen_down = [], False
    for index, value in enumerate(numbers):
        if value is None:
            pen_down = False
            continue
        y = height / 2 if high == low else 2 + (height - 4) * (1 - (value - low) / span)
        pieces.append(f"{'L' if pen_down else 'M'}{2 + index * step:.1f} {y:.1f}")
        pen_down = True
    return " ".join(pieces)


@register.filter
def control(field: BoundField) -> SafeString:
    """Return a form field's control with the look, and the ties to its help and errors, that it needs."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind in ("checkbox", "radio"):
        css = "form-check-input"
    else:
        css = "form-select" if kind == "select" else "form-control"
    attributes: dict[str, str | bool] = {"class": f"{css} is-invalid" if field.errors else css}
    ties = [f"{field.auto_id}_help"] if field.help_text else []
    if field.errors:
        ties.append(f"{field.auto_id}_error")
    if ties:
        attributes["aria-describedby"] = " ".join(ties)
    return field.as_widget(attrs=attributes)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Say whether a field is one single tick box."""
    return getattr(field.field.widget, "input_type", "") == "checkbox" and not hasattr(field.field, "choices")


@register.filter
def is_choices(field: BoundField) -> bool:
    """Say whether a field is a group of tick boxes or radio buttons."""
    return getattr(field.field.widget, "input_type", "") in ("checkbox", "radio") and hasattr(field.field, "choices")
