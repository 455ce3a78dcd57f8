"""Filters that only these pages use: addresses, states, percent."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django import template
from django.utils.translation import gettext_lazy as _

from qualicity.commons.theme.queries import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.commons.cases.models import Case
    from qualicity.definitions.rubrics import Rubric

register = template.Library()

SURENESS = {
    "stated": _("stated in the document"),
    "derived": _("derived"),
    "excerpt": _("from an excerpt"),
    "unverified": _("not verified"),
    "self_designed": _("self-designed"),
}
PURPOSES = {
    "self_assessment": _("Self-assessment"),
    "pre_acceptance": _("Pre-acceptance"),
    "acceptance": _("Acceptance"),
}
STATES = {"open": "assessing", "adopted": "adopted", "final": "final"}
STANDS = {"missing": "not_filed", "filed": "filed", "checked": "checked", "refused": "refused"}


@register.filter
def sureness(certainty: str) -> Any:
    """Return how sure a text of the rubric is, in words."""
    return SURENESS.get(certainty, certainty)


@register.filter
def purpose_words(purpose: str) -> Any:
    """Return what an archive was made for, in words."""
    return PURPOSES.get(purpose, purpose)


@register.filter
def state_look(state: str) -> str:
    """Return the name under which the house shows a state of an assessment."""
    return STATES.get(str(state), str(state))


@register.filter
def document_look(stand: str) -> str:
    """Return the name under which the house shows how far a document has come."""
    return STANDS.get(str(stand), str(stand))


@register.filter
def percent(share: float) -> str:
    """Return a share as whole percent; nearly none and nearly all are not rounded away."""
    if 0 < share < 0.005:
        return "<1 %"
    if 0.995 < share < 1:
        return ">99 %"
    return f"{share * 100:.0f} %"


@register.filter
def times_100(value: float | None) -> float | None:
    """Return a share in percent."""
    return None if value is None else value * 100


@register.filter
def unit_title(titles: Mapping[str, Any], code: str) -> str:
    """Return an organisation's title by its code."""
    found = titles.get(code)
    return str(found.in_language(language())) if found else code


@register.filter
def rubric_query(rubric: Rubric) -> str:
    """Return a rubric as the end of an address."""
    return urlencode({"rubric": rubric.code})


@register.filter
def unit_query(organisation: Any, rubric: Rubric) -> str:
    """Return an organisation under a rubric as the end of an address."""
    return urlencode({"rubric": rubric.code, "unit": organisation.code})


@register.filter
def case_state(case: Case) -> str:
    """Return the words of a case's state."""
    return case.state_title(language())


@register.filter
def plain_number(value: float | None) -> str:
    """Return a number as it is typed."""
    return "" if value is None else f"{value:.12g}"


@register.filter
def lookup_or(given: Mapping[str, str], name: str) -> str:
    """Return what was typed into a field, or nothing."""
    return given.get(name, "")
