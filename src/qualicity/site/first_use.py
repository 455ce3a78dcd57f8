"""What a home needs after its database was made or brought up to date."""

from __future__ import annotations

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import actions as registry


def fill() -> int:
    """Take the organisations of every plan into the home; return how many were made or changed."""
    return registry.sync(by=accounts.operator())
