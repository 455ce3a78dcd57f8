"""Filters that only the pages of the risk model use."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from django import template

from qualicity.commons.theme.queries import language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qualicity.errors import Text

register = template.Library()

WIDTH = 60.0
"""Half of the width of a bar, in points: three times the odds fill it, and a third of them to the other side."""


@register.filter
def per_cent(share: float | None) -> float | None:
    """Return a share in per cent."""
    return None if share is None else share * 100.0


@register.filter
def named(code: str, titles: Mapping[str, Text]) -> str:
    """Return what a code is called, or the code."""
    found = titles.get(code)
    return str(found.in_language(language())) if found else code


@register.filter
def level_of(part: Any, titles: Mapping[str, Mapping[str, Text]]) -> str:
    """Return what the level of a part is called: a place, an industry or a category."""
    for known in titles.values():
        if part.level in known:
            return named(part.level, known)
    return str(part.level)


@register.filter
def bar_start(factor: float) -> float:
    """Return where the bar of a factor begins, from the left."""
    return round(WIDTH + min(0.0, _reach(factor)), 1)


@register.filter
def bar_length(factor: float) -> float:
    """Return how long the bar of a factor is."""
    return round(abs(_reach(factor)), 1)


def _reach(factor: float) -> float:
    return max(-WIDTH, min(WIDTH, math.log(factor) / math.log(3.0) * WIDTH))
