"""What the desk's pages ask before they show a way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from qualicity.commons.accounts import queries as accounts

if TYPE_CHECKING:
    from qualicity.commons.accounts.queries import Somebody

register = template.Library()


@register.filter
def may(person: Somebody, permission: str) -> bool:
    """Return whether a person has a permission, so that no link leads to a closed door."""
    return accounts.can(person, permission)
