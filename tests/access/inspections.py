"""Spot checks in the small city: one function per subject, each returning what its placeholders stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualicity.commons.accounts.models import Person


def build(every: dict[str, Person]) -> dict[str, str]:
    """Plan, draw, sample, test and follow up a little; return what the placeholders stand for."""
    placeholders: dict[str, str] = {}
    for part in PARTS:
        placeholders |= part(every, placeholders)
    return placeholders


def planned(every: dict[str, Person], placeholders: dict[str, str]) -> dict[str, str]:
    """Make plans and draw from them."""
    return {}


PARTS = (planned,)
"""Each is given the people and what the parts before it returned."""
