"""Money as a page shows it."""

from __future__ import annotations

from django import template

register = template.Library()


@register.filter
def yuan(fen: int | None) -> str:
    """Return an amount of fen as yuan with two decimals and thin spaces between thousands."""
    if fen is None:
        return "—"
    sign, whole = ("−" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100:,}".replace(",", "\u2009") + f".{whole % 100:02d}"
