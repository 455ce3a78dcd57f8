"""Work that the worker does in the background: the daily look at the lights."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.registry import queries as registry
from qualicity.goals.tasks import actions


@task()
def look_at_lights(plan: str = "") -> int:
    """Look at every light of the plan and keep those that changed; return how many."""
    looked = actions.look(plan=registry.plan(plan or None), by=accounts.operator())
    return len(looked.changes)
