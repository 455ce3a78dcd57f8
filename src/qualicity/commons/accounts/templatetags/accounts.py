"""Words of this desk in templates."""

from __future__ import annotations

from django import template

from qualicity.commons.accounts import permissions

register = template.Library()


@register.filter
def permission_in_words(permission: str) -> str:
    """Return a permission as the reader calls it."""
    return permissions.in_words(permission)
