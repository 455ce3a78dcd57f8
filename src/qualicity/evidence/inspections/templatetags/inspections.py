"""How the desk's things are shown: states as icon, word and colour; places, chances and weights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from qualicity.commons.registry import queries as registry
from qualicity.commons.theme.templatetags.tables import listed
from qualicity.commons.theme.templatetags.theme import Look, words
from qualicity.definitions.catalogue import catalogue
from qualicity.errors import Text
from qualicity.evidence.inspections.lifecycle import METHODS, WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualicity.definitions.laws import Step
    from qualicity.evidence.inspections.models import CheckPlan

register = template.Library()

ICONS = {
    "draft": ("edit", "quiet"),
    "approved": ("circle-check", "good"),
    "closed": ("lock", "quiet"),
    "waiting": ("hourglass", "info"),
    "sampled": ("circle-check", "good"),
    "not_found": ("help-circle", "warn"),
    "no_goods": ("circle-dashed", "warn"),
    "refused": ("ban", "bad"),
    "taken": ("clipboard-check", "info"),
    "delivered": ("send", "info"),
    "tested": ("file-check", "info"),
    "concluded": ("circle-check", "good"),
    "void": ("trash", "quiet"),
    "qualified": ("circle-check", "good"),
    "unqualified": ("circle-x", "bad"),
    "undecided": ("help-circle", "warn"),
    "due": ("clock", "info"),
    "published": ("circle-check", "good"),
    "withdrawn": ("arrow-back-up", "warn"),
    "ended": ("lock", "quiet"),
}
"""Icon and tone of each state; their words stand in the lifecycle."""

LEFT_OUT = {
    "closed": Text("已注销", "closed"),
    "not_yet_registered": Text("尚未成立", "not yet registered"),
    "already_drawn": Text("本计划已抽过", "drawn already by this plan"),
    "checked_lately": Text("期限内已抽查过", "checked within the time"),
}
"""Why some are left out of a frame."""

LENGTHS = {
    "working_days": ("个工作日", "working days"),
    "calendar_days": ("日", "days"),
    "months": ("个月", "months"),
    "years": ("年", "years"),
    "hours": ("小时", "hours"),
    "minutes": ("分钟", "minutes"),
}


@register.filter
def check_look(state: str) -> Look:
    """Return how a state of the desk is shown."""
    icon, tone = ICONS.get(str(state), ("point", "quiet"))
    said = next((text for key, text in WORDS.items() if key == state), None)
    return Look(icon, tone, _begun(words(said)) if said else state)


@register.filter
def method_words(method: str) -> str:
    """Return how a plan is drawn, in words."""
    return _begun(words(METHODS[method])) if method in METHODS else method


@register.filter
def law_words(law: str) -> str:
    """Return what a law is called."""
    known = catalogue().laws
    return words(known[law].title) if law in known else law


@register.filter
def product_words(product: str) -> str:
    """Return what the catalogue calls a product."""
    known = catalogue().products
    return words(known[product].title) if product in known else product


@register.filter
def stage_words(stage: str) -> str:
    """Return what a stage is called."""
    return words(catalogue().frames.stage(stage).title)


@register.filter
def batch_words(code: str, column: str) -> str:
    """Return what a code of the register of batches means, such as a kind of sampling."""
    columns = catalogue().registers["spot_check_batches"].columns
    codes = next(one.codes for one in columns if one.name == column)
    return next((words(one.title) for one in codes if one.code == code), code)


@register.filter
def place_words(place: str) -> str:
    """Return the name of a place; one that no plan knows by its code."""
    known = (one for plan in registry.plans() for one in plan.places if one.code == place)
    return next((words(one.title) for one in known), place or "—")


@register.filter
def places_words(places: Iterable[str]) -> list[str]:
    """Return the names of places."""
    return [place_words(one) for one in places]


@register.filter
def chance(probability: float) -> str:
    """Return a chance in per cent, with as many digits as it needs to be told from nought."""
    percent = probability * 100
    return f"{percent:.0f}" if percent >= 99.95 else f"{percent:.1f}" if percent >= 1 else f"{percent:.2g}"


@register.filter
def design_weight(probability: float) -> str:
    """Return how many enterprises one stands for."""
    return f"{1 / probability:.1f}" if probability else "—"


@register.filter
def plan_title(plan: CheckPlan) -> str:
    """Return the title of a plan in the reader's language; without an English one, the Chinese one."""
    return words(Text(plan.title_zh, plan.title_en or plan.title_zh))


@register.filter
def industry_titles(codes: Iterable[str]) -> str:
    """Return what industries are called, one after the other; a code that nothing names stays as it is."""
    column = next(one for one in catalogue().registers["enterprises"].columns if one.name == "industry")
    titles = {one.code: one.title for one in column.codes}
    return listed(words(titles[code]) if code in titles else code for code in codes)


@register.filter
def reason_words(reason: str) -> str:
    """Return why some were left out of a frame."""
    return words(LEFT_OUT[reason])


@register.filter
def in_words(finding: dict[str, str], part: str) -> str:
    """Return one part of a finding in the reader's language."""
    return words(Text(finding[f"{part}_zh"], finding[f"{part}_en"]))


@register.filter
def line_column(name: str) -> str:
    """Return what a column of the annex of lines is called."""
    columns = catalogue().annexes["check_lines"].columns
    return next((words(one.title) for one in columns if one.name == name), name)


@register.filter
def step_length(step: Step) -> str:
    """Return how long a step of a law is."""
    zh, en = LENGTHS[step.unit]
    return words(Text(f"{step.number}{zh}", f"{step.number} {en}"))


def _begun(text: str) -> str:
    """Return words as they stand by themselves, with a capital where the language has such."""
    return text[:1].upper() + text[1:]
