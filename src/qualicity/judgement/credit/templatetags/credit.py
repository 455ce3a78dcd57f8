"""Filters that only these pages use: signed points, looks of classes, names by code."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import template
from django.utils.translation import gettext_lazy as _

from qualicity.commons.theme.templatetags.theme import figure, words

if TYPE_CHECKING:
    from collections.abc import Mapping

register = template.Library()

TONES = {"A": ("circle-check", "good"), "B": ("circle", "info"), "C": ("alert-triangle", "warn")}
SURENESS = {
    "full": _("full text"),
    "excerpt": _("from an excerpt"),
    "unverified": _("not verified"),
    "self_designed": _("self-designed"),
}
DISPUTES = {
    "open": ("hourglass", "info", _("Being checked")),
    "upheld": ("circle-check", "good", _("Upheld, no longer counts")),
    "rejected": ("circle-x", "quiet", _("Not upheld")),
    "withdrawn": ("arrow-back-up", "quiet", _("Taken back")),
}
PROPOSALS = {
    "proposed": ("hourglass", "info", _("Waits for a second person")),
    "adopted": ("circle-check", "good", _("Adopted")),
    "rejected": ("circle-x", "quiet", _("Rejected")),
}


@register.filter
def signed(points: float) -> str:
    """Return points with their sign, two decimals; nothing as 0."""
    text = figure(points, 2)
    return f"+{text}" if points > 0.000_05 else text


@register.filter
def hundredths(share: float | None) -> str:
    """Return a share as whole percent."""
    return "" if share is None else f"{100 * share:.0f} %"


@register.filter
def class_icon(code: str) -> str:
    """Return the icon of a class; D and what is unknown is the worst."""
    return TONES.get(code, ("alert-circle", "bad"))[0]


@register.filter
def class_tone(code: str) -> str:
    """Return the tone of a class."""
    return TONES.get(code, ("alert-circle", "bad"))[1]


@register.filter
def named(code: str, names: Mapping[str, Any]) -> str:
    """Return the name of a code in the reader's language, the code itself where it has none."""
    return words(names[code]) if code in names else code or "—"


@register.filter
def sure(certainty: str) -> Any:
    """Return how sure a text is, in words."""
    return SURENESS.get(certainty, certainty)


@register.filter
def dispute_look(state: str) -> Any:
    """Return icon, tone and words of a dispute's state."""
    return DISPUTES.get(state, ("point", "quiet", state))


@register.filter
def proposal_look(state: str) -> Any:
    """Return icon, tone and words of a proposal's state."""
    return PROPOSALS.get(state, ("point", "quiet", state))


@register.filter
def of_event(disputed: Mapping[tuple[str, str], Any], event: Any) -> Any:
    """Return the latest dispute of an event, None without one."""
    return disputed.get((event.source.code, event.number))
