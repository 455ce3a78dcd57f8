"""Work that the worker does in the background."""

from __future__ import annotations

from django_tasks import task

from qualicity.commons.accounts import queries as accounts
from qualicity.commons.worklist import actions


@task()
def urge() -> int:
    """Let reminders climb; to be enqueued once a day."""
    return actions.urge(by=accounts.operator()).count
