"""Money on the pages of enforcement."""

from __future__ import annotations

from django import template

from qualicity.commons.theme.templatetags.theme import NOTHING, figure

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Return an amount in yuan, without decimals where there are no fen; a dash where there is none."""
    if fen is None:
        return NOTHING
    return figure(fen / 100, 2 if fen % 100 else 0)
