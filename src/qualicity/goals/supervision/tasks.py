"""Work that the worker does in the background: what was not answered in time climbs."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.goals.supervision import actions


@task()
def climb(plan: str = "") -> int:
    """Bring to accountability what was not answered in time; return how many."""
    return len(actions.climb(plan=registry.plan(plan or None), by=accounts.operator()))
